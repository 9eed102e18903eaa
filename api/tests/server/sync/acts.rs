//! What several people do, at random: each act is one that the server may refuse, as it would a person.

use chrono::Utc;
use domain::deed::Deed;
use domain::{AssetId, UserId};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::house::House;

/// Brings a file of its own content into a library; answers the asset's id.
pub async fn upload(client: &Client, library: &str, number: usize) -> String {
    let document = "mutation ($input: AssetUploadInput!) { assetUpload(input: $input) { asset { id } } }";
    let bytes = [&[0xff, 0xd8, 0xff], format!("picture {number} of {library}").as_bytes()].concat();
    let request = client.multipart(document, json!({ "input": { "libraryId": library } }), ("a.jpg", bytes));
    let reply = Reply::of(request).await.json();
    reply["data"]["assetUpload"]["asset"]["id"].as_str().unwrap_or_default().to_owned()
}

/// The people, and what they have to do with.
pub struct Acts<'a> {
    house: &'a House,
    people: Vec<(UserId, Client)>,
    number: usize,
    removals: Vec<(usize, Value)>,
}

impl<'a> Acts<'a> {
    /// Everybody has a few assets and an album to begin with.
    pub async fn new(house: &'a House, people: Vec<(UserId, Client)>) -> Self {
        let mut acts = Self { house, people, number: 0, removals: Vec::new() };
        for who in 0..acts.people.len() {
            for _ in 0..4 {
                acts.bring(who).await;
            }
            acts.create(who, None).await;
        }
        acts
    }

    async fn ids(&self, sql: &str) -> Vec<String> {
        self.house.db.texts(sql).await.unwrap()
    }

    async fn one(&self, random: &mut StdRng, sql: &str) -> Option<String> {
        let ids = self.ids(sql).await;
        (!ids.is_empty()).then(|| ids[random.random_range(0..ids.len())].clone())
    }

    /// An asset of a library that somebody may change.
    async fn asset(&self, random: &mut StdRng, who: usize) -> Option<String> {
        let user = self.people[who].0.0;
        let sql = format!(
            "SELECT 'asset_' || a.id FROM assets a JOIN library_members m ON m.library_id = a.library_id \
             WHERE m.user_id = {user} AND m.role <> 'viewer' ORDER BY a.id"
        );
        self.one(random, &sql).await
    }

    async fn album(&self, random: &mut StdRng, who: usize) -> Option<String> {
        let user = self.people[who].0.0;
        let sql = format!(
            "SELECT DISTINCT 'album_' || album_id FROM album_roles WHERE user_id = {user} ORDER BY 1"
        );
        self.one(random, &sql).await
    }

    /// Something that an album shows, or that one within it does.
    async fn shown(&self, random: &mut StdRng, album: &str) -> Option<String> {
        let album = album.trim_start_matches("album_");
        let sql = format!(
            "SELECT DISTINCT 'asset_' || s.asset_id FROM album_ancestors p JOIN album_sights s ON s.album_id = p.album_id \
             WHERE p.ancestor_id = {album} ORDER BY 1"
        );
        self.one(random, &sql).await
    }

    /// Asks as somebody; what is refused is refused.
    async fn ask(&self, who: usize, kind: &str, mutation: &str, fields: &str, input: Value) -> Value {
        let document = format!(
            "mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {fields} userErrors {{ code }} }} }}"
        );
        let answer = self.people[who].1.ask(&document, json!({ "input": input })).await;
        let code = crate::client::code(&answer);
        assert!(["", "NOT_FOUND", "FORBIDDEN", "INVALID"].contains(&code), "{mutation}: {answer}");
        answer["data"][mutation].clone()
    }

    async fn bring(&mut self, who: usize) {
        let user = self.people[who].0.0;
        let sql = format!(
            "SELECT 'library_' || library_id FROM library_members WHERE user_id = {user} AND role <> 'viewer' ORDER BY 1"
        );
        self.number += 1;
        if let Some(library) = self.ids(&sql).await.pop() {
            upload(&self.people[who].1, &library, self.number).await;
        }
    }

    async fn create(&mut self, who: usize, parent: Option<String>) {
        self.number += 1;
        let input = json!({ "name": format!("Album {}", self.number), "parentId": parent,
                            "order": if self.number.is_multiple_of(2) { "BY_HAND" } else { "NEWEST" } });
        self.ask(who, "AlbumCreateInput", "albumCreate", "album { id }", input).await;
    }

    /// Somebody does something.
    pub async fn act(&mut self, random: &mut StdRng) {
        let who = random.random_range(0..self.people.len());
        match random.random_range(0..12) {
            0 => self.bring(who).await,
            1..4 => self.with_an_asset(random, who).await,
            4..9 => self.with_an_album(random, who).await,
            9 => self.with_talk(random, who).await,
            10 => self.with_a_library(random).await,
            _ => self.with_a_name(random, who).await,
        }
    }

    async fn with_an_asset(&mut self, random: &mut StdRng, who: usize) {
        let Some(asset) = self.asset(random, who).await else { return };
        let these = json!({ "assetIds": [asset] });
        let deeds =
            ["Favourite", "Unfavourite", "Archive", "Unarchive", "Trash", "Trash", "Restore", "Restore"];
        match random.random_range(0..14) {
            number @ 0..8 => {
                let mutation = format!("assets{}", deeds[number]);
                self.ask(who, "ActInput", &mutation, "count", these).await;
            }
            8 => drop(self.ask(who, "AssetsDeleteInput", "assetsDelete", "__typename", these).await),
            9 => {
                self.number += 1;
                let input = json!({ "assetIds": [asset], "title": format!("Title {}", self.number) });
                self.ask(who, "AssetUpdateInput", "assetUpdate", "editId", input).await;
            }
            10 => {
                let other = self.asset(random, who).await;
                self.ask(
                    who,
                    "StackInput",
                    "stackCreate",
                    "__typename",
                    json!({ "assetIds": [asset, other] }),
                )
                .await;
            }
            11 => drop(self.ask(who, "StackInput", "stackSeparate", "__typename", these).await),
            number => {
                // The locked folder needs a PIN, which is not what is looked at here.
                let deed = if number == 12 { Deed::Lock } else { Deed::Unlock };
                let (user, asset) = (self.people[who].0, asset.parse::<AssetId>().unwrap());
                let act = self.house.store.begin_act(user, deed).await.unwrap();
                self.house.store.act(act, user, deed, &[asset], Utc::now()).await.unwrap();
            }
        }
    }

    async fn with_an_album(&mut self, random: &mut StdRng, who: usize) {
        let Some(album) = self.album(random, who).await else { return self.create(who, None).await };
        let other = self.people[random.random_range(0..self.people.len())].0.to_string();
        match random.random_range(0..16) {
            0..4 => {
                let roles = [json!("VIEWER"), json!("CONTRIBUTOR"), json!("EDITOR"), Value::Null];
                let role = &roles[random.random_range(0..roles.len())];
                let input = json!({ "albumId": album, "userIds": [other], "role": role });
                self.ask(who, "AlbumMemberSetInput", "albumMemberSet", "__typename", input).await;
            }
            4..8 => {
                let assets = [self.asset(random, who).await, self.asset(random, who).await];
                let assets: Vec<String> = assets.into_iter().flatten().collect();
                let input = json!({ "albumIds": [album], "assetIds": assets });
                self.ask(who, "AlbumAssetsAddInput", "albumAssetsAdd", "__typename", input).await;
            }
            8 | 9 => {
                let Some(asset) = self.shown(random, &album).await else { return };
                let input = json!({ "albumId": album, "assetIds": [asset] });
                let done =
                    self.ask(who, "AlbumAssetsRemoveInput", "albumAssetsRemove", "removalId", input).await;
                self.removals.push((who, done["removalId"].clone()));
            }
            10 => {
                let Some((who, removal)) = self.removals.pop().filter(|(_, id)| !id.is_null()) else {
                    return;
                };
                let input = json!({ "removalId": removal });
                self.ask(who, "AlbumAssetsRestoreInput", "albumAssetsRestore", "__typename", input).await;
            }
            11 => self.create(who, Some(album)).await,
            12 => {
                let parent = self.album(random, who).await.filter(|_| random.random_bool(0.6));
                self.number += 1;
                let input =
                    json!({ "id": album, "parentId": parent, "description": format!("{}", self.number) });
                self.ask(who, "AlbumUpdateInput", "albumUpdate", "__typename", input).await;
            }
            13 => drop(self.ask(who, "AlbumInput", "albumDelete", "deletedId", json!({ "id": album })).await),
            14 => {
                let sql = "SELECT 'album_' || id FROM albums WHERE deleted_at IS NOT NULL ORDER BY id";
                let Some(album) = self.one(random, sql).await else { return };
                self.ask(who, "AlbumInput", "albumRestore", "__typename", json!({ "id": album })).await;
            }
            _ => {
                let input = json!({ "albumId": album, "userId": other });
                self.ask(who, "AlbumTransferInput", "albumTransfer", "__typename", input).await;
            }
        }
    }

    async fn with_talk(&mut self, random: &mut StdRng, who: usize) {
        let Some(album) = self.album(random, who).await else { return };
        let asset = self.shown(random, &album).await.filter(|_| random.random_bool(0.7));
        self.number += 1;
        match random.random_range(0..5) {
            0 | 1 => {
                let input =
                    json!({ "albumId": album, "assetId": asset, "text": format!("Words {}", self.number) });
                self.ask(who, "AlbumCommentAddInput", "albumCommentAdd", "comment { id }", input).await;
            }
            2 => {
                let sql = "SELECT 'comment_' || id FROM album_comments ORDER BY id";
                let Some(comment) = self.one(random, sql).await else { return };
                let input = json!({ "id": comment });
                self.ask(who, "AlbumCommentDeleteInput", "albumCommentDelete", "deletedId", input).await;
            }
            _ => {
                let input = json!({ "albumId": album, "assetId": asset, "likes": random.random_bool(0.6) });
                self.ask(who, "AlbumLikeSetInput", "albumLikeSet", "__typename", input).await;
            }
        }
    }

    /// Somebody becomes a member of somebody else's library, something else in it, or is one no longer; or the same of partners.
    async fn with_a_library(&mut self, random: &mut StdRng) {
        let library =
            self.one(random, "SELECT id::text FROM libraries ORDER BY id").await.unwrap_or_default();
        let user = self.people[random.random_range(0..self.people.len())].0.0;
        let role = ["viewer", "editor"][random.random_range(0..2)];
        let owner = self.people[random.random_range(0..self.people.len())].0.0;
        let sql = match random.random_range(0..6) {
            0 | 1 => format!(
                "INSERT INTO library_members VALUES ({library}, {user}, '{role}') ON CONFLICT (library_id, user_id) \
                 DO UPDATE SET role = excluded.role WHERE library_members.role <> 'owner'"
            ),
            2 | 3 => format!(
                "DELETE FROM library_members WHERE library_id = {library} AND user_id = {user} AND role <> 'owner'"
            ),
            4 => format!(
                "INSERT INTO partners (owner_id, user_id) SELECT {owner}, {user} WHERE {owner} <> {user} \
                 ON CONFLICT DO NOTHING"
            ),
            _ => format!("DELETE FROM partners WHERE owner_id = {owner} AND user_id = {user}"),
        };
        self.house.db.execute(&sql).await.unwrap();
        self.house.forget().await;
    }

    async fn with_a_name(&mut self, random: &mut StdRng, who: usize) {
        if random.random_bool(0.5) {
            return self.bring(who).await;
        }
        self.number += 1;
        let input = json!({ "name": format!("Somebody {}", self.number) });
        self.ask(who, "ProfileUpdateInput", "profileUpdate", "__typename", input).await;
    }
}
