//! What people wrote beside a picture: it comes, changes and goes with its file.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use image::{Rgb, RgbImage};
use serde_json::{Value, json};

use crate::ask::Ann;
use crate::house::{House, SOON};

/// As darktable and digiKam write it, with an editor's words.
fn write(path: &Path, date: &str, caption: &str, stars: u8) {
    let packet = format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
         <rdf:Description xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'
           xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:lr='http://ns.adobe.com/lightroom/1.0/'
           xmp:Rating='{stars}' exif:DateTimeOriginal='{date}' exif:GPSLatitude='38,43.3N' exif:GPSLongitude='9,8.4W'>
           <dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{caption}</rdf:li></rdf:Alt></dc:description>
           <lr:hierarchicalSubject><rdf:Bag><rdf:li>Places|Lisbon</rdf:li></rdf:Bag></lr:hierarchicalSubject>
         </rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    fs::write(path, packet).unwrap();
}

fn picture(path: &Path, shade: u8) {
    RgbImage::from_pixel(64, 48, Rgb([shade, 90, 60])).save(path).unwrap();
}

impl Ann {
    /// What is known of the asset with this name, once it has this caption.
    async fn said(&self, name: &str, caption: Option<&str>) -> Value {
        let document = "{ search(filter: {}, first: 50) { nodes {
            name caption rating keywords localTakenAt takenGuessed place { country } } } }";
        let since = Instant::now();
        loop {
            let mut found = self.ask(document, Value::Null).await["search"]["nodes"].take();
            let asset = found.as_array_mut().unwrap().iter_mut().find(|asset| asset["name"] == name);
            let asset = asset.map_or(Value::Null, Value::take);
            if !asset.is_null() && asset["caption"] == json!(caption) {
                return asset;
            }
            assert!(since.elapsed() < SOON, "{asset}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn finds(&self, text: &str) -> Vec<String> {
        let document =
            "query ($text: String!) { search(filter: { text: $text }, first: 50) { nodes { name } } }";
        let found = self.ask(document, json!({ "text": text })).await;
        let nodes = found["search"]["nodes"].as_array().unwrap();
        let mut names: Vec<String> =
            nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }
}

#[tokio::test]
async fn what_a_sidecar_says_comes_changes_and_goes_with_it() {
    let house = House::new().await;
    let folder = house.folder.path().join("pictures");
    fs::create_dir(&folder).unwrap();
    picture(&folder.join("a.jpg"), 10);
    picture(&folder.join("b.png"), 20);
    picture(&folder.join("c.jpg"), 30);
    write(&folder.join("a.jpg.xmp"), "2019-07-08T21:30:00", "At the river", 4);
    write(&folder.join("b.xmp"), "2018-01-02T03:04:05", "By its stem", 2);
    // The one that names the file is believed more than the one that names all of its kind.
    write(&folder.join("a.xmp"), "2001-01-01T00:00:00", "Of all that are called a", 1);
    let _api = house.serve().await;
    let ann = Ann::sign_in(&house).await;
    let said = house.import(&folder);
    assert_eq!(said.code, Some(0), "{}{}", said.text, said.error);
    let _indexer = house.work();

    let a = ann.said("a.jpg", Some("At the river")).await;
    assert_eq!(a["rating"], 4);
    assert_eq!(a["keywords"], json!(["Places|Lisbon"]));
    assert_eq!((&a["localTakenAt"], &a["takenGuessed"]), (&json!("2019-07-08T21:30:00"), &json!(false)));
    assert_eq!(a["place"]["country"], "Portugal");
    assert_eq!(ann.said("b.png", Some("By its stem")).await["localTakenAt"], "2018-01-02T03:04:05");
    assert_eq!(ann.said("c.jpg", None).await["takenGuessed"], true);
    assert_eq!(ann.finds("tag:lisbon").await, ["a.jpg", "b.png"]);
    assert_eq!(ann.finds("rating:>=3").await, ["a.jpg"]);

    // A program writes it anew, another one beside a picture that had none, and one goes.
    write(&folder.join("a.jpg.xmp"), "2019-07-08T21:30:00", "At the Tagus", 5);
    write(&folder.join("c.XMP"), "2020-02-02T20:20:20", "Late", 3);
    fs::remove_file(folder.join("b.xmp")).unwrap();
    assert!(house.indexer(&["scan"]).status().unwrap().success());
    assert_eq!(ann.said("a.jpg", Some("At the Tagus")).await["rating"], 5);
    assert_eq!(ann.said("c.jpg", Some("Late")).await["localTakenAt"], "2020-02-02T20:20:20");
    let b = ann.said("b.png", None).await;
    assert_eq!((&b["keywords"], &b["rating"], &b["takenGuessed"]), (&json!([]), &Value::Null, &json!(true)));

    // Moved to another folder with its picture, it still speaks of it.
    fs::create_dir(folder.join("moved")).unwrap();
    for name in ["a.jpg", "a.jpg.xmp"] {
        fs::rename(folder.join(name), folder.join("moved").join(name)).unwrap();
    }
    assert!(house.indexer(&["scan"]).status().unwrap().success());
    assert_eq!(ann.said("a.jpg", Some("At the Tagus")).await["rating"], 5);
}

#[tokio::test]
async fn a_copy_comes_with_its_sidecar_and_leaves_it_behind() {
    let house = House::new().await;
    let folder = house.folder.path().join("pictures");
    for name in ["a", "b", "c"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    picture(&folder.join("a/one.jpg"), 10);
    let _api = house.serve().await;
    let ann = Ann::sign_in(&house).await;
    let said = house.import(&folder);
    assert_eq!(said.code, Some(0), "{}{}", said.text, said.error);
    let _indexer = house.work();
    ann.said("one.jpg", None).await;

    // The sidecar is small: it is there before the picture beside it is known by its content.
    fs::copy(folder.join("a/one.jpg"), folder.join("b/one.jpg")).unwrap();
    write(&folder.join("b/one.jpg.xmp"), "2019-07-08T21:30:00", "Of the copy", 4);
    assert!(house.indexer(&["scan"]).status().unwrap().success());
    assert_eq!(ann.said("one.jpg", Some("Of the copy")).await["rating"], 4);

    // The copy moves and leaves its words behind.
    fs::rename(folder.join("b/one.jpg"), folder.join("c/one.jpg")).unwrap();
    assert!(house.indexer(&["scan"]).status().unwrap().success());
    assert_eq!(ann.said("one.jpg", None).await["rating"], Value::Null);
    let assets = house.db.number("SELECT count(*) FROM assets").await.unwrap();
    assert_eq!(assets, 1, "one content is one asset");
}
