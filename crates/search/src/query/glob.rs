//! Patterns over whole texts: an automaton that walks the dictionary of a field and leaves out
//! branches that can't fit any more. Its state is the set of places in the pattern that may come
//! next, as bits, so no pattern is slow.

use std::sync::Arc;

use domain::filter::glob::{MAX_STEPS, Step};
use tantivy::query::{AutomatonWeight, EnableScoring, Query, Weight};
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::signs::Signs;

/// Blocks of 64 places that the longest pattern needs; nearly all need one.
const BLOCKS: usize = MAX_STEPS / 64 + 1;

/// Finds documents with a text that fits a pattern.
#[derive(Debug, Clone)]
pub(super) struct GlobQuery {
    field: Field,
    steps: Vec<Step>,
}

impl GlobQuery {
    pub(super) fn new(field: Field, mut steps: Vec<Step>) -> Self {
        // Two stars in a row say no more than one, and one can be stepped over in one go.
        steps.dedup_by(|a, b| *a == Step::Many && *b == Step::Many);
        Self { field, steps }
    }
}

impl Query for GlobQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        // One place more than steps: behind the last.
        Ok(if self.steps.len() < 64 {
            Box::new(AutomatonWeight::<Glob<1>>::new(self.field, Arc::new(Glob::<1>::new(&self.steps))))
        } else {
            Box::new(AutomatonWeight::<Glob<BLOCKS>>::new(
                self.field,
                Arc::new(Glob::<BLOCKS>::new(&self.steps)),
            ))
        })
    }
}

/// Places of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Places<const N: usize>([u64; N]);

impl<const N: usize> Places<N> {
    const NONE: Self = Self([0; N]);

    fn add(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn has(&self, place: usize) -> bool {
        self.0[place / 64] & (1 << (place % 64)) != 0
    }

    fn both(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|block| self.0[block] & other.0[block]))
    }

    fn either(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|block| self.0[block] | other.0[block]))
    }

    /// Each place moved on by one.
    fn next(&self) -> Self {
        Self(std::array::from_fn(|block| {
            let carried = block.checked_sub(1).map_or(0, |before| self.0[before] >> 63);
            self.0[block] << 1 | carried
        }))
    }
}

#[derive(Debug)]
struct Glob<const N: usize> {
    /// For each sign of the pattern, the places where it may stand.
    signs: Vec<(char, Places<N>)>,
    /// Where any sign may stand.
    ones: Places<N>,
    /// Where stars are.
    stars: Places<N>,
    end: usize,
}

/// Places that may come next, and the sign whose bytes are being read.
#[derive(Debug, Clone, Copy)]
struct State<const N: usize> {
    places: Places<N>,
    signs: Signs,
}

impl<const N: usize> Glob<N> {
    fn new(steps: &[Step]) -> Self {
        let places = |wanted: &dyn Fn(Step) -> bool| {
            let mut places = Places::NONE;
            steps.iter().enumerate().filter(|(_, step)| wanted(**step)).for_each(|(at, _)| places.add(at));
            places
        };
        let mut signs: Vec<char> = steps
            .iter()
            .filter_map(|step| if let Step::Sign(sign) = step { Some(*sign) } else { None })
            .collect();
        signs.sort_unstable();
        signs.dedup();
        Self {
            signs: signs.into_iter().map(|sign| (sign, places(&|step| step == Step::Sign(sign)))).collect(),
            ones: places(&|step| step == Step::One),
            stars: places(&|step| step == Step::Many),
            end: steps.len(),
        }
    }

    /// A star may also stand for nothing.
    fn over_stars(&self, places: Places<N>) -> Places<N> {
        places.either(&places.both(&self.stars).next())
    }

    fn read(&self, places: &Places<N>, sign: char) -> Places<N> {
        let fits = self
            .signs
            .binary_search_by_key(&sign, |(known, _)| *known)
            .map_or(self.ones, |at| self.signs[at].1.either(&self.ones));
        self.over_stars(places.both(&fits).next().either(&places.both(&self.stars)))
    }
}

impl<const N: usize> Automaton for Glob<N> {
    type State = State<N>;

    fn start(&self) -> State<N> {
        let mut places = Places::NONE;
        places.add(0);
        State { places: self.over_stars(places), signs: Signs::default() }
    }

    fn is_match(&self, state: &State<N>) -> bool {
        state.signs.is_between() && state.places.has(self.end)
    }

    fn can_match(&self, state: &State<N>) -> bool {
        state.places != Places::NONE
    }

    fn accept(&self, state: &State<N>, byte: u8) -> State<N> {
        let (signs, sign) = state.signs.push(byte);
        let places = sign.map_or(state.places, |sign| self.read(&state.places, sign));
        State { places, signs }
    }
}

#[cfg(test)]
mod tests {
    use domain::filter::glob::{fits, folded_steps};
    use proptest::prelude::*;
    use tantivy::schema::Field;

    use super::*;

    fn accepts<const N: usize>(pattern: &str, text: &str) -> bool {
        let glob = Glob::<N>::new(&GlobQuery::new(Field::from_field_id(0), folded_steps(pattern)).steps);
        let end = text.bytes().fold(glob.start(), |state, byte| glob.accept(&state, byte));
        glob.is_match(&end)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn the_automaton_accepts_what_the_plain_matcher_accepts(pattern in "[ab*?é🏖]{0,8}", text in "[abé🏖]{0,8}") {
            prop_assert_eq!(accepts::<1>(&pattern, &text), fits(&pattern, &text), "{} {}", pattern, text);
            // The same places again, across the borders of blocks.
            let (pattern, text) = (format!("{}{pattern}", "c".repeat(61)), format!("{}{text}", "c".repeat(61)));
            prop_assert_eq!(accepts::<2>(&pattern, &text), fits(&pattern, &text), "{} {}", pattern, text);
        }
    }

    #[test]
    fn the_longest_pattern_fits_into_a_state() {
        assert!(accepts::<BLOCKS>(&"a".repeat(MAX_STEPS), &"a".repeat(MAX_STEPS)));
        assert!(accepts::<BLOCKS>(&format!("*{}", "?".repeat(MAX_STEPS - 1)), &"a".repeat(1000)));
        assert!(!accepts::<BLOCKS>(&"a".repeat(MAX_STEPS), &"a".repeat(MAX_STEPS - 1)));
    }
}
