//! The index finds exactly what the plain matcher finds.

use chrono::{DateTime, NaiveDate};
use domain::AssetId;
use domain::cells::{Cell, Resolution};
use domain::filter::{Filter, Key, Kind, day_of, keys, relevance};
use domain::search_doc::SearchDoc;
use rand::prelude::*;
use rand::rngs::StdRng;
use search::{Reader, Sort, Writer};

use crate::library::{docs, position, read, scope};
use crate::questions::{albums, naive, question, some_scope};
use crate::values;

/// An index of several segments with deleted, replaced and changed documents in it.
pub fn library(folder: &std::path::Path, seed: u64, count: i64) -> (Reader, Vec<SearchDoc>) {
    let mut all = docs(seed, count);
    let mut writer = Writer::open(folder).unwrap();
    // First as something else, then in four commits as they are; every seventh is taken out again.
    let mut others = docs(seed + 1, count / 3);
    others.iter_mut().for_each(|doc| doc.words.caption = Some("before".to_owned()));
    writer.upsert(&others).unwrap();
    writer.commit(position(0)).unwrap();
    for (at, part) in all.chunks((count / 4) as usize + 1).enumerate() {
        writer.upsert(part).unwrap();
        writer.commit(position(at as i64 + 1)).unwrap();
    }
    let gone: Vec<AssetId> = all.iter().map(|doc| doc.asset).filter(|id| id.0 % 7 == 0).collect();
    writer.delete(&gone);
    writer.commit(position(9)).unwrap();
    all.retain(|doc| doc.asset.0 % 7 != 0);
    (Reader::open(folder).unwrap(), all)
}

#[test]
fn the_index_finds_what_the_matcher_finds() {
    agree(11, 1_500);
}

#[test]
fn full_the_index_finds_what_the_matcher_finds_for_ten_thousand_questions() {
    agree(12, 10_000);
}

/// Asks so many questions of the index and of the plain matcher.
fn agree(seed: u64, questions: u32) {
    let folder = tempfile::tempdir().unwrap();
    let (reader, docs) = library(folder.path(), 5, 700);
    let mut rng = StdRng::seed_from_u64(seed);
    let (mut found_some, mut found_few) = (0, 0);
    for case in 0..questions {
        let text = question(&mut rng, case % 4);
        let (filter, scope) = (read(&text), some_scope(&mut rng));
        let expected = naive(&docs, &filter, &scope);
        let ids: Vec<AssetId> = expected.iter().map(|doc| doc.asset).collect();
        assert_eq!(reader.ids(&filter, &scope, None).unwrap(), ids, "{text} in {scope:?}");
        assert_eq!(reader.count(&filter, &scope).unwrap(), ids.len() as u64, "{text}");

        let hits = reader.search(&filter, &scope, Sort::Relevance, None, 1000).unwrap();
        let mut ranked: Vec<_> = expected
            .iter()
            .map(|doc| (relevance(&filter, doc, &scope).unwrap(), doc.local, doc.asset))
            .collect();
        ranked.sort_by_key(|rank| std::cmp::Reverse(*rank));
        let ranked: Vec<_> = ranked.into_iter().map(|(score, _, asset)| (asset, score)).collect();
        let hits: Vec<_> = hits.hits.iter().map(|hit| (hit.asset, hit.score)).collect();
        assert_eq!(hits, ranked, "{text}");
        found_some += u32::from(!ids.is_empty());
        found_few += u32::from(!ids.is_empty() && ids.len() < docs.len() / 4);
    }
    // Questions that find nothing or everything prove little.
    assert!(found_some > questions * 3 / 5 && found_few > questions / 3, "{found_some} {found_few}");
}

fn taken_on(doc: &SearchDoc) -> Option<NaiveDate> {
    day_of(doc.day(Key::Taken)?)
}

#[test]
fn days_and_stretches_of_days_agree_with_a_recount() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, docs) = library(folder.path(), 21, 500);
    let scope = scope(&[1, 2], true, true);
    for text in ["", "place:any", "fuji* or porto", "type:video state:active,stacked,trashed,archived"] {
        let filter = read(text);
        let expected = naive(&docs, &filter, &scope);
        let days = reader.days(&filter, &scope).unwrap();
        assert_eq!(days.iter().map(|day| day.count).sum::<u64>(), expected.len() as u64);
        assert!(days.windows(2).all(|pair| pair[0].day > pair[1].day));
        for found in &days {
            let on_it = expected.iter().filter(|doc| taken_on(doc) == Some(found.day));
            assert_eq!(found.count, on_it.count() as u64, "{text} on {}", found.day);
        }
        let (last, first) = (days[days.len() / 4].day, days[days.len() / 2].day);
        let stretch =
            expected.iter().filter(|doc| taken_on(doc).is_some_and(|day| (first..=last).contains(&day)));
        let ids: Vec<AssetId> = stretch.map(|doc| doc.asset).collect();
        assert!(!ids.is_empty());
        assert_eq!(reader.ids(&filter, &scope, Some(first..=last)).unwrap(), ids, "{text}");
    }
}

/// Every key with many values of its own, some of them of what is in the library.
#[test]
fn every_key_finds_what_the_matcher_finds() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, docs) = library(folder.path(), 41, 600);
    let mut rng = StdRng::seed_from_u64(17);
    let mut scope = scope(&[1, 2, 3], true, true);
    albums(&mut scope, &[1, 2, 3, 4, 5, 6]);
    for info in keys().iter().filter(|info| info.kind != Kind::Short) {
        let mut found_some = 0;
        for _ in 0..80 {
            let values = (0..rng.random_range(1..3)).map(|_| values::value(&mut rng, info, &docs)).collect();
            let filter = Filter::field(info.key, values);
            filter.check().unwrap_or_else(|error| panic!("{filter}: {error}"));
            for filter in [filter.clone(), Filter::not(filter)] {
                let ids: Vec<AssetId> = naive(&docs, &filter, &scope).iter().map(|doc| doc.asset).collect();
                assert_eq!(reader.ids(&filter, &scope, None).unwrap(), ids, "{filter}");
                found_some += u32::from(!ids.is_empty() && ids.len() < docs.len() / 2);
            }
        }
        // Where each key finds nothing or everything, little is proved. Favourites are in no index (ADR 18).
        assert!(found_some > 5 || info.key == Key::Favourite, "{}: {found_some}", info.name());
    }
}

#[test]
fn cells_agree_with_a_recount() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, docs) = library(folder.path(), 31, 500);
    let scope = scope(&[1, 3], true, true);
    let filter = read("-type:video");
    let expected = naive(&docs, &filter, &scope);
    for number in [1, 4, 7, 9] {
        let resolution = Resolution::new(number).unwrap();
        // Every other root cell of the Earth: some pictures lie outside.
        let spans: Vec<_> =
            Cell::roots().step_by(2).filter_map(|root| root.span(Resolution::STORED)).collect();
        let inside = expected
            .iter()
            .filter(|doc| doc.cell.is_some_and(|cell| spans.iter().any(|span| span.contains(cell))));
        let mut recount: std::collections::BTreeMap<Cell, Vec<&SearchDoc>> =
            std::collections::BTreeMap::new();
        for doc in inside {
            recount.entry(doc.cell.unwrap().parent(resolution).unwrap()).or_default().push(doc);
        }
        let counts = reader.cells(&filter, &scope, resolution, &spans).unwrap();
        assert!(!counts.is_empty());
        assert_eq!(counts.len(), recount.len());
        for (count, (cell, docs)) in counts.iter().zip(&recount) {
            // Latest first.
            let (last, first) = (docs[0], docs[docs.len() - 1]);
            let seen = (count.cell, count.count, count.cover, count.first_day, count.last_day);
            let day = |doc: &SearchDoc| DateTime::from_timestamp(doc.local, 0).unwrap().date_naive();
            assert_eq!(seen, (*cell, docs.len() as u64, last.asset, day(first), day(last)), "{number}");
            let mean = |part: fn((i64, i64)) -> i64| {
                docs.iter().map(|doc| part(doc.micro_degrees().unwrap()) as f64).sum::<f64>()
                    / docs.len() as f64
                    / 1e6
            };
            assert!((count.latitude - mean(|place| place.0)).abs() < 1e-9, "{number}");
            assert!((count.longitude - mean(|place| place.1)).abs() < 1e-9, "{number}");
        }
    }
}
