//! What sharing an album lets others see, and what not; and that it ends at once.

use domain::album::AlbumRole;
use domain::{AlbumId, AssetId, UserId};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::client::Client;
use crate::world::{TAG, World, index};

/// A world whose album is shared with a stranger.
struct Shared {
    world: World,
    album: AlbumId,
    asset: AssetId,
    stranger: UserId,
}

impl Shared {
    async fn new(role: Option<AlbumRole>) -> Self {
        let world = World::new().await;
        let album = world.ours.album.parse().unwrap();
        let asset = world.ours.asset.parse().unwrap();
        let stranger = world.ours.other.parse().unwrap();
        let shared = Self { world, album, asset, stranger };
        shared.share(role).await;
        index(&shared.world.house).await;
        shared
    }

    async fn share(&self, role: Option<AlbumRole>) {
        let house = &self.world.house;
        house.store.set_album_members(self.album, &[self.stranger], role).await.unwrap();
        house.forget().await;
    }

    fn client(&self) -> Client {
        self.world.people[3].clone()
    }

    fn owner(&self) -> Client {
        self.world.people[10].clone()
    }

    async fn ask(&self, document: &str) -> Value {
        self.client()
            .data(document, json!({ "album": self.world.ours.album, "asset": self.world.ours.asset }))
            .await
    }
}

/// How many of the asset each way of looking finds: one, or none.
async fn found(shared: &Shared) -> Vec<(&'static str, i64)> {
    let answer = shared
        .ask(
            "query ($asset: ID!) { asset(id: $asset) { id } \
             search(filter: { text: \"tag:secret\" }) { totalCount nodes { id } } \
             byAlbum: search(filter: { text: \"album:secret\" }) { totalCount } \
             timeline(filter: { text: \"album:any\" }) { count stretch(from: \"2000-01-01\", to: \"2030-01-01\") { ids } } \
             searchFacets(keys: [CITY, ALBUM]) { values { label count } } \
             searchSuggestions(text: \"city:secr\") { label } \
             map(bbox: { west: -20, south: 30, east: 0, north: 45 }, zoom: 3, filter: { text: \"type:image\" }) \
             { cells { count } points { id } } }",
        )
        .await;
    let rows = |value: &Value| i64::try_from(value.as_array().unwrap().len()).unwrap();
    let facet = |place: usize| rows(&answer["searchFacets"][place]["values"]);
    let media = shared.client().get(&format!("/media/{}/thumbnail?v={TAG}", shared.world.ours.asset)).await;
    vec![
        ("asset", i64::from(!answer["asset"].is_null())),
        ("search", answer["search"]["totalCount"].as_i64().unwrap()),
        ("hits", rows(&answer["search"]["nodes"])),
        ("album:", answer["byAlbum"]["totalCount"].as_i64().unwrap()),
        ("timeline", answer["timeline"]["count"].as_i64().unwrap()),
        ("stretch", rows(&answer["timeline"]["stretch"]["ids"])),
        ("cities", facet(0)),
        ("albums", facet(1)),
        ("suggestions", i64::from(answer["searchSuggestions"].to_string().contains("Secret city"))),
        ("map", rows(&answer["map"]["cells"]) + rows(&answer["map"]["points"])),
        ("media", i64::from(media.status == StatusCode::OK)),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_a_shared_album_is_seen_everywhere_and_not_any_more_when_sharing_ends() {
    let shared = Shared::new(None).await;
    assert!(found(&shared).await.iter().all(|(_, count)| *count == 0), "{:?}", found(&shared).await);
    shared.share(Some(AlbumRole::Viewer)).await;
    // Nothing was written into the index for it.
    assert!(found(&shared).await.iter().all(|(_, count)| *count == 1), "{:?}", found(&shared).await);
    let store = &shared.world.house.store;
    assert!(store.delete_album(shared.album).await.unwrap());
    shared.world.house.forget().await;
    assert!(found(&shared).await.iter().all(|(_, count)| *count == 0), "{:?}", found(&shared).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_album_tells_nothing_of_the_library_beyond_what_is_in_it() {
    let shared = Shared::new(Some(AlbumRole::Editor)).await;
    let answer = shared
        .ask(
            "query ($asset: ID!) { asset(id: $asset) { name path paths sidecar library { name } } libraries { nodes { name } } \
             path: search(filter: { text: \"path:any\" }) { totalCount } \
             library: search(filter: { text: \"library:secret\" }) { totalCount } \
             searchFacets(keys: [LIBRARY, FOLDER]) { values { label } } }",
        )
        .await;
    assert_eq!(
        answer["asset"],
        json!({
            "name": "secret.jpg", "path": null, "paths": [], "sidecar": null, "library": null
        })
    );
    let told = answer.to_string().replace("secret.jpg", "");
    assert!(!told.contains("ecret"), "{told}");
    assert_eq!((&answer["path"]["totalCount"], &answer["library"]["totalCount"]), (&json!(0), &json!(0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shared_with_somebody_is_not_theirs_to_share_on_or_to_change() {
    let shared = Shared::new(Some(AlbumRole::Editor)).await;
    let made = shared.ask("mutation { albumCreate(input: { name: \"Mine\" }) { album { id } } }").await;
    let mine = made["albumCreate"]["album"]["id"].as_str().unwrap().to_owned();
    let add = json!({ "albumIds": [mine], "assetIds": [shared.world.ours.asset] });
    let document = "mutation ($input: AlbumAssetsAddInput!) { albumAssetsAdd(input: $input) { albums { added } \
                    userErrors { code } } }";
    let answer = shared.client().data(document, json!({ "input": add })).await;
    assert_eq!(answer["albumAssetsAdd"], json!({ "albums": [], "userErrors": [{ "code": "NOT_ALLOWED" }] }));
    let document = "mutation ($asset: ID!) { assetUpdate(input: { assetIds: [$asset], title: \"x\" }) { userErrors { code } } }";
    let answer = shared.ask(document).await;
    assert_eq!(answer["assetUpdate"]["userErrors"][0]["code"], "NOT_FOUND");
}

/// Worked out by hand: what each role may do, a letter for each mutation: read, comment, remove, rename, share.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_role_may_do_what_it_says_and_guests_only_look() {
    let shared = Shared::new(None).await;
    let guest = shared.world.people[7].clone();
    let store = &shared.world.house.store;
    let email = "SELECT id::text FROM users WHERE email = 'guest.owner@example.org'";
    let guest_id = UserId(shared.world.house.db.texts(email).await.unwrap()[0].parse().unwrap());
    for (role, users, guests) in [
        (AlbumRole::Viewer, "yy---", "y----"),
        (AlbumRole::Contributor, "yy---", "y----"),
        (AlbumRole::Editor, "yyyy-", "y----"),
    ] {
        store.set_album_members(shared.album, &[shared.stranger, guest_id], Some(role)).await.unwrap();
        for (client, expected) in [(shared.client(), users), (guest.clone(), guests)] {
            shared.world.house.forget().await;
            assert_eq!(may(&shared, &client).await, expected, "{role}");
        }
    }
}

async fn may(shared: &Shared, client: &Client) -> String {
    let ids = json!({ "album": shared.world.ours.album, "asset": shared.world.ours.asset });
    let album = client.data("query ($album: ID!) { album(id: $album) { id } }", ids.clone()).await;
    let mut told = if album["album"].is_null() { "-".to_owned() } else { "y".to_owned() };
    for mutation in [
        "albumCommentAdd(input: { albumId: $album, text: \"words\" })",
        "albumAssetsRemove(input: { albumId: $album, assetIds: [$asset] })",
        "albumUpdate(input: { id: $album, name: \"Other\" })",
        "albumMemberSet(input: { albumId: $album, userIds: [], role: VIEWER })",
    ] {
        let asset = if mutation.contains("$asset") { ", $asset: ID!" } else { "" };
        let document =
            format!("mutation ($album: ID!{asset}) {{ done: {mutation} {{ userErrors {{ code }} }} }}");
        let answer = client.data(&document, ids.clone()).await;
        let refused = !answer["done"]["userErrors"].as_array().unwrap().is_empty();
        told.push(if refused { '-' } else { 'y' });
        let back = [shared.asset];
        let owner: UserId = shared.world.ours.user.parse().unwrap();
        shared.world.house.store.add_to_albums(owner, &[shared.album], &back, 10).await.unwrap();
    }
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_membership_gained_or_lost_is_one_change() {
    let shared = Shared::new(None).await;
    let client = shared.client();
    let heard = async |after: &Value| {
        shared.world.house.db.level().await.unwrap();
        let document =
            "query ($after: String) { changes(after: $after) { position items { kind id gone } } }";
        client.data(document, json!({ "after": after })).await["changes"].clone()
    };
    let start = heard(&Value::Null).await["position"].clone();
    shared.share(Some(AlbumRole::Viewer)).await;
    let gained = heard(&start).await;
    let album = |gone: bool| json!([{ "kind": "ALBUM", "id": shared.world.ours.album, "gone": gone }]);
    assert_eq!(gained["items"], album(false));
    // What leaves the album leaves the sight of those who saw it there.
    let owner: UserId = shared.world.ours.user.parse().unwrap();
    let store = &shared.world.house.store;
    let removed = store.remove_from_album(owner, shared.album, &[shared.asset], None).await.unwrap();
    shared.world.house.forget().await;
    let left = heard(&gained["position"]).await;
    let items = left["items"].as_array().unwrap();
    assert!(
        items.contains(&json!({ "kind": "ASSET", "id": shared.world.ours.asset, "gone": true })),
        "{left}"
    );
    store.restore_to_album(owner, removed.removal).await.unwrap().unwrap();
    let back = heard(&left["position"]).await;
    let items = back["items"].as_array().unwrap();
    assert!(
        items.contains(&json!({ "kind": "ASSET", "id": shared.world.ours.asset, "gone": false })),
        "{back}"
    );
    shared.share(None).await;
    assert_eq!(heard(&back["position"]).await["items"], album(true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn comments_are_deleted_by_whoever_made_them_and_by_the_owner() {
    let shared = Shared::new(Some(AlbumRole::Viewer)).await;
    let delete = async |client: &Client, id: &str| {
        let document =
            "mutation ($id: ID!) { albumCommentDelete(input: { id: $id }) { userErrors { code } } }";
        let answer = client.data(document, json!({ "id": id })).await;
        answer["albumCommentDelete"]["userErrors"][0]["code"].as_str().unwrap_or("done").to_owned()
    };
    let say = async |client: &Client| {
        let document = "mutation ($album: ID!) { albumCommentAdd(input: { albumId: $album, text: \"words\" }) { comment { id } } }";
        let answer = client.data(document, json!({ "album": shared.world.ours.album })).await;
        answer["albumCommentAdd"]["comment"]["id"].as_str().unwrap().to_owned()
    };
    let (client, owner) = (shared.client(), shared.owner());
    let (mine, theirs) = (say(&client).await, say(&owner).await);
    assert_eq!(delete(&client, &theirs).await, "NOT_ALLOWED");
    assert_eq!(delete(&client, &mine).await, "done");
    let again = say(&client).await;
    assert_eq!(delete(&owner, &again).await, "done");
    assert_eq!(delete(&owner, &again).await, "NOT_FOUND");
    let off =
        "mutation ($album: ID!) { albumUpdate(input: { id: $album, talk: false }) { userErrors { code } } }";
    owner.data(off, json!({ "album": shared.world.ours.album })).await;
    let document = "mutation ($album: ID!) { albumCommentAdd(input: { albumId: $album, text: \"x\" }) { userErrors { code } } }";
    let refused = client.data(document, json!({ "album": shared.world.ours.album })).await;
    assert_eq!(refused["albumCommentAdd"]["userErrors"][0]["code"], "NOT_ALLOWED");
}
