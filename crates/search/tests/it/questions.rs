//! Questions about the made-up library, and what the answers should be.

use std::collections::BTreeSet;

use domain::filter::{AlbumGrant, Filter, MYSELF, Scope, matches};
use domain::search_doc::SearchDoc;
use domain::{AlbumId, AssetId, LibraryId};
use rand::prelude::*;
use rand::rngs::StdRng;

use crate::library;

/// A search text that makes sense for the library: every key, every operator.
pub fn question(rng: &mut StdRng, depth: u32) -> String {
    if depth > 0 && rng.random_bool(0.6) {
        let mut part = || question(rng, depth - 1);
        let (a, b) = (part(), part());
        return match rng.random_range(0..7) {
            5 => format!("2-of:({a}, {b}, {})", question(rng, depth - 1)),
            6 => counted(rng, depth - 1),
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

/// Some of several, each of them something else or nothing at all.
fn counted(rng: &mut StdRng, depth: u32) -> String {
    let parts: Vec<String> = (0..rng.random_range(1..6))
        .map(|_| if rng.random_bool(0.2) { "-()".to_owned() } else { question(rng, depth) })
        .collect();
    format!("{}-of:({})", rng.random_range(0..5), parts.join(", "))
}

/// A word with typing errors, or none.
fn mistyped(rng: &mut StdRng) -> String {
    let word =
        *["lisbon", "barcelona", "birthday", "fujifilm", "grandma", "portugal", "straße", "bridge", "party"]
            .choose(rng)
            .unwrap();
    let mut letters: Vec<char> = word.chars().collect();
    for _ in 0..rng.random_range(0..3) {
        let at = rng.random_range(0..letters.len());
        match rng.random_range(0..4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, 'n'),
            2 if at > 1 => letters.swap(at, at - 1),
            _ => letters[at] = 'e',
        }
    }
    letters.into_iter().collect()
}

fn free(rng: &mut StdRng) -> String {
    if rng.random_bool(0.25) {
        return mistyped(rng);
    }
    let whole = *[
        "lisbon",
        "porto",
        "são",
        "york",
        "\"new york\"",
        "france",
        "japan",
        "東京",
        "京",
        "タワー",
        "\"京都\"",
        "京タ",
        "\"lisbon\"",
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
        "lisboa",
        "\"nueva york\"",
        "нью-йорк",
        "zurigo",
        "tokio",
        "portugal",
        "frankreich",
        "日本",
        "japón",
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
    let key = [
        "place", "city", "region", "country", "camera", "lens", "name", "path", "title", "caption", "tag",
        "creator", "when", "make", "model", "folder", "zone",
    ]
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
        "lisboa",
        "\"lissabon\"",
        "=lisboa",
        "nueva*",
        "\"nueva york\"",
        "tokio",
        "东京",
        "zurig",
        "frankreich",
        "schweiz,francia",
    ]
    .choose(rng)
    .unwrap();
    let known_only = ["name", "when"].contains(key) && ["none", "any"].contains(&value);
    let prose = *key == "caption" && (value.contains(['=', '?']) || value.starts_with('*'));
    if prose || known_only { format!("{key}:town") } else { format!("{key}:{value}") }
}

fn other_field(rng: &mut StdRng) -> String {
    let number = rng.random_range(0..74);
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
        50..56 => pick(&[
            "taken:december",
            "taken:weekend",
            "taken:12-24..02-03",
            "taken:on-this-day",
            "taken:2019,monday",
            "taken:summer-2020",
            "taken:last-500-days",
            "taken:2010s",
            "month:may,june",
            "season:winter",
            "weekday:sunday",
            "on:11-20..03-01",
            "monthday:<5",
            "week:50..53",
            "hour:22..4",
            "hour:12",
            "added:2025-03..2025-05",
            "modified:<2019",
            "modified:none",
            "guessed:yes",
        ]),
        56..62 => pick(&[
            "continent:europe",
            "continent:none",
            "bbox:36,-10,50,5",
            "bbox:-30,170,60,10",
            "altitude:<0",
            "altitude:-10..500",
            "direction:n",
            "direction:90",
            "direction:360",
            "direction:300..360",
            "direction:se..w",
            "serial:42a1*,42a03",
            "flash:yes",
            "flash:none",
            "focal35:>100",
        ]),
        62..70 => pick(&[
            "is:raw",
            "is:live,hdr",
            "is:animated",
            "is:panorama",
            "is:duplicate",
            "is:offline",
            "is:managed",
            "is:edited",
            "is:noted",
            "is:geotagged",
            "has:faces",
            "has:sidecar,lens",
            "fps:25",
            "fps:>50",
            "codec:hevc,h264",
            "audio:none",
            "bitdepth:>8",
            "interlaced:yes",
            "copies:0,3",
            "stack:yes",
            "stacksize:>=3",
            "faces:2",
            "tagcount:0",
            "id:asset_12,asset_13",
            "hash:0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e",
            "hash:1*",
        ]),
        _ => pick(&[
            "state:trashed",
            "state:active",
            "state:active,trashed",
            "state:stacked",
            "-state:stacked",
            "state:archived,active",
            "archived:yes",
            "archived:no",
            "is:archived trashed:yes,no",
            "-trashed:yes",
            "favourite:yes",
            "favourite:no",
            "favourite:yes,no",
            "-is:favourite",
            "favourite:yes archived:yes,no",
            "library:family",
            "library:club,family",
            "library:=library_2",
            "album:lisbon",
            "album:=album_1",
            "album:none",
            "-album:holidays",
            "album:any state:active,stacked",
            "shared-with:ana",
            "shared-with:me",
            "is:shared",
        ]),
    }
}

/// A scope that leaves something out.
pub fn some_scope(rng: &mut StdRng) -> Scope {
    let favourites = (1..=2_000).filter(|_| rng.random_bool(0.3)).map(AssetId).collect();
    let mut scope = Scope { favourites, ..Scope::default() };
    for id in 1..=4 {
        if rng.random_bool(0.7) {
            scope.grants.extend(library::scope(&[id], rng.random_bool(0.7), rng.random_bool(0.5)).grants);
        }
    }
    let some: Vec<i64> = (1..=6).filter(|_| rng.random_bool(0.3)).collect();
    albums(&mut scope, &some);
    scope
}

/// The albums with these numbers, which lie in each other: each even one in that of half its number. What of them is
/// elsewhere goes by the libraries of the scope.
pub fn albums(scope: &mut Scope, albums: &[i64]) {
    let elsewhere = (1..=4).map(LibraryId).filter(|library| !scope.grants.contains_key(library)).collect();
    let around = |id: i64| std::iter::successors(Some(id), |id| (id % 2 == 0).then_some(id / 2));
    for id in albums {
        let shared_with: &[&str] =
            [&[][..], &["Ana Silva"], &["Ana Silva", MYSELF], &["Rui"]][*id as usize % 4];
        let grant = AlbumGrant {
            name: ["Lisbon 2019", "Holidays", "Été", "Club night", "Lisbon"][*id as usize % 5].to_owned(),
            within: around(*id).filter(|id| albums.contains(id)).map(AlbumId).collect(),
            shared_with: shared_with.iter().map(|name| (*name).to_owned()).collect(),
            elsewhere: BTreeSet::clone(&elsewhere),
        };
        scope.albums.insert(AlbumId(*id), grant);
    }
}

/// The search as it is meant, over all documents.
pub fn naive<'a>(docs: &'a [SearchDoc], filter: &Filter, scope: &Scope) -> Vec<&'a SearchDoc> {
    let mut found: Vec<&SearchDoc> = docs.iter().filter(|doc| matches(filter, doc, scope)).collect();
    found.sort_by_key(|doc| std::cmp::Reverse((doc.local, doc.asset)));
    found
}
