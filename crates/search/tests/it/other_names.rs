//! Places are found by their names in other languages, by the index as by the plain matcher, and suggested by their main one.

use domain::asset::AssetLife;
use domain::facet::NAMED;
use domain::filter::Key;
use domain::place::Place;
use domain::search_doc::SearchDoc;
use domain::{AssetId, LibraryId};

use crate::existing::written;
use crate::library::{docs, read, scope};
use crate::questions::naive;

/// City, region, country and code of each asset, numbered from 1; as GeoNames has them, but for what people wrote.
const TAKEN: &[(&str, &str, &str, &str)] = &[
    ("Lisbon", "Lisbon", "Portugal", "PT"),
    ("Lisboa", "", "Portugal", "PT"),
    ("Vienna", "Vienna", "Austria", "AT"),
    ("Vienna", "Virginia", "United States", "US"),
    ("Munich", "Bavaria", "Germany", "DE"),
    ("Århus", "Central Jutland", "Denmark", "DK"),
    ("Tokyo", "Tokyo", "Japan", "JP"),
    ("東京", "", "Japan", "JP"),
    ("Moscow", "Moscow", "Russia", "RU"),
    ("Athens", "Attica", "Greece", "GR"),
    ("Athens", "Georgia", "United States", "US"),
    ("Barcelona", "Catalonia", "Spain", "ES"),
    ("", "", "Germany", "DE"),
];

/// Each of them, and one without a place; with no other words in it.
fn library() -> Vec<SearchDoc> {
    let mut all = docs(71, TAKEN.len() as i64 + 1);
    for (doc, taken) in all.iter_mut().zip(TAKEN.iter().map(Some).chain([None])) {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        doc.place = taken.map(|(city, region, country, code)| Place {
            city: text(city),
            region: text(region),
            country: (*country).to_owned(),
            country_code: (*code).to_owned(),
        });
        (doc.library, doc.life) = (LibraryId(1), AssetLife::Active);
        (doc.words, doc.path) = (Default::default(), String::new());
    }
    all
}

/// Worked out by hand.
#[test]
fn a_name_in_any_language_finds_what_the_main_name_finds() {
    let folder = tempfile::tempdir().unwrap();
    let docs = library();
    let (reader, scope) = (written(folder.path(), &docs), scope(&[1], true, true));
    let cases: &[(&str, &[i64])] = &[
        ("city:Lisboa", &[1, 2]),
        ("city:Lisbon", &[1, 2]),
        ("city:lissabon", &[1, 2]),
        ("lisboa", &[1, 2]),
        ("\"Lisbonne\"", &[1, 2]),
        ("lissab*", &[1, 2]),
        ("city:lissab", &[1, 2]),
        ("wien", &[3]),
        ("city:vienna", &[3, 4]),
        ("place:München", &[5]),
        ("muenchen", &[5]),
        ("city:Aarhus", &[6]),
        ("city:東京", &[7, 8]),
        ("東京", &[7, 8]),
        ("tokio", &[7, 8]),
        ("Москва", &[9]),
        ("place:Αθήνα", &[10]),
        ("country:Deutschland", &[5, 13]),
        ("allemagne", &[5, 13]),
        ("country:\"Estados Unidos\"", &[4, 11]),
        ("country:日本", &[7, 8]),
        ("region:Bayern", &[5]),
        ("region:Catalunya", &[12]),
        ("place:bayern,österreich", &[3, 5]),
        ("-place:any", &[14]),
        ("city:none country:Deutschland", &[13]),
        // A key asks at its level.
        ("region:Lisboa", &[1]),
        ("city:Deutschland", &[]),
        // Whole texts and patterns look at what is written; no name is found by its middle, nor mistyped.
        ("city:=Lisboa", &[2]),
        ("city:=\"lisbon\"", &[1]),
        ("city:li?boa", &[2]),
        ("city:*nchen", &[]),
        ("baviera", &[5]),
        ("city:baviera", &[]),
        ("monaco", &[]),
        ("muenchn", &[]),
        ("name:wien", &[]),
    ];
    for &(text, expected) in cases {
        let filter = read(text);
        let mut ids: Vec<i64> =
            reader.ids(&filter, &scope, None).unwrap().into_iter().map(|AssetId(id)| id).collect();
        ids.sort_unstable();
        let mut plain: Vec<i64> = naive(&docs, &filter, &scope).iter().map(|doc| doc.asset.0).collect();
        plain.sort_unstable();
        assert_eq!((ids.as_slice(), plain.as_slice()), (expected, expected), "{text}");
    }
}

#[test]
fn the_main_name_is_suggested_where_something_was_taken_there() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, all) = (written(folder.path(), &library()), scope(&[1], true, true));
    let shown = |keys: &[Key], typed: &str| -> Vec<(Key, String, u64)> {
        let found = reader.called(keys, typed, &all, 5).unwrap();
        found.into_iter().map(|value| (value.key, value.written, value.count)).collect()
    };
    let city = |name: &str, count| (Key::City, name.to_owned(), count);
    let region = |name: &str, count| (Key::Region, name.to_owned(), count);
    assert_eq!(shown(NAMED, "wie"), [city("Vienna", 2), region("Vienna", 1)]);
    assert_eq!(shown(NAMED, "münch"), [city("Munich", 1)]);
    assert_eq!(shown(&[Key::City], "東"), [city("Tokyo", 1)]);
    assert_eq!(shown(NAMED, "deutschl"), [(Key::Country, "DE".to_owned(), 2)]);
    assert_eq!(shown(&[Key::City], "deutschl"), []);
    assert_eq!(shown(&[Key::Region], "bayer"), [region("Bavaria", 1)]);
    // Nobody was in Prague, and who may not see the library was nowhere.
    assert_eq!(shown(NAMED, "praha"), []);
    let none = scope(&[2], true, true);
    assert!(reader.called(NAMED, "wien", &none, 5).unwrap().is_empty());
}
