use chrono::{DateTime, NaiveDate};

use super::write;
use crate::asset::{Asset, AssetLife, Readable};
use crate::metadata::keywords::Keyword;
use crate::metadata::{AssetType, Camera, Format, Position, TimeSource, Words};
use crate::time::Taken;
use crate::{AssetId, LibraryId};

fn asset() -> Asset {
    Asset {
        id: AssetId(1),
        library_id: LibraryId(1),
        added_at: DateTime::UNIX_EPOCH,
        name: "IMG_1.jpg".into(),
        kind: AssetType::Image,
        format: Format::Jpeg,
        size: 1,
        life: AssetLife::Active,
        trashed_at: None,
        readable: Readable::Ready,
        problem: None,
        offline: false,
        taken: None,
        width: None,
        height: None,
        duration_ms: None,
        tag: 0,
        thumbhash: None,
        position: None,
        direction: None,
        place: None,
        camera: Camera::default(),
        words: Words::default(),
        rating: None,
        projection: None,
        panorama: None,
        film_bytes: None,
        tracks: None,
        noted: Vec::new(),
    }
}

fn taken(guessed: bool) -> Option<Taken> {
    let local = NaiveDate::from_ymd_opt(2021, 1, 2).unwrap().and_hms_milli_opt(3, 4, 5, 60).unwrap();
    let utc = local.and_utc() + chrono::TimeDelta::minutes(210);
    Some(Taken { utc, local, offset_minutes: -210, zone: None, source: TimeSource::Original, guessed })
}

#[test]
fn nothing_is_said_that_is_not_known() {
    let silent = write(&Asset { taken: taken(true), ..asset() });
    assert!(silent.contains("rdf:Description") && !silent.contains("Date"), "{silent}");
    for field in ["GPS", "title", "description", "subject", "Rating", "rights", "creator"] {
        assert!(!silent.contains(field), "{field}: {silent}");
    }
}

#[test]
fn what_is_known_is_said_exactly() {
    let place = Position { latitude: -38.720_131_7, longitude: 9.0, altitude: Some(-1.5) };
    let said = write(&Asset {
        taken: taken(false),
        position: Some(place),
        direction: Some(359.994),
        rating: Some(-1),
        ..asset()
    });
    for field in [
        "<exif:DateTimeOriginal>2021-01-02T03:04:05.060-03:30</exif:DateTimeOriginal>",
        "<exif:GPSLatitude>38,43.20790200S</exif:GPSLatitude>",
        "<exif:GPSLongitude>9,0.00000000E</exif:GPSLongitude>",
        "<exif:GPSAltitude>150/100</exif:GPSAltitude><exif:GPSAltitudeRef>1</exif:GPSAltitudeRef>",
        "<exif:GPSImgDirection>35999/100</exif:GPSImgDirection>",
        "<xmp:Rating>-1</xmp:Rating>",
    ] {
        assert!(said.contains(field), "{field}: {said}");
    }
}

#[test]
fn words_survive_xml_and_trees_keep_their_branches() {
    let keyword = |parts: &[&str]| Keyword::new(parts.iter().map(|part| (*part).to_owned())).unwrap();
    let words = Words {
        title: Some("<&\u{1}\"é\u{1f4f7}".into()),
        keywords: vec![keyword(&["Places", "Lisbon"]), keyword(&["Lisbon"]), keyword(&["1/2"])],
        ..Words::default()
    };
    let said = write(&Asset { words, ..asset() });
    assert!(said.contains("&lt;&amp;&quot;é\u{1f4f7}</rdf:li>"), "{said}");
    assert!(said.contains("<rdf:Bag><rdf:li>Lisbon</rdf:li><rdf:li>1/2</rdf:li></rdf:Bag>"), "{said}");
    assert!(said.contains("<rdf:li>Places|Lisbon</rdf:li>"), "{said}");
    let tags = said.split("digiKam:TagsList").nth(1).unwrap();
    assert!(tags.contains("Places/Lisbon") && !tags.contains("1/2"), "{tags}");
}
