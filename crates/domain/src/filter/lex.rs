//! Cuts a search text into tokens, each with its place.

use std::ops::Range;

use super::error::ParseError;

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
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next_token()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
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

    fn next_token(&mut self) -> Result<Option<Token>, ParseError> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
        let start = self.at;
        let Some(first) = self.peek() else { return Ok(None) };
        let what = match first {
            '(' => What::Open,
            ')' => What::Close,
            '|' => What::Or,
            '-' if self.is_sign() => What::Minus,
            _ => return self.term().map(Some),
        };
        self.bump();
        Ok(Some(Token { what, span: start..self.at }))
    }

    /// A minus is a sign only right before what it negates.
    fn is_sign(&self) -> bool {
        self.text[self.at + 1..].chars().next().is_some_and(|c| !c.is_whitespace() && c != ')' && c != '|')
    }

    fn term(&mut self) -> Result<Token, ParseError> {
        let start = self.at;
        let what = if let Some(key) = self.key() {
            let key_span = start..start + key.len();
            self.at = key_span.end + 1;
            let mut items = vec![self.item(true)?];
            while self.peek() == Some(',') {
                self.bump();
                items.push(self.item(true)?);
            }
            What::Field { key, key_span, items }
        } else {
            let item = self.item(false)?;
            match item.bare().map(str::to_lowercase).as_deref() {
                Some("and") => What::And,
                Some("or") => What::Or,
                Some("not") => What::Not,
                _ => What::Free(item),
            }
        };
        Ok(Token { what, span: start..self.at })
    }

    /// A name right before a colon.
    fn key(&self) -> Option<String> {
        let rest = &self.text[self.at..];
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
