//! Pictures that people show of themselves, over HTTP.

use domain::UserId;
use domain::user::UserRole;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::house::House;

const SET: &str = "mutation ($input: ProfilePictureSetInput!) { profilePictureSet(input: $input) { user { picture } \
                   userErrors { code field } } }";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9";

async fn set(client: &Client, content: Vec<u8>) -> Value {
    let reply = Reply::of(client.multipart(SET, json!({ "input": {} }), ("me.jpg", content))).await;
    reply.json()["data"]["profilePictureSet"].take()
}

async fn status(client: &Client, person: UserId) -> u16 {
    client.get(&format!("/picture/{person}")).await.status.as_u16()
}

#[tokio::test]
async fn a_picture_is_shown_to_those_who_come_upon_the_person() {
    let house = House::new().await;
    let (ann, library, client) = house.owner("ann").await;
    let set = set(&client, JPEG.to_vec()).await;
    let address = set["user"]["picture"].as_str().unwrap_or_else(|| panic!("{set}")).to_owned();
    let got = client.get(&address).await;
    assert_eq!(
        (got.status.as_u16(), got.body.as_slice(), got.header("content-type")),
        (200, JPEG, "image/jpeg")
    );
    assert!(got.header("cache-control").contains("immutable"));
    assert!(got.header("content-security-policy").contains("sandbox"));
    assert!(!client.get(&format!("/picture/{ann}?v=1")).await.header("cache-control").contains("immutable"));

    let guest = house.user("gus", UserRole::Guest).await;
    let (bob, gus) = (house.user("bob", UserRole::User).await, house.sign_in(guest).await);
    assert_eq!((status(&house.sign_in(bob).await, ann).await, status(&gus, ann).await), (200, 404));
    house.member(library, guest, "viewer").await;
    assert_eq!((status(&gus, ann).await, status(&gus, bob).await), (200, 404));
    assert_eq!(status(&house.client(), ann).await, 401);

    let gone = client
        .data("mutation { profilePictureRemove { user { picture } userErrors { code } } }", json!({}))
        .await;
    assert_eq!(gone["profilePictureRemove"], json!({ "user": { "picture": null }, "userErrors": [] }));
    assert_eq!(status(&client, ann).await, 404);
}

#[tokio::test]
async fn what_is_no_small_picture_or_says_where_somebody_was_is_refused() {
    let house = House::new().await;
    let (_, _, client) = house.owner("ann").await;
    let mut large = JPEG.to_vec();
    large.resize(65_537, 0);
    let telling = [JPEG, b"Exif\0\0MM"].concat();
    for content in [b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), large, telling] {
        let refused = set(&client, content).await;
        assert_eq!(refused["userErrors"], json!([{ "code": "INVALID", "field": "file" }]), "{refused}");
    }
    assert_eq!(house.db.number("SELECT count(*) FROM user_pictures").await.unwrap(), 0);
}
