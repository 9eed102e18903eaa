//! Pages hold everything once, also while the library grows and shrinks under them.

use std::collections::{BTreeMap, BTreeSet};

use domain::AssetId;
use rand::prelude::*;
use rand::rngs::StdRng;
use search::{Cursor, Error, Hit, Reader, Sort, Writer};

use crate::library::{doc, docs, position, read, scope};
use crate::questions::naive;

const SORTS: [Sort; 4] = [Sort::Relevance, Sort::TakenDesc, Sort::TakenAsc, Sort::AddedDesc];

#[test]
fn pages_of_a_still_library_are_the_whole_list_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let docs = docs(3, 400);
    let mut writer = Writer::open(folder.path()).unwrap();
    for part in docs.chunks(90) {
        writer.upsert(part).unwrap();
        writer.commit(position(1)).unwrap();
    }
    let reader = Reader::open(folder.path()).unwrap();
    let (filter, scope) = (read("porto or fuji* or -img"), scope(&[1, 2, 3], true, true));
    let expected = naive(&docs, &filter, &scope).len();
    for sort in SORTS {
        let whole = reader.search(&filter, &scope, sort, None, 1000).unwrap();
        assert_eq!((whole.hits.len(), whole.has_more, whole.total), (expected, false, expected as u64));
        let mut paged: Vec<Hit> = Vec::new();
        loop {
            let after = paged.last().map(|hit| hit.cursor.to_string().parse::<Cursor>().unwrap());
            let page = reader.search(&filter, &scope, sort, after, 13).unwrap();
            assert_eq!(page.total, expected as u64);
            paged.extend(page.hits);
            if !page.has_more {
                break;
            }
            assert_eq!(paged.len() % 13, 0);
        }
        assert_eq!(paged, whole.hits, "{sort:?}");
    }
}

#[test]
fn a_cursor_is_refused_by_another_order_and_a_limit_of_zero_only_counts() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path()).unwrap();
    writer.upsert(&docs(3, 20)).unwrap();
    writer.commit(position(1)).unwrap();
    let reader = Reader::open(folder.path()).unwrap();
    let (filter, scope) = (read(""), scope(&[1, 2, 3], true, true));
    let page = reader.search(&filter, &scope, Sort::TakenDesc, None, 1).unwrap();
    let refused = reader.search(&filter, &scope, Sort::TakenAsc, Some(page.hits[0].cursor), 1);
    assert!(matches!(refused, Err(Error::Cursor)));
    let none = reader.search(&filter, &scope, Sort::TakenDesc, None, 0).unwrap();
    assert!(none.hits.is_empty() && none.has_more && none.total == page.total);
}

#[test]
fn what_is_there_all_the_time_is_listed_exactly_once_while_others_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = StdRng::seed_from_u64(8);
    let mut writer = Writer::open(folder.path()).unwrap();
    let still = docs(8, 300);
    writer.upsert(&still).unwrap();
    writer.commit(position(1)).unwrap();
    let reader = Reader::open(folder.path()).unwrap();
    let (filter, scope) = (read("img or lisb* or taken:2020.."), scope(&[1, 2, 3], true, false));
    let there: BTreeSet<AssetId> = naive(&still, &filter, &scope).iter().map(|doc| doc.asset).collect();
    for (round, sort) in SORTS.into_iter().enumerate() {
        let mut seen: BTreeMap<AssetId, u32> = BTreeMap::new();
        let mut after = None;
        let mut next = 10_000 * (round as i64 + 1);
        loop {
            let page = reader.search(&filter, &scope, sort, after, 25).unwrap();
            page.hits.iter().for_each(|hit| *seen.entry(hit.asset).or_default() += 1);
            after = page.hits.last().map(|hit| hit.cursor);
            if !page.has_more {
                break;
            }
            // Some come, before and behind the place; some of those go; some that stay are written again.
            let new: Vec<_> = (0..9).map(|at| doc(&mut rng, next + at)).collect();
            next += 9;
            writer.upsert(&new).unwrap();
            writer.delete(&[AssetId(next - rng.random_range(1..20))]);
            writer
                .upsert(still.choose_multiple(&mut rng, 5).cloned().collect::<Vec<_>>().as_slice())
                .unwrap();
            writer.commit(position(next)).unwrap();
            reader.reload().unwrap();
        }
        assert!(seen.values().all(|times| *times == 1), "{sort:?}");
        assert!(there.iter().all(|asset| seen.contains_key(asset)), "{sort:?}");
    }
}
