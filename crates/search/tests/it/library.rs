//! A made-up library, the same each time for the same seed, and questions about it.

use chrono::{TimeZone, Utc};
use domain::asset::{AssetLife, ContentHash};
use domain::cells::cell;
use domain::feed::FeedPosition;
use domain::film::Tracks;
use domain::filter::{Clock, Filter, Grant, Scope, parse};
use domain::metadata::Camera;
use domain::metadata::keywords::Keyword;
use domain::metadata::{Format, Position, Words};
use domain::place::Place;
use domain::search_doc::{FileState, SearchDoc};
use domain::{AlbumId, AssetId, LibraryId};
use rand::prelude::*;
use rand::rngs::StdRng;

const PLACES: &[(&str, &str, &str, &str, f64, f64, &str)] = &[
    ("Lisbon", "Lisboa", "Portugal", "PT", 38.72, -9.14, "Europe/Lisbon"),
    ("Porto", "Porto", "Portugal", "PT", 41.15, -8.61, "Europe/Lisbon"),
    ("São João da Madeira", "Aveiro", "Portugal", "PT", 40.9, -8.49, "Europe/Lisbon"),
    ("Paris", "Île-de-France", "France", "FR", 48.85, 2.35, "Europe/Paris"),
    ("Saint-Denis", "Île-de-France", "France", "FR", 48.94, 2.36, "Europe/Paris"),
    ("New York City", "New York", "United States", "US", 40.71, -74.01, "America/New_York"),
    ("York", "England", "United Kingdom", "GB", 53.96, -1.08, "Europe/London"),
    ("Zürich", "Zürich", "Switzerland", "CH", 47.37, 8.54, "Europe/Zurich"),
    ("東京", "Tokyo", "Japan", "JP", 35.68, 139.69, "Asia/Tokyo"),
    ("Suva", "Central", "Fiji", "FJ", -18.14, 178.44, "Pacific/Fiji"),
    ("Niamey", "Niamey", "Niger", "NE", 13.51, 2.11, "Africa/Niamey"),
    ("Lagos", "Lagos", "Nigeria", "NG", 6.45, 3.39, "Africa/Lagos"),
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
    "birthday",
    "dog",
    "cat",
    "old",
    "town",
    "tram",
    "beach",
    "golden",
    "gate",
    "bridge",
    "party",
    "grandma",
    "snow",
    "été",
    "straße",
    "Lisbon",
    "28",
    "2019",
    "sunset",
    "the",
    "in",
    "of",
    "東京タワー",
    "京都",
    "barcelona",
    "Barcelonna",
    "bithday",
    "grandpa",
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
    // A few hundred days, and often their first or last second.
    let day = 16_200 + 9 * rng.random_range(0..450);
    let local = day * 86_400 + *[0, 86_399, 3600 * rng.random_range(0..24)].choose(rng).unwrap();
    let place = rng.random_bool(0.7).then(|| PLACES.choose(rng).unwrap());
    let camera = rng.random_bool(0.8).then(|| CAMERAS.choose(rng).unwrap());
    let position = place.map(|place| Position {
        latitude: place.4 + rng.random_range(-0.05..0.05),
        longitude: place.5 + rng.random_range(-0.05..0.05),
        altitude: rng.random_bool(0.8).then(|| rng.random_range(-50.0..3000.0)),
    });
    let format = *FORMATS.choose(rng).unwrap();
    let size = rng
        .random_bool(0.9)
        .then(|| *[(4000, 3000), (3000, 4000), (3000, 3000), (8000, 2000)].choose(rng).unwrap());
    let name = file_name(rng, id, format);
    SearchDoc {
        asset: AssetId(id),
        library: LibraryId(rng.random_range(1..=3)),
        albums: rng.random_bool(0.4).then(|| AlbumId(rng.random_range(1..=6))).into_iter().collect(),
        kind: format.asset_type(),
        format,
        taken: local - 3600,
        local,
        guessed: rng.random_bool(0.2),
        zone: place.map(|place| place.6.to_owned()),
        added: 1_740_000_000 + id / 100 + 86_400 * rng.random_range(0..300),
        camera: camera.map_or_else(Camera::default, |(make, model, lens)| Camera {
            make: Some((*make).to_owned()),
            model: Some((*model).to_owned()),
            lens: rng.random_bool(0.8).then(|| (*lens).to_owned()),
            f_number: Some(*[1.4, 1.78, 2.8, 8.0].choose(rng).unwrap()),
            exposure_s: Some(1.0 / f64::from(rng.random_range(10..1000))),
            iso: Some(100 << rng.random_range(0..6)),
            focal_mm: Some(f64::from(rng.random_range(20..200))),
            focal_35mm: rng.random_bool(0.6).then(|| f64::from(rng.random_range(20..200))),
            flash: rng.random_bool(0.6).then(|| rng.random_bool(0.3)),
            serial: rng.random_bool(0.5).then(|| format!("42A0{}", rng.random_range(0..20))),
        }),
        width: size.map(|size| size.0),
        height: size.map(|size| size.1),
        duration_ms: (format == Format::Mp4 || rng.random_bool(0.05)).then(|| rng.random_range(500..100_000)),
        tracks: (format == Format::Mp4).then(|| tracks(rng)),
        live: rng.random_bool(0.2),
        panorama: rng.random_bool(0.1),
        faces: rng.random_range(0..4),
        size: rng.random_range(100_000..30_000_000),
        place: place.map(|place| Place {
            city: Some(place.0.to_owned()),
            region: Some(place.1.to_owned()),
            country: place.2.to_owned(),
            country_code: place.3.to_owned(),
        }),
        position,
        direction: rng
            .random_bool(0.5)
            .then(|| *[0.0, 359.98, 360.0, rng.random_range(0.0..360.0)].choose(rng).unwrap()),
        cell: position.and_then(cell),
        path: if rng.random_bool(0.9) {
            format!("{}/{name}", FOLDERS.choose(rng).unwrap())
        } else {
            String::new()
        },
        name,
        file: file(rng, id, local),
        words: words(rng),
        rating: rng.random_bool(0.3).then(|| rng.random_range(-1..=5)),
        edited: rng.random_bool(0.2),
        stack: *[0, 0, 2, 3, 5].choose(rng).unwrap(),
        life: match rng.random_range(0..10) {
            0 => AssetLife::Trashed,
            1 => AssetLife::Stacked,
            2 => AssetLife::Archived,
            _ => AssetLife::Active,
        },
        unreadable: rng.random_bool(0.05),
    }
}

fn tracks(rng: &mut StdRng) -> Tracks {
    let mut some = |names: &[&str]| (*names.choose(rng).unwrap()).to_owned();
    Tracks {
        video_codec: some(&["h264", "hevc", "prores"]),
        audio_codec: Some(some(&["aac", "opus", ""])).filter(|name| !name.is_empty()),
        pixel_format: Some(some(&["yuv420p", "yuv420p10le", "yuv422p12le", ""]))
            .filter(|name| !name.is_empty()),
        frame_rate: rng.random_bool(0.9).then(|| *[23.976, 25.0, 29.97, 59.94].choose(rng).unwrap()),
        hdr: rng.random_bool(0.2),
        interlaced: rng.random_bool(0.2),
    }
}

fn file(rng: &mut StdRng, id: i64, local: i64) -> FileState {
    let byte = |from: i64| (from % 251) as u8;
    FileState {
        hash: Some(ContentHash { blake3: [byte(id); 32], sha1: [byte(id * 7); 20] }),
        modified: rng.random_bool(0.9).then(|| local + 86_400 * rng.random_range(0..1000)),
        copies: rng.random_range(0..4),
        managed: rng.random_bool(0.4),
        offline: rng.random_bool(0.1),
        sidecar: rng.random_bool(0.2),
        noted: rng.random_bool(0.2),
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

fn words(rng: &mut StdRng) -> Words {
    let keywords = (0..rng.random_range(0..3)).filter_map(|_| {
        let depth = rng.random_range(1..4);
        Keyword::new((0..depth).map(|_| (*WORDS.choose(rng).unwrap()).to_owned()).collect::<Vec<_>>())
    });
    Words {
        keywords: keywords.collect(),
        title: rng.random_bool(0.2).then(|| caption(rng)),
        caption: rng.random_bool(0.3).then(|| caption(rng)),
        creator: rng.random_bool(0.2).then(|| caption(rng)),
        copyright: rng.random_bool(0.1).then(|| "© Ana".to_owned()),
    }
}

fn caption(rng: &mut StdRng) -> String {
    let count = rng.random_range(1..6);
    (0..count).map(|_| *WORDS.choose(rng).unwrap()).collect::<Vec<_>>().join(" ")
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
    let grant = |id: &i64| (LibraryId(*id), Grant { name: name(*id), paths, trash, shelves: true });
    Scope { grants: libraries.iter().map(grant).collect(), ..Scope::default() }
}

/// Where the feed stands after so many changes.
pub fn position(seq: i64) -> FeedPosition {
    FeedPosition { epoch: 1, xid: 1000 + seq, seq }
}
