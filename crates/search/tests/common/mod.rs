//! A made-up library, the same each time for the same seed, and questions about it.
#![allow(dead_code, reason = "each test uses its part of it")]

use chrono::{TimeZone, Utc};
use domain::asset::{AssetLife, Camera};
use domain::cells::cell;
use domain::feed::FeedPosition;
use domain::filter::{Clock, Filter, Grant, Scope, parse};
use domain::metadata::{Format, Position};
use domain::place::Place;
use domain::search_doc::SearchDoc;
use domain::{AssetId, LibraryId};
use rand::prelude::*;
use rand::rngs::StdRng;

const PLACES: &[(&str, &str, &str, &str, f64, f64)] = &[
    ("Lisbon", "Lisboa", "Portugal", "PT", 38.72, -9.14),
    ("Porto", "Porto", "Portugal", "PT", 41.15, -8.61),
    ("São João da Madeira", "Aveiro", "Portugal", "PT", 40.9, -8.49),
    ("Paris", "Île-de-France", "France", "FR", 48.85, 2.35),
    ("Saint-Denis", "Île-de-France", "France", "FR", 48.94, 2.36),
    ("New York City", "New York", "United States", "US", 40.71, -74.01),
    ("York", "England", "United Kingdom", "GB", 53.96, -1.08),
    ("Zürich", "Zürich", "Switzerland", "CH", 47.37, 8.54),
    ("東京", "Tokyo", "Japan", "JP", 35.68, 139.69),
    ("Suva", "Central", "Fiji", "FJ", -18.14, 178.44),
    ("Niamey", "Niamey", "Niger", "NE", 13.51, 2.11),
    ("Lagos", "Lagos", "Nigeria", "NG", 6.45, 3.39),
];
const CAMERAS: &[(&str, &str, &str)] = &[
    ("FUJIFILM", "X-T5", "XF35mmF1.4 R"),
    ("FUJIFILM", "X100V", "23mm F2"),
    ("Canon", "Canon EOS R5", "RF24-70mm F2.8 L IS USM"),
    ("NIKON CORPORATION", "NIKON D850", "AF-S NIKKOR 50mm f/1.8G"),
    ("Apple", "iPhone 14 Pro", "iPhone 14 Pro back triple camera 6.86mm f/1.78"),
    ("Google", "Pixel 8", "Pixel 8 back camera 6.9mm f/1.68"),
];
const WORDS: &[&str] = &[
    "birthday", "dog", "cat", "old", "town", "tram", "beach", "golden", "gate", "bridge", "party", "grandma",
    "snow", "été", "straße", "Lisbon", "28", "2019", "sunset", "the", "in", "of",
];
const FOLDERS: &[&str] =
    &["Holidays/2019", "Camera Roll", "phone/DCIM/100APPLE", "scans", "2023/2023-06 São João"];
const FORMATS: &[Format] = &[Format::Jpeg, Format::Heic, Format::Raw, Format::Png, Format::Mp4];

/// So many assets of libraries 1 to 3.
pub fn docs(seed: u64, count: i64) -> Vec<SearchDoc> {
    let mut rng = StdRng::seed_from_u64(seed);
    (1..=count).map(|id| doc(&mut rng, id)).collect()
}

/// One asset.
pub fn doc(rng: &mut StdRng, id: i64) -> SearchDoc {
    let local = rng.random_range(1_400_000_000..1_750_000_000) / 3600 * 3600;
    let place = rng.random_bool(0.7).then(|| PLACES.choose(rng).unwrap());
    let camera = rng.random_bool(0.8).then(|| CAMERAS.choose(rng).unwrap());
    let position = place.map(|place| Position {
        latitude: place.4 + rng.random_range(-0.05..0.05),
        longitude: place.5 + rng.random_range(-0.05..0.05),
        altitude: None,
    });
    let format = *FORMATS.choose(rng).unwrap();
    let size = rng
        .random_bool(0.9)
        .then(|| *[(4000, 3000), (3000, 4000), (3000, 3000), (8000, 2000)].choose(rng).unwrap());
    let name = file_name(rng, id, format);
    SearchDoc {
        asset: AssetId(id),
        library: LibraryId(rng.random_range(1..=3)),
        kind: format.asset_type(),
        format,
        taken: local - 3600,
        local,
        added: 1_760_000_000 + id / 100,
        camera: camera.map_or_else(Camera::default, |(make, model, lens)| Camera {
            make: Some((*make).to_owned()),
            model: Some((*model).to_owned()),
            lens: rng.random_bool(0.8).then(|| (*lens).to_owned()),
            f_number: Some(*[1.4, 1.78, 2.8, 8.0].choose(rng).unwrap()),
            exposure_s: Some(1.0 / f64::from(rng.random_range(10..1000))),
            iso: Some(100 << rng.random_range(0..6)),
            focal_mm: Some(f64::from(rng.random_range(20..200))),
            ..Camera::default()
        }),
        width: size.map(|size| size.0),
        height: size.map(|size| size.1),
        duration_ms: (format == Format::Mp4).then(|| rng.random_range(500..100_000)),
        size: rng.random_range(100_000..30_000_000),
        place: place.map(|place| Place {
            city: Some(place.0.to_owned()),
            region: Some(place.1.to_owned()),
            country: place.2.to_owned(),
            country_code: place.3.to_owned(),
        }),
        position,
        cell: position.and_then(cell),
        path: rng
            .random_bool(0.9)
            .then(|| format!("{}/{name}", FOLDERS.choose(rng).unwrap()))
            .unwrap_or_default(),
        name,
        caption: rng.random_bool(0.3).then(|| caption(rng)),
        life: if rng.random_bool(0.1) { AssetLife::Trashed } else { AssetLife::Active },
        unreadable: rng.random_bool(0.05),
    }
}

fn file_name(rng: &mut StdRng, id: i64, format: Format) -> String {
    let ending = match format {
        Format::Jpeg => "JPG",
        Format::Raw => "cr3",
        other => other.as_str(),
    };
    match rng.random_range(0..4) {
        0 => format!("IMG_{:04}.{ending}", id % 10_000),
        1 => format!("PXL_2023{:04}_{id}.{ending}", rng.random_range(100..1300)),
        2 => format!("DSC{id:05} (1)*.{ending}"),
        _ => format!("{} {}", caption(rng), id % 7),
    }
}

fn caption(rng: &mut StdRng) -> String {
    let count = rng.random_range(1..6);
    (0..count).map(|_| *WORDS.choose(rng).unwrap()).collect::<Vec<_>>().join(" ")
}

/// A search text that makes sense for the library: every key, every operator.
pub fn question(rng: &mut StdRng, depth: u32) -> String {
    if depth > 0 && rng.random_bool(0.6) {
        let mut part = || question(rng, depth - 1);
        let (a, b) = (part(), part());
        return match rng.random_range(0..5) {
            0 => format!("({a}) or ({b})"),
            1 => format!("-({a})"),
            2 => format!("({a}) -({b})"),
            _ => format!("({a}) ({b})"),
        };
    }
    match rng.random_range(0..10) {
        0..3 => free(rng),
        3..6 => text_field(rng),
        _ => other_field(rng),
    }
}

fn free(rng: &mut StdRng) -> String {
    let whole = *[
        "lisbon",
        "porto",
        "são",
        "york",
        "\"new york\"",
        "france",
        "japan",
        "東京",
        "fujifilm",
        "x100v",
        "r5",
        "iphone",
        "35mm",
        "img",
        "dsc",
        "birthday",
        "\"old town\"",
        "\"golden gate\"",
        "strasse",
        "june",
        "2019",
        "jun",
        "holidays",
        "dcim",
        "jpg",
        "\"img 12\"",
        "pxl_2023",
        "28",
        "xyzzy",
    ]
    .choose(rng)
    .unwrap();
    if rng.random_bool(0.4) && !whole.starts_with('"') {
        let kept: String = whole.chars().take(rng.random_range(1..=whole.chars().count())).collect();
        format!("{kept}*")
    } else if rng.random_bool(0.2) {
        ["IMG_1*", "img12*", "pxl_2023*", "\"old to\"*", "dsc00*", "\"in the\"*", "x1*"]
            .choose(rng)
            .unwrap()
            .to_string()
    } else {
        whole.to_owned()
    }
}

fn text_field(rng: &mut StdRng) -> String {
    let key = ["place", "city", "region", "country", "camera", "lens", "name", "path", "caption", "when"]
        .choose(rng)
        .unwrap();
    let value = *[
        "lis",
        "porto",
        "\"porto\"",
        "new",
        "\"new york\"",
        "niger",
        "\"niger\"",
        "=paris",
        "=\"new york city\"",
        "pt,fr",
        "zurich",
        "fuji",
        "\"fujifilm x-t5\"",
        "eos",
        "=\"canon eos r5\"",
        "50mm",
        "img_1",
        "=img_*",
        "*12*",
        "=*.jpg",
        "?mg*",
        "dsc0",
        "*\"(1)*\"*",
        "holidays",
        "=holidays/*",
        "100apple",
        "birth",
        "\"old town\"",
        "june",
        "2019",
        "none",
        "any",
        "東",
        "\"sao joao\"*",
    ]
    .choose(rng)
    .unwrap();
    let prose =
        *key == "caption" && value.contains(['=', '?']) || *key == "caption" && value.starts_with('*');
    let known = ["name", "when"].contains(key) && ["none", "any"].contains(&value);
    if prose || known { format!("{key}:town") } else { format!("{key}:{value}") }
}

fn other_field(rng: &mut StdRng) -> String {
    let number = rng.random_range(0..50);
    let mut pick = |choices: &[&str]| (*choices.choose(rng).unwrap()).to_owned();
    match number {
        0..8 => pick(&[
            "taken:2023",
            "taken:2021-06",
            "taken:2020..2022",
            "taken:<2016",
            "taken:>=2023-06-05",
            "taken:2019,2021",
            "taken:last-year",
            "taken:>2020-02",
            "taken:..2015-03",
        ]),
        8..14 => pick(&[
            "near:38.72,-9.14,5km",
            "near:38.7,-9.1,2km",
            "near:48.9,2.35,10km",
            "near:-18.14,178.44,800km",
            "near:0,0,9000km",
            "near:90,0,6000km",
            "near:35.68,139.69,900m",
        ]),
        14..24 => pick(&[
            "iso:100",
            "iso:>=1600",
            "iso:200..800",
            "iso:none",
            "iso:>100,none",
            "aperture:1.8",
            "aperture:<=2.8",
            "f:8",
            "exposure:1/250",
            "exposure:<1/500",
            "exposure:>=1/50",
            "focal:50",
            "focal:24..70",
            "focal:>150",
            "lens:any",
        ]),
        24..32 => pick(&[
            "width:4000",
            "width:>=4000",
            "height:none",
            "height:<3000",
            "megapixels:12",
            "mp:<10",
            "size:>20MB",
            "size:5MB",
            "duration:any",
            "duration:<30s",
            "duration:10s..1m",
        ]),
        32..40 => pick(&[
            "type:video",
            "type:image",
            "format:heic,raw",
            "format:jpg",
            "ext:jpg",
            "ext:cr?",
            "ext:=*g",
            "ext:none",
            "has:gps",
            "has:camera,duration",
            "-has:gps",
        ]),
        40..45 => pick(&[
            "aspect:portrait",
            "aspect:landscape",
            "aspect:panorama,square",
            "unreadable:yes",
            "unreadable:no",
        ]),
        _ => pick(&[
            "state:trashed",
            "state:active",
            "state:active,trashed",
            "library:family",
            "library:club,family",
            "library:=library_2",
        ]),
    }
}

/// A filter as someone would have typed it in March 2024.
pub fn read(text: &str) -> Filter {
    let now = Utc.with_ymd_and_hms(2024, 3, 4, 12, 0, 0).unwrap();
    let clock = Clock { now, zone: chrono_tz::Europe::Lisbon };
    parse(text, &clock).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// A scope over these libraries.
pub fn scope(libraries: &[i64], paths: bool, trash: bool) -> Scope {
    let name = |id: i64| ["Family photos", "Club", "Work"][(id - 1) as usize % 3].to_owned();
    let grant = |id: &i64| (LibraryId(*id), Grant { name: name(*id), paths, trash });
    Scope { grants: libraries.iter().map(grant).collect() }
}

/// A scope that leaves something out.
pub fn some_scope(rng: &mut StdRng) -> Scope {
    let mut scope = Scope::default();
    for id in 1..=4 {
        if rng.random_bool(0.7) {
            scope.grants.extend(self::scope(&[id], rng.random_bool(0.7), rng.random_bool(0.5)).grants);
        }
    }
    scope
}

pub fn position(seq: i64) -> FeedPosition {
    FeedPosition { epoch: 1, xid: 1000 + seq, seq }
}

/// The search as it is meant, over all documents.
pub fn naive<'a>(docs: &'a [SearchDoc], filter: &Filter, scope: &Scope) -> Vec<&'a SearchDoc> {
    let mut found: Vec<&SearchDoc> =
        docs.iter().filter(|doc| domain::filter::matches(filter, doc, scope)).collect();
    found.sort_by_key(|doc| std::cmp::Reverse((doc.local, doc.asset)));
    found
}
