//! The reference client: a copy in SQLite, whose foreign keys see to it that nothing refers to what is not there.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Transaction, params};
use serde_json::{Value, json};

use crate::client::Client;

const ASK: &str = "query ($after: String!, $first: Int!) { changes(after: $after, first: $first) { position reset hasMore items { \
    kind id gone albumId assetId userId \
    library { name role } \
    asset { name title life favourite trashedAt library { id } stack { members { id } } } \
    album { name description role order talk likeCount liked owner { id name } parent { id } } \
    member { role inherited user { name } } \
    entry { place } \
    comment { text user { id name } } \
    talk { likeCount liked commentCount } } } }";

const SCHEMA: &str = "
    PRAGMA foreign_keys = ON;
    CREATE TABLE libraries (id TEXT PRIMARY KEY, words TEXT NOT NULL);
    CREATE TABLE assets (id TEXT PRIMARY KEY, library_id TEXT REFERENCES libraries ON DELETE SET NULL, words TEXT NOT NULL);
    CREATE TABLE albums (id TEXT PRIMARY KEY, words TEXT NOT NULL);
    CREATE TABLE members (album_id TEXT NOT NULL REFERENCES albums ON DELETE CASCADE, user_id TEXT NOT NULL,
        words TEXT NOT NULL, PRIMARY KEY (album_id, user_id));
    CREATE TABLE entries (album_id TEXT NOT NULL REFERENCES albums ON DELETE CASCADE,
        asset_id TEXT NOT NULL REFERENCES assets ON DELETE CASCADE, place INTEGER NOT NULL, PRIMARY KEY (album_id, asset_id));
    CREATE TABLE comments (id TEXT PRIMARY KEY, album_id TEXT NOT NULL REFERENCES albums ON DELETE CASCADE,
        asset_id TEXT REFERENCES assets ON DELETE CASCADE, words TEXT NOT NULL);
    CREATE TABLE talk (album_id TEXT NOT NULL REFERENCES albums ON DELETE CASCADE,
        asset_id TEXT NOT NULL REFERENCES assets ON DELETE CASCADE, words TEXT NOT NULL, PRIMARY KEY (album_id, asset_id));
    CREATE TABLE place (position TEXT NOT NULL);
    INSERT INTO place VALUES ('0');";

/// A row of each table as one text, by the table's name.
pub type Tables = BTreeMap<&'static str, BTreeSet<String>>;

/// How a row of each table is written as one text.
const ROWS: [(&str, &str); 7] = [
    ("libraries", "SELECT id || ' ' || words FROM libraries"),
    ("assets", "SELECT id || ' ' || coalesce(library_id, 'null') || ' ' || words FROM assets"),
    ("albums", "SELECT id || ' ' || words FROM albums"),
    ("members", "SELECT album_id || ' ' || user_id || ' ' || words FROM members"),
    ("entries", "SELECT album_id || ' ' || asset_id FROM entries"),
    (
        "comments",
        "SELECT id || ' ' || album_id || ' ' || coalesce(asset_id, 'null') || ' ' || words FROM comments",
    ),
    ("talk", "SELECT album_id || ' ' || asset_id || ' ' || words FROM talk"),
];

/// A copy of what one person sees.
pub struct Mirror {
    db: Connection,
    client: Client,
}

impl Mirror {
    pub fn new(client: Client) -> Self {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(SCHEMA).unwrap();
        Self { db, client }
    }

    fn position(&self) -> String {
        self.db.query_row("SELECT position FROM place", [], |row| row.get(0)).unwrap()
    }

    /// The next page, which is not written down.
    pub async fn ask(&self, first: i32) -> Value {
        let variables = json!({ "after": self.position(), "first": first });
        self.client.data(ASK, variables).await["changes"].take()
    }

    /// Writes down the next page; answers whether there is more.
    pub async fn fetch(&mut self, first: i32) -> bool {
        let page = self.ask(first).await;
        self.write(&page, true);
        page["hasMore"].as_bool().unwrap()
    }

    /// Writes down the next page, but not where one stands then.
    pub async fn fetch_and_forget(&mut self, first: i32) {
        let page = self.ask(first).await;
        self.write(&page, page["reset"] == json!(true));
    }

    fn write(&mut self, page: &Value, with_place: bool) {
        let tx = self.db.transaction().unwrap();
        if page["reset"] == json!(true) {
            for table in ["talk", "comments", "entries", "members", "albums", "assets", "libraries"] {
                tx.execute(&format!("DELETE FROM {table}"), []).unwrap();
            }
        }
        for item in page["items"].as_array().unwrap() {
            apply(&tx, item);
        }
        if page["hasMore"] == json!(false) {
            // The copy is whole: what nothing keeps is dropped.
            let loose =
                "DELETE FROM assets WHERE library_id IS NULL AND id NOT IN (SELECT asset_id FROM entries)";
            tx.execute(loose, []).unwrap();
        }
        if with_place {
            let position = page["position"].as_str().unwrap();
            tx.execute("UPDATE place SET position = ?1", [position]).unwrap();
        }
        tx.commit().unwrap();
    }

    /// All that it has.
    pub fn all(&self) -> Tables {
        let rows = |sql: &str| -> BTreeSet<String> {
            let mut statement = self.db.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        ROWS.iter().map(|(table, sql)| (*table, rows(sql))).collect()
    }
}

fn text<'a>(item: &'a Value, field: &str) -> &'a str {
    item[field].as_str().unwrap_or_else(|| panic!("no {field}: {item}"))
}

/// One item: what is gone is deleted, what is there is put in the place of what was.
fn apply(tx: &Transaction<'_>, item: &Value) {
    let id = text(item, "id");
    let kind = text(item, "kind");
    if kind == "FOLDER" {
        return;
    }
    let said = ["library", "asset", "album", "member", "entry", "comment", "talk"].map(|field| &item[field]);
    let said = said.into_iter().find(|value| !value.is_null());
    let there = |words: &&Value| {
        let silent = words["likeCount"] == json!(0) && words["commentCount"] == json!(0);
        item["gone"] == json!(false) && !(kind == "TALK" && silent)
    };
    let Some(words) = said.filter(there) else { return drop_it(tx, kind, item) };
    let done = match kind {
        "LIBRARY" => tx.execute(
            "INSERT INTO libraries VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET words = excluded.words",
            params![id, words.to_string()],
        ),
        "ASSET" => tx.execute(
            "INSERT INTO assets VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET library_id = excluded.library_id, words = excluded.words",
            params![id, words["library"]["id"].as_str(), asset_words(words)],
        ),
        "ALBUM" => tx.execute(
            "INSERT INTO albums VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET words = excluded.words",
            params![id, words.to_string()],
        ),
        "MEMBER" => tx.execute(
            "INSERT OR REPLACE INTO members VALUES (?1, ?2, ?3)",
            params![text(item, "albumId"), text(item, "userId"), words.to_string()],
        ),
        "ENTRY" => tx.execute(
            "INSERT OR REPLACE INTO entries VALUES (?1, ?2, ?3)",
            params![text(item, "albumId"), text(item, "assetId"), words["place"].as_i64().unwrap()],
        ),
        "COMMENT" => tx.execute(
            "INSERT OR REPLACE INTO comments VALUES (?1, ?2, ?3, ?4)",
            params![id, text(item, "albumId"), item["assetId"].as_str(), words.to_string()],
        ),
        "TALK" => tx.execute(
            "INSERT OR REPLACE INTO talk VALUES (?1, ?2, ?3)",
            params![text(item, "albumId"), text(item, "assetId"), words.to_string()],
        ),
        other => panic!("a kind that nobody told of: {other}"),
    };
    assert_eq!(done.unwrap_or_else(|error| panic!("{item}: {error}")), 1);
}

fn drop_it(tx: &Transaction<'_>, kind: &str, item: &Value) {
    let id = text(item, "id");
    let (album, asset, user) = (item["albumId"].as_str(), item["assetId"].as_str(), item["userId"].as_str());
    let done = match kind {
        "LIBRARY" => tx.execute("DELETE FROM libraries WHERE id = ?1", [id]),
        "ASSET" => tx.execute("DELETE FROM assets WHERE id = ?1", [id]),
        "ALBUM" => tx.execute("DELETE FROM albums WHERE id = ?1", [id]),
        "MEMBER" => {
            tx.execute("DELETE FROM members WHERE album_id = ?1 AND user_id = ?2", params![album, user])
        }
        "ENTRY" => {
            tx.execute("DELETE FROM entries WHERE album_id = ?1 AND asset_id = ?2", params![album, asset])
        }
        "COMMENT" => tx.execute("DELETE FROM comments WHERE id = ?1", [id]),
        "TALK" => tx.execute("DELETE FROM talk WHERE album_id = ?1 AND asset_id = ?2", params![album, asset]),
        other => panic!("a kind that nobody told of: {other}"),
    };
    done.unwrap();
}

/// What is said of an asset, by whomever; its library stands beside it.
pub fn asset_words(asset: &Value) -> String {
    let mut words = asset.clone();
    let fields = words.as_object_mut().unwrap();
    fields.remove("library");
    fields.remove("id");
    // In the trash it has left its stack for as long as it is there; and an album shows single assets.
    if asset["trashedAt"] != Value::Null || asset["library"].is_null() {
        fields.remove("stack");
    }
    words.to_string()
}
