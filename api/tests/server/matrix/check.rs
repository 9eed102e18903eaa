//! Whether a row holds.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use super::table::{Ask, Row, request};
use crate::client::{Client, Reply, code};
use crate::world::{Ids, WHO, World};

static CALLS: AtomicU32 = AtomicU32::new(1);

/// Asks as everybody, and notes what is not as the row says.
pub async fn row(world: &mut World, row: &Row, wrong: &mut Vec<String>) {
    let outcomes: Vec<char> = row.outcome.chars().filter(|c| *c != ' ').collect();
    assert_eq!(outcomes.len(), WHO.len(), "{}", name(row));
    let mut common = None;
    for (column, outcome) in outcomes.into_iter().enumerate() {
        world.prepare().await;
        let client = world.people[column].clone();
        let before = if row.writes { world.house.dump().await } else { Vec::new() };
        let got = ask(&client, &row.ask, &world.ours).await;
        let changed = row.writes && world.house.dump().await != before;
        let never = ask(&client, &row.ask, &world.never).await;
        let cell = Cell { world, row, got: &got, never: &never, changed };
        let verdict = if outcome == '=' { cell.same(&mut common) } else { cell.holds(outcome) };
        if let Err(why) = verdict {
            let (who, name) = (WHO[column], name(row));
            wrong.push(format!("- {name}\n  {who}, '{outcome}': {why}: {} {}", got.status, got.text()));
        }
    }
}

/// Asks by keys of the owner, and notes what is not as their scopes have it.
pub async fn keys(world: &mut World, row: &Row, all: &Client, none: &Client, wrong: &mut Vec<String>) {
    // What is said of the person themselves is theirs to know; what everybody gets tells nothing.
    if !row.outcome.ends_with('y') || name(row).contains("viewer") || name(row).contains("User {") {
        return;
    }
    world.prepare().await;
    for client in [all, none] {
        let got = ask(client, &row.ask, &world.ours).await;
        let cell = Cell { world, row, got: &got, never: &got, changed: false };
        let refused = cell.code() == "FORBIDDEN" || got.status == StatusCode::FORBIDDEN;
        let verdict =
            if refused || std::ptr::eq(client, none) { cell.tells_nothing() } else { cell.holds('y') };
        if let Err(why) = verdict {
            wrong.push(format!("- {}\n  {why}: {} {}", name(row), got.status, got.text()));
        }
    }
}

struct Cell<'a> {
    world: &'a World,
    row: &'a Row,
    got: &'a Reply,
    never: &'a Reply,
    changed: bool,
}

impl Cell<'_> {
    fn holds(&self, outcome: char) -> Result<(), &'static str> {
        if self.changed != (outcome == 'y' && self.row.writes) {
            return Err(if self.changed { "something changed" } else { "nothing changed" });
        }
        if outcome != 'y' && outcome != 'w' {
            self.tells_nothing()?;
        }
        let is_graphql = !matches!(self.row.ask, Ask::Http(..));
        match outcome {
            'y' if is_graphql => self.answered(),
            'y' => check(self.got.status.is_success(), "it was not served"),
            'n' => self.succeeded(),
            '.' => self.is_as_if_it_never_was(),
            's' => {
                let refused = self.got.status == StatusCode::UNAUTHORIZED || self.code() == "UNAUTHENTICATED";
                check(refused, "they need not sign in")
            }
            'f' => check(self.code() == "FORBIDDEN", "it was not refused"),
            'w' => check(self.has_user_errors() && self.code().is_empty(), "it was not refused in words"),
            other => panic!("there is no outcome '{other}'"),
        }
    }

    /// What is the same for everybody: also for who came first.
    fn same(&self, common: &mut Option<(StatusCode, Vec<u8>)>) -> Result<(), &'static str> {
        check(!self.changed, "something changed")?;
        self.tells_nothing()?;
        // How long a part took to answer differs each time.
        let body = if self.got.text().contains("latency_ms") { Vec::new() } else { self.got.body.clone() };
        let mine = (self.got.status, body);
        check(common.get_or_insert_with(|| mine.clone()) == &mine, "others get something else")
    }

    fn succeeded(&self) -> Result<(), &'static str> {
        check(self.code().is_empty() && self.got.status.is_success(), "there is an error")
    }

    fn answered(&self) -> Result<(), &'static str> {
        self.succeeded()?;
        check(!self.has_user_errors(), "it was refused")?;
        if self.row.writes {
            return Ok(());
        }
        let text = self.got.text();
        check(self.world.marks().iter().any(|mark| text.contains(mark)), "it is not there")
    }

    /// Byte for byte what is said of what never was, but for the ids that they sent themselves.
    fn is_as_if_it_never_was(&self) -> Result<(), &'static str> {
        let got = self.got.text().replace(&self.world.ours.upload, &self.world.never.upload);
        let (got, never) = (sorted(&steady(&got)), sorted(&steady(&self.never.text())));
        check(self.got.status == self.never.status, "the status tells that it is there")?;
        check(got == never, "the answer tells that it is there")?;
        let told = |reply: &Reply| -> Vec<(String, String)> {
            let volatile = ["date", "etag", "content-length"];
            let all = reply.headers.iter().map(|(n, v)| (n.to_string(), format!("{v:?}")));
            all.filter(|(name, _)| !volatile.contains(&name.as_str())).collect()
        };
        check(told(self.got) == told(self.never), "the headers tell that it is there")
    }

    fn tells_nothing(&self) -> Result<(), &'static str> {
        let text = self.got.text();
        let sees_self = text.contains("\"viewer\"");
        let leak = self.world.marks().into_iter().any(|mark| text.contains(&mark));
        check(sees_self || !leak, "it tells of the library")
    }

    fn code(&self) -> String {
        self.json().map(|answer| code(&answer).to_owned()).unwrap_or_default()
    }

    fn has_user_errors(&self) -> bool {
        let Some(answer) = self.json() else { return false };
        let Some(fields) = answer["data"].as_object() else { return false };
        fields
            .values()
            .any(|payload| payload["userErrors"].as_array().is_some_and(|errors| !errors.is_empty()))
    }

    fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.got.body).ok()
    }
}

/// Fields come in the order in which they were ready.
fn sorted(text: &str) -> String {
    serde_json::from_str::<Value>(text).map_or_else(|_| text.to_owned(), |value| value.to_string())
}

/// Without what moves with every transaction of the cluster: where the feed and the timeline stand.
fn steady(text: &str) -> String {
    ["\"position\":\"", "\"version\":\""].iter().fold(text.to_owned(), |text, begin| {
        let mut parts = text.split(begin);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| out + begin + part.find('"').map_or(part, |end| &part[end..]))
    })
}

fn check(holds: bool, words: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(words) }
}

async fn ask(client: &Client, ask: &Ask, ids: &Ids) -> Reply {
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let address = format!("10.{}.{}.1", call / 250, call % 250);
    let request = request(client, ask, ids).header("x-forwarded-for", address);
    if !matches!(ask, Ask::Events(..)) {
        return Reply::of(request).await;
    }
    // A subscription does not end: its first event is its answer.
    let mut response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let mut text = String::new();
    while !text.contains("\n\n") {
        let piece = tokio::time::timeout(Duration::from_secs(10), response.chunk()).await.unwrap().unwrap();
        let Some(piece) = piece else { break };
        text += &String::from_utf8_lossy(&piece);
    }
    let first = text.lines().find_map(|line| line.strip_prefix("data: ").or(line.strip_prefix("data:")));
    Reply { status, headers, body: first.unwrap_or(&text).as_bytes().to_vec() }
}

fn name(row: &Row) -> String {
    match &row.ask {
        Ask::GraphQl(text, _) | Ask::Multipart(text, ..) | Ask::Events(text, _) => (*text).to_owned(),
        Ask::Http(method, _, path, _) => {
            let any = Ids {
                library: "L".into(),
                asset: "A".into(),
                folder: "F".into(),
                user: "U".into(),
                session: "S".into(),
                upload: "UP".into(),
                edit: "ED".into(),
                saved: "SS".into(),
                key: "K".into(),
                invitation: "I".into(),
                bystander: "B".into(),
                leaving: "LV".into(),
                album: "AL".into(),
                shelf: "SH".into(),
                gone: "G".into(),
                comment: "C".into(),
                other: "O".into(),
                removal: "R".into(),
                link: "LK".into(),
                device: "D".into(),
                act: "AC".into(),
                trashed: "T".into(),
                ticket: "TK".into(),
                sha1: "H".into(),
                email: "E".into(),
            };
            format!("{method} {}", path(&any))
        }
    }
}
