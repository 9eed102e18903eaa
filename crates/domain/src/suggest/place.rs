//! What stands at the cursor.

use std::ops::Range;

use super::scan::{Piece, pieces};
use crate::filter::{KeyInfo, keys};

/// Most words before the cursor that may be one name.
const MOST_WORDS: usize = 3;

/// What has been typed of something, and the place that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What stands before the cursor, without quotes.
    pub text: String,
    /// Where it stands in the text, in bytes: up to its end, also behind the cursor.
    pub span: Range<usize>,
}

/// What stands at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A free word, which may become a key: first with the words before it, last by itself. It may be empty.
    Word(Vec<Part>),
    /// The name of a key that has its colon.
    Key(Part),
    /// A value of this key; `None` for a key that there isn't.
    Value(Option<&'static KeyInfo>, Part),
}

/// What stands at a place of a text, in bytes.
pub fn at(text: &str, cursor: usize) -> Place {
    let pieces = pieces(text);
    // What ends at the cursor is being typed; what begins there is not.
    let touches = |piece: &Piece| piece.start() < cursor && cursor <= piece.end();
    match pieces.iter().position(touches).and_then(|place| Some((place, pieces.get(place)?))) {
        None => Place::Word(vec![Part { text: String::new(), span: cursor..cursor }]),
        Some((place, Piece::Word { .. })) => Place::Word(runs(text, cursor, &pieces[..=place])),
        Some((_, Piece::Field { key, .. })) if cursor < key.end => {
            let typed = text.get(key.start..cursor).unwrap_or_default().to_owned();
            Place::Key(Part { text: typed, span: key.clone() })
        }
        Some((_, Piece::Field { key, values })) => {
            let name = text.get(key.start..key.end - 1).unwrap_or_default().to_lowercase();
            let info =
                keys().iter().find(|info| info.name() == name || info.aliases.contains(&name.as_str()));
            let value = values.iter().find(|value| value.start <= cursor && cursor <= value.end);
            Place::Value(info, part(text, cursor, &value.cloned().unwrap_or(cursor..cursor)))
        }
    }
}

impl Piece {
    fn start(&self) -> usize {
        match self {
            Self::Word { span, .. } => span.start,
            Self::Field { key, .. } => key.start,
        }
    }

    fn end(&self) -> usize {
        match self {
            Self::Word { span, .. } => span.end,
            Self::Field { key, values } => values.last().map_or(key.end, |last| last.end),
        }
    }
}

/// The last of these words with those before it, as far as nothing else stands between them; the longest run first.
fn runs(text: &str, cursor: usize, pieces: &[Piece]) -> Vec<Part> {
    let mut runs: Vec<Part> = Vec::new();
    for piece in pieces.iter().rev().take(MOST_WORDS) {
        let Piece::Word { span, follows } = piece else { break };
        let word = text.get(span.clone()).unwrap_or_default();
        let run = match runs.last() {
            None => part(text, cursor, span),
            // Quotes keep apart, and operators are no words of a name.
            Some(_) if word.contains('"') || is_operator(word) => break,
            Some(run) => Part { text: format!("{word} {}", run.text), span: span.start..run.span.end },
        };
        runs.push(run);
        if !follows {
            break;
        }
    }
    runs.reverse();
    runs
}

fn is_operator(word: &str) -> bool {
    ["and", "or", "not"].contains(&word.to_lowercase().as_str())
}

/// What of a word or value stands before the cursor, without its quotes.
fn part(text: &str, cursor: usize, span: &Range<usize>) -> Part {
    let typed = text.get(span.start..cursor).unwrap_or_default();
    let typed = typed.strip_prefix('=').unwrap_or(typed);
    let mut plain = String::with_capacity(typed.len());
    let mut escaped = false;
    for sign in typed.chars() {
        match sign {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => {}
            _ => {
                plain.push(sign);
                escaped = false;
            }
        }
    }
    Part { text: plain, span: span.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor is where `^` stands. Each part is shown as what was typed and what would be replaced.
    fn shown(marked: &str) -> String {
        let cursor = marked.find('^').unwrap();
        let text = marked.replace('^', "");
        let show = |part: &Part| format!("{}<{}>", part.text, &text[part.span.clone()]);
        match at(&text, cursor) {
            Place::Word(runs) => runs.iter().map(show).collect::<Vec<_>>().join(" / "),
            Place::Key(part) => format!("key {}", show(&part)),
            Place::Value(info, part) => format!("{}: {}", info.map_or("?", KeyInfo::name), show(&part)),
        }
    }

    #[test]
    fn what_is_being_typed_is_found() {
        for (marked, expected) in [
            ("^", "<>"),
            ("lis^", "lis<lis>"),
            ("li^s", "li<lis>"),
            ("^lis", "<>"),
            ("dog ^ cat", "<>"),
            ("dog c^", "dog c<dog c> / c<c>"),
            ("a b c d^", "b c d<b c d> / c d<c d> / d<d>"),
            ("dog or c^", "c<c>"),
            ("dog (c^", "c<c>"),
            ("dog -c^", "c<c>"),
            ("\"new york\" ci^", "ci<ci>"),
            ("type:video new y^ork x", "new y<new york> / y<york>"),
            ("cam^:fuji", "key cam<cam:>"),
            ("camera:^", "camera: <>"),
            ("maker:can^", "make: can<can>"),
            ("MAKE:can^", "make: can<can>"),
            ("camra:f^", "?: f<f>"),
            ("country:pt,e^s", "country: e<es>"),
            ("country:p^t,es", "country: p<pt>"),
            ("country:pt,^", "country: <>"),
            ("city:\"new yo^", "city: new yo<\"new yo>"),
            ("city:=\"a \\\" b^\" dog", "city: a \" b<=\"a \\\" b\">"),
            ("2-of:(beach, sun^)", "sun<sun>"),
            ("2-of:(beach,tag:do^, x)", "tag: do<do>"),
            ("lisbon, tr^", "lisbon, tr<lisbon, tr> / tr<tr>"),
            ("東京 タ^", "東京 タ<東京 タ> / タ<タ>"),
        ] {
            assert_eq!(shown(marked), expected, "{marked}");
        }
    }

    #[test]
    fn a_cursor_anywhere_in_anything_is_answered() {
        let text = "2-of:(a,\"b \\\" c\" -tag:x,=\"é) | 東:🏖 k:\"";
        for cursor in 0..=text.len() {
            if text.is_char_boundary(cursor) {
                at(text, cursor);
            }
        }
    }
}
