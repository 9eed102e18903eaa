//! Signing in and out, and who may not be made to do anything.

use std::io::{Read, Write};
use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::client::{Client, Reply};
use crate::house::House;
use crate::world::PASSWORD;
use domain::user::UserRole;
use tessera_api::auth::{password, token};

const SIGN_IN: &str = "mutation ($input: SessionCreateInput!) { sessionCreate(input: $input) { token \
    viewer { user { email } session { client current } } userErrors { code field message } } }";
const CHANGE: &str = "mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) { user { email } \
    userErrors { code field } } }";
const SETUP: &str = "mutation ($input: SetupCompleteInput!) { setupComplete(input: $input) { token \
    viewer { user { email role } } userErrors { code field } } }";
const ME: &str = "{ viewer { user { email } sessions { id client current } } }";

/// Ann, with a password.
async fn house(settings: &[(&str, &str)]) -> House {
    let house = House::with(settings).await;
    let hash = password::hash(PASSWORD).await.unwrap();
    house.store.add_user("Ann", "ann@example.org", &hash, UserRole::User).await.unwrap().unwrap();
    house
}

async fn sign_in(client: &Client, password: &str, want_token: bool) -> Reply {
    let input = json!({ "email": " ANN@example.org", "password": password, "client": "a test", "wantToken": want_token });
    client.post(&json!({ "query": SIGN_IN, "variables": { "input": input } })).await
}

async fn bearer(house: &House) -> Client {
    let token =
        sign_in(&house.client(), PASSWORD, true).await.json()["data"]["sessionCreate"]["token"].clone();
    Client::new(&house.url, Some(token.as_str().unwrap().to_owned()))
}

#[tokio::test]
async fn a_browser_gets_a_cookie_that_scripts_and_other_sites_do_not_get() {
    let house = house(&[]).await;
    let reply = sign_in(&house.client(), PASSWORD, false).await;
    let cookie = reply.header("set-cookie").to_owned();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax");
    let payload = &reply.json()["data"]["sessionCreate"];
    assert_eq!(
        (&payload["token"], &payload["viewer"]["user"]["email"]),
        (&Value::Null, &json!("ann@example.org"))
    );
    assert_eq!(payload["viewer"]["session"], json!({ "client": "a test", "current": true }));

    let mine = |request: RequestBuilder| request.header("cookie", format!("theme=dark; {pair}"));
    let ask = || mine(house.client().request(Method::POST, "/graphql")).json(&json!({ "query": ME }));
    assert_eq!(Reply::of(ask()).await.json()["data"]["viewer"]["user"]["email"], "ann@example.org");
    let out = json!({ "query": "mutation { sessionDelete(input: {}) { deletedId } }" });
    let out = Reply::of(mine(house.client().request(Method::POST, "/graphql")).json(&out)).await;
    assert_eq!(out.header("set-cookie"), "tessera_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    assert_eq!(out.header("clear-site-data"), "\"cache\"");
    assert_eq!(Reply::of(ask()).await.json()["data"]["viewer"], Value::Null);
}

#[tokio::test]
async fn a_cookie_is_marked_secure_where_people_come_by_https() {
    for settings in [
        &[("TESSERA_PUBLIC_URL", "https://photos.example.org")][..],
        &[("TESSERA_TRUSTED_PROXIES", "127.0.0.1")],
    ] {
        let house = house(settings).await;
        let request = house.client().request(Method::POST, "/graphql").header("x-forwarded-proto", "https");
        let input = json!({ "email": "ann@example.org", "password": PASSWORD });
        let reply =
            Reply::of(request.json(&json!({ "query": SIGN_IN, "variables": { "input": input } }))).await;
        assert!(reply.header("set-cookie").ends_with("HttpOnly; SameSite=Lax; Secure"), "{settings:?}");
    }
    // Who is no trusted proxy may say what they like.
    let house = house(&[]).await;
    let request = house.client().request(Method::POST, "/graphql").header("x-forwarded-proto", "https");
    let input = json!({ "email": "ann@example.org", "password": PASSWORD });
    let reply = Reply::of(request.json(&json!({ "query": SIGN_IN, "variables": { "input": input } }))).await;
    assert!(!reply.header("set-cookie").contains("Secure"));
}

/// Or the browser would drop the cookie on the day it was given, however often its person comes by.
#[tokio::test]
async fn a_visit_renews_the_cookie_as_it_lengthens_the_session() {
    let house = house(&[]).await;
    let cookie = sign_in(&house.client(), PASSWORD, false).await.header("set-cookie").to_owned();
    let pair = cookie.split_once("; ").unwrap().0.to_owned();
    let visit = async || {
        let request = house.client().request(Method::POST, "/graphql").header("cookie", &pair);
        Reply::of(request.json(&json!({ "query": ME }))).await.header("set-cookie").to_owned()
    };
    assert_eq!(visit().await, "", "nothing was lengthened");
    house.db.execute("UPDATE sessions SET last_seen_at = now() - interval '6 min'").await.unwrap();
    // A known token is believed for a second.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(visit().await, cookie);
    assert_eq!(visit().await, "", "once is enough");
    house.db.execute("UPDATE sessions SET last_seen_at = now() - interval '6 min'").await.unwrap();
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let out = json!({ "query": "mutation { sessionDelete(input: {}) { deletedId } }" });
    let request = house.client().request(Method::POST, "/graphql").header("cookie", &pair);
    assert!(Reply::of(request.json(&out)).await.header("set-cookie").starts_with("tessera_session=;"));
}

#[tokio::test]
async fn a_bearer_token_is_shown_once_kept_as_a_hash_and_never_taken_from_an_address() {
    let house = house(&[]).await;
    let client = bearer(&house).await;
    let text = client.token.clone().unwrap();
    assert!(text.len() >= 43, "fewer than 256 bits: {text}");
    assert_eq!(client.data(ME, json!({})).await["viewer"]["user"]["email"], "ann@example.org");
    assert!(!house.dump().await.iter().any(|line| line.contains(&text)), "it can be read in the database");
    let found = house.client().get(&format!("/graphql?query={{viewer{{user{{id}}}}}}&token={text}")).await;
    assert_eq!(found.json()["data"]["viewer"], Value::Null);
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let house = house(&[]).await;
    let [mine, other] = [bearer(&house).await, bearer(&house).await];
    let change = async |current: &str, new: &str| {
        let input = json!({ "input": { "current": current, "new": new } });
        mine.data(CHANGE, input).await["passwordChange"].clone()
    };
    let before = house.dump().await;
    assert_eq!(change("a wrong one", "another long one").await["userErrors"][0]["code"], "WRONG_PASSWORD");
    assert_eq!(change(PASSWORD, "short").await["userErrors"][0]["code"], "TOO_SHORT");
    assert_eq!(change(PASSWORD, &"long".repeat(1000)).await["userErrors"][0]["code"], "TOO_LONG");
    assert_eq!(house.dump().await, before);
    assert!(other.data(ME, json!({})).await["viewer"].is_object());
    assert_eq!(change(PASSWORD, "another long one").await["user"]["email"], "ann@example.org");
    assert_eq!(other.data(ME, json!({})).await["viewer"], Value::Null);
    let sessions = mine.data(ME, json!({})).await["viewer"]["sessions"].clone();
    assert_eq!(sessions.as_array().unwrap().len(), 1);
    assert_eq!(
        sign_in(&house.client(), PASSWORD, true).await.json()["data"]["sessionCreate"]["viewer"],
        Value::Null
    );
}

#[tokio::test]
async fn tries_at_a_password_are_limited_and_say_how_long_to_wait() {
    let house = house(&[]).await;
    let mut codes = Vec::new();
    for _ in 0..12 {
        let answer = sign_in(&house.client(), "a wrong password", true).await.json();
        codes.push(answer["data"]["sessionCreate"]["userErrors"][0]["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(codes.iter().filter(|code| *code == "WRONG_PASSWORD").count(), 10);
    assert_eq!(codes.last().unwrap(), "RATE_LIMITED");
    // The right password does not help any more, or it could be told by that.
    let answer = sign_in(&house.client(), PASSWORD, true).await.json();
    let error = &answer["data"]["sessionCreate"]["userErrors"][0];
    assert_eq!(error["code"], "RATE_LIMITED");
    assert!(error["message"].as_str().unwrap().contains("seconds"), "{error}");
    // Another account may still be tried from here, until the address is used up, too.
    let other = json!({ "input": { "email": "bob@example.org", "password": PASSWORD } });
    let answer = house.client().data(SIGN_IN, other).await;
    assert_eq!(answer["sessionCreate"]["userErrors"][0]["code"], "WRONG_PASSWORD");
}

#[tokio::test]
async fn nobody_is_shut_out_by_what_others_try_from_elsewhere() {
    let house = house(&[("TESSERA_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let code = async |password: &str, lines: &[&str]| {
        let request = house.client().request(Method::POST, "/graphql");
        let request = lines.iter().fold(request, |request, line| request.header("x-forwarded-for", *line));
        let input = json!({ "input": { "email": "ann@example.org", "password": password } });
        let answer = Reply::of(request.json(&json!({ "query": SIGN_IN, "variables": input }))).await.json();
        let errors = answer["data"]["sessionCreate"]["userErrors"].clone();
        errors[0]["code"].as_str().unwrap_or("in").to_owned()
    };
    // The guesser says to be somebody else each time; the proxy's line is the one that counts.
    for n in 0..10 {
        assert_eq!(code("guessed", &[&format!("10.9.9.{n}"), "10.1.1.1"]).await, "WRONG_PASSWORD");
    }
    assert_eq!(code("guessed", &["10.9.9.99", "10.1.1.1"]).await, "RATE_LIMITED");
    assert_eq!(code(PASSWORD, &["10.1.1.1, 10.2.2.2"]).await, "in");
    assert_eq!(code("a slip", &["10.2.2.2"]).await, "WRONG_PASSWORD");
    assert_eq!(code(PASSWORD, &["10.2.2.2"]).await, "in");
}

#[tokio::test]
async fn the_one_time_address_can_not_be_shut_by_guessing_elsewhere() {
    let house = House::with(&[("TESSERA_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let (given, hash) = token::new();
    house.store.set_setup_token(&hash).await.unwrap();
    let complete = async |token: &str, from: &str| {
        let input =
            json!({ "token": token, "name": "Ann", "email": "ann@example.org", "password": PASSWORD });
        let request =
            house.client().request(Method::POST, "/graphql").header("x-forwarded-for", from.to_owned());
        let body = json!({ "query": SETUP, "variables": { "input": input } });
        let answer = Reply::of(request.json(&body)).await.json()["data"]["setupComplete"].clone();
        answer["userErrors"][0]["code"].as_str().unwrap_or("made").to_owned()
    };
    for _ in 0..10 {
        assert_eq!(complete("guessed", "10.1.1.1").await, "WRONG_TOKEN");
    }
    assert_eq!(complete("guessed", "10.1.1.1").await, "RATE_LIMITED");
    assert_eq!(complete(&given, "10.2.2.2").await, "made");
}

#[tokio::test]
async fn what_changes_something_is_taken_from_our_own_pages_only() {
    let house = house(&[]).await;
    let client = bearer(&house).await;
    let before = house.dump().await;
    let body =
        json!({ "query": "mutation { libraryCreate(input: { name: \"forged\" }) { library { id } } }" });
    let post = |kind: &'static str| {
        client.request(Method::POST, "/graphql").header("content-type", kind).body(body.to_string())
    };
    let json = || post("application/json");
    for (what, request) in [
        ("as a form sends it", post("text/plain")),
        ("as another form sends it", post("application/x-www-form-urlencoded")),
        ("without a type", client.request(Method::POST, "/graphql").body(body.to_string())),
        ("by another site's page", json().header("origin", "https://evil.example")),
        ("by a page of another port", json().header("origin", "http://127.0.0.1:1")),
        ("by a page of no site", json().header("origin", "null")),
        ("by a page that the browser calls foreign", json().header("sec-fetch-site", "cross-site")),
        ("by a page of a sibling", json().header("sec-fetch-site", "same-site")),
        (
            "by another site's upload",
            client
                .request(Method::POST, "/upload")
                .header("tus-resumable", "1.0.0")
                .header("origin", "https://evil.example"),
        ),
        ("as an upload without a mark", client.request(Method::POST, "/upload").header("upload-length", "3")),
    ] {
        let reply = Reply::of(request).await;
        assert_eq!(
            (reply.status.as_u16(), reply.json()["code"].as_str()),
            (403, Some("FORBIDDEN")),
            "{what}"
        );
    }
    let get = client.get("/graphql?query=mutation%7BlibraryCreate(input%3A%7Bname%3A%22x%22%7D)%7BuserErrors%7Bcode%7D%7D%7D").await;
    assert_eq!((get.status.as_u16(), get.header("allow")), (405, "POST"));
    assert_eq!(house.dump().await, before);
    let ours = json().header("origin", house.url.clone()).header("sec-fetch-site", "same-origin");
    assert!(Reply::of(ours).await.json()["data"]["libraryCreate"]["library"].is_object());
    let marked = post("text/plain").header("graphql-require-preflight", "1");
    assert_ne!(Reply::of(marked).await.status, 403);
}

/// A client that writes all of it before it reads, as many do, and would find its connection broken instead of the words.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_refused_in_the_middle_of_sending_is_told_why() {
    let house = House::new().await;
    let address = house.url.trim_start_matches("http://").to_owned();
    let told = tokio::task::spawn_blocking(move || {
        let mut socket = std::net::TcpStream::connect(&address).unwrap();
        let body = vec![b'x'; 3 << 20];
        write!(
            socket,
            "POST /graphql HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: multipart/form-data; \
             boundary=x\r\ncontent-length: {}\r\n\r\n",
            body.len()
        )
        .unwrap();
        socket.write_all(&body).unwrap();
        let mut told = String::new();
        socket.read_to_string(&mut told).unwrap();
        told
    });
    let told = told.await.unwrap();
    assert!(told.starts_with("HTTP/1.1 403") && told.contains("GraphQL-Require-Preflight"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_one_time_address_makes_one_administrator_however_many_use_it_at_once() {
    let house = House::new().await;
    let (given, hash) = token::new();
    house.store.set_setup_token(&hash).await.unwrap();
    let input = |email: &str, token: &str| json!({ "input": { "token": token, "name": "Ann", "email": email, "password": PASSWORD, "wantToken": true } });
    let wrong = house.client().data(SETUP, input("eve@example.org", "guessed")).await;
    assert_eq!(wrong["setupComplete"]["userErrors"][0]["code"], "WRONG_TOKEN");
    let weak = json!({ "input": { "token": given, "name": "", "email": "x", "password": "short" } });
    let weak = house.client().data(SETUP, weak).await["setupComplete"]["userErrors"].clone();
    assert_eq!(weak.as_array().unwrap().len(), 3, "the address is still good after a slip: {weak}");
    let mut tasks = JoinSet::new();
    for number in 0..5 {
        let (client, input) = (house.client(), input(&format!("{number}@example.org"), &given));
        tasks.spawn(async move { client.data(SETUP, input).await["setupComplete"].clone() });
    }
    let answers = tasks.join_all().await;
    let made: Vec<_> = answers.iter().filter(|answer| answer["viewer"].is_object()).collect();
    assert_eq!(made.len(), 1, "{answers:?}");
    assert_eq!(made[0]["viewer"]["user"]["role"], "ADMIN");
    assert_eq!(house.db.number("SELECT count(*) FROM users").await.unwrap(), 1);
    let again = house.client().data(SETUP, input("late@example.org", &given)).await;
    assert_eq!(again["setupComplete"]["userErrors"][0]["code"], "WRONG_TOKEN");
}
