//! Who is told what: once, gathered, by what they have chosen, and nothing of what they do not see any more.

use domain::user::UserRole;
use serde_json::{Value, json};

use crate::client::Client;
use crate::house::House;
use crate::world::World;

const TOLD: &str = "{ notifications { unreadCount nodes { id kind count detail readAt actor { name } album { name } \
    library { name } } } }";

async fn told(client: &Client) -> Value {
    client.data(TOLD, json!({})).await["notifications"].take()
}

fn kinds(told: &Value) -> Vec<String> {
    let nodes = told["nodes"].as_array().unwrap().iter();
    nodes.map(|node| format!("{} {}", node["kind"].as_str().unwrap(), node["count"])).collect()
}

async fn share(world: &World) -> (Client, Client) {
    let (stranger, owner) = (world.people[3].clone(), world.people[10].clone());
    let set =
        "mutation ($input: AlbumMemberSetInput!) { albumMemberSet(input: $input) { userErrors { code } } }";
    let input = json!({ "albumId": world.ours.album, "userIds": [world.ours.other], "role": "CONTRIBUTOR" });
    owner.data(set, json!({ "input": input })).await;
    (stranger, owner)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_shared_with_is_told_once_and_what_is_alike_is_gathered() {
    let world = World::new().await;
    let (stranger, owner) = share(&world).await;
    // Another role is no news.
    share(&world).await;
    let comment =
        "mutation ($input: AlbumCommentAddInput!) { albumCommentAdd(input: $input) { userErrors { code } } }";
    for text in ["What a view", "Where was it?"] {
        let input = json!({ "albumId": world.ours.album, "text": text });
        owner.data(comment, json!({ "input": input })).await;
    }
    let told = told(&stranger).await;
    assert_eq!(kinds(&told), ["ALBUM_COMMENTED 2", "ALBUM_SHARED 1"], "{told}");
    assert_eq!(
        (&told["unreadCount"], &told["nodes"][0]["album"]["name"]),
        (&json!(2), &json!("Secret album"))
    );
    // Who did it is told nothing.
    let own = self::told(&owner).await;
    assert!(kinds(&own).iter().all(|kind| !kind.starts_with("ALBUM")), "{own}");
    // What is read is not added to.
    let read = "mutation { notificationsRead(input: {}) { unreadCount } }";
    assert_eq!(stranger.data(read, json!({})).await["notificationsRead"]["unreadCount"], 0);
    let input = json!({ "albumId": world.ours.album, "text": "In Lisbon" });
    owner.data(comment, json!({ "input": input })).await;
    let told = self::told(&stranger).await;
    assert_eq!(kinds(&told)[0], "ALBUM_COMMENTED 1");
    assert_eq!(told["unreadCount"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_shared_any_more_is_not_named() {
    let world = World::new().await;
    let (stranger, _) = share(&world).await;
    world.house.db.execute("DELETE FROM album_members").await.unwrap();
    world.house.forget().await;
    let told = told(&stranger).await;
    assert_eq!((kinds(&told)[0].as_str(), &told["nodes"][0]["album"]), ("ALBUM_SHARED 1", &Value::Null));
    // Nor by e-mail.
    let id = told["nodes"][0]["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(world.house.store.notice(id).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_told_by_what_they_have_chosen() {
    let world = World::new().await;
    let stranger = world.people[3].clone();
    let choose = "mutation ($input: NotificationChooseInput!) { notificationChoose(input: $input) { userErrors { code } } }";
    for channel in ["APP", "MAIL"] {
        let input = json!({ "kind": "ALBUM_SHARED", "channel": channel, "wanted": false });
        stranger.data(choose, json!({ "input": input })).await;
    }
    world.house.db.execute("DELETE FROM outbox").await.unwrap();
    share(&world).await;
    assert_eq!(kinds(&told(&stranger).await), Vec::<String>::new());
    assert_eq!(world.house.db.number("SELECT count(*) FROM outbox").await.unwrap(), 0);
    let said = stranger.data("{ notificationChoices { kind app mail push } }", json!({})).await;
    let of = said["notificationChoices"].as_array().unwrap().iter().find(|one| one["kind"] == "ALBUM_SHARED");
    assert_eq!(of.unwrap(), &json!({ "kind": "ALBUM_SHARED", "app": false, "mail": false, "push": true }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_by_another_client_is_told_and_one_by_the_same_is_not() {
    let house = House::new().await;
    let (user, _, client) = house.owner("ann").await;
    let hash = tessera_api::auth::password::hash("correct horse battery").await.unwrap();
    house
        .db
        .execute(&format!("UPDATE users SET password_hash = '{hash}' WHERE id = {}", user.0))
        .await
        .unwrap();
    let sign_in =
        "mutation ($input: SessionCreateInput!) { sessionCreate(input: $input) { userErrors { code } } }";
    for name in ["a new phone", "a new phone"] {
        let input =
            json!({ "email": "ann@example.org", "password": "correct horse battery", "client": name });
        house.client().data(sign_in, json!({ "input": input })).await;
    }
    let told = told(&client).await;
    assert_eq!(kinds(&told), ["SIGNED_IN 1"], "{told}");
    assert!(told["nodes"][0]["detail"].as_str().unwrap().starts_with("a new phone"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_password_is_answered_alike_for_every_address_and_by_letter_alone() {
    let settings = [
        ("TESSERA_SMTP_URL", "smtp://127.0.0.1:9"),
        ("TESSERA_MAIL_FROM", "Photos <photos@example.org>"),
        ("TESSERA_PUBLIC_URL", "http://localhost"),
    ];
    let house = House::with(&settings).await;
    house.user("ann", UserRole::User).await;
    let ask = "mutation ($email: String!) { passwordResetRequest(input: { email: $email }) { userErrors { code } } }";
    let mut answers = Vec::new();
    for email in ["ann@example.org", "nobody@example.org"] {
        answers.push(house.client().ask(ask, json!({ "email": email })).await);
    }
    assert_eq!(answers[0], answers[1]);
    let letters = house.db.texts("SELECT address || ' ' || left(path, 7) FROM outbox").await.unwrap();
    assert_eq!(letters, ["ann@example.org /reset#"]);
}
