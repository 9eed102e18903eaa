//! Cuts a search text that need not be finished into words, keys and values, each with its place. Unlike the parser's own
//! lexer it refuses nothing: what is being typed is seldom whole.

use std::ops::Range;

/// What stands between the number and what is counted.
const OF: &str = "-of:(";

/// A piece of a search text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A free word, perhaps with quotes in it.
    Word {
        span: Range<usize>,
        /// Nothing but white space parts it from the word before.
        follows: bool,
    },
    /// A key with its colon, and the values behind it.
    Field { key: Range<usize>, values: Vec<Range<usize>> },
}

/// Cuts the whole text.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut scanner = Scanner { text, at: 0, open: Vec::new() };
    let mut pieces = Vec::new();
    let mut follows = false;
    while let Some(next) = scanner.next_sign() {
        if scanner.step_over(next) {
            follows &= next.is_whitespace();
            continue;
        }
        let piece = scanner.piece(follows);
        follows = matches!(piece, Piece::Word { .. });
        pieces.push(piece);
    }
    pieces
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The parentheses that are open: whether commas part what stands in them.
    open: Vec<bool>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next_sign(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn in_parts(&self) -> bool {
        self.open.last() == Some(&true)
    }

    /// Steps over what is no part of a word.
    fn step_over(&mut self, next: char) -> bool {
        match next {
            '(' => self.open.push(false),
            ')' => drop(self.open.pop()),
            '|' | '-' => {}
            ',' if self.in_parts() => {}
            '0'..='9' => return self.step_over_count(),
            _ if next.is_whitespace() => {}
            _ => return false,
        }
        self.at += next.len_utf8();
        true
    }

    /// `2-of:(`
    fn step_over_count(&mut self) -> bool {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let end = digits + OF.len();
        let is_count = self.rest().get(digits..end).is_some_and(|of| of.eq_ignore_ascii_case(OF));
        if is_count {
            self.open.push(true);
            self.at += end;
        }
        is_count
    }

    fn piece(&mut self, follows: bool) -> Piece {
        let start = self.at;
        let Some(length) = self.key() else {
            self.item(self.in_parts());
            return Piece::Word { span: start..self.at, follows };
        };
        self.at += length + 1;
        let key = start..self.at;
        let mut values = vec![self.value()];
        while self.next_sign() == Some(',') && !self.ends_part() {
            self.at += 1;
            values.push(self.value());
        }
        Piece::Field { key, values }
    }

    fn value(&mut self) -> Range<usize> {
        let start = self.at;
        self.item(true);
        start..self.at
    }

    /// As the parser has it: whether a comma behind a value ends a part of `2-of:(…)`.
    fn ends_part(&self) -> bool {
        let next = self.rest().chars().nth(1);
        self.in_parts() && next.is_none_or(|sign| sign.is_whitespace() || matches!(sign, ')' | ','))
    }

    /// How long the name is that stands right before a colon.
    fn key(&self) -> Option<usize> {
        let rest = self.rest();
        let end = rest.find(|sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')))?;
        let is_key =
            rest.starts_with(|sign: char| sign.is_ascii_alphabetic()) && rest[end..].starts_with(':');
        is_key.then_some(end)
    }

    /// Up to white space or a sign of the grammar that stands in no quotes; an open quote reaches to the end.
    fn item(&mut self, in_list: bool) {
        let (mut quoted, mut escaped) = (false, false);
        for (at, sign) in self.rest().char_indices() {
            let ends = sign.is_whitespace() || matches!(sign, '(' | ')' | '|') || (in_list && sign == ',');
            if ends && !quoted {
                self.at += at;
                return;
            }
            if sign == '"' && !escaped {
                quoted = !quoted;
            }
            escaped = quoted && sign == '\\' && !escaped;
        }
        self.at = self.text.len();
    }
}
