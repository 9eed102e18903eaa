//! Questions about the made-up library, and what the answers should be.

use domain::filter::{Filter, Scope, matches};
use domain::search_doc::SearchDoc;
use rand::prelude::*;
use rand::rngs::StdRng;

use crate::library;

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
    let key = [
        "place", "city", "region", "country", "camera", "lens", "name", "path", "title", "caption", "tag",
        "creator", "when",
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
    ]
    .choose(rng)
    .unwrap();
    let prose = *key == "caption" && (value.contains(['=', '?']) || value.starts_with('*'));
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
            "state:stacked",
            "-state:stacked",
            "library:family",
            "library:club,family",
            "library:=library_2",
        ]),
    }
}

/// A scope that leaves something out.
pub fn some_scope(rng: &mut StdRng) -> Scope {
    let mut scope = Scope::default();
    for id in 1..=4 {
        if rng.random_bool(0.7) {
            scope.grants.extend(library::scope(&[id], rng.random_bool(0.7), rng.random_bool(0.5)).grants);
        }
    }
    scope
}

/// The search as it is meant, over all documents.
pub fn naive<'a>(docs: &'a [SearchDoc], filter: &Filter, scope: &Scope) -> Vec<&'a SearchDoc> {
    let mut found: Vec<&SearchDoc> = docs.iter().filter(|doc| matches(filter, doc, scope)).collect();
    found.sort_by_key(|doc| std::cmp::Reverse((doc.local, doc.asset)));
    found
}
