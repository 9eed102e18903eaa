//! Values are counted as one would by hand, and what a count leads to finds as many.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use domain::facet::{self, Facet};
use domain::filter::text::fold;
use domain::filter::{Filter, Key, Scope};
use domain::search_doc::SearchDoc;
use rand::prelude::*;
use rand::rngs::StdRng;

use crate::agree::library;
use crate::library::{read, scope};
use crate::questions::{naive, question, some_scope};

/// How many have each value, folded; and how each may be written.
type Recount = BTreeMap<String, (u64, BTreeSet<String>)>;

fn recount(docs: &[&SearchDoc], facet: Facet, scope: &Scope) -> Recount {
    let mut recount = Recount::new();
    for doc in docs.iter().filter(|doc| scope.reads(doc.library, facet.key())) {
        let values = if facet == Facet::Album {
            let known = scope.texts(Key::Album, doc.library, &doc.albums);
            known.into_iter().filter(|text| text.starts_with("album_")).collect()
        } else {
            facet::values(facet.key(), doc)
        };
        let values: Vec<_> = values.into_iter().map(Cow::into_owned).collect();
        let folded: BTreeSet<String> = values.iter().map(|value| fold(value)).collect();
        assert_eq!(folded.len(), values.len(), "one document has a value twice: {values:?}");
        for value in values {
            let known = recount.entry(fold(&value)).or_default();
            known.0 += 1;
            known.1.insert(value);
        }
    }
    recount
}

#[test]
fn facets_agree_with_a_recount() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, docs) = library(folder.path(), 51, 700);
    let mut rng = StdRng::seed_from_u64(19);
    let mut counted = 0;
    for case in 0..200 {
        let text = question(&mut rng, case % 3);
        let (filter, scope) = (read(&text), some_scope(&mut rng));
        let found = naive(&docs, &filter, &scope);
        let asked: Vec<Facet> = Facet::ALL.choose_multiple(&mut rng, 5).copied().collect();
        let answers = reader.facets(&filter, &scope, &asked, usize::MAX).unwrap();
        assert_eq!(answers.iter().map(|answer| answer.facet).collect::<Vec<_>>(), asked);
        for answer in answers {
            let recount = recount(&found, answer.facet, &scope);
            let name = format!("{:?} of {text} in {scope:?}", answer.facet);
            assert_eq!((answer.values.len(), answer.total), (recount.len(), recount.len()), "{name}");
            for value in &answer.values {
                let (count, written) = &recount[&fold(&value.value)];
                assert_eq!(value.count, *count, "{} of {name}", value.value);
                assert!(written.contains(&value.value), "{} of {name}", value.value);
            }
            let order = |value: &search::ValueCount| (std::cmp::Reverse(value.count), fold(&value.value));
            assert!(answer.values.is_sorted_by_key(order), "{name}");
            let few = reader.facets(&filter, &scope, &[answer.facet], 2).unwrap().remove(0);
            assert_eq!((few.total, &few.values[..]), (answer.total, &answer.values[..answer.total.min(2)]));
            counted += answer.total;
        }
    }
    assert!(counted > 5000, "{counted}");
}

#[test]
fn what_a_count_leads_to_finds_as_many() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, _) = library(folder.path(), 52, 500);
    for (text, scope) in [("", scope(&[1, 3], true, true)), ("-type:video", scope(&[2], false, false))] {
        for answer in reader.facets(&read(text), &scope, Facet::ALL, 20).unwrap() {
            for value in answer.values {
                let narrow = facet::filter(answer.facet.key(), &value.value).unwrap();
                // Also by the text that somebody gets to see.
                let narrow = read(&narrow.to_string());
                let found = reader.count(&Filter::all_of(vec![read(text), narrow.clone()]), &scope).unwrap();
                assert_eq!(found, value.count, "{narrow}");
            }
        }
    }
}

#[test]
fn nothing_is_told_of_what_may_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, docs) = library(folder.path(), 53, 300);
    let mut mixed = scope(&[1], true, false);
    mixed.grants.extend(scope(&[2], false, false).grants);
    let folders = reader.facets(&read(""), &mixed, &[Facet::Folder], 100).unwrap().remove(0);
    let told = naive(&docs, &read("library:=library_1 has:folder"), &mixed).len() as u64;
    assert!(told > 20);
    assert_eq!(folders.values.iter().map(|value| value.count).sum::<u64>(), told);
    let none = reader.facets(&read(""), &Scope::default(), Facet::ALL, 100).unwrap();
    assert!(none.iter().all(|answer| answer.values.is_empty() && answer.total == 0));
}
