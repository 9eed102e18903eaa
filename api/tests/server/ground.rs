//! What lies beneath the map: nothing of ours, a file on this machine, or another server's style.

use domain::user::UserRole;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::house::House;

const GROUND: &str = "{ server { mapPmtiles mapStyleUrl } }";
const FILE: &[u8] = b"PMTiles\x03 and what follows";

async fn told(client: &Client) -> [Value; 2] {
    let mut answer = client.data(GROUND, json!({})).await;
    ["mapPmtiles", "mapStyleUrl"].map(|name| answer["server"][name].take())
}

/// The servers that a page may talk to.
async fn reached(client: &Client) -> String {
    let page = client.get("/map").await;
    let policy = page.header("content-security-policy").to_owned();
    let part = policy.split("; ").find(|part| part.starts_with("connect-src "));
    part.unwrap_or_else(|| panic!("{policy}")).trim_start_matches("connect-src ").to_owned()
}

#[tokio::test]
async fn the_file_is_sent_in_ranges_to_whoever_is_signed_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.pmtiles");
    std::fs::write(&path, FILE).unwrap();
    let house = House::with(&[("TESSERA_MAP_PMTILES", path.to_str().unwrap())]).await;
    let nobody = house.client();
    let guest = house.sign_in(house.user("guest", UserRole::Guest).await).await;
    assert_eq!(told(&nobody).await, [Value::Null, Value::Null]);
    let [address, style] = told(&guest).await;
    let address = address.as_str().unwrap();
    assert_eq!((address, style), ("/map/ground.pmtiles", Value::Null));
    assert_eq!(nobody.get(address).await.status.as_u16(), 401);
    assert_eq!(reached(&nobody).await, "'self'");

    let whole = guest.get(address).await;
    assert_eq!((whole.status.as_u16(), whole.body.as_slice()), (200, FILE));
    assert_eq!(whole.header("cache-control"), "private, no-cache");
    let ask = async |name: &str, value: &str| {
        Reply::of(guest.request(Method::GET, address).header(name, value)).await
    };
    let part = ask("range", "bytes=0-6").await;
    assert_eq!((part.status.as_u16(), part.text().as_str()), (206, "PMTiles"));
    // A map asks for the first 16 KiB, however long the file is.
    let beginning = ask("range", "bytes=0-16383").await;
    assert_eq!((beginning.status.as_u16(), beginning.body.as_slice()), (206, FILE));
    assert_eq!(ask("range", "bytes=900-").await.status.as_u16(), 416);
    let etag = whole.header("etag").to_owned();
    assert!(etag.starts_with('"'), "a map can't go by a weak tag: {etag}");
    assert_eq!(ask("if-none-match", &etag).await.status.as_u16(), 304);

    // Another file takes its place.
    std::fs::write(&path, [FILE, b" and more"].concat()).unwrap();
    assert_ne!(guest.get(address).await.header("etag"), etag);
    std::fs::remove_file(&path).unwrap();
    let gone = guest.get(address).await;
    assert_eq!((gone.status.as_u16(), gone.header("cache-control")), (503, "no-store"));
    assert!(gone.text().contains("administrator") && !gone.text().contains("world"), "{}", gone.text());
}

#[tokio::test]
async fn another_server_is_reached_only_where_its_style_is_set() {
    let style = "https://tiles.example.org/style.json?key=k";
    let house = House::with(&[
        ("TESSERA_MAP_STYLE_URL", style),
        ("TESSERA_MAP_STYLE_HOSTS", "https://letters.example.org"),
    ])
    .await;
    let user = house.sign_in(house.user("ann", UserRole::User).await).await;
    assert_eq!(told(&user).await, [Value::Null, style.into()]);
    assert_eq!(told(&house.client()).await, [Value::Null, Value::Null]);
    assert_eq!(reached(&user).await, "'self' https://tiles.example.org https://letters.example.org");
    // There is no file then.
    assert_eq!(user.get("/map/ground.pmtiles").await.status.as_u16(), 404);
    let plain = House::new().await;
    assert_eq!(reached(&plain.client()).await, "'self'");
}

#[tokio::test]
async fn the_large_cities_come_in_columns() {
    let house = House::new().await;
    let user = house.sign_in(house.user("ann", UserRole::User).await).await;
    let ask = "query ($n: Int!) { largeCities(population: $n) { names latitudes longitudes populations } }";
    let answer = user.data(ask, json!({ "n": 15_000_000 })).await;
    let columns = &answer["largeCities"];
    let lengths = ["names", "latitudes", "longitudes", "populations"]
        .map(|name| columns[name].as_array().unwrap().len());
    assert!(lengths[0] > 0 && lengths.iter().all(|length| *length == lengths[0]), "{columns}");
    let shanghai = columns["names"].as_array().unwrap().iter().position(|name| name == "Shanghai").unwrap();
    let at = |name: &str| columns[name][shanghai].as_f64().unwrap();
    assert!((at("latitudes") - 31.2).abs() < 0.2 && (at("longitudes") - 121.5).abs() < 0.2, "{columns}");
    let refused = user.ask(ask, json!({ "n": 100 })).await;
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("50000"), "{refused}");
}
