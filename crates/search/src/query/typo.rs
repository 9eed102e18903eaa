//! Words that may have been meant by one with typing errors (`domain::filter::typo`): an automaton that walks the
//! dictionary of a field and leaves out branches that can't fit any more.
//!
//! Its state is, for each number of errors, the set of places in the typed word that may come next, as bits, so no word is
//! slow and none takes memory: tables of all states, as Tantivy's own fuzzy query makes them, would take a megabyte for a
//! long word, and a search may have two hundred of those.

use std::sync::Arc;

use domain::filter::text::Wanted;
use domain::filter::typo::forgiven;
use tantivy::query::{AutomatonWeight, EnableScoring, Query, Weight};
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::Part;
use super::parts::{self, boxed};
use super::signs::Signs;

/// Most errors that are ever forgiven.
const MOST: usize = 2;

/// Finds documents with a single word, or one that may have been meant by it.
pub(super) fn may_be(field: Field, wanted: &Wanted) -> Part {
    match wanted.words.as_slice() {
        [word] if forgiven(word) > 0 => boxed(TypoQuery { field, word: Arc::new(Typed::new(word)) }),
        _ => parts::wanted(field, wanted),
    }
}

#[derive(Debug, Clone)]
struct TypoQuery {
    field: Field,
    word: Arc<Typed>,
}

impl Query for TypoQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AutomatonWeight::<Typed>::new(self.field, Arc::clone(&self.word))))
    }
}

/// Places in the typed word, from before its first letter to behind its last: words have at most 64 letters.
type Places = u128;

/// A word as it was typed.
#[derive(Debug)]
struct Typed {
    letters: Vec<char>,
    errors: usize,
}

/// Where a word that is being read may stand in the typed one.
#[derive(Debug, Clone, Copy)]
struct State {
    /// By number of errors so far.
    places: [Places; MOST + 1],
    /// By number of errors so far: places before two letters of which the second has just been read, and the first may
    /// follow.
    swapped: [Places; MOST],
    /// No letter has been read.
    fresh: bool,
    signs: Signs,
}

impl Typed {
    fn new(word: &str) -> Self {
        Self { letters: word.chars().collect(), errors: forgiven(word).min(MOST) }
    }

    /// The places before letters that are this one.
    fn before(&self, letter: char) -> Places {
        let places = self.letters.iter().enumerate().filter(|(_, known)| **known == letter);
        places.fold(0, |places, (at, _)| places | 1 << at)
    }

    fn read(&self, state: &State, letter: char) -> State {
        let fits = self.before(letter);
        let mut next = State { places: [0; MOST + 1], swapped: [0; MOST], fresh: false, ..*state };
        if state.fresh {
            // The first letter must be right.
            next.places[0] = (state.places[0] & fits) << 1;
            for errors in 1..=self.errors {
                next.places[errors] = next.places[errors - 1] << 1;
            }
        } else {
            for errors in 0..=self.errors {
                next.places[errors] = (state.places[errors] & fits) << 1;
                if let Some(fewer) = errors.checked_sub(1) {
                    let before = state.places[fewer];
                    // One too many, a wrong one, one that is missing behind this one, two that changed places.
                    next.places[errors] |=
                        before | before << 1 | next.places[fewer] << 1 | (state.swapped[fewer] & fits) << 2;
                }
            }
        }
        for (swapped, places) in next.swapped.iter_mut().zip(&state.places).take(self.errors) {
            // The first letter does not change places.
            *swapped = if state.fresh { 0 } else { places & fits >> 1 };
        }
        let within = Places::MAX >> (Places::BITS as usize - 1 - self.letters.len());
        next.places.iter_mut().for_each(|places| *places &= within);
        next
    }
}

impl Automaton for Typed {
    type State = State;

    fn start(&self) -> State {
        State { places: [1, 0, 0], swapped: [0; MOST], fresh: true, signs: Signs::default() }
    }

    fn is_match(&self, state: &State) -> bool {
        let end = 1 << self.letters.len();
        state.signs.is_between() && state.places.iter().any(|places| places & end != 0)
    }

    fn can_match(&self, state: &State) -> bool {
        state.places.iter().chain(&state.swapped).any(|places| *places != 0)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let (signs, letter) = state.signs.push(byte);
        let next = letter.map_or(*state, |letter| self.read(state, letter));
        State { signs, ..next }
    }
}

#[cfg(test)]
mod tests {
    use domain::filter::typo::may_be;
    use proptest::prelude::*;

    use super::*;

    fn accepts(typed: &str, found: &str) -> bool {
        let typed = Typed::new(typed);
        let end = found.bytes().fold(typed.start(), |state, byte| typed.accept(&state, byte));
        typed.is_match(&end)
    }

    /// A word, and the same after a few errors.
    fn mistyped() -> impl Strategy<Value = (String, String)> {
        ("[abcé東]{3,12}", prop::collection::vec((0..4u8, 0..12usize, "[abcé]"), 0..4)).prop_map(
            |(word, errors)| {
                let mut letters: Vec<char> = word.chars().collect();
                for (what, at, letter) in errors {
                    let at = at % letters.len().max(1);
                    match what {
                        0 if letters.len() > 1 => drop(letters.remove(at)),
                        1 => letters.insert(at, letter.chars().next().unwrap()),
                        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
                        _ => letters[at] = letter.chars().next().unwrap(),
                    }
                }
                (word, letters.into_iter().collect())
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn the_automaton_accepts_what_the_plain_matcher_accepts((typed, found) in mistyped()) {
            prop_assert_eq!(accepts(&typed, &found), may_be(&typed, &found), "{} {}", typed, found);
            // The same far from the beginning.
            let (typed, found) = (format!("{}{typed}", "d".repeat(50)), format!("{}{found}", "d".repeat(50)));
            prop_assert_eq!(accepts(&typed, &found), may_be(&typed, &found), "{} {}", typed, found);
        }
    }

    #[test]
    fn the_longest_word_fits_into_a_state() {
        let longest = "x".repeat(64);
        assert!(accepts(&longest, &longest) && accepts(&longest, &"x".repeat(62)));
        assert!(!accepts(&longest, &"x".repeat(61)));
    }
}
