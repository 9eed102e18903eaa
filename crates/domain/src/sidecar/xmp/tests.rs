use chrono::{DateTime, NaiveDate};

use super::write;
use crate::asset::{Asset, AssetLife, Readable};
use crate::edit::{Edit, EditedPosition};
use crate::metadata::keywords::Keyword;
use crate::metadata::{
    Area, AssetType, Camera, Crop, FaceRegion, Format, Panorama, Pose, Position, Precision, TimeSource,
    Words, creators,
};
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
        exif_orientation: None,
        faces: Vec::new(),
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
    let source = if guessed { TimeSource::File } else { TimeSource::Original };
    let precision = Precision::Moment;
    Some(Taken { utc, local, offset_minutes: -210, zone: None, source, guessed, precision, assumed: false })
}

#[test]
fn nothing_is_said_that_is_not_known() {
    let silent = write(&Asset { taken: taken(true), ..asset() }, None);
    assert!(silent.contains("rdf:Description") && !silent.contains("Date"), "{silent}");
    for field in ["GPS", "title", "description", "subject", "Rating", "rights", "creator"] {
        assert!(!silent.contains(field), "{field}: {silent}");
    }
}

#[test]
fn what_is_known_is_said_exactly() {
    let place = Position { latitude: -38.720_131_7, longitude: 9.0, altitude: Some(-1.5) };
    let known = Asset {
        taken: taken(false),
        position: Some(place),
        direction: Some(359.994),
        rating: Some(-1),
        ..asset()
    };
    let said = write(&known, None);
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
fn no_more_is_said_of_a_date_than_is_known() {
    let known = taken(false).unwrap();
    let said = |taken: Taken| {
        let said = write(&Asset { taken: Some(taken), ..asset() }, None);
        let [from, to] = ["<exif:DateTimeOriginal>", "</exif:DateTimeOriginal>"];
        let date = said.split(from).nth(1).and_then(|rest| rest.split(to).next()).map(str::to_owned);
        date.unwrap_or_default()
    };
    let of = |precision, guessed| said(Taken { precision, guessed, ..known.clone() });
    assert_eq!(of(Precision::Year, true), "2021");
    assert_eq!(of(Precision::Month, true), "2021-01");
    assert_eq!(of(Precision::Day, false), "2021-01-02");
    assert_eq!(said(Taken { assumed: true, ..known.clone() }), "2021-01-02T03:04:05.060");
    let saved = Taken { precision: Precision::Year, source: TimeSource::Modified, ..known.clone() };
    assert_eq!(said(saved), "", "it is not of the moment when the picture was taken");
}

#[test]
fn words_survive_xml_and_trees_keep_their_branches() {
    let keyword = |parts: &[&str]| Keyword::new(parts.iter().map(|part| (*part).to_owned())).unwrap();
    let words = Words {
        title: Some("<&\u{1}\"é\u{1f4f7}".into()),
        keywords: vec![keyword(&["Places", "Lisbon"]), keyword(&["Lisbon"]), keyword(&["1/2"])],
        ..Words::default()
    };
    let said = write(&Asset { words, ..asset() }, None);
    assert!(said.contains("&lt;&amp;&quot;é\u{1f4f7}</rdf:li>"), "{said}");
    assert!(said.contains("<rdf:Bag><rdf:li>Lisbon</rdf:li><rdf:li>1/2</rdf:li></rdf:Bag>"), "{said}");
    assert!(said.contains("<rdf:li>Places|Lisbon</rdf:li>"), "{said}");
    let tags = said.split("digiKam:TagsList").nth(1).unwrap();
    assert!(tags.contains("Places/Lisbon") && !tags.contains("1/2"), "{tags}");
}

#[test]
fn what_people_said_is_none_is_said_to_be_none() {
    let none = Some(String::new());
    let said = Edit {
        title: none.clone(),
        caption: none.clone(),
        creator: none.clone(),
        copyright: none,
        keywords: Some(Vec::new()),
        position: Some(EditedPosition::Nowhere),
        rating: Some(0),
        taken: None,
    };
    let written = write(&asset(), Some(&said));
    for field in [
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\"></rdf:li></rdf:Alt></dc:title>",
        "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\"></rdf:li></rdf:Alt></dc:description>",
        "<dc:creator><rdf:Seq><rdf:li></rdf:li></rdf:Seq></dc:creator>",
        "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\"></rdf:li></rdf:Alt></dc:rights>",
        "<dc:subject><rdf:Bag></rdf:Bag></dc:subject>",
        "<exif:GPSLatitude></exif:GPSLatitude><exif:GPSLongitude></exif:GPSLongitude>",
        "<xmp:Rating>0</xmp:Rating>",
    ] {
        assert!(written.contains(field), "{field}: {written}");
    }
    let other = Edit { title: Some("Ana".into()), ..Edit::default() };
    assert_eq!(write(&asset(), Some(&other)), write(&asset(), None), "what is told is in the asset already");
}

#[test]
fn several_creators_are_several() {
    for names in [vec!["Doe, Jane", "Joe"], vec!["Smith & Sons, Ltd."]] {
        let words = Words { creator: creators::together(&names), ..Words::default() };
        let said = write(&Asset { words, ..asset() }, None);
        let list = names.iter().map(|name| format!("<rdf:li>{}</rdf:li>", name.replace('&', "&amp;")));
        let list = format!("<rdf:Seq>{}</rdf:Seq>", list.collect::<String>());
        assert!(said.contains(&list), "{list}: {said}");
    }
}

/// A picture that lies on its side: its upper edge is on the right of the upright one's (EXIF 2.32, 4.6.4: 6).
#[test]
fn faces_go_out_as_they_lie_in_the_file() {
    let area = Area { x: 0.75, y: 0.25, width: 0.125, height: 0.5 };
    let faces = vec![
        FaceRegion { name: Some("A & O".into()), area: Some(area) },
        FaceRegion { name: Some("cropped away".into()), area: None },
    ];
    let known = Asset { width: Some(300), height: Some(400), exif_orientation: Some(6), faces, ..asset() };
    let said = write(&known, None);
    for field in [
        "<stDim:w>400</stDim:w><stDim:h>300</stDim:h><stDim:unit>pixel</stDim:unit>",
        "<mwg-rs:Name>A &amp; O</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type>",
        "<stArea:x>0.25</stArea:x><stArea:y>0.25</stArea:y><stArea:w>0.5</stArea:w><stArea:h>0.125</stArea:h>",
    ] {
        assert!(said.contains(field), "{field}: {said}");
    }
    assert!(!said.contains("cropped"), "{said}");
    let unread = Asset { exif_orientation: None, ..known };
    assert!(!write(&unread, None).contains("Region"));
}

#[test]
fn panoramas_go_out_as_they_came() {
    let crop = Crop { full_width: 800, full_height: 400, width: 300, height: 200, left: 20, top: 50 };
    let pose = Pose { heading: Some(207.25), pitch: None, roll: Some(-1.5) };
    let panorama = Some(Panorama { crop: Some(crop), pose: Some(pose), view: None });
    let said = write(&Asset { projection: Some("equirectangular".into()), panorama, ..asset() }, None);
    for field in [
        "<GPano:ProjectionType>equirectangular</GPano:ProjectionType>",
        "<GPano:FullPanoWidthPixels>800</GPano:FullPanoWidthPixels>",
        "<GPano:CroppedAreaTopPixels>50</GPano:CroppedAreaTopPixels>",
        "<GPano:PoseHeadingDegrees>207.25</GPano:PoseHeadingDegrees>",
        "<GPano:PoseRollDegrees>-1.5</GPano:PoseRollDegrees>",
    ] {
        assert!(said.contains(field), "{field}: {said}");
    }
    assert!(!said.contains("PosePitch") && !said.contains("InitialView"), "{said}");
}
