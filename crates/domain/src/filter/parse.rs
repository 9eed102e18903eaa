//! The grammar, by recursive descent:
//!
//! ```text
//! any    = all { ("or" | "|") all }
//! all    = one { ["and"] one }
//! one    = { "not" | "-" } ( "(" [any] ")" | number "-of:(" any { "," any } ")" | words | key ":" value { "," value } )
//! ```

use std::ops::Range;

use super::check::{MAX_BYTES, MAX_DEPTH, MAX_TERMS};
use super::clock::Clock;
use super::error::ParseError;
use super::lex::{Item, Piece, Token, What, tokens};
use super::parse_field::field;
use super::tree::Filter;

/// Reads a search text.
///
/// # Errors
/// Where the text can't be understood, with the place, what is expected, and often a mend.
pub fn parse(text: &str, clock: &Clock) -> Result<Filter, ParseError> {
    read(text, clock, false)
}

/// Reads a search text that somebody is still typing: if it ends in a free word, that may be
/// only a beginning.
///
/// # Errors
/// As [`parse`].
pub fn parse_typing(text: &str, clock: &Clock) -> Result<Filter, ParseError> {
    read(text, clock, true)
}

fn read(text: &str, clock: &Clock, typing: bool) -> Result<Filter, ParseError> {
    if text.len() > MAX_BYTES {
        let message = format!("the search has more than {MAX_BYTES} bytes; shorten it");
        return Err(ParseError::new(text.ceil_char_boundary(MAX_BYTES)..text.len(), message));
    }
    let unfinished_at = typing.then_some(text.len());
    let mut parser = Parser { tokens: tokens(text)?, at: 0, terms: 0, end: text.len(), unfinished_at, clock };
    let filter = parser.any(0)?;
    match parser.tokens.get(parser.at) {
        None => Ok(filter.unwrap_or(Filter::everything())),
        Some(token) => Err(ParseError::new(token.span.clone(), "there is no '(' for this ')'").suggest("")),
    }
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    terms: usize,
    end: usize,
    unfinished_at: Option<usize>,
    clock: &'a Clock,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&What> {
        self.tokens.get(self.at).map(|token| &token.what)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    /// `None` where there is nothing but words without letters or digits.
    fn any(&mut self, depth: usize) -> Result<Option<Filter>, ParseError> {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.all(depth)?);
            if self.peek() != Some(&What::Or) {
                break;
            }
            self.operator(!parts.is_empty())?;
        }
        Ok((!parts.is_empty()).then(|| Filter::any_of(parts)))
    }

    fn all(&mut self, depth: usize) -> Result<Option<Filter>, ParseError> {
        let mut parts = Vec::new();
        let mut seen = false;
        loop {
            match self.peek() {
                None | Some(What::Close | What::Or | What::Comma) => break,
                Some(What::And) => self.operator(seen)?,
                Some(_) => {
                    seen = true;
                    parts.extend(self.one(depth)?);
                }
            }
        }
        Ok((!parts.is_empty()).then(|| Filter::all_of(parts)))
    }

    /// Steps over `and` or `or`, which must stand between two things.
    fn operator(&mut self, before: bool) -> Result<(), ParseError> {
        let Some(token) = self.next() else { return Ok(()) };
        let name = if token.what == What::And { "and" } else { "or" };
        let alone = |side| {
            let message =
                format!("'{name}' needs something {side} it; put it in quotes to look for the word");
            Err(ParseError::new(token.span.clone(), message).suggest(format!("\"{name}\"")))
        };
        if !before {
            return alone("before");
        }
        if self.at_end() { alone("after") } else { Ok(()) }
    }

    /// Whether nothing follows that an operator could stand before.
    fn at_end(&self) -> bool {
        matches!(self.peek(), None | Some(What::Close | What::Or | What::And | What::Comma))
    }

    fn one(&mut self, depth: usize) -> Result<Option<Filter>, ParseError> {
        let Some(token) = self.next() else { return Ok(None) };
        if depth > MAX_DEPTH {
            return Err(too_deep(token.span));
        }
        match &token.what {
            What::Minus | What::Not if self.at_end() => {
                let message = "'not' needs something after it; put it in quotes to look for the word";
                Err(ParseError::new(token.span, message).suggest("\"not\""))
            }
            What::Minus | What::Not => Ok(self.one(depth + 1)?.map(Filter::not)),
            What::Open => {
                let inner = self.any(depth + 1)?;
                self.close(token.span)?;
                Ok(Some(inner.unwrap_or(Filter::everything())))
            }
            What::AtLeast(count) => {
                let parts = self.parts(depth + 1)?;
                self.close(token.span)?;
                Ok(Some(Filter::at_least(*count, parts)))
            }
            What::Free(item) => {
                self.count(1, &token)?;
                Ok(Some(free(item, self.unfinished_at)).filter(|filter| !filter.is_everything()))
            }
            What::Field { key, key_span, items } => {
                self.count(items.len(), &token)?;
                let found = field(key, key_span, items, self.clock)?;
                // Values that are those of several keys are written in parentheses.
                let fits = depth < MAX_DEPTH || !matches!(found, Filter::Or(_));
                if fits { Ok(Some(found)) } else { Err(too_deep(token.span)) }
            }
            // What stands between two things is stepped over before a thing is asked for.
            What::Close | What::And | What::Or | What::Comma => {
                Err(ParseError::new(token.span.start..self.end, "a word or a key is expected here"))
            }
        }
    }

    /// What stands between the commas of `2-of:(…)`; parts that ask for nothing are not counted.
    fn parts(&mut self, depth: usize) -> Result<Vec<Filter>, ParseError> {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.any(depth)?);
            if self.peek() != Some(&What::Comma) {
                return Ok(parts);
            }
            self.at += 1;
        }
    }

    /// Steps over the end of what was opened there.
    fn close(&mut self, opened: Range<usize>) -> Result<(), ParseError> {
        match self.next() {
            Some(Token { what: What::Close, .. }) => Ok(()),
            _ => Err(ParseError::new(opened, "this '(' is not closed").suggest("")),
        }
    }

    fn count(&mut self, terms: usize, token: &Token) -> Result<(), ParseError> {
        self.terms += terms;
        if self.terms > MAX_TERMS {
            let message = format!("the search has more than {MAX_TERMS} words and values; split it up");
            return Err(ParseError::new(token.span.clone(), message));
        }
        Ok(())
    }
}

fn too_deep(span: Range<usize>) -> ParseError {
    ParseError::new(span, format!("this is nested more than {MAX_DEPTH} levels deep; make it flatter"))
}

/// Free words. A star at the end, or being the last word while typing, makes a beginning of them; quotes forgive no
/// typing error.
fn free(item: &Item, unfinished_at: Option<usize>) -> Filter {
    let text = item.text();
    let typed =
        item.bare().is_some() && Some(item.span.end) == unfinished_at && text.chars().nth(1).is_some();
    match item.pieces.last() {
        Some(Piece::Bare(last)) if last.ends_with('*') => Filter::prefix(text.trim_end_matches('*')),
        _ if typed => Filter::prefix(text),
        _ if item.bare().is_some() => Filter::roughly(text),
        _ => Filter::words(text),
    }
}
