//! Accounts as people and administrators use them: what peers got wrong, and links, keys and codes from end to end.

use std::time::{Duration, Instant};

use chrono::Utc;
use domain::user::UserRole;
use reqwest::Method;
use serde_json::{Value, json};
use tessera_api::auth::password;

use crate::client::{Client, Reply, code};
use crate::house::House;
use crate::world::PASSWORD;

const KEY: &str = "mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { token \
    apiKey { id scopes } userErrors { code field } } }";
const SIGN_IN: &str = "mutation ($input: SessionCreateInput!) { sessionCreate(input: $input) { token \
    userErrors { code field } } }";

/// Somebody's key, as a client.
async fn key(owner: &Client, scopes: &[&str]) -> Client {
    let made = owner.data(KEY, json!({ "input": { "name": "a program", "scopes": scopes } })).await;
    let token = made["apiKeyCreate"]["token"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    Client::new(&owner.url, Some(token))
}

async fn refused(client: &Client, document: &str) -> String {
    code(&client.ask(document, json!({})).await).to_owned()
}

async fn sign_in(house: &House, input: Value) -> Value {
    house.client().data(SIGN_IN, json!({ "input": input })).await["sessionCreate"].clone()
}

async fn with_password(house: &House, name: &str, role: UserRole) -> Client {
    let user = house.user(name, role).await;
    let hash = password::hash(PASSWORD).await.unwrap();
    house
        .db
        .execute(&format!("UPDATE users SET password_hash = '{hash}' WHERE id = {}", user.0))
        .await
        .unwrap();
    house.sign_in(user).await
}

#[tokio::test]
async fn immich_cve_2026_23896_a_key_never_grants_more_than_it_has() {
    let house = House::new().await;
    let (_, library, owner) = house.owner("ann").await;
    let reads = key(&owner, &["LIBRARY_READ"]).await;
    let all = key(&owner, &["LIBRARY_READ", "ASSET_READ", "LIBRARY_MANAGE"]).await;
    let seen = reads.data("{ libraries { nodes { id } } viewer { apiKey { scopes } } }", json!({})).await;
    assert_eq!(seen["libraries"]["nodes"][0]["id"], library.to_string());
    assert_eq!(seen["viewer"]["apiKey"]["scopes"], json!(["LIBRARY_READ"]));
    // What it does not name is not there, whatever its person may.
    let check = "query ($id: ID!) { uploadCheck(libraryId: $id, hashes: []) }";
    assert_eq!(code(&all.ask(check, json!({ "id": library.to_string() })).await), "NOT_FOUND");
    // No key, not even an administrator's with every scope, sees or changes accounts, sessions or keys.
    let admin = house.user("root", UserRole::Admin).await;
    let admin = house.sign_in(admin).await;
    let scopes = ["ASSET_READ", "ASSET_UPDATE", "LIBRARY_READ", "LIBRARY_UPLOAD", "LIBRARY_MANAGE"];
    let root = key(&admin, &scopes).await;
    for client in [&reads, &all, &root] {
        for document in [
            "mutation { apiKeyCreate(input: { name: \"x\", scopes: [ASSET_READ] }) { token } }",
            "mutation { sessionDeleteOthers { ended } }",
            "mutation { passwordChange(input: { current: \"x\", new: \"y\" }) { userErrors { code } } }",
            "mutation { profileUpdate(input: { name: \"x\" }) { userErrors { code } } }",
            "mutation { totpBegin(input: { password: \"x\" }) { secret } }",
            "mutation { userInvite(input: { role: ADMIN }) { token } }",
            "mutation { libraryCreate(input: { name: \"x\" }) { library { id } } }",
            "{ users { nodes { user { id } } } }",
            "{ auditLog { nodes { id } } }",
            "{ viewer { apiKeys { id } } }",
            "{ viewer { sessions { id } } }",
            "{ savedSearches { id } }",
        ] {
            assert_eq!(refused(client, document).await, "FORBIDDEN", "{document}");
        }
    }
    // Browsers send cookies by themselves: there a key is nothing.
    let cookie = format!("tessera_session={}", reads.token.clone().unwrap());
    let ask = house.client().request(Method::POST, "/graphql").header("cookie", cookie);
    let reply = Reply::of(ask.json(&json!({ "query": "{ libraries { nodes { id } } }" }))).await;
    assert_eq!(code(&reply.json()), "UNAUTHENTICATED");
}

/// Also `RemovedCollaborator` of other peers: nothing that was open goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nextcloud_cve_2026_45543_who_loses_access_hears_nothing_more_a_second_later() {
    let house = House::new().await;
    let admin = house.user("root", UserRole::Admin).await;
    let admin = house.sign_in(admin).await;
    let update = "mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { userErrors { code } } }";
    for (name, how) in [("ann", "disabled"), ("bob", "signed out"), ("cleo", "key"), ("dan", "role")] {
        let (user, _, owner) = house.owner(name).await;
        let follower = if how == "key" { key(&owner, &["LIBRARY_READ"]).await } else { owner.clone() };
        let body = json!({ "query": "subscription { changes { position } }" });
        let request = follower.request(Method::POST, "/graphql").header("accept", "text/event-stream");
        let mut events = request.json(&body).send().await.unwrap();
        events.chunk().await.unwrap().unwrap();
        let begun = Instant::now();
        match how {
            "disabled" => {
                let input = json!({ "input": { "id": user.to_string(), "disabled": true } });
                admin.data(update, input).await;
            }
            "role" => {
                let input = json!({ "input": { "id": user.to_string(), "role": "GUEST" } });
                admin.data(update, input).await;
            }
            // Behind the back of this server, as another one would.
            "signed out" => {
                let sql = format!("DELETE FROM sessions WHERE user_id = {}", user.0);
                house.db.execute(&sql).await.unwrap();
            }
            _ => {
                house.db.execute("DELETE FROM api_keys").await.unwrap();
            }
        }
        let mut told = String::new();
        while let Some(piece) =
            tokio::time::timeout(Duration::from_secs(5), events.chunk()).await.unwrap().unwrap()
        {
            told += &String::from_utf8_lossy(&piece);
        }
        assert!(told.contains("UNAUTHENTICATED"), "{how}: {told}");
        assert!(begun.elapsed() < Duration::from_secs(1), "{how}: {:?}", begun.elapsed());
        if how != "role" {
            tokio::time::sleep(Duration::from_secs(1).saturating_sub(begun.elapsed())).await;
            assert_eq!(
                refused(&follower, "{ libraries { nodes { id } } }").await,
                "UNAUTHENTICATED",
                "{how}"
            );
        }
    }
}

#[tokio::test]
async fn an_invitation_leads_to_an_account_and_a_password_link_to_a_password() {
    let house = House::new().await;
    let admin = with_password(&house, "root", UserRole::Admin).await;
    let invite =
        "mutation { userInvite(input: { role: USER, quotaBytes: 1000 }) { token userErrors { code } } }";
    let token = admin.data(invite, json!({})).await["userInvite"]["token"].clone();
    let offer = "query ($token: String!) { invitation(token: $token) { role email } }";
    let offered = house.client().data(offer, json!({ "token": token })).await;
    assert_eq!(offered["invitation"], json!({ "role": "USER", "email": null }));
    let accept = "mutation ($input: InvitationAcceptInput!) { invitationAccept(input: $input) { token \
        viewer { user { email role } storage { quotaBytes } } userErrors { code field } } }";
    let input = |password: &str| {
        let (name, email) = ("Bob", "bob@example.org");
        json!({ "input": { "token": token, "name": name, "email": email, "password": password, "wantToken": true } })
    };
    let short = house.client().data(accept, input("short")).await;
    assert_eq!(short["invitationAccept"]["userErrors"][0]["field"], "password", "it is not used up");
    let joined = house.client().data(accept, input(PASSWORD)).await["invitationAccept"].clone();
    assert_eq!(joined["viewer"]["user"], json!({ "email": "bob@example.org", "role": "USER" }));
    assert_eq!(joined["viewer"]["storage"]["quotaBytes"], 1_000);
    let again = house.client().data(accept, input(PASSWORD)).await;
    assert_eq!(again["invitationAccept"]["userErrors"][0]["code"], "WRONG_TOKEN");

    let bob = Client::new(&house.url, joined["token"].as_str().map(str::to_owned));
    let id = bob.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].clone();
    let link = "mutation ($input: UserResetLinkInput!) { userResetLink(input: $input) { token } }";
    let token = admin.data(link, json!({ "input": { "id": id } })).await["userResetLink"]["token"].clone();
    let reset =
        "mutation ($input: PasswordResetInput!) { passwordReset(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "token": token, "password": "another long password" } });
    let done = house.client().data(reset, input.clone()).await;
    assert_eq!(done["passwordReset"]["userErrors"], json!([]));
    assert_eq!(refused(&bob, "{ libraries { nodes { id } } }").await, "UNAUTHENTICATED");
    let once = house.client().data(reset, input).await;
    assert_eq!(once["passwordReset"]["userErrors"][0]["code"], "WRONG_TOKEN");
    for (password, right) in [(PASSWORD, false), ("another long password", true)] {
        let opened =
            sign_in(&house, json!({ "email": "bob@example.org", "password": password, "wantToken": true }));
        assert_eq!(opened.await["token"].is_string(), right);
    }
}

#[tokio::test]
async fn a_code_is_asked_for_besides_the_password_and_is_good_once() {
    let house = House::new().await;
    let ann = with_password(&house, "ann", UserRole::User).await;
    let begin = "mutation ($input: TotpBeginInput!) { totpBegin(input: $input) { url userErrors { code } } }";
    let begun = ann.data(begin, json!({ "input": { "password": PASSWORD } })).await;
    assert!(begun["totpBegin"]["url"].as_str().unwrap().starts_with("otpauth://totp/"), "{begun}");
    let secret = house.db.texts("SELECT encode(secret, 'hex') FROM totp").await.unwrap().remove(0);
    let secret: [u8; 20] = domain::upload::unhex(&secret).unwrap().try_into().unwrap();
    let confirm = "mutation ($input: TotpConfirmInput!) { totpConfirm(input: $input) { recoveryCodes } }";
    // A step ahead of the last: both are good, also when a step ends meanwhile.
    let code_of = |steps: i64| code_at(&secret, Utc::now().timestamp() + 30 * steps);
    let confirmed = ann.data(confirm, json!({ "input": { "code": code_of(0) } })).await;
    let recovery = confirmed["totpConfirm"]["recoveryCodes"].as_array().unwrap().clone();
    assert_eq!(recovery.len(), 10);
    let try_in = async |code: Value| {
        let input =
            json!({ "email": "ann@example.org", "password": PASSWORD, "code": code, "wantToken": true });
        let reply = sign_in(&house, input).await;
        reply["userErrors"][0]["code"].as_str().unwrap_or("OPEN").to_owned()
    };
    assert_eq!(try_in(Value::Null).await, "CODE_REQUIRED");
    let now = json!(code_of(1));
    assert_eq!((try_in(now.clone()).await.as_str(), try_in(now).await.as_str()), ("OPEN", "WRONG_CODE"));
    assert_eq!(try_in(json!(code_of(0))).await, "WRONG_CODE", "an earlier one is not good after a later one");
    let one = recovery[0].clone();
    assert_eq!((try_in(one.clone()).await.as_str(), try_in(one).await.as_str()), ("OPEN", "WRONG_CODE"));
    // A wrong password says nothing about codes, and many wrong codes have to wait.
    let input = json!({ "email": "ann@example.org", "password": "a wrong password", "code": "123456" });
    assert_eq!(sign_in(&house, input).await["userErrors"][0]["code"], "WRONG_PASSWORD");
    house.db.execute("UPDATE totp SET tries = 5, tried_at = now()").await.unwrap();
    assert_eq!(try_in(json!(code_of(1))).await, "RATE_LIMITED");
}

/// The code of a moment; that these are the standard's, `auth::totp` proves.
fn code_at(secret: &[u8; 20], now: i64) -> String {
    let app =
        totp_rs::Builder::new().with_secret(totp_rs::Secret::new_stack(*secret)).with_account_name("ann");
    app.build().unwrap().generate(u64::try_from(now).unwrap()).to_string()
}
