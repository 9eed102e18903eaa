//! Files of one moment are shown as one: Live Photos, the raw beside what the camera developed, films behind pictures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::{Rgb, RgbImage};
use serde_json::{Value, json};

use crate::ask::Ann;
use crate::house::House;

const LIVE_PHOTO: [&str; 2] = ["Phones/iPhone/2021/train.jpg", "Phones/iPhone/2021/train.mov"];
const RAW: &str = "Albums/Formats/test.dng";
/// Bits of a tile's flags.
const STACKED: i64 = 32;
const LIVE: i64 = 64;

fn run(program: &str, words: &[&str], last: &Path) {
    assert!(Command::new(program).args(words).arg(last).status().unwrap().success(), "{program} {words:?}");
}

/// A picture with a film in this codec behind it, as phones with Google's camera write it; answers the film.
pub fn motion_photo(path: &Path, codec: &str) -> Vec<u8> {
    let film = path.with_extension("mp4");
    let pictures = ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=1", "-c:v", codec];
    run("ffmpeg", &[&pictures[..], &["-pix_fmt", "yuv420p"]].concat(), &film);
    let behind = fs::read(&film).unwrap();
    fs::remove_file(film).unwrap();
    RgbImage::from_pixel(320, 240, Rgb([200, 90, 60])).save(path).unwrap();
    let (offset, date) = (behind.len().to_string(), "-DateTimeOriginal=2024:05:17 14:03:00");
    let offset = format!("-XMP-GCamera:MicroVideoOffset={offset}");
    let words = ["-q", "-overwrite_original", "-XMP-GCamera:MicroVideo=1", &offset, date];
    run("exiftool", &words, path);
    let whole = [fs::read(path).unwrap(), behind.clone()].concat();
    fs::write(path, whole).unwrap();
    behind
}

/// What the camera would have written beside its raw: the same name and moment.
fn developed(raw: &Path, path: &Path) {
    RgbImage::from_pixel(320, 240, Rgb([60, 90, 200])).save(path).unwrap();
    let from = raw.to_str().unwrap();
    run("exiftool", &["-q", "-overwrite_original", "-TagsFromFile", from, "-AllDates"], path);
}

impl Ann {
    async fn moments(&self) -> Vec<(String, i64)> {
        let document =
            "{ timeline { count stretch(from: \"1900-01-01\", to: \"2100-01-01\") { ids flags } } }";
        let timeline = self.ask(document, Value::Null).await["timeline"].take();
        let ids = timeline["stretch"]["ids"].as_array().unwrap().iter();
        let flags = timeline["stretch"]["flags"].as_array().unwrap().iter();
        let tiles: Vec<(String, i64)> = ids
            .zip(flags)
            .map(|(id, flags)| (id.as_str().unwrap().to_owned(), flags.as_i64().unwrap()))
            .collect();
        assert_eq!(timeline["count"], tiles.len());
        tiles
    }

    async fn moment(&self, id: &str) -> Value {
        let document = "query ($id: ID!) { asset(id: $id) { name live { assetId variant tag }
            stack { count members { id name } } } }";
        self.ask(document, json!({ "id": id })).await["asset"].take()
    }

    /// The film of a moment.
    async fn lives(&self, asset: &Value) -> Vec<u8> {
        let text = |key: &str| asset["live"][key].as_str().unwrap_or_default().to_owned();
        let address = format!("{}/media/{}/{}", self.base, text("assetId"), text("variant"));
        let answer = self.client.get(address).bearer_auth(&self.token).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{asset}");
        answer.bytes().await.unwrap().to_vec()
    }
}

fn names(asset: &Value) -> Vec<&str> {
    let members = asset["stack"]["members"].as_array();
    members.into_iter().flatten().map(|member| member["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn files_of_one_moment_are_shown_as_one_until_somebody_takes_them_apart() {
    let from = |path: &str| testkit::library(path);
    let (Some(picture), Some(film), Some(raw)) = (from(LIVE_PHOTO[0]), from(LIVE_PHOTO[1]), from(RAW)) else {
        return;
    };
    let house = House::new().await;
    let pictures: PathBuf = house.folder.path().join("pictures");
    let (one, other) = (pictures.join("one"), pictures.join("other"));
    fs::create_dir_all(&one).unwrap();
    fs::create_dir_all(&other).unwrap();
    // A film in another folder and under another name belongs to its picture all the same.
    fs::copy(&picture, other.join("train.jpg")).unwrap();
    fs::copy(&film, one.join("A film.mov")).unwrap();
    fs::copy(&raw, one.join("IMG_1.dng")).unwrap();
    developed(&raw, &one.join("img_1.JPG"));
    let behind = motion_photo(&one.join("motion.jpg"), "libx264");
    let _api = house.serve().await;
    let said = house.import(&pictures);
    assert_eq!(said.code, Some(0), "{said:?}");
    let ann = Ann::sign_in(&house).await;
    ann.settled(5).await;

    let mut seen = Vec::new();
    let mut train = Value::Null;
    for (id, flags) in ann.moments().await {
        let asset = ann.moment(&id).await;
        match asset["name"].as_str().unwrap() {
            "train.jpg" => {
                assert_eq!((flags, names(&asset)), (STACKED | LIVE, vec!["train.jpg", "A film.mov"]));
                assert!(ann.lives(&asset).await == fs::read(&film).unwrap());
                train = asset;
            }
            "img_1.JPG" => {
                assert_eq!((flags, names(&asset)), (STACKED, vec!["img_1.JPG", "IMG_1.dng"]));
                assert_eq!(asset["live"], Value::Null);
            }
            "motion.jpg" => {
                assert_eq!((flags, names(&asset).len()), (LIVE, 0));
                assert!(ann.lives(&asset).await == behind);
            }
            other => panic!("{other} is shown by itself"),
        }
        seen.push(id);
    }
    assert_eq!(seen.len(), 3);

    let document =
        "mutation ($ids: [ID!]!) { stackSeparate(input: { assetIds: $ids }) { userErrors { code } } }";
    let ids: Vec<&Value> = train["stack"]["members"].as_array().unwrap().iter().map(|m| &m["id"]).collect();
    let apart = ann.ask(document, json!({ "ids": ids })).await;
    assert_eq!(apart["stackSeparate"]["userErrors"], json!([]));
    assert_eq!(ann.moments().await.len(), 4);
    house.db.execute("UPDATE stages SET state = 'pending' WHERE stage = 'metadata'").await.unwrap();
    assert_eq!(house.import(&pictures).code, Some(0));
    assert_eq!(ann.moments().await.len(), 4);
    // Under another name it is another shot than the raw.
    fs::rename(one.join("img_1.JPG"), one.join("img_2.JPG")).unwrap();
    assert_eq!(house.import(&pictures).code, Some(0));
    assert_eq!(ann.moments().await.len(), 5);
}
