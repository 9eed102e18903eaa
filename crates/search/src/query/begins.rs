//! Words in one piece of which the last may be only a beginning. Exact however many words begin
//! so, unlike Tantivy's own phrase prefix query, and about as fast as the shorter of the lists involved.

use std::ops::Bound;

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{
    BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, InvertedIndexRangeQuery, Query,
    Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use super::Part;
use super::parts::{boxed, nothing};

/// No word begins with this sign, so all words that begin with `x` come before `x` followed by it.
const AFTER_ALL: char = char::MAX;

/// Finds documents with the words in one piece, the last one being a beginning.
pub(super) fn begins(field: Field, words: &[String]) -> Part {
    match words.split_last() {
        None => nothing(),
        Some((last, [])) => {
            let from = Term::from_field_text(field, last);
            let to = Term::from_field_text(field, &format!("{last}{AFTER_ALL}"));
            boxed(InvertedIndexRangeQuery::new(Bound::Included(from), Bound::Excluded(to)))
        }
        Some((last, head)) => {
            let head = head.iter().map(|word| Term::from_field_text(field, word)).collect();
            boxed(BeginsQuery { field, head, last: last.clone() })
        }
    }
}

#[derive(Debug, Clone)]
struct BeginsQuery {
    field: Field,
    /// Whole words before the last one; never empty.
    head: Vec<Term>,
    last: String,
}

impl Query for BeginsQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(BeginsWeight(self.clone())))
    }
}

struct BeginsWeight(BeginsQuery);

impl Weight for BeginsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match Lists::open(&self.0, reader)? {
            Some(lists) => Box::new(ConstScorer::new(BitSetDocSet::from(lists.find()?), boost)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("Begins", 1.0))
    }
}

/// Where a last word stands, or would have to stand: document and position, ascending.
type Places = Vec<(DocId, u32)>;

/// The posting lists of one segment.
struct Lists<'a> {
    reader: &'a SegmentReader,
    field: Field,
    head: Vec<TermInfo>,
    last: Vec<TermInfo>,
}

impl<'a> Lists<'a> {
    /// `None` if a word does not occur in the segment.
    fn open(query: &BeginsQuery, reader: &'a SegmentReader) -> tantivy::Result<Option<Self>> {
        let index = reader.inverted_index(query.field)?;
        let mut head = Vec::with_capacity(query.head.len());
        for term in &query.head {
            let Some(info) = index.get_term_info(term)? else { return Ok(None) };
            head.push(info);
        }
        let end = format!("{}{AFTER_ALL}", query.last);
        let range = index.terms().range().ge(query.last.as_bytes()).lt(end.as_bytes());
        let mut stream = range.into_stream()?;
        let mut last = Vec::new();
        while stream.advance() {
            last.push(stream.value().clone());
        }
        Ok(Some(Self { reader, field: query.field, head, last }))
    }

    fn postings(&self, info: &TermInfo) -> tantivy::Result<SegmentPostings> {
        let index = self.reader.inverted_index(self.field)?;
        Ok(index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?)
    }

    /// Starts from whichever is rarer, the words before or the last one.
    fn find(&self) -> tantivy::Result<BitSet> {
        let last_docs: u64 = self.last.iter().map(|info| u64::from(info.doc_freq)).sum();
        let rarest = self.head.iter().map(|info| u64::from(info.doc_freq)).min().unwrap_or(0);
        let mut found = BitSet::with_max_value(self.reader.max_doc());
        if last_docs <= rarest {
            let mut places = Places::new();
            for info in &self.last {
                collect(&mut self.postings(info)?, 0, &mut places);
            }
            places.sort_unstable();
            self.keep_after_head(&mut places, 0)?;
            mark_all(&places, &mut found);
        } else {
            let mut places = Places::new();
            if let Some(first) = self.head.first() {
                collect(&mut self.postings(first)?, self.distance(0), &mut places);
            }
            self.keep_after_head(&mut places, 1)?;
            for info in &self.last {
                let docs = info.doc_freq as usize;
                mark(&mut self.postings(info)?, docs, &places, &mut found);
            }
        }
        Ok(found)
    }

    /// Keeps places that have the words of the head before them, from the `skip`th on.
    fn keep_after_head(&self, places: &mut Places, skip: usize) -> tantivy::Result<()> {
        for (at, info) in self.head.iter().enumerate().skip(skip) {
            keep(&mut self.postings(info)?, self.distance(at), places);
        }
        Ok(())
    }

    /// How far before the last word a word of the head stands.
    fn distance(&self, at: usize) -> u32 {
        (self.head.len() - at) as u32
    }
}

/// All places of a word, moved on by a distance.
fn collect(postings: &mut SegmentPostings, distance: u32, places: &mut Places) {
    let mut positions = Vec::new();
    while postings.doc() != TERMINATED {
        postings.positions_with_offset(distance, &mut positions);
        places.extend(positions.iter().map(|position| (postings.doc(), *position)));
        postings.advance();
    }
}

/// Keeps places that have the word at this distance before them.
fn keep(postings: &mut SegmentPostings, distance: u32, places: &mut Places) {
    let mut positions = Vec::new();
    let mut read = None;
    places.retain(|(doc, position)| {
        if read != Some(*doc) {
            read = Some(*doc);
            positions.clear();
            if postings.doc() < *doc {
                postings.seek(*doc);
            }
            if postings.doc() == *doc {
                postings.positions_with_offset(distance, &mut positions);
            }
        }
        positions.contains(position)
    });
}

/// Marks documents in which the word stands at one of the places.
fn mark(postings: &mut SegmentPostings, docs: usize, places: &Places, found: &mut BitSet) {
    let mut positions = Vec::new();
    if docs < places.len() {
        while postings.doc() != TERMINATED {
            let doc = postings.doc();
            let from = places.partition_point(|(other, _)| *other < doc);
            let here = places[from..].iter().take_while(|(other, _)| *other == doc);
            if from < places.len() && places[from].0 == doc {
                postings.positions(&mut positions);
                if here.into_iter().any(|(_, position)| positions.contains(position)) {
                    found.insert(doc);
                }
            }
            postings.advance();
        }
    } else {
        let mut rest = places.clone();
        keep(postings, 0, &mut rest);
        mark_all(&rest, found);
    }
}

fn mark_all(places: &Places, found: &mut BitSet) {
    for (doc, _) in places {
        found.insert(*doc);
    }
}
