//! Changes as they happen, to those who may know of them, as long as they may.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::client::{Client, Reply, code};
use crate::world::World;

const FOLLOW: &str = "subscription { changes { items { kind id gone } position } }";

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects as a client that is no browser; answers what the server says first.
    async fn open(client: &Client) -> (Self, Value) {
        let mut socket = Self::connect(&client.url, None).await.unwrap();
        let payload =
            client.token.as_ref().map(|token| json!({ "authorization": format!("Bearer {token}") }));
        socket.say(json!({ "type": "connection_init", "payload": payload.unwrap_or(json!({})) })).await;
        let first = socket.hear().await.unwrap_or(Value::Null);
        (socket, first)
    }

    async fn connect(url: &str, origin: Option<&str>) -> Result<Self, String> {
        let mut request = url.replace("http:", "ws:") + "/graphql/ws";
        request.shrink_to_fit();
        let mut request = request.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
        if let Some(origin) = origin {
            headers.insert("origin", HeaderValue::from_str(origin).unwrap());
        }
        connect_async(request).await.map(|(socket, _)| Self(socket)).map_err(|error| error.to_string())
    }

    async fn subscribe(&mut self, document: &str) {
        self.subscribe_as("1", document).await;
    }

    async fn subscribe_as(&mut self, id: &str, document: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": document } })).await;
    }

    async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    /// The next message; none at the end, or if nothing comes for long.
    async fn hear(&mut self) -> Option<Value> {
        loop {
            match timeout(Duration::from_secs(12), self.0.next()).await.ok()?? {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// What changed, by the next message.
    async fn changed(&mut self) -> Vec<String> {
        let message = self.hear().await.unwrap();
        ids(&message["payload"]["data"]["changes"])
    }
}

#[tokio::test]
async fn a_document_that_stands_for_endless_fields_is_refused_here_too() {
    let world = World::new().await;
    let (mut socket, _) = Socket::open(&world.people[8]).await;
    let fragments: String = (0..20)
        .map(|n| format!("fragment f{n} on Subscription {{ {} }} ", format!("...f{} ", n + 1).repeat(10)))
        .collect();
    let leaf = "fragment f20 on Subscription { changes { position } }";
    socket.subscribe(&format!("subscription {{ ...f0 }} {fragments} {leaf}")).await;
    let told = socket.hear().await.unwrap();
    assert!(told.to_string().contains("LIMIT_EXCEEDED"), "{told}");
}

/// The code of what was refused before it ran, or of an answer.
fn refusal(message: &Value) -> String {
    let payload = &message["payload"];
    let errors = if payload.is_array() { payload } else { &payload["errors"] };
    code(&json!({ "errors": errors })).to_owned()
}

fn ids(changes: &Value) -> Vec<String> {
    let items = changes["items"].as_array().unwrap_or_else(|| panic!("{changes}"));
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// A change in a library, by its owner.
async fn change(client: &Client, library: &str, bytes: &str) -> String {
    let upload = "mutation ($input: AssetUploadInput!) { assetUpload(input: $input) { asset { id } } }";
    let input = json!({ "input": { "libraryId": library } });
    let bytes = [&[0xff, 0xd8, 0xff], bytes.as_bytes()].concat();
    let reply = Reply::of(client.multipart(upload, input, ("a.jpg", bytes))).await.json();
    reply["data"]["assetUpload"]["asset"]["id"].as_str().unwrap_or_else(|| panic!("{reply}")).to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_hear_of_a_change_and_others_do_not() {
    let world = World::new().await;
    let [stranger, admin, guest, owner] = [3, 4, 5, 10].map(|column| world.people[column].clone());
    let mut followers = Vec::new();
    for client in [&guest, &owner, &stranger, &admin] {
        let (mut socket, first) = Socket::open(client).await;
        assert_eq!(first["type"], "connection_ack");
        socket.subscribe(FOLLOW).await;
        assert_eq!(socket.changed().await, Vec::<String>::new(), "the first message tells where one stands");
        followers.push(socket);
    }
    let mine = stranger.data("{ libraries { nodes { id } } }", json!({})).await;
    let mine = mine["libraries"]["nodes"][0]["id"].as_str().unwrap().to_owned();
    let secret = change(&owner, &world.ours.library, "in the secret library").await;
    assert_eq!(followers[0].changed().await, [secret.as_str()], "a guest");
    assert_eq!(followers[1].changed().await, [secret.as_str()], "the owner");
    // A later change of their own comes first to the stranger: the other one did not come at all.
    let own = change(&stranger, &mine, "in a stranger's library").await;
    assert_eq!(followers[2].changed().await, [own.as_str()], "a stranger");
    let library =
        admin.data("mutation { libraryCreate(input: { name: \"x\" }) { library { id } } }", json!({})).await;
    let library = library["libraryCreate"]["library"]["id"].as_str().unwrap();
    assert_eq!(followers[3].changed().await, [library], "an administrator");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_by_http_are_the_same_and_go_on_from_a_position() {
    let world = World::new().await;
    let owner = world.people[10].clone();
    let position = owner.data("{ changes { position } }", json!({})).await["changes"]["position"].clone();
    let missed = change(&owner, &world.ours.library, "while away").await;
    let follow = format!("subscription {{ changes(after: {position}) {{ items {{ id }} position }} }}");
    let request = owner.request(reqwest::Method::POST, "/graphql").header("accept", "text/event-stream");
    let mut response = request.json(&json!({ "query": follow })).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut text = String::new();
    let mut wait_for = async |mark: &str| {
        while !text.contains(mark) {
            let piece = timeout(Duration::from_secs(12), response.chunk()).await.unwrap().unwrap().unwrap();
            text += &String::from_utf8_lossy(&piece);
        }
    };
    wait_for(&format!("\"{missed}\"")).await;
    let live = change(&owner, &world.ours.library, "while there").await;
    wait_for(&format!("\"{live}\"")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn assets_are_followed_by_those_who_may_see_them_and_go_on_from_a_position() {
    let world = World::new().await;
    let [stranger, member] = [3, 8].map(|column| world.people[column].clone());
    let asset = &world.ours.asset;
    let follow = |after: &str| {
        let after = if after.is_empty() { String::new() } else { format!(", after: \"{after}\"") };
        format!(
            "subscription {{ assetChanged(ids: [\"{asset}\"]{after}) {{ position items {{ id gone asset {{ title }} }} }} }}"
        )
    };
    let (mut following, _) = Socket::open(&member).await;
    following.subscribe(&follow("")).await;
    let first = following.hear().await.unwrap()["payload"]["data"]["assetChanged"].take();
    assert_eq!(first["items"], json!([]), "{first}");
    let (mut other, _) = Socket::open(&stranger).await;
    other.subscribe(&follow("")).await;
    other.hear().await.unwrap();
    let retitle = async |title: &str| {
        let document = "mutation ($input: AssetUpdateInput!) { assetUpdate(input: $input) { editId } }";
        let input = json!({ "assetIds": [asset], "title": title });
        world.people[10].data(document, json!({ "input": input })).await;
    };
    // Something else is changed, too, of which nothing is told.
    change(&world.people[10], &world.ours.library, "another one").await;
    retitle("One").await;
    let told = following.hear().await.unwrap()["payload"]["data"]["assetChanged"].take();
    assert_eq!(told["items"], json!([{ "id": asset, "gone": false, "asset": { "title": "One" } }]));
    drop(following);
    retitle("Two").await;
    world.house.db.level().await.unwrap();
    let (mut again, _) = Socket::open(&member).await;
    again.subscribe(&follow(told["position"].as_str().unwrap())).await;
    let missed = again.hear().await.unwrap()["payload"]["data"]["assetChanged"].take();
    assert_eq!(missed["items"][0]["asset"]["title"], "Two", "{missed}");
    // A change of their own comes first to the stranger, or nothing at all.
    let quiet = timeout(Duration::from_secs(2), other.0.next()).await;
    let text =
        quiet.ok().flatten().and_then(Result::ok).map(|message| message.to_string()).unwrap_or_default();
    assert!(!text.contains(asset.as_str()), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_album_that_is_followed_again_tells_only_what_was_missed() {
    let world = World::new().await;
    let owner = world.people[10].clone();
    let album = &world.ours.album;
    let follow = |after: Option<&str>| {
        let after = after.map(|after| format!(", after: \"{after}\"")).unwrap_or_default();
        format!(
            "subscription {{ albumChanged(id: \"{album}\"{after}) {{ position gone album {{ name }} }} }}"
        )
    };
    let (mut socket, _) = Socket::open(&owner).await;
    socket.subscribe(&follow(None)).await;
    let first = socket.hear().await.unwrap()["payload"]["data"]["albumChanged"].take();
    assert_eq!(first["album"]["name"], "Secret album");
    drop(socket);
    let rename = "mutation ($input: AlbumUpdateInput!) { albumUpdate(input: $input) { album { id } } }";
    owner.data(rename, json!({ "input": { "id": album, "name": "Other" } })).await;
    world.house.db.level().await.unwrap();
    let (mut socket, _) = Socket::open(&owner).await;
    socket.subscribe(&follow(first["position"].as_str())).await;
    let missed = socket.hear().await.unwrap()["payload"]["data"]["albumChanged"].take();
    assert_eq!((&missed["gone"], &missed["album"]["name"]), (&json!(false), &json!("Other")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_numbers_of_work_are_those_of_ones_own_libraries() {
    let world = World::new().await;
    let [stranger, admin, member] = [3, 4, 8].map(|column| world.people[column].clone());
    let document = "subscription { jobProgress { stages { stage pending buried } } }";
    let mut sockets = Vec::new();
    for (client, buried) in [(&stranger, false), (&admin, true), (&member, true)] {
        let (mut socket, _) = Socket::open(client).await;
        socket.subscribe(document).await;
        let first = socket.hear().await.unwrap()["payload"]["data"]["jobProgress"].take();
        assert_eq!(first.to_string().contains("\"renditions\""), buried, "{first}");
        sockets.push(socket);
    }
    change(&world.people[10], &world.ours.library, "to be worked on").await;
    for socket in &mut sockets[1..] {
        let next = socket.hear().await.unwrap()["payload"]["data"]["jobProgress"].take();
        assert!(next.to_string().contains("metadata"), "{next}");
    }
    let quiet = timeout(Duration::from_secs(2), sockets[0].0.next()).await;
    let text =
        quiet.ok().flatten().and_then(Result::ok).map(|message| message.to_string()).unwrap_or_default();
    assert!(!text.contains("metadata"), "{text}");
}

#[tokio::test]
async fn nobody_and_pages_of_other_sites_are_not_let_in() {
    let world = World::new().await;
    for column in [0, 1, 2] {
        let (_, first) = Socket::open(&world.people[column]).await;
        assert_ne!(first["type"], "connection_ack", "{column}");
    }
    let url = &world.house.url;
    let refused = Socket::connect(url, Some("https://evil.example")).await.err().unwrap();
    assert!(refused.contains("403"), "{refused}");
    assert!(Socket::connect(url, Some(url)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_ends_with_its_session_and_takes_nothing_but_subscriptions() {
    let world = World::new().await;
    let owner = world.people[10].clone();
    let (mut asking, _) = Socket::open(&owner).await;
    for document in [
        "{ libraries { nodes { name } } }",
        "mutation { libraryCreate(input: { name: \"x\" }) { library { id } } }",
    ] {
        asking.subscribe(document).await;
        let answer = asking.hear().await.unwrap();
        assert_eq!(
            (answer["type"].as_str(), refusal(&answer).as_str()),
            (Some("error"), "REQUEST_INVALID"),
            "{answer}"
        );
    }
    for revoke in ["DELETE FROM sessions WHERE client = 'a test'", "UPDATE users SET disabled_at = now()"] {
        let user = world.ours.user.parse().unwrap();
        let client = world.house.sign_in(user).await;
        let (mut following, _) = Socket::open(&client).await;
        following.subscribe(FOLLOW).await;
        following.changed().await;
        let (mut waiting, _) = Socket::open(&client).await;
        world.house.db.execute(revoke).await.unwrap();
        world.house.store.add_library("to wake everybody up", None).await.unwrap();
        let end = following.hear().await.unwrap();
        assert_eq!(refusal(&end), "UNAUTHENTICATED", "{revoke}: {end}");
        waiting.subscribe(FOLLOW).await;
        let end = waiting.hear().await.unwrap();
        assert_eq!(refusal(&end), "UNAUTHENTICATED", "{revoke}, later: {end}");
    }
}

#[tokio::test]
async fn a_position_of_another_epoch_is_reset() {
    let world = World::new().await;
    let owner = world.people[10].clone();
    let position = owner.data("{ changes { position } }", json!({})).await["changes"]["position"].clone();
    world.house.store.begin_epoch().await.unwrap();
    let ask = "query ($after: String!) { changes(after: $after) { reset hasMore position items { id } } }";
    world.house.db.level().await.unwrap();
    let answer = owner.data(ask, json!({ "after": position })).await["changes"].clone();
    assert_eq!((&answer["reset"], &answer["hasMore"]), (&json!(true), &json!(true)));
    let again = owner.data(ask, json!({ "after": answer["position"] })).await["changes"].clone();
    assert_eq!(again["reset"], json!(false));
    assert!(ids(&again).contains(&world.ours.asset));
    for wrong in ["", "1.2", "x.y.z", "1.-1.0"] {
        assert_eq!(code(&owner.ask(ask, json!({ "after": wrong })).await), "INVALID");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_follows_twenty_things_at_once_and_they_ask_the_feed_once() {
    let world = World::new().await;
    let (mut socket, _) = Socket::open(&world.people[10]).await;
    for number in 0..20 {
        socket.subscribe_as(&number.to_string(), FOLLOW).await;
        socket.changed().await;
    }
    socket.subscribe_as("one more", FOLLOW).await;
    let refused = socket.hear().await.unwrap();
    assert_eq!(
        (&refused["id"], refusal(&refused)),
        (&json!("one more"), "LIMIT_EXCEEDED".to_owned()),
        "{refused}"
    );
    assert_eq!(socket.hear().await.unwrap()["type"], "complete");
    socket.say(json!({ "id": "3", "type": "complete" })).await;
    socket.subscribe_as("one more", FOLLOW).await;
    assert_eq!(socket.changed().await, Vec::<String>::new());
    // Many fields of one subscription are as many places.
    let fields: String = (0..21).map(|n| format!("a{n}: changes {{ position }} ")).collect();
    let (mut other, _) = Socket::open(&world.people[10]).await;
    other.subscribe(&format!("subscription {{ {fields} }}")).await;
    loop {
        let told = other.hear().await.unwrap();
        if refusal(&told) == "LIMIT_EXCEEDED" {
            break;
        }
        assert_ne!(told["type"], "complete");
    }
    drop(other);

    // Those that begin together stand together after the first ring.
    tokio::time::sleep(Duration::from_secs(6)).await;
    let lock = world.house.db.hold("LOCK TABLE changes IN ACCESS EXCLUSIVE MODE").await.unwrap();
    tokio::time::sleep(Duration::from_secs(7)).await;
    let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'changes'::regclass";
    assert_eq!(world.house.db.number(waiting).await.unwrap(), 1);
    drop(lock);
    let heard = change(&world.people[10], &world.ours.library, "after all that").await;
    for _ in 0..20 {
        assert_eq!(socket.changed().await, [heard.as_str()]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_has_a_hundred_connections_and_others_have_their_own() {
    let world = World::new().await;
    let (owner, stranger) = (&world.people[10], &world.people[3]);
    let mut sockets = Vec::new();
    for _ in 0..99 {
        let (socket, first) = Socket::open(owner).await;
        assert_eq!(first["type"], "connection_ack");
        sockets.push(socket);
    }
    let events = || {
        let request = owner.request(reqwest::Method::POST, "/graphql").header("accept", "text/event-stream");
        request.json(&json!({ "query": FOLLOW })).send()
    };
    let last = events().await.unwrap();
    assert_eq!(last.status(), 200);
    let (_, refused) = Socket::open(owner).await;
    assert_ne!(refused["type"], "connection_ack");
    let told = events().await.unwrap();
    assert_eq!(told.status(), 429);
    assert_eq!(told.json::<Value>().await.unwrap()["code"], "LIMIT_EXCEEDED");
    assert_eq!(Socket::open(stranger).await.1["type"], "connection_ack");
    sockets.clear();
    drop(last);
    for _ in 0..100 {
        if Socket::open(owner).await.1["type"] == "connection_ack" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("places of connections that are closed are not free again");
}
