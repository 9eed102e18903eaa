//! Files that are odd and shown all the same: their owner is told what is odd.

use std::fs;

use image::{Rgb, RgbImage};
use serde_json::{Value, json};
use testkit::library;

use crate::ask::Ann;
use crate::house::House;

impl Ann {
    /// State and notes of the asset with this name.
    async fn noted(&self, name: &str) -> Value {
        let document = "{ search(filter: {}, first: 50) { nodes { name format state notes } } }";
        let mut found = self.ask(document, Value::Null).await["search"]["nodes"].take();
        let mut all = found.as_array_mut().unwrap().iter_mut();
        let mut asset = all.find(|asset| asset["name"] == name).unwrap().take();
        json!([asset["format"].take(), asset["state"].take(), asset["notes"].take()])
    }
}

#[tokio::test]
async fn a_wrong_ending_and_a_cut_picture_are_noted_and_shown() {
    let Some(whole) = library("Phones/LGE/2018-05/aarhus.jpg") else { return };
    let house = House::new().await;
    let _api = house.serve().await;
    let pictures = house.folder.path().join("pictures");
    fs::create_dir(&pictures).unwrap();
    RgbImage::from_pixel(64, 48, Rgb([90, 120, 60])).save(pictures.join("true.png")).unwrap();
    fs::rename(pictures.join("true.png"), pictures.join("a.jpg")).unwrap();
    let bytes = fs::read(whole).unwrap();
    fs::write(pictures.join("whole.jpg"), &bytes).unwrap();
    fs::write(pictures.join("half.jpg"), &bytes[..bytes.len() / 2]).unwrap();
    house.import(&pictures);
    let ann = Ann::sign_in(&house).await;
    ann.settled(3).await;

    let odd = "its name ends in .jpg, but it is a PNG, and is treated as one";
    assert_eq!(ann.noted("a.jpg").await, json!(["png", "READY", [odd]]));
    let cut = "the file is damaged: it ends too early";
    assert_eq!(ann.noted("half.jpg").await, json!(["jpeg", "READY", [cut]]));
    assert_eq!(ann.noted("whole.jpg").await, json!(["jpeg", "READY", []]));

    // Under its true name, nothing is odd.
    fs::rename(pictures.join("a.jpg"), pictures.join("a.png")).unwrap();
    house.import(&pictures);
    ann.settled(3).await;
    let document = "{ search(filter: { text: \"format:png\" }, first: 5) { nodes { id } } }";
    let id = ann.ask(document, Value::Null).await["search"]["nodes"][0]["id"].take();
    let document = "query ($id: ID!) { asset(id: $id) { name notes } }";
    let asset = ann.ask(document, json!({ "id": id })).await["asset"].take();
    assert_eq!(asset, json!({ "name": "a.png", "notes": [] }));
}
