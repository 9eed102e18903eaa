//! Values that are suggested are those that somebody would find by looking through the library, and no others.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::asset::AssetLife;
use domain::facet::{self, NAMED, SUGGESTED};
use domain::filter::text::{Wanted, fold, words};
use domain::filter::{Filter, Key, Scope, Text, typo};
use domain::search_doc::SearchDoc;
use domain::{AssetId, LibraryId};
use rand::prelude::*;
use rand::rngs::StdRng;
use search::{Existing, Reader, Writer};

use crate::agree::library;
use crate::library::{docs, position, scope};
use crate::questions::some_scope;

/// What is shown of a value: its count, folded text and key, in the order in which it comes.
type Shown = (Reverse<u64>, String, Key);

/// All values with a text that fits, counted by hand.
fn naive(docs: &[SearchDoc], keys: &[Key], scope: &Scope, fits: impl Fn(&str) -> bool) -> Vec<Shown> {
    let mut counts: BTreeMap<(Key, String), u64> = BTreeMap::new();
    let shown = |doc: &&SearchDoc| scope.shows(doc, &Filter::everything());
    for doc in docs.iter().filter(|doc| doc.life == AssetLife::Active).filter(shown) {
        for key in keys.iter().filter(|key| scope.reads(doc.library, **key)) {
            for value in facet::suggested(*key, doc) {
                if value.texts.iter().any(|text| fits(text)) {
                    *counts.entry((*key, fold(&value.value))).or_default() += 1;
                }
            }
        }
    }
    let mut shown: Vec<Shown> =
        counts.into_iter().map(|((key, text), count)| (Reverse(count), text, key)).collect();
    shown.sort();
    shown
}

fn shown(found: &[Existing]) -> Vec<Shown> {
    let mut shown: Vec<Shown> =
        found.iter().map(|value| (Reverse(value.count), fold(&value.written), value.key)).collect();
    assert!(shown.is_sorted_by_key(|(count, ..)| *count), "{found:?}");
    shown.sort();
    shown
}

/// Beginnings of words of the library, and what begins none.
fn typed(rng: &mut StdRng, docs: &[SearchDoc]) -> String {
    let key = *SUGGESTED.choose(rng).unwrap();
    let doc = docs.choose(rng).unwrap();
    let Some(text) = facet::suggested(key, doc).first().and_then(|value| value.texts.first().cloned()) else {
        return ["zz", "q", "x 1"].choose(rng).unwrap().to_string();
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let rest = words[rng.random_range(0..words.len())..].join(" ");
    rest.chars().take(rng.random_range(2..8)).collect()
}

#[test]
fn values_that_begin_as_was_typed_agree_with_a_look_through_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, docs) = library(folder.path(), 61, 700);
    let mut rng = StdRng::seed_from_u64(23);
    let mut some = 0;
    for case in 0..800 {
        let (typed, scope) = (typed(&mut rng, &docs), some_scope(&mut rng));
        let keys = if case % 2 == 0 { NAMED.to_vec() } else { vec![*SUGGESTED.choose(&mut rng).unwrap()] };
        // What is typed begins words of it: as the search language has it for a key.
        let expected = naive(&docs, &keys, &scope, |text| Text::Begins(typed.clone()).fits(text));
        let found = reader.existing(&keys, &typed, &scope, 200).unwrap();
        assert_eq!(shown(&found), expected, "'{typed}' of {keys:?} in {scope:?}");
        let few = reader.existing(&keys, &typed, &scope, 3).unwrap();
        let counts = |found: &[Existing]| found.iter().map(|value| value.count).collect::<Vec<_>>();
        assert_eq!(counts(&few), counts(&found[..found.len().min(3)]), "'{typed}' of {keys:?}");
        some += found.len();
    }
    assert!(some > 500, "{some}");
}

#[test]
fn values_that_may_have_been_meant_agree_with_a_look_through_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, docs) = library(folder.path(), 62, 700);
    let mut rng = StdRng::seed_from_u64(29);
    for typed in ["lisbn", "barcleona", "Fujifilmm", "portugl", "suzva", "birthdya", "camera", "dog"] {
        let scope = some_scope(&mut rng);
        let forgiven = typo::forgiven(&fold(typed)) > 0;
        let expected =
            naive(&docs, NAMED, &scope, |text| forgiven && Wanted::new(typed, false).may_be_in(&words(text)));
        assert_eq!(
            shown(&reader.meant(NAMED, typed, &scope, 200).unwrap()),
            expected,
            "{typed} in {scope:?}"
        );
    }
    let all = scope(&[1, 2, 3], true, true);
    assert_eq!(reader.meant(NAMED, "lisbn", &all, 5).unwrap()[0].written, "Lisbon");
}

#[test]
fn nothing_of_a_library_outside_the_scope_is_ever_suggested() {
    let folder = tempfile::tempdir().unwrap();
    // Each library has words of its own, and all have some in common.
    let mut docs = docs(63, 400);
    for doc in &mut docs {
        let mark = ["alpha", "beta", "gamma"][doc.library.0 as usize - 1];
        doc.camera.make = Some(format!("{mark} works"));
        doc.camera.model = Some(format!("common {mark}"));
        doc.path = format!("{mark}/common/{}", doc.name);
    }
    let reader = written(folder.path(), &docs);
    for (id, mark) in [(1, "alpha"), (2, "beta"), (3, "gamma")] {
        let scope = scope(&[id], id != 2, true);
        for typed in ["", "a", "b", "g", "common", "alpha", "beta", "gamma", "works"] {
            let found = reader.existing(SUGGESTED, typed, &scope, 300).unwrap();
            let marked = found
                .iter()
                .filter(|value| ["alpha", "beta", "gamma"].iter().any(|mark| value.written.contains(mark)));
            assert!(marked.clone().all(|value| value.written.contains(mark)), "{typed} in {id}: {found:?}");
            assert!(found.iter().all(|value| value.key != Key::Folder || id != 2), "{typed} in {id}");
            assert!(typed != "common" || marked.count() > 1);
        }
    }
    assert_eq!(reader.existing(SUGGESTED, "", &Scope::default(), 300).unwrap(), []);
}

#[test]
fn values_go_with_the_last_document_that_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut docs = docs(64, 60);
    docs.iter_mut().for_each(|doc| doc.life = AssetLife::Active);
    let place = docs.iter().find_map(|doc| doc.place.clone());
    docs[7].place = place;
    docs[7].place.as_mut().unwrap().city = Some("Oulu".to_owned());
    docs[7].library = LibraryId(1);
    let scope = scope(&[1], true, true);
    let counts = |reader: &Reader| -> Vec<u64> {
        reader.existing(&[Key::City], "oul", &scope, 5).unwrap().iter().map(|value| value.count).collect()
    };
    let reader = written(folder.path(), &docs);
    assert_eq!(counts(&reader), [1]);
    let mut writer = Writer::open(folder.path()).unwrap();
    docs[7].life = AssetLife::Trashed;
    writer.upsert(&docs[7..8]).unwrap();
    writer.commit(position(2)).unwrap();
    reader.reload().unwrap();
    assert_eq!(counts(&reader), [0; 0]);
    docs[7].life = AssetLife::Active;
    writer.upsert(&docs[7..8]).unwrap();
    writer.delete(&[AssetId(1)]);
    writer.commit(position(3)).unwrap();
    reader.reload().unwrap();
    assert_eq!(counts(&reader), [1]);
}

/// An index of these documents.
pub fn written(folder: &std::path::Path, docs: &[SearchDoc]) -> Reader {
    let mut writer = Writer::open(folder).unwrap();
    writer.upsert(docs).unwrap();
    writer.commit(position(1)).unwrap();
    writer.close().unwrap();
    Reader::open(folder).unwrap()
}
