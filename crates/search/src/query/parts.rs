//! Small queries that others are made of.

use domain::filter::text::Wanted;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::Part;
use super::begins::begins;

pub(super) fn boxed(query: impl Query) -> Part {
    Box::new(query)
}

pub(super) fn everything() -> Part {
    unscored(boxed(AllQuery))
}

pub(super) fn nothing() -> Part {
    boxed(EmptyQuery)
}

pub(super) fn boolean(clauses: Vec<(Occur, Part)>) -> Part {
    boxed(BooleanQuery::new(clauses))
}

/// All of them; scores add up.
pub(super) fn all(parts: Vec<Part>) -> Part {
    boxed(BooleanQuery::intersection(parts))
}

/// At least one of them.
pub(super) fn any(mut parts: Vec<Part>) -> Part {
    match parts.len() {
        0 => nothing(),
        1 => parts.remove(0),
        _ => boxed(BooleanQuery::union(parts)),
    }
}

/// At least so many of them: more than one and fewer than all. Scores add up.
pub(super) fn at_least(count: usize, parts: Vec<Part>) -> Part {
    boxed(BooleanQuery::union_with_minimum_required_clauses(parts, count))
}

/// Adds nothing to the score.
pub(super) fn unscored(part: Part) -> Part {
    boxed(ConstScoreQuery::new(part, 0.0))
}

/// Scores small whole numbers, which floats hold exactly.
pub(super) fn scored(part: Part, score: u32) -> Part {
    boxed(ConstScoreQuery::new(part, score as f32))
}

pub(super) fn term(term: Term) -> Part {
    boxed(TermQuery::new(term, IndexRecordOption::Basic))
}

/// Words in one piece.
pub(super) fn wanted(field: Field, wanted: &Wanted) -> Part {
    if wanted.begun { begins(field, &wanted.words) } else { phrase(field, &wanted.words) }
}

/// Whole words in one piece.
fn phrase(field: Field, words: &[String]) -> Part {
    let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word)).collect();
    match <[Term; 1]>::try_from(terms) {
        Ok([single]) => term(single),
        Err(terms) if terms.is_empty() => nothing(),
        Err(terms) => boxed(PhraseQuery::new(terms)),
    }
}
