//! Cuts a search text into tokens, each with its place.

use std::ops::Range;

use super::error::ParseError;
use super::text::has_words;

/// What stands between the number and what is counted.
const OF: &str = "-of:";
const AS_IN: &str = "2-of:(beach, sunset, tag:dog)";

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub what: What,
    pub span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Open,
    Close,
    /// `2-of:(`
    AtLeast(usize),
    /// Between the parts of `2-of:(…)`.
    Comma,
    /// `-` right before something.
    Minus,
    And,
    /// `or` or `|`
    Or,
    Not,
    /// A free word or phrase.
    Free(Item),
    /// `key:` and its values.
    Field {
        key: String,
        key_span: Range<usize>,
        items: Vec<Item>,
    },
}

/// A word or value: pieces in and out of quotes, written together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Item {
    pub pieces: Vec<Piece>,
    pub span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Bare(String),
    Quoted(String),
}

impl Item {
    /// As if this had been written, without quotes.
    pub fn written(text: &str, span: Range<usize>) -> Self {
        Self { pieces: vec![Piece::Bare(text.to_owned())], span }
    }

    /// The text with its quotes taken away.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Bare(text) | Piece::Quoted(text) => text.as_str(),
            })
            .collect()
    }

    /// The text, if it is written without quotes.
    pub fn bare(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Bare(text)] => Some(text),
            _ => None,
        }
    }
}

/// Cuts the whole text.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ParseError> {
    let mut lexer = Lexer { text, at: 0, open: Vec::new() };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next_token()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// The parentheses that are open: whether commas part what stands in them.
    open: Vec<bool>,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Whether commas part what is being read.
    fn in_parts(&self) -> bool {
        self.open.last() == Some(&true)
    }

    fn next_token(&mut self) -> Result<Option<Token>, ParseError> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
        let start = self.at;
        let Some(first) = self.peek() else { return Ok(None) };
        let what = match first {
            '(' => {
                self.open.push(false);
                What::Open
            }
            ')' => {
                self.open.pop();
                What::Close
            }
            ',' if self.in_parts() => What::Comma,
            '|' => What::Or,
            '-' if self.is_sign() => What::Minus,
            '0'..='9' => match self.at_least()? {
                Some(token) => return Ok(Some(token)),
                None => return self.term().map(Some),
            },
            _ => return self.term().map(Some),
        };
        self.bump();
        Ok(Some(Token { what, span: start..self.at }))
    }

    /// A minus is a sign only right before what it negates.
    fn is_sign(&self) -> bool {
        let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '|') || (c == ',' && self.in_parts());
        self.text[self.at + 1..].chars().next().is_some_and(|c| !ends(c))
    }

    /// `2-of:(`, if that comes next.
    fn at_least(&mut self) -> Result<Option<Token>, ParseError> {
        let start = self.at;
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let (count, after) = self.rest().split_at(digits);
        let Some(of) = after.get(..OF.len()).filter(|of| of.eq_ignore_ascii_case(OF)) else {
            return Ok(None);
        };
        // More than anybody writes down is more than there are.
        let count = count.parse().unwrap_or(usize::MAX);
        self.at += digits + of.len();
        if self.peek() != Some('(') {
            let parts = self.item(false)?.text().replace(',', ", ");
            let message =
                format!("'{count}-of' counts what stands in parentheses right after it, as in {AS_IN}");
            let mended = format!("{count}-of:({})", if has_words(&parts) { &parts } else { "beach, sunset" });
            return Err(ParseError::new(start..self.at, message).suggest(mended));
        }
        self.bump();
        self.open.push(true);
        Ok(Some(Token { what: What::AtLeast(count), span: start..self.at }))
    }

    fn term(&mut self) -> Result<Token, ParseError> {
        let start = self.at;
        let what = if let Some(key) = self.key() {
            let key_span = start..start + key.len();
            self.at = key_span.end + 1;
            let mut items = vec![self.item(true)?];
            while self.peek() == Some(',') && !self.ends_part() {
                self.bump();
                items.push(self.item(true)?);
            }
            What::Field { key, key_span, items }
        } else {
            let item = self.item(self.in_parts())?;
            match item.bare().map(str::to_lowercase).as_deref() {
                Some("and") => What::And,
                Some("or") => What::Or,
                Some("not") => What::Not,
                _ => What::Free(item),
            }
        };
        Ok(Token { what, span: start..self.at })
    }

    /// Whether a comma behind a value ends a part of `2-of:(…)`: it does where no other value follows right after it.
    fn ends_part(&self) -> bool {
        let next = self.text[self.at + 1..].chars().next();
        self.in_parts() && next.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ','))
    }

    /// A name right before a colon.
    fn key(&self) -> Option<String> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
        let name = &rest[..end];
        let is_key = rest[end..].starts_with(':') && name.starts_with(|c: char| c.is_ascii_alphabetic());
        is_key.then(|| name.to_owned())
    }

    /// Pieces up to white space or a sign of the grammar; in a list of values a comma ends it, too.
    fn item(&mut self, in_list: bool) -> Result<Item, ParseError> {
        let start = self.at;
        let mut pieces = Vec::new();
        let mut bare = String::new();
        while let Some(c) = self.peek() {
            if c.is_whitespace() || matches!(c, '(' | ')' | '|') || (in_list && c == ',') {
                break;
            }
            if c == '"' {
                if !bare.is_empty() {
                    pieces.push(Piece::Bare(std::mem::take(&mut bare)));
                }
                pieces.push(Piece::Quoted(self.quoted()?));
            } else {
                bare.push(c);
                self.bump();
            }
        }
        if !bare.is_empty() {
            pieces.push(Piece::Bare(bare));
        }
        Ok(Item { pieces, span: start..self.at })
    }

    /// What stands between quotes; `\` makes a quote or itself an ordinary sign.
    fn quoted(&mut self) -> Result<String, ParseError> {
        let start = self.at;
        self.bump();
        let mut text = String::new();
        while let Some(c) = self.bump() {
            match c {
                '"' => return Ok(text),
                '\\' if matches!(self.peek(), Some('"' | '\\')) => text.extend(self.bump()),
                _ => text.push(c),
            }
        }
        let span = start..self.at;
        let mended = format!("{}\"", &self.text[span.clone()]);
        Err(ParseError::new(span, "this quote is not closed").suggest(mended))
    }
}
