//! What is there before each request, whatever the last one has done to it.

use chrono::{DateTime, Utc};
use domain::access::{Permission, Scopes, Viewer};
use domain::album::AlbumOrder;
use domain::asset::ContentHash;
use domain::audit::Origin;
use domain::deed::Deed;
use domain::edit::{Change, EditChange};
use domain::job::Priority;
use domain::notification::NotificationKind;
use domain::share::Grants;
use domain::user::UserRole;
use domain::{ActId, AlbumId, AssetId, CommentId, DeviceId, RemovalId, ShareLinkId};
use store::{NewAlbum, NewAsset, NewDownload, NewInvitation, NewKey, NewLink, NewLocation, News};
use tessera_api::auth::token;

use super::{World, described, rand_hash};
use crate::house::House;

impl World {
    /// The owner has a key, somebody is invited, and two are as they were.
    pub(super) async fn keep_accounts(&mut self) {
        let House { db, store, .. } = &self.house;
        let origin = Origin { actor: Some(self.owner), address: None };
        if store.keys(self.owner).await.unwrap().iter().all(|key| key.id.to_string() != self.ours.key) {
            let scopes = Scopes::new([Permission::AssetRead]);
            let new = NewKey { name: "secret key", scopes, expires_at: None, token_hash: rand_hash() };
            self.ours.key = store.add_key(self.owner, &new, &origin).await.unwrap().unwrap().id.to_string();
        }
        let invited = store.invitations().await.unwrap();
        if invited.iter().all(|invitation| invitation.id.to_string() != self.ours.invitation) {
            let email = Some("secret@example.org");
            let role = UserRole::User;
            let new = NewInvitation { token_hash: rand_hash(), email, role, quota_bytes: None, days: 7 };
            self.ours.invitation = store.invite(self.admin, &new, &origin).await.unwrap().id.to_string();
        }
        let bystander = "UPDATE users SET delete_at = NULL, role = 'user', quota_bytes = NULL
                         WHERE email = 'bystander@example.org'";
        db.execute(bystander).await.unwrap();
        // Who was let into the library is out again.
        let out = "DELETE FROM library_members m USING users u
                   WHERE u.id = m.user_id AND u.email = 'bystander@example.org'";
        db.execute(out).await.unwrap();
        db.execute("DELETE FROM partners").await.unwrap();
        // The owner has been told one thing, and nobody anything else.
        db.execute("DELETE FROM notifications").await.unwrap();
        db.execute("DELETE FROM notification_choices").await.unwrap();
        let news = News { detail: Some("a secret client"), ..News::of(NotificationKind::SignedIn, None) };
        store.notify(&[self.owner], &news).await.unwrap();
        db.execute("DELETE FROM reset_tokens").await.unwrap();
        let code = "INSERT INTO totp (user_id, secret, confirmed_at)
                    SELECT id, decode(repeat('07', 20), 'hex'), now() FROM users WHERE email = 'bystander@example.org'
                    ON CONFLICT DO NOTHING";
        db.execute(code).await.unwrap();
        let leaving =
            "UPDATE users SET delete_at = now() + interval '1 day' WHERE email = 'leaving@example.org'";
        db.execute(leaving).await.unwrap();
    }

    /// The asset is in the timeline, another one is in the trash, and the owner has done something that can be undone.
    pub(super) async fn keep_shelves(&mut self) {
        let House { db, store, .. } = &self.house;
        db.execute("UPDATE users SET pin_hash = password_hash WHERE pin_hash IS NULL").await.unwrap();
        let asset: AssetId = self.ours.asset.parse().unwrap();
        for deed in [Deed::Unlock, Deed::Restore, Deed::Unarchive] {
            let act = store.begin_act(self.owner, deed).await.unwrap();
            store.act(act, self.owner, deed, &[asset], Utc::now()).await.unwrap();
        }
        let known: i64 = self.ours.trashed.parse().map_or(0, |asset: AssetId| asset.0);
        let there = format!("SELECT count(*) FROM assets WHERE id = {known}");
        if db.number(&there).await.unwrap() == 0 {
            let library = self.ours.library.parse().unwrap();
            let hash = ContentHash { blake3: rand_hash(), sha1: [self.turn as u8; 20] };
            let new = NewAsset {
                library,
                added_by: None,
                name: "secret old.jpg".into(),
                hash,
                size: 1,
                modified_at: DateTime::UNIX_EPOCH,
                location: NewLocation::Stored,
                priority: Priority::Bulk,
            };
            self.ours.trashed = store.insert_asset(&new).await.unwrap().asset().to_string();
        }
        let trashed: AssetId = self.ours.trashed.parse().unwrap();
        let act = store.begin_act(self.owner, Deed::Trash).await.unwrap();
        store.act(act, self.owner, Deed::Trash, &[trashed], Utc::now()).await.unwrap();
        let made = self.ours.act.parse().map_or(0, |act: ActId| act.0);
        let stands = format!("SELECT count(*) FROM acts WHERE undone_at IS NULL AND id = {made}");
        if db.number(&stands).await.unwrap() == 0 {
            let act = store.begin_act(self.owner, Deed::Favourite).await.unwrap();
            store.act(act, self.owner, Deed::Favourite, &[asset], Utc::now()).await.unwrap();
            self.ours.act = act.to_string();
        }
    }

    /// The asset has the keywords of its file, which have no colour.
    pub(super) async fn keep_keywords(&mut self) {
        let House { db, store, .. } = &self.house;
        let asset = self.ours.asset.parse().unwrap();
        let back = EditChange { keywords: Change::Revert, ..EditChange::default() };
        let place = |_| described().place;
        store.edit(self.owner, &[asset], &back, Utc::now(), &place).await.unwrap();
        db.execute("DELETE FROM keyword_colours").await.unwrap();
    }

    /// Everybody shows a picture of themselves.
    pub(super) async fn keep_pictures(&mut self) {
        let shown = "INSERT INTO user_pictures (user_id, content, media_type) SELECT id, '\\xffd8ff', 'image/jpeg' FROM users
                     ON CONFLICT DO NOTHING";
        self.house.db.execute(shown).await.unwrap();
    }

    /// The owner has a ticket for an archive.
    pub(super) async fn keep_download(&mut self) {
        let House { store, .. } = &self.house;
        let owner = self.people.last().and_then(|client| client.token.clone()).unwrap();
        let known = store.viewer_by_token(&token::hash(&owner), 30, None).await.unwrap();
        let Some((Viewer::User(viewer), _)) = known else { panic!("the owner is signed in") };
        let (ticket, ticket_hash) = token::new();
        let assets = [self.ours.asset.parse().unwrap()];
        let new = NewDownload {
            ticket_hash,
            viewer: &viewer,
            name: "secret.zip",
            assets: &assets,
            sidecars: true,
            minutes: 5,
        };
        store.add_download(&new).await.unwrap();
        self.ours.ticket = ticket;
    }

    /// The owner keeps a search, and has made one.
    pub(super) async fn keep_searches(&mut self) {
        let store = &self.house.store;
        let kept = self.ours.saved.parse().ok();
        let known =
            if let Some(id) = kept { store.saved_search(self.owner, id).await.unwrap() } else { None };
        if known.is_none() {
            let saved = store.save_search(self.owner, "Secret search", "secret tram").await.unwrap().unwrap();
            self.ours.saved = saved.id.to_string();
        }
        store.remember_search(self.owner, "secret tram").await.unwrap();
    }

    /// A device backs up to the owner's account.
    pub(super) async fn keep_devices(&mut self) {
        let db = &self.house.db;
        let known: i64 = self.ours.device.parse().map_or(0, |device: DeviceId| device.0);
        if db.number(&format!("SELECT count(*) FROM devices WHERE id = {known}")).await.unwrap() == 0 {
            let made = format!(
                "INSERT INTO devices (user_id, name, platform, reported_at, pending_count, oldest_unsaved_at)
                 VALUES ({}, 'Secret phone', 'Secret system', now(), 3, now() - interval '5 days')
                 RETURNING 'device_' || id",
                self.owner.0
            );
            self.ours.device = db.texts(&made).await.unwrap().remove(0);
        }
    }

    /// The owner has albums, which nobody else sees, and has said and taken out something there.
    pub(super) async fn keep_albums(&mut self) {
        let owner = self.owner;
        let House { db, store, app, .. } = &self.house;
        // What was given away is somebody else's now.
        let given = format!("DELETE FROM albums WHERE name LIKE 'Secret%' AND owner_id <> {}", owner.0);
        db.execute(&given).await.unwrap();
        for (place, name) in
            [(&mut self.ours.album, "album"), (&mut self.ours.shelf, "shelf"), (&mut self.ours.gone, "past")]
        {
            let known = place.parse().map_or(0, |album: AlbumId| album.0);
            if db.number(&format!("SELECT count(*) FROM albums WHERE id = {known}")).await.unwrap() == 0 {
                let name = format!("Secret {name}");
                let new = NewAlbum {
                    owner,
                    parent: None,
                    name: &name,
                    description: "Secret description",
                    order: AlbumOrder::Newest,
                    rule: None,
                };
                *place = store.add_album(&new).await.unwrap().unwrap().to_string();
            }
        }
        let id = |text: &String| -> AlbumId { text.parse().unwrap() };
        let (album, shelf, gone) = (id(&self.ours.album), id(&self.ours.shelf), id(&self.ours.gone));
        let asset: AssetId = self.ours.asset.parse().unwrap();
        store.restore_album(owner, album).await.unwrap();
        store.delete_album(gone).await.unwrap();
        store.add_to_albums(owner, &[album], &[asset], 10).await.unwrap();
        let empty = format!("DELETE FROM album_assets WHERE album_id = {}", shelf.0);
        db.execute(&empty).await.unwrap();
        let known = self.ours.removal.parse().map_or(0, |removal: RemovalId| removal.0);
        if db.number(&format!("SELECT count(*) FROM album_removals WHERE id = {known}")).await.unwrap() == 0 {
            store.add_to_albums(owner, &[shelf], &[asset], 10).await.unwrap();
            let removed = store.remove_from_album(owner, shelf, &[asset], None).await.unwrap();
            self.ours.removal = removed.removal.to_string();
        }
        let known: Option<CommentId> = self.ours.comment.parse().ok();
        let said = if let Some(id) = known { store.comment(id).await.unwrap() } else { None };
        if said.is_none() {
            let said = store.add_comment(album, Some(asset), owner, "Secret words").await.unwrap();
            self.ours.comment = said.id.to_string();
        }
        db.execute("DELETE FROM album_likes").await.unwrap();
        db.execute("DELETE FROM album_members").await.unwrap();
        app.forget_decisions();
    }

    /// The owner has made a public link to the album.
    pub(super) async fn keep_links(&mut self) {
        let House { store, .. } = &self.house;
        let known: Option<ShareLinkId> = self.ours.link.parse().ok();
        let there = if let Some(id) = known { store.link(self.owner, id).await.unwrap() } else { None };
        if there.is_none() {
            let new = NewLink {
                user: self.owner,
                album: self.ours.album.parse().ok(),
                assets: &[],
                token: tessera_api::auth::link::new().1,
                slug: "",
                title: "Secret link",
                password_hash: None,
                grants: Grants::default(),
                library: None,
                expires_at: None,
            };
            let origin = Origin { actor: Some(self.owner), address: None };
            self.ours.link = store.add_link(&new, &origin).await.unwrap().unwrap().id.to_string();
        }
    }

    /// What only members may find in an answer.
    pub fn marks(&self) -> Vec<String> {
        let ids = [&self.ours.library, &self.ours.asset, &self.ours.trashed, &self.ours.folder];
        ids.iter().map(|id| format!("\"{id}\"")).chain(["ecret".to_owned()]).collect()
    }
}
