//! Relations load together: however many rows an answer has, it takes as many statements.
//!
//! Counted by what the library that sends them says of each.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::album::AlbumOrder;
use domain::audit::Origin;
use domain::share::Grants;
use domain::user::UserRole;
use domain::{AlbumId, AssetId, LibraryId, UserId};
use serde_json::{Value, json};
use store::{NewAlbum, NewLink, Refusal, Written};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::set_global_default;
use tracing::{Event, Metadata, Subscriber};

use crate::client::Client;
use crate::house::House;
use crate::world::{described, index};

/// What is asked, with how many of a thing there are.
const QUESTIONS: [&str; 22] = [
    "query ($ids: [ID!]!, $n: Int!) { assets(ids: $ids) { id name path paths notes sha1 blake3 library { id name role \
     assetCount bytes members { role user { name } } folders { path refusals { path reason } } } } libraries(first: $n) { nodes { id } } }",
    "query ($ids: [ID!]!, $n: Int!) { assets(ids: $ids) { library { name } } libraries(first: $n) { nodes { name \
     assetCount bytes folders { path refusals { path } } } edges { node { name folders { path } } } } }",
    "query ($ids: [ID!]!, $n: Int!) { search(filter: {}, first: $n) { totalCount nodes { id path sha1 library { name \
     folders { path } } } edges { node { blake3 library { assetCount } } } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { jobs { stages { stage pending } buried(first: $n) { totalCount nodes { assetId \
     name path } edges { node { error } } } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { timeline { count version days { counts } ratios stretch(first: $n, \
     from: \"2000-01-01\", to: \"2030-01-01\") { ids } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { changes(after: \"1.0.0\", first: $n) { items { id day library { name } } } assets(ids: $ids) { id } }",
    // Within a round: all assets, all entries, all comments.
    "query ($ids: [ID!]!, $n: Int!) { changes(after: \"1.0.0~9000000000000.2.0\", first: $n) { items { id asset { name life \
     favourite library { name } } } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { changes(after: \"1.0.0~9000000000000.6.0\", first: $n) { items { id assetId entry { place \
     addedBy { name } } } } receipts(assetIds: $ids) { signature } }",
    "query ($ids: [ID!]!, $n: Int!) { changes(after: \"1.0.0~9000000000000.7.0\", first: $n) { items { id comment { text user { \
     name } asset { id } } } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { places(level: CITY, first: $n) { totalCount nodes { name cover { id library { \
     name } } } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { searchFacets(keys: [YEAR, CITY, LIBRARY], first: $n) { valueCount values { label \
     count } } assets(ids: $ids) { id } libraries(first: $n) { nodes { id } } }",
    "query ($ids: [ID!]!, $n: Int!) { searchSuggestions(text: \"secret c\", first: 50) { label count } \
     assets(ids: $ids) { id } libraries(first: $n) { nodes { id } } }",
    "query ($ids: [ID!]!, $n: Int!) { savedSearches { id name text } searchHistory { text } assets(ids: $ids) { id } \
     libraries(first: $n) { nodes { id } } }",
    "query ($ids: [ID!]!, $n: Int!) { albums(first: $n) { totalCount nodes { id name assetCount firstDay liked owner { name } \
     parent { name } albums { name } cover { id name } members { user { name } } contributors { user { name } } } } \
     assets(ids: $ids) { id albums { name assetCount cover { id } } } }",
    "query ($ids: [ID!]!, $n: Int!) { albumAssets(albumId: \"album_1\", first: $n) { nodes { id name albums { name } } } \
     albumComments(albumId: \"album_1\", first: $n) { nodes { text user { name } asset { name } } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { memories(day: \"2026-05-17\") { key count place cover { id name library { name } } } \
     assets(ids: $ids) { id } libraries(first: $n) { nodes { id } } }",
    "query ($ids: [ID!]!, $n: Int!) { keywords { libraryId path count colour cover { id name } } assets(ids: $ids) { id } \
     libraries(first: $n) { nodes { id } } }",
    "query ($ids: [ID!]!, $n: Int!) { shareLinks(first: $n) { nodes { title assetCount album { name } library { name } } \
     edges { node { visits album { owner { name } } } } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { trash { count assets(first: $n) { nodes { id } } } assets(ids: $ids) { life \
     favourite trashedAt trashedUntil } }",
    "query ($ids: [ID!]!, $n: Int!) { viewer { user { name } session { id } sessions { id client } } \
     libraries(first: $n) { pageInfo { endCursor } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { users(first: $n) { nodes { user { name } hasTotp storage { storedBytes } devices { count } libraries { \
     name } } edges { node { libraries { id } } } } assets(ids: $ids) { id } }",
    "query ($ids: [ID!]!, $n: Int!) { auditLog(first: $n) { nodes { action } } viewer { apiKeys { name } passkeys { name } \
     storage { storedBytes } } libraries(first: $n) { nodes { id } } assets(ids: $ids) { id } }",
];

/// What is changed for one person, who has few searches, and then many.
const MUTATIONS: [&str; 5] = [
    "mutation { savedSearchCreate(input: { name: \"Dogs\", text: \"dog\" }) { savedSearch { id } userErrors { code } } }",
    "mutation { savedSearchUpdate(input: { id: \"search_1\", name: \"Cats\" }) { savedSearch { name } } }",
    "mutation { savedSearchDelete(input: { id: \"search_1\" }) { deletedId } }",
    "mutation { searchRemember(input: { text: \"dog\" }) { userErrors { code } } }",
    "mutation { searchHistoryClear { cleared } }",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_of_a_hundred_rows_takes_as_many_statements_as_one_of_one() {
    set_global_default(Counter).unwrap();
    let house = House::new().await;
    let client = fill(&house).await;
    let ids = house.store.asset_ids_after(AssetId(0), 100).await.unwrap();
    for question in QUESTIONS {
        let mut counts = Vec::new();
        for rows in [1, 10, 100] {
            let ids: Vec<String> = ids[..rows].iter().map(ToString::to_string).collect();
            let variables = json!({ "ids": ids, "n": rows });
            // Once to prepare what is to be prepared, on whichever connection.
            client.data(question, variables.clone()).await;
            house.forget().await;
            counts.push(count(&client, question, &variables).await);
        }
        eprintln!("{counts:?} {question}");
        // Loads that run side by side may each ask for the viewer's libraries: one statement more or less.
        assert!(counts[0] > 2 && counts[2] <= counts[0] + 3, "{counts:?} for {question}");
    }
    searches(&house, &client).await;
}

/// Keeping a search takes as many statements however many there are.
async fn searches(house: &House, client: &Client) {
    let mut counts = Vec::new();
    for many in [1, 400] {
        let kept = format!(
            "INSERT INTO saved_searches (user_id, name, text) SELECT u.id, 'Dogs', 'dog' FROM users u, \
             generate_series(1, {many}) WHERE u.name = 'ann'"
        );
        house.db.execute(&kept).await.unwrap();
        let mut each = Vec::new();
        for mutation in MUTATIONS {
            client.data(mutation, json!({})).await;
            house.forget().await;
            each.push(count(client, mutation, &json!({})).await);
        }
        counts.push(each);
    }
    // With asking who they are, the beginning of a transaction and its end.
    assert!(counts[0] == counts[1] && counts[0].iter().all(|count| (2..=7).contains(count)), "{counts:?}");
}

/// A hundred assets in as many libraries, each with a folder with a refused file.
async fn fill(house: &House) -> Client {
    let user = house.user("ann", UserRole::Admin).await;
    for number in 0..100 {
        house.user(&format!("user {number}"), UserRole::User).await;
        let library = house.store.add_library(&format!("{number}"), Some(user)).await.unwrap();
        let folder = house.store.add_folder(library, format!("/{number}").as_bytes(), true).await.unwrap();
        let refusal = Refusal { path: b"x".into(), size: 1, mtime_ns: 0, reason: "no picture".into() };
        house.store.refuse(folder.id, &refusal).await.unwrap();
        asset(house, library, number).await;
        house.store.open_session(user, &[number; 32], None, 30, None).await.unwrap();
    }
    house.db.execute("UPDATE stages SET state = 'buried' WHERE stage = 'renditions'").await.unwrap();
    albums(house, user).await;
    index(house).await;
    house.sign_in(user).await
}

/// A hundred albums, each with all of the assets, something that was said of one, and a public link.
async fn albums(house: &House, user: UserId) {
    let assets = house.store.asset_ids_after(AssetId(0), 100).await.unwrap();
    for asset in &assets {
        let name = format!("{asset}");
        let new = NewAlbum {
            owner: user,
            parent: None,
            name: &name,
            description: "",
            order: AlbumOrder::ByHand,
            rule: None,
        };
        let album = house.store.add_album(&new).await.unwrap().unwrap();
        house.store.add_to_albums(user, &[album], &assets, 1_000).await.unwrap();
        house.store.add_comment(AlbumId(1), Some(*asset), user, "words").await.unwrap();
        let link = NewLink {
            user,
            album: Some(album),
            assets: &[],
            token: tessera_api::auth::link::new().1,
            slug: "",
            title: "",
            password_hash: None,
            grants: Grants::default(),
            library: None,
            expires_at: None,
        };
        house.store.add_link(&link, &Origin::MACHINE).await.unwrap().unwrap();
    }
}

pub async fn asset(house: &House, library: LibraryId, number: u8) {
    let hash = domain::asset::ContentHash { blake3: [number; 32], sha1: [number; 20] };
    let new = store::NewAsset {
        library,
        added_by: None,
        name: format!("{number}.jpg"),
        hash,
        size: 1,
        modified_at: chrono::DateTime::UNIX_EPOCH,
        location: store::NewLocation::Stored,
        priority: domain::job::Priority::Bulk,
    };
    let asset = house.store.insert_asset(&new).await.unwrap().asset();
    let job = domain::job::Job { asset, stage: domain::job::Stage::Metadata };
    let claim = house.store.claim(job, "test", 9.0).await.unwrap().unwrap();
    assert_eq!(
        house.store.describe(&claim, &described(), &store::Settled::Done).await.unwrap(),
        Written::Done
    );
}

/// Counts what sqlx says of each statement that it has sent.
struct Counter;

static SENT: AtomicU64 = AtomicU64::new(0);

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, _: &Event<'_>) {
        SENT.fetch_add(1, Ordering::SeqCst);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

async fn count(client: &Client, question: &str, variables: &Value) -> u64 {
    let before = SENT.load(Ordering::SeqCst);
    client.data(question, variables.clone()).await;
    SENT.load(Ordering::SeqCst) - before
}
