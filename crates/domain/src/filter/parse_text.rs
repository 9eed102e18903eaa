//! Reads texts behind a key: words, whole texts and patterns.

use super::error::ParseError;
use super::glob::{MAX_STEPS, Step, folded_steps, pattern};
use super::key::Key;
use super::kind::{KeyInfo, Kind};
use super::lex::{Item, Piece};
use super::parse_field::wrong;
use super::text::has_words;
use super::value::Text;

/// How a text is written.
struct Spelling {
    /// Its signs; stars and question marks outside quotes stand for others.
    steps: Vec<Step>,
    /// No part of it is in quotes.
    bare: bool,
    /// It begins with `=`, or its key knows nothing but whole texts.
    whole: bool,
    /// It ended in a star that only says that the last word is a beginning; that star is left out of the steps.
    beginning: bool,
}

/// Words, a whole text or a pattern.
pub(super) fn text(info: &KeyInfo, item: &Item) -> Result<Text, ParseError> {
    let Spelling { steps, bare, whole, beginning } = spelling(info, item);
    let plain: Option<String> =
        steps.iter().map(|step| if let Step::Sign(sign) = step { Some(*sign) } else { None }).collect();
    if info.kind == Kind::Prose && (whole || plain.is_none()) {
        return Err(wrong(info, item.span.clone(), "words, not whole texts or patterns,"));
    }
    let Some(plain) = plain else {
        return like(item, steps, beginning);
    };
    let empty = if whole { plain.is_empty() } else { !has_words(&plain) };
    if empty {
        return Err(wrong(info, item.span.clone(), "a text with letters or digits"));
    }
    Ok(if whole || (bare && !beginning && is_code(info.key, &plain)) {
        Text::Whole(plain)
    } else if bare || beginning {
        Text::Begins(plain)
    } else {
        Text::Words(plain)
    })
}

fn spelling(info: &KeyInfo, item: &Item) -> Spelling {
    let mut spelling =
        Spelling { steps: Vec::new(), bare: true, whole: info.kind == Kind::Exact, beginning: false };
    for (place, piece) in item.pieces.iter().enumerate() {
        match piece {
            Piece::Quoted(text) => {
                spelling.bare = false;
                spelling.steps.extend(text.chars().map(Step::Sign));
            }
            Piece::Bare(text) => {
                let rest = if place == 0 { text.strip_prefix('=') } else { None };
                spelling.whole |= rest.is_some();
                spelling.steps.extend(rest.unwrap_or(text).chars().map(|sign| match sign {
                    '*' => Step::Many,
                    '?' => Step::One,
                    other => Step::Sign(other),
                }));
            }
        }
    }
    if !spelling.whole && spelling.steps.last() == Some(&Step::Many) {
        spelling.steps.pop();
        spelling.beginning = true;
    }
    spelling
}

/// A pattern; with other wildcards in it, a star at the end is one of them.
fn like(item: &Item, mut steps: Vec<Step>, starred: bool) -> Result<Text, ParseError> {
    steps.extend(starred.then_some(Step::Many));
    let pattern = pattern(&steps);
    if folded_steps(&pattern).len() > MAX_STEPS {
        let message = format!("a pattern can't have more than {MAX_STEPS} signs; shorten it");
        return Err(ParseError::new(item.span.clone(), message));
    }
    Ok(Text::Like(pattern))
}

/// Whether a bare value stands for itself as a whole.
pub(super) fn is_code(key: Key, text: &str) -> bool {
    match key.info().kind {
        Kind::Exact => true,
        Kind::CodedText => text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()),
        _ => false,
    }
}
