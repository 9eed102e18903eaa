//! Values that exist in documents that the viewer may find, for those who are typing one.
//!
//! Terms are found in the dictionary by how they begin, library by library and album by album, so that nothing that the
//! viewer may not read is ever looked at. How many have a value stands in the dictionary; only where documents have been deleted
//! and not yet been cleared away are they looked through. All work is bounded: it is done at every letter.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use domain::filter::text::{Wanted, fold};
use domain::filter::typo::{forgiven, may_be};
use domain::filter::{Key, Scope};
use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED};

use super::{Opened, Reader};
use crate::error::{Result, guarded};
use crate::value::{Place, section, words_and_written};

/// A value that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Existing {
    /// What key it is of.
    pub key: Key,
    /// As most people write it.
    pub written: String,
    /// How many have it; about so many, where very many documents would have to be looked through.
    pub count: u64,
}

/// Most terms of the dictionary that one question looks at.
const MOST_TERMS: usize = 15_000;
/// Most values that are counted, the most frequent ones.
const MOST_VALUES: usize = 300;
/// Most documents that are looked through to count.
const MOST_DOCS: u64 = 500_000;
/// Where even those are too many: so many are looked at to see whether any is left.
const SOME_DOCS: u64 = 1_000;
/// No word begins with this sign, so all that begins with `x` comes before `x` followed by it.
const AFTER_ALL: char = char::MAX;

impl Reader {
    /// Values of these keys that have a word that begins as was typed, and then go on so; the most frequent first. Nothing
    /// typed begins them all. Where there are very many values, only those are found that come first in the alphabet.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn existing(&self, keys: &[Key], typed: &str, scope: &Scope, limit: usize) -> Result<Vec<Existing>> {
        let begin = Wanted::new(typed, true).words.join(" ");
        if begin.is_empty() && !typed.trim().is_empty() {
            return Ok(Vec::new());
        }
        self.look(keys, &begin, scope, limit, |_| true)
    }

    /// Values of these keys of which a word may have been meant by a word with typing errors; the most frequent first.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn meant(&self, keys: &[Key], typed: &str, scope: &Scope, limit: usize) -> Result<Vec<Existing>> {
        let words = Wanted::new(typed, false).words;
        let [word] = words.as_slice() else { return Ok(Vec::new()) };
        let errors = forgiven(word);
        let Some(first) = word.chars().next().filter(|_| errors > 0) else { return Ok(Vec::new()) };
        let length = word.chars().count();
        // Values whose words from some place on are these lie beside each other.
        let mut last = (String::new(), false);
        self.look(keys, &first.to_string(), scope, limit, move |typed| {
            let found = typed.split(' ').next().unwrap_or_default();
            if last.0 != found {
                let fits = found.chars().count().abs_diff(length) <= errors && may_be(word, found);
                last = (found.to_owned(), fits);
            }
            last.1
        })
    }

    fn look(
        &self,
        keys: &[Key],
        begin: &str,
        scope: &Scope,
        limit: usize,
        fits: impl FnMut(&str) -> bool,
    ) -> Result<Vec<Existing>> {
        let opened = self.opened()?;
        let searcher = opened.reader.searcher();
        guarded(&self.root, &opened.generation, || {
            let found = find(&opened, &searcher, keys, begin, scope, fits)?;
            count(&opened, &searcher, found, limit)
        })
    }
}

/// A value, with where its documents are listed.
struct Value {
    key: Key,
    written: String,
    /// At most so many have it.
    most: u64,
    lists: Vec<(usize, TermInfo)>,
}

/// The values that have been found, without those that are far rarer than most.
#[derive(Default)]
struct Found {
    values: FxHashMap<(Place, Key), FxHashMap<String, Value>>,
    /// How many had each of the most frequent ones when it was found first; the rarest on top.
    frequent: BinaryHeap<Reverse<u64>>,
}

/// Looks terms up, in the largest segment first and key by key.
fn find(
    opened: &Opened,
    searcher: &Searcher,
    keys: &[Key],
    begin: &str,
    scope: &Scope,
    mut fits: impl FnMut(&str) -> bool,
) -> tantivy::Result<Vec<Value>> {
    let mut segments: Vec<(usize, &SegmentReader)> = searcher.segment_readers().iter().enumerate().collect();
    segments.sort_by_key(|(_, segment)| Reverse(segment.max_doc()));
    let (mut found, mut left) = (Found::default(), MOST_TERMS);
    for (at, segment) in segments {
        let index = segment.inverted_index(opened.fields.begins)?;
        for (key, place) in keys.iter().flat_map(|key| places(scope, *key).map(move |place| (*key, place))) {
            let section = section(place, key);
            let (from, to) = (format!("{section}{begin}"), format!("{section}{begin}{AFTER_ALL}"));
            let mut terms = index.terms().range().ge(from).lt(to).into_stream()?;
            while left > 0 && terms.advance() {
                left -= 1;
                let Some((words, written)) = words_and_written(terms.key(), &section) else { continue };
                if fits(words) {
                    found.add((place, key), written, at, terms.value());
                }
            }
        }
    }
    Ok(found.values.into_values().flat_map(FxHashMap::into_values).collect())
}

/// Where a viewer may read values of a key: in libraries, and in albums what is of others. What is counted is on every shelf, so
/// not in libraries of which some are hidden.
fn places(scope: &Scope, key: Key) -> impl Iterator<Item = Place> + '_ {
    let whole = scope.grants.iter().filter(|(_, grant)| grant.shelves);
    let libraries = whole.map(|(library, _)| *library).filter(move |library| scope.reads(*library, key));
    let albums = scope.albums.iter().filter(move |_| Scope::reads_in_albums(key));
    let albums = albums
        .flat_map(|(album, grant)| grant.elsewhere.iter().map(move |library| Place::Album(*album, *library)));
    libraries.map(Place::Library).chain(albums)
}

impl Found {
    fn add(&mut self, (place, key): (Place, Key), written: &str, segment: usize, list: &TermInfo) {
        let docs = u64::from(list.doc_freq);
        let values = self.values.entry((place, key)).or_default();
        if let Some(value) = values.get_mut(written) {
            value.add(segment, list);
            return;
        }
        if self.frequent.len() == MOST_VALUES {
            if self.frequent.peek().is_some_and(|Reverse(rarest)| docs <= *rarest) {
                return;
            }
            self.frequent.pop();
        }
        self.frequent.push(Reverse(docs));
        let (written, lists) = (written.to_owned(), vec![(segment, list.clone())]);
        values.insert(written.clone(), Value { key, written, most: docs, lists });
    }
}

impl Value {
    fn add(&mut self, segment: usize, list: &TermInfo) {
        let docs = u64::from(list.doc_freq);
        match self.lists.last_mut() {
            // Begun by another of its words, by the same documents.
            Some((last, known)) if *last == segment => {
                self.most += docs.saturating_sub(u64::from(known.doc_freq));
                if known.doc_freq < list.doc_freq {
                    *known = list.clone();
                }
            }
            _ => {
                self.most += docs;
                self.lists.push((segment, list.clone()));
            }
        }
    }
}

/// Adds up what is written alike but for case and accents, and counts until no other can be among the most frequent.
fn count(
    opened: &Opened,
    searcher: &Searcher,
    mut values: Vec<Value>,
    limit: usize,
) -> tantivy::Result<Vec<Existing>> {
    values.sort_unstable_by(|a, b| (b.most, &a.written).cmp(&(a.most, &b.written)));
    values.truncate(MOST_VALUES);
    let mut alike: Vec<Vec<Value>> = Vec::new();
    let mut places: FxHashMap<(Key, String), usize> = FxHashMap::default();
    for value in values {
        let place = *places.entry((value.key, fold(&value.written))).or_insert(alike.len());
        match alike.get_mut(place) {
            Some(known) => known.push(value),
            None => alike.push(vec![value]),
        }
    }
    let most = |values: &[Value]| values.iter().map(|value| value.most).sum::<u64>();
    alike.sort_by_key(|values| Reverse(most(values)));
    let (mut found, mut left): (Vec<Existing>, u64) = (Vec::new(), MOST_DOCS);
    for values in alike {
        let at_least = limit.checked_sub(1).and_then(|last| found.get(last)).map_or(0, |last| last.count);
        if found.len() >= limit && most(&values) < at_least {
            break;
        }
        found.extend(counted(opened, searcher, &values, &mut left)?);
        found.sort_by(|a, b| (b.count, &a.written, a.key).cmp(&(a.count, &b.written, b.key)));
        found.truncate(limit);
    }
    Ok(found)
}

/// One value in its spellings; `None` if nothing has it any more.
fn counted(
    opened: &Opened,
    searcher: &Searcher,
    spellings: &[Value],
    left: &mut u64,
) -> tantivy::Result<Option<Existing>> {
    let mut counts: FxHashMap<&str, u64> = FxHashMap::default();
    for value in spellings {
        for (segment, list) in &value.lists {
            let living = alive(opened, searcher.segment_reader(*segment as u32), list, left)?;
            *counts.entry(value.written.as_str()).or_default() += living;
        }
    }
    let count = counts.values().sum();
    let best = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .max_by_key(|(text, count)| (*count, Reverse(*text)));
    let key = spellings.first().map(|value| value.key);
    Ok(key.zip(best).map(|(key, (written, _))| Existing { key, written: written.to_owned(), count }))
}

/// How many documents of a list have not been deleted.
fn alive(opened: &Opened, segment: &SegmentReader, list: &TermInfo, left: &mut u64) -> tantivy::Result<u64> {
    let docs = u64::from(list.doc_freq);
    let Some(alive) = segment.alive_bitset() else { return Ok(docs) };
    let index = segment.inverted_index(opened.fields.begins)?;
    let mut postings = index.read_postings_from_terminfo(list, IndexRecordOption::Basic)?;
    let look_at = if docs <= *left { docs } else { SOME_DOCS };
    let (mut seen, mut living) = (0, 0);
    while seen < look_at && postings.doc() != TERMINATED {
        living += u64::from(alive.is_alive(postings.doc()));
        seen += 1;
        postings.advance();
    }
    *left = left.saturating_sub(seen);
    // What is too long to be looked through is taken to have lost as much as its beginning.
    Ok(if seen == docs { living } else { (living * docs).div_ceil(seen.max(1)) })
}
