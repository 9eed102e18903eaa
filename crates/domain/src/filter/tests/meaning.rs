use super::super::{Filter, Grant, Scope, matches, parse, relevance};
use super::clock;
use crate::asset::AssetLife;
use crate::metadata::Camera;
use crate::metadata::keywords::Keyword;
use crate::metadata::{AssetType, Format, Position, Words};
use crate::place::Place;
use crate::search_doc::SearchDoc;
use crate::{AssetId, LibraryId};

/// A picture in Lisbon, Saturday 17 June 2023, half past nine in the evening.
fn doc() -> SearchDoc {
    let some = |text: &str| Some(text.to_owned());
    SearchDoc {
        asset: AssetId(7),
        library: LibraryId(1),
        kind: AssetType::Image,
        format: Format::Jpeg,
        taken: 1_687_033_800,
        local: 1_687_037_400,
        added: 1_700_000_000,
        camera: Camera {
            make: some("FUJIFILM"),
            model: some("X-T5"),
            lens: some("XF35mmF1.4 R"),
            f_number: Some(1.4),
            exposure_s: Some(1.0 / 250.0),
            iso: Some(1600),
            focal_mm: Some(35.0),
            ..Camera::default()
        },
        width: Some(4000),
        height: Some(3000),
        duration_ms: None,
        size: 5_000_000,
        place: Some(Place {
            city: some("Lisbon"),
            region: some("Lisboa"),
            country: "Portugal".to_owned(),
            country_code: "PT".to_owned(),
        }),
        position: Some(Position { latitude: 38.7223, longitude: -9.1393, altitude: None }),
        cell: None,
        name: "IMG_1234.JPG".to_owned(),
        path: "Holidays/2019 São João/IMG_1234.JPG".to_owned(),
        words: Words {
            title: some("Lunch break"),
            caption: some("Tram 28 in the old town"),
            keywords: Keyword::new(["Places", "Portugal", "Lisbon"].map(str::to_owned)).into_iter().collect(),
            creator: some("Ana Silva"),
            copyright: None,
        },
        rating: Some(4),
        life: AssetLife::Active,
        unreadable: false,
    }
}

fn scope(paths: bool, trash: bool) -> Scope {
    let grant = |name: &str| Grant { name: name.to_owned(), paths, trash };
    Scope { grants: [(LibraryId(1), grant("Family photos"))].into() }
}

#[test]
fn a_filter_holds_for_what_it_describes() {
    let (doc, scope) = (doc(), scope(true, false));
    let holds = |text: &str| matches(&parse(text, &clock()).unwrap(), &doc, &scope);
    for text in [
        "",
        "lisbon",
        "LISBÓN",
        "portugal tram",
        "\"old town\"",
        "img_1234",
        "img1234",
        "1234",
        "june 2023",
        "jun 2023",
        "\"june 2023\"",
        "fuji*",
        "35mm",
        "holidays",
        "\"sao joao\"",
        "camera:fuji",
        "camera:\"fujifilm x-t5\"",
        "camera:=\"fujifilm x-t5\"",
        "camera:xt5,x-t5",
        "lens:35",
        "place:port",
        "city:lisbon country:pt",
        "country:portug",
        "region:lisboa",
        "taken:2023",
        "taken:2023-06-17",
        "taken:<=2023-06",
        "when:june",
        "iso:1600",
        "iso:>=1600",
        "iso:100..1600",
        "aperture:1.4",
        "f:<2",
        "exposure:1/250",
        "exposure:<1/100",
        "focal:35mm",
        "megapixels:12",
        "size:5MB",
        "width:4000 height:<4000",
        "type:image",
        "format:jpg",
        "ext:jpg",
        "name:img_12",
        "name:*12*",
        "name:=img_1234.jpg",
        "path:holidays",
        "caption:tram",
        "title:lunch",
        "lunch",
        "tag:portugal",
        "tag:=lisbon",
        "tag:=\"Places|Portugal|Lisbon\"",
        "creator:silva",
        "copyright:none",
        "rating:4",
        "rating:>=3",
        "-rating:-1..2",
        "has:tag",
        "library:family",
        "library:=library_1",
        "has:gps,duration",
        "duration:none",
        "lens:any",
        "aspect:landscape",
        "state:active",
        "unreadable:no",
        "near:38.72,-9.14,1km",
        "-dog",
        "dog or tram",
        "(dog or tram) -cat",
    ] {
        assert!(holds(text), "{text}");
    }
    for text in [
        "lisb",
        "tram*x",
        "porto",
        "lisbon tram dog",
        "\"town old\"",
        "\"lisbon portugal\"",
        "img_12",
        "july",
        "camera:canon",
        "camera:\"fuji\"",
        "camera:=fujifilm",
        "city:portugal",
        "country:es",
        "country:\"port\"",
        "taken:2022",
        "taken:>2023-06",
        "taken:<2023-06-17",
        "when:2022",
        "iso:1601",
        "iso:>1600",
        "aperture:1.8",
        "exposure:1/500",
        "megapixels:24",
        "type:video",
        "format:png",
        "ext:jp",
        "name:=img_1234",
        "name:?img*",
        "caption:trams",
        "tag:spain",
        "tag:=portug",
        "rating:rejected",
        "rating:5",
        "has:copyright",
        "library:club",
        "has:duration",
        "duration:any",
        "lens:none",
        "aspect:panorama,square",
        "state:trashed",
        "unreadable:yes",
        "near:48.85,2.35,100km",
        "-tram",
        "dog or cat",
        "tram -lisbon",
    ] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn nothing_is_found_outside_the_scope() {
    let mut doc = doc();
    let find =
        |text: &str, doc: &SearchDoc, scope: &Scope| matches(&parse(text, &clock()).unwrap(), doc, scope);
    assert!(!find("", &doc, &Scope::default()));
    for text in ["holidays", "path:holidays", "path:any", "path:none"] {
        assert!(!find(text, &doc, &scope(false, false)), "{text}");
    }
    // What is said of paths that may not be read says nothing.
    assert!(find("-path:holidays", &doc, &scope(false, false)));

    doc.life = AssetLife::Trashed;
    assert!(!find("lisbon", &doc, &scope(true, true)));
    assert!(find("lisbon state:trashed", &doc, &scope(true, true)));
    assert!(!find("lisbon state:trashed", &doc, &scope(true, false)));
    doc.library = LibraryId(2);
    assert!(!find("state:trashed", &doc, &scope(true, true)));
}

#[test]
fn whole_words_count_more_than_beginnings_and_places_more_than_names() {
    let (doc, scope) = (doc(), scope(true, true));
    let score = |filter: Filter| relevance(&filter, &doc, &scope).unwrap();
    assert_eq!(score(Filter::words("lisbon")), 8);
    assert_eq!(score(Filter::prefix("lisbon")), 8);
    assert_eq!(score(Filter::prefix("lisb")), 4);
    assert_eq!(score(Filter::words("img")), 6);
    assert_eq!(score(Filter::words("holidays")), 2);
    assert_eq!(score(parse("lisbon img iso:>100 -dog", &clock()).unwrap()), 14);
    assert_eq!(score(parse("img or lisbon", &clock()).unwrap()), 8);
}
