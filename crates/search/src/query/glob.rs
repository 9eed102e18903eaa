//! Patterns over whole texts: an automaton that walks the dictionary of a field and leaves out
//! branches that can't fit any more. It holds the set of places in the pattern that may come next,
//! so no pattern is slow.

use std::sync::Arc;

use domain::filter::glob::{MAX_STEPS, Step};
use tantivy::query::{AutomatonWeight, EnableScoring, Query, Weight};
use tantivy::schema::Field;
use tantivy_fst::Automaton;

const BLOCKS: usize = MAX_STEPS / 64 + 1;

/// Finds documents with a text that fits a pattern.
#[derive(Debug, Clone)]
pub(super) struct GlobQuery {
    field: Field,
    glob: Arc<Glob>,
}

impl GlobQuery {
    pub(super) fn new(field: Field, steps: Vec<Step>) -> Self {
        Self { field, glob: Arc::new(Glob { steps }) }
    }
}

impl Query for GlobQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AutomatonWeight::<Glob>::new(self.field, Arc::clone(&self.glob))))
    }
}

#[derive(Debug)]
struct Glob {
    steps: Vec<Step>,
}

/// Places in the pattern, and the sign whose bytes are being read.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    places: [u64; BLOCKS],
    sign: u32,
    bytes_left: u8,
}

impl State {
    fn has(&self, place: usize) -> bool {
        self.places[place / 64] & (1 << (place % 64)) != 0
    }

    fn add(&mut self, place: usize) {
        self.places[place / 64] |= 1 << (place % 64);
    }

    fn any(&self) -> bool {
        self.places.iter().any(|block| *block != 0)
    }
}

impl Glob {
    /// A star may also stand for nothing.
    fn add_with_stars(&self, state: &mut State, mut place: usize) {
        state.add(place);
        while self.steps.get(place) == Some(&Step::Many) {
            place += 1;
            state.add(place);
        }
    }

    fn read(&self, state: &State, sign: char) -> State {
        let mut next = State::default();
        for (place, step) in self.steps.iter().enumerate().filter(|(place, _)| state.has(*place)) {
            match step {
                Step::Many => self.add_with_stars(&mut next, place),
                Step::One => self.add_with_stars(&mut next, place + 1),
                Step::Sign(wanted) if *wanted == sign => self.add_with_stars(&mut next, place + 1),
                Step::Sign(_) => {}
            }
        }
        next
    }
}

impl Automaton for Glob {
    type State = State;

    fn start(&self) -> State {
        let mut state = State::default();
        self.add_with_stars(&mut state, 0);
        state
    }

    fn is_match(&self, state: &State) -> bool {
        state.bytes_left == 0 && state.has(self.steps.len())
    }

    fn can_match(&self, state: &State) -> bool {
        state.any()
    }

    /// Terms are valid UTF-8; their signs are put together byte by byte.
    fn accept(&self, state: &State, byte: u8) -> State {
        let (sign, bytes_left) = match (state.bytes_left, byte) {
            (0, 0..=0x7F) => (u32::from(byte), 0),
            (0, 0xC0..=0xDF) => (u32::from(byte & 0x1F), 1),
            (0, 0xE0..=0xEF) => (u32::from(byte & 0x0F), 2),
            (0, _) => (u32::from(byte & 0x07), 3),
            (left, _) => (state.sign << 6 | u32::from(byte & 0x3F), left - 1),
        };
        if bytes_left > 0 {
            return State { sign, bytes_left, ..*state };
        }
        char::from_u32(sign).map_or_else(State::default, |sign| self.read(state, sign))
    }
}

#[cfg(test)]
mod tests {
    use domain::filter::glob::{fits, folded_steps};
    use proptest::prelude::*;

    use super::*;

    fn accepts(pattern: &str, text: &str) -> bool {
        let glob = Glob { steps: folded_steps(pattern) };
        let end = text.bytes().fold(glob.start(), |state, byte| glob.accept(&state, byte));
        glob.is_match(&end)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn the_automaton_accepts_what_the_plain_matcher_accepts(pattern in "[ab*?é🏖]{0,8}", text in "[abé🏖]{0,8}") {
            prop_assert_eq!(accepts(&pattern, &text), fits(&pattern, &text), "{} {}", pattern, text);
        }
    }

    #[test]
    fn the_longest_pattern_fits_into_a_state() {
        assert!(accepts(&"a".repeat(MAX_STEPS), &"a".repeat(MAX_STEPS)));
        assert!(accepts(&format!("*{}", "?".repeat(MAX_STEPS - 1)), &"a".repeat(1000)));
    }
}
