//! How values that people see are written into the index, and read again.
//!
//! ```text
//! beach ␀ Beach                          counted: folded, then as it is written
//! 2 ␀ city ␀ york city ␀ New York City   suggested: library, key, its words from one of them on, as it is written
//! a7.2 ␀ city ␀ york city ␀ New York …   the same for those who see it in album 7, but may not read library 2
//! ```
//!
//! Values that are the same but for case and accents lie beside each other, and are found by one search text. What is
//! suggested begins with its library, or with an album and its library: whoever may not read that never comes upon it, and
//! need not be told it from what is theirs document by document.

use domain::facet::Written;
use domain::filter::Key;
use domain::filter::text::{fold, words};
use domain::{AlbumId, LibraryId};

/// Parts a term. It is no part of words, and no value with it is written.
const END: char = '\0';

/// Where a value can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// In a library.
    Library(LibraryId),
    /// In an album, of what is in this library.
    Album(AlbumId, LibraryId),
}

/// The text of a column in which values are counted.
pub(crate) fn counted(value: &str) -> String {
    format!("{}{END}{value}", fold(value))
}

/// The folded value, and the value as it is written.
pub(crate) fn folded_and_written(counted: &str) -> (&str, &str) {
    counted.split_once(END).unwrap_or((counted, counted))
}

/// The terms that a value is suggested by: for each of the words it may be typed as, what follows from there on.
pub(crate) fn beginnings(place: Place, key: Key, written: &Written<'_>) -> Vec<String> {
    let section = section(place, key);
    let term = |typed: &str| format!("{section}{typed}{END}{}", written.value);
    let mut terms = Vec::new();
    for text in &written.texts {
        let words = words(text);
        terms.extend((0..words.len()).map(|from| term(&words[from..].join(" "))));
    }
    if written.texts.is_empty() {
        terms.push(term(""));
    }
    // A text with a word twice, or two texts that end alike, would count a document twice.
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What all terms of a place and key begin with.
pub(crate) fn section(place: Place, key: Key) -> String {
    match place {
        Place::Library(library) => format!("{}{END}{key}{END}", library.0),
        Place::Album(album, library) => format!("a{}.{}{END}{key}{END}", album.0, library.0),
    }
}

/// What of a term stands behind its section: the words, and the value as it is written.
pub(crate) fn words_and_written<'a>(term: &'a [u8], section: &str) -> Option<(&'a str, &'a str)> {
    let rest = std::str::from_utf8(term.get(section.len()..)?).ok()?;
    rest.split_once(END)
}
