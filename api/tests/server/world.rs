//! A library that is nobody's business but its members', and every kind of viewer.

mod keep;

use std::io::Write;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Permission, Scopes};
use domain::asset::ContentHash;
use domain::audit::Origin;
use domain::edit::{Change, EditChange};
use domain::job::{Job, Priority, Stage};
use domain::metadata::Camera;
use domain::metadata::keywords::Keyword;
use domain::metadata::{Area, Crop, FaceRegion, Format, Metadata, Panorama, Position, TimeSource, Words};
use domain::place::Place;
use domain::rendition::Rendition;
use domain::time::Taken;
use domain::user::UserRole;
use domain::{AssetId, EditId, LibraryId, UserId};
use store::{
    Described, Edited, NewAsset, NewKey, NewLocation, NewUpload, Refusal, Rendered, Reserved, Settled,
    Written,
};
use tessera_api::auth::password;

use crate::client::Client;
use crate::house::House;

pub const PASSWORD: &str = "correct horse battery";
pub const SIDECAR: &[u8] = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>";
/// A walk that stands still where and when the asset was taken.
pub const TRACK: &[u8] =
    b"<gpx><trk><trkseg><trkpt lat='38.71' lon='-9.13'><time>2024-05-17T14:03:00Z</time></trkpt></trkseg></trk></gpx>";
pub const ORIGINAL: &[u8] = b"\xff\xd8\xff\xe0 an original, as far as anybody here can tell \xff\xd9";
pub const THUMBNAIL: &[u8] =
    b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0";
pub const PREVIEW: &[u8] = b"\xff\xd8\xff\xe0\0\x08\0\0\0\0\0\0\xff\xd9";
/// A film of a second in fragments, as far as playlists need it.
pub const FRAGMENTS: &[u8] = include_bytes!("fragments.mp4");
pub const TAG: i32 = 77;

/// Every kind of viewer, in the order of the table's columns. The owner comes last, for what they do may not be there
/// to be done again.
pub const WHO: [&str; 11] = [
    "nobody",
    "revoked",
    "disabled",
    "stranger",
    "admin",
    "guest viewer",
    "guest editor",
    "guest owner",
    "viewer",
    "editor",
    "owner",
];

/// Ids as clients send them: of what is there, or of what never was.
#[derive(Clone)]
pub struct Ids {
    pub library: String,
    pub asset: String,
    pub folder: String,
    pub user: String,
    pub session: String,
    pub upload: String,
    /// A change that the owner made.
    pub edit: String,
    /// A search that the owner keeps.
    pub saved: String,
    /// An API key of the owner's.
    pub key: String,
    /// Somebody who is invited.
    pub invitation: String,
    /// Somebody who is nothing else.
    pub bystander: String,
    /// Somebody who is being deleted.
    pub leaving: String,
    /// An album of the owner's, with the asset in it.
    pub album: String,
    /// Another one, with nothing in it.
    pub shelf: String,
    /// One that the owner has deleted.
    pub gone: String,
    /// What the owner has said of the album.
    pub comment: String,
    /// Somebody else who may own albums.
    pub other: String,
    /// What the owner has taken out of an album.
    pub removal: String,
    /// A public link of the owner's, to the album.
    pub link: String,
    /// A device that backs up to the owner's account.
    pub device: String,
    /// Something that the owner did.
    pub act: String,
    /// Another asset, which is in the trash.
    pub trashed: String,
    /// A ticket that the owner was given.
    pub ticket: String,
    /// SHA-1 of the asset.
    pub sha1: String,
    /// Of somebody who may sign in: another one each time, or the limit of tries would be met.
    pub email: String,
}

pub struct World {
    pub house: House,
    pub people: Vec<Client>,
    pub ours: Ids,
    pub never: Ids,
    owner: UserId,
    admin: UserId,
    turn: usize,
}

impl World {
    pub async fn new() -> Self {
        // Every call comes from an address of its own, or the limit of tries would be met.
        let settings = [("TESSERA_TRUSTED_PROXIES", "127.0.0.1"), ("TESSERA_PUBLIC_URL", "http://localhost")];
        let house = House::with(&settings).await;
        let hash = password::hash(PASSWORD).await.unwrap();
        let mut people = vec![house.client()];
        let mut ids = Vec::new();
        for who in &WHO[1..] {
            let role = match *who {
                "admin" => UserRole::Admin,
                who if who.starts_with("guest") => UserRole::Guest,
                _ => UserRole::User,
            };
            let user = house.user(&who.replace(' ', "."), role).await;
            ids.push(user);
            people.push(house.sign_in(user).await);
        }
        let set = format!("UPDATE users SET password_hash = '{hash}', name = 'Secret ' || name");
        house.db.execute(&set).await.unwrap();
        house.db.execute("UPDATE users SET disabled_at = now() WHERE email LIKE 'disabled@%'").await.unwrap();
        let revoked =
            "DELETE FROM sessions s USING users u WHERE u.id = s.user_id AND u.email LIKE 'revoked@%'";
        house.db.execute(revoked).await.unwrap();
        let owner = *ids.last().unwrap();
        let library = house.store.add_library("Secret library", Some(owner)).await.unwrap();
        for (who, user) in WHO[1..].iter().zip(&ids) {
            if let Some(role) = who.rsplit(' ').next().filter(|role| ["viewer", "editor"].contains(role)) {
                house.member(library, *user, role).await;
            }
            // Revoked and disabled people are members, which helps them nothing.
            if ["guest owner", "revoked", "disabled"].contains(who) {
                house.member(library, *user, "owner").await;
            }
        }
        // So that what the others see is not merely nothing.
        house.store.add_library("A stranger's library", Some(ids[2])).await.unwrap();
        let asset = photograph(&house, library).await;
        let folder = house.store.add_folder(library, b"/secret/folder", true).await.unwrap();
        let beside = format!(
            "INSERT INTO locations (version_id, folder_id, path, size, mtime_ns)
             SELECT id, {}, 'part/secret.jpg', size, 0 FROM versions WHERE asset_id = {}",
            folder.id.0, asset.0
        );
        house.db.execute(&beside).await.unwrap();
        let refusal =
            Refusal { path: b"secret.txt".into(), size: 1, mtime_ns: 0, reason: "no picture".into() };
        house.store.refuse(folder.id, &refusal).await.unwrap();
        index(&house).await;
        let sha1 = house.store.hashes(&[asset]).await.unwrap()[0].1.sha1;
        let ours = Ids {
            library: library.to_string(),
            asset: asset.to_string(),
            folder: folder.id.to_string(),
            user: owner.to_string(),
            session: String::new(),
            upload: String::new(),
            edit: String::new(),
            saved: String::new(),
            key: String::new(),
            invitation: String::new(),
            bystander: house.user("bystander", UserRole::User).await.to_string(),
            leaving: house.user("leaving", UserRole::User).await.to_string(),
            album: String::new(),
            shelf: String::new(),
            gone: String::new(),
            comment: String::new(),
            other: ids[2].to_string(),
            removal: String::new(),
            link: String::new(),
            device: String::new(),
            act: String::new(),
            trashed: String::new(),
            ticket: String::new(),
            sha1: hex(&sha1),
            email: String::new(),
        };
        let never = Ids {
            library: "library_987654".into(),
            asset: "asset_987654".into(),
            folder: "folder_987654".into(),
            user: "user_987654".into(),
            session: "session_987654".into(),
            upload: "upload_987654".into(),
            edit: "edit_987654".into(),
            saved: "search_987654".into(),
            key: "key_987654".into(),
            invitation: "invitation_987654".into(),
            bystander: "user_987654".into(),
            leaving: "user_987655".into(),
            album: "album_987654".into(),
            shelf: "album_987655".into(),
            gone: "album_987656".into(),
            comment: "comment_987654".into(),
            other: "user_987655".into(),
            removal: "removal_987654".into(),
            link: "link_987654".into(),
            device: "device_987654".into(),
            act: "act_987654".into(),
            trashed: "asset_987655".into(),
            ticket: "987654".into(),
            sha1: "ab".repeat(20),
            email: "nobody.at.all@example.org".into(),
        };
        let admin = ids[3];
        let mut world = Self { house, people, ours, never, owner, admin, turn: 0 };
        world.prepare().await;
        world
    }

    /// What one call may have used up is there again for the next.
    pub async fn prepare(&mut self) {
        let House { db, store, .. } = &self.house;
        db.execute("DELETE FROM sessions WHERE client = 'secret phone'").await.unwrap();
        self.turn += 1;
        let who = WHO[3 + self.turn % 7].replace(' ', ".");
        self.ours.email = format!("{who}@example.org");
        let hash = rand_hash();
        self.ours.session =
            store.open_session(self.owner, &hash, Some("secret phone"), 30, None).await.unwrap().to_string();
        db.execute("UPDATE stages SET state = 'buried', error = 'secret reason' WHERE stage = 'renditions'")
            .await
            .unwrap();
        self.keep_keywords().await;
        self.keep_pictures().await;
        let House { db, store, .. } = &self.house;
        let made = self.ours.edit.parse().map_or(0, |edit: EditId| edit.0);
        let stands = format!("SELECT count(*) FROM edits WHERE undone_at IS NULL AND id = {made}");
        if db.number(&stands).await.unwrap() == 0 {
            let change = EditChange {
                title: Change::Set(format!("Secret title {}", self.turn)),
                ..EditChange::default()
            };
            let asset = self.ours.asset.parse().unwrap();
            let edited =
                store.edit(self.owner, &[asset], &change, Utc::now(), &|_| described().place).await.unwrap();
            if let Edited::Done(edit) = edited {
                self.ours.edit = edit.to_string();
            }
        }
        self.keep_searches().await;
        self.keep_accounts().await;
        self.keep_albums().await;
        self.keep_links().await;
        self.keep_shelves().await;
        self.keep_download().await;
        self.keep_devices().await;
        let House { store, app, .. } = &self.house;
        let asset = self.ours.asset.parse().unwrap();
        store.give_sidecar(asset, "secret.xmp", SIDECAR).await.unwrap();
        if self.ours.upload.is_empty()
            || store.upload(self.owner, self.ours.upload.parse().unwrap()).await.unwrap().is_none()
        {
            let new = NewUpload {
                user: self.owner,
                library: self.ours.library.parse().unwrap(),
                length: 1_000,
                name: "secret.jpg".into(),
                modified_at: None,
                metadata: format!("library {}", base64(&self.ours.library)),
            };
            let Reserved::Until(id, _) = store.add_upload(&new, 1).await.unwrap() else { panic!("no room") };
            app.files.uploads().create(id, 1_000).await.unwrap();
            self.ours.upload = id.to_string();
        }
    }

    /// A client that has a key of the owner's.
    pub async fn key(&self, scopes: &[Permission]) -> Client {
        let (token, token_hash) = tessera_api::auth::token::new_key();
        let scopes = Scopes::new(scopes.iter().copied());
        let new = NewKey { name: "a program", scopes, expires_at: None, token_hash };
        let origin = Origin { actor: Some(self.owner), address: None };
        self.house.store.add_key(self.owner, &new, &origin).await.unwrap().unwrap();
        Client::new(&self.house.url, Some(token))
    }
}

/// An asset with everything that there is to see of one, and a stage that failed.
async fn photograph(house: &House, library: LibraryId) -> AssetId {
    let stored = house.app.files.blobs().put(ORIGINAL).await.unwrap();
    let new = NewAsset {
        library,
        added_by: None,
        name: "secret.jpg".into(),
        hash: ContentHash { blake3: stored.blake3, sha1: stored.sha1 },
        size: ORIGINAL.len() as i64,
        modified_at: DateTime::UNIX_EPOCH,
        location: NewLocation::Stored,
        priority: Priority::Bulk,
    };
    let asset = house.store.insert_asset(&new).await.unwrap().asset();
    let claim = house.store.claim(Job { asset, stage: Stage::Metadata }, "test", 9.0).await.unwrap().unwrap();
    assert_eq!(house.store.describe(&claim, &described(), &Settled::Done).await.unwrap(), Written::Done);
    for (rendition, bytes) in [(Rendition::Thumbnail, THUMBNAIL), (Rendition::Preview, PREVIEW)] {
        let pending = house.app.files.derived().begin(asset, TAG, rendition).await.unwrap();
        pending.file().write_all(bytes).unwrap();
        pending.commit().await.unwrap();
    }
    let whole = house.app.files.films().whole(asset, &stored.blake3, domain::film::VARIANT).await.unwrap();
    whole.file().write_all(PREVIEW).unwrap();
    whole.commit().await.unwrap();
    let part = house.app.files.streams().part(asset, &stored.blake3, &[180]).await.unwrap().unwrap();
    (&part.files()[0]).write_all(FRAGMENTS).unwrap();
    part.commit().await.unwrap();
    let claim =
        house.store.claim(Job { asset, stage: Stage::Renditions }, "test", 9.0).await.unwrap().unwrap();
    let rendered = Rendered {
        tag: TAG,
        thumbhash: vec![1, 2, 3],
        width: 40,
        height: 30,
        notes: vec!["a secret oddity of the pixels".into()],
    };
    assert!(house.store.rendered(&claim, &rendered).await.unwrap());
    asset
}

pub fn described() -> Described {
    let local = NaiveDate::from_ymd_opt(2024, 5, 17).unwrap().and_hms_opt(14, 3, 0).unwrap();
    let metadata = Metadata {
        width: Some(40),
        height: Some(30),
        position: Some(Position { latitude: 38.71, longitude: -9.13, altitude: None }),
        direction: Some(12.5),
        camera: Camera {
            make: Some("Secret maker".into()),
            serial: Some("Secret serial".into()),
            iso: Some(100),
            ..Camera::default()
        },
        words: Words {
            title: Some("Secret title".into()),
            caption: Some("Secret caption".into()),
            keywords: Keyword::new(["Secret".into(), "Secret keyword".into()]).into_iter().collect(),
            creator: Some("Secret creator".into()),
            copyright: Some("Secret owner".into()),
        },
        faces: vec![FaceRegion {
            name: Some("Secret face".into()),
            area: Some(Area { x: 0.25, y: 0.5, width: 0.125, height: 0.125 }),
        }],
        projection: Some("Secret projection".into()),
        panorama: Some(Panorama {
            crop: Some(Crop { full_width: 80, full_height: 40, width: 40, height: 30, left: 20, top: 5 }),
            ..Panorama::default()
        }),
        film_bytes: Some(4),
        notes: vec!["a secret oddity of the words".into()],
        ..Metadata::silent(Format::Jpeg)
    };
    Described {
        ties: Vec::new(),
        metadata,
        taken: Taken {
            utc: local.and_utc(),
            local,
            offset_minutes: 0,
            zone: None,
            source: TimeSource::Gps,
            guessed: false,
        },
        place: Some(Place {
            city: Some("Secret city".into()),
            region: None,
            country: "Portugal".into(),
            country_code: "PT".into(),
        }),
        edited: None,
    }
}

/// Writes all assets into the search index, and lets the server see it.
pub async fn index(house: &House) {
    house.db.level().await.unwrap();
    let position = house.store.feed_position().await.unwrap();
    let ids = house.store.asset_ids_after(AssetId(0), 100_000).await.unwrap();
    let docs = house.store.search_docs(&ids).await.unwrap();
    let folder = house.data().join("index");
    tokio::task::spawn_blocking(move || {
        let mut writer = search::Writer::open(&folder).unwrap();
        writer.upsert(&docs).unwrap();
        writer.commit(position).unwrap();
        writer.close().unwrap();
    })
    .await
    .unwrap();
    for _ in 0..100 {
        house.app.search.reload().await;
        if house.app.search.position().await == Some(position) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the index can't be read");
}

fn rand_hash() -> [u8; 32] {
    tessera_api::auth::token::new().1
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn base64(text: impl AsRef<[u8]>) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}
