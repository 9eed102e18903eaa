//! Places by all their names: the main one, and those in other languages, read where they lie in the program file.
//!
//! Known are other names of countries, of first-level divisions, and of cities with 15,000 people or more
//! (`data/README.md` says which). A place that has none is not in here.

use std::sync::LazyLock;

use super::layout::{Level, NUMBER_BITS, OTHER};
use super::{Place, country, table};
use crate::filter::text::{fold, plain};

static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/other_names.bin"));
/// The same in the order of the places, once somebody has asked: half a megabyte.
static BY_PLACE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries = entries().to_vec();
    entries.sort_by_key(place);
    entries
});

/// Fewest letters by which a name is found as by a beginning: fewer begin half the world's. Of scripts that write words
/// with few signs one is enough.
const BEGINNING: usize = 3;

/// A place that has other names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Called(u32);

/// The places that are called so in some language, whatever case, accents and signs; with `begun` also those of which a
/// name begins so, if that says enough.
pub fn called(text: &str, begun: bool) -> Vec<Called> {
    let wanted = plain(text);
    let found = if begun && says_enough(&wanted, BEGINNING) { beginning(&wanted) } else { whole(&wanted) };
    let mut places: Vec<Called> = found.iter().map(place).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Names of cities that begin so, with the number of the city's record, by name. Nothing for less than two letters.
pub(super) fn cities(begin: &str) -> impl Iterator<Item = (&'static str, u32)> {
    let wanted = plain(begin);
    let found: &'static [Entry] = if says_enough(&wanted, 2) { beginning(&wanted) } else { &[] };
    found.iter().filter_map(|entry| {
        let (level, number) = place(entry).parts();
        (level == Level::City).then_some((name(entry), number))
    })
}

/// All names of these places, folded.
pub fn names_of(places: &[Called]) -> Vec<(Called, String)> {
    let names = places.iter().flat_map(|called| {
        let start = BY_PLACE.partition_point(|entry| place(entry) < *called);
        let rest = BY_PLACE.get(start..).unwrap_or_default();
        rest.iter().take_while(|entry| place(entry) == *called).map(|entry| (*called, fold(name(entry))))
    });
    names.collect()
}

impl Called {
    fn parts(self) -> (Level, u32) {
        let level = match self.0 >> NUMBER_BITS {
            0 => Level::City,
            1 => Level::Region,
            _ => Level::Country,
        };
        (level, self.0 & ((1 << NUMBER_BITS) - 1))
    }

    /// City, region or country.
    pub fn level(self) -> Level {
        self.parts().0
    }

    /// The main name, and the code of the country that it is or lies in.
    pub fn main_name(self) -> Option<(&'static str, &'static str)> {
        match self.parts() {
            (Level::City, number) => table::numbered(number).map(|city| (city.name, city.country)),
            (Level::Region, number) => table::region_numbered(number),
            (Level::Country, number) => country::numbered(number).map(|(code, name)| (name, code)),
        }
    }

    /// Whether this is such a place, or is called as one of the same country is.
    pub fn is(self, place: &Place) -> bool {
        let there = self.main_name().is_some_and(|(_, code)| place.country_code.eq_ignore_ascii_case(code));
        let is_called = |named: &Option<String>| named.as_deref().is_some_and(|named| is_called(self, named));
        there
            && match self.level() {
                Level::City => is_called(&place.city),
                Level::Region => is_called(&place.region),
                Level::Country => true,
            }
    }
}

/// Whether this is one of a place's names, by the rule that the index compares whole texts by.
fn is_called(called: Called, named: &str) -> bool {
    let named = (plain(named), fold(named));
    whole(&named.0).iter().any(|entry| place(entry) == called && fold(name(entry)) == named.1)
}

fn says_enough(plain: &str, letters: usize) -> bool {
    let count = plain.chars().count();
    count >= letters || plain.chars().any(|letter| letter >= FIRST_EAST_ASIAN)
}

/// Kana, Han and Hangul come from here on.
const FIRST_EAST_ASIAN: char = '\u{3000}';

type Entry = [u8; OTHER];

fn entries() -> &'static [Entry] {
    NAMES.as_chunks::<OTHER>().0
}

fn from(wanted: &str) -> &'static [Entry] {
    let start = entries().partition_point(|entry| plain(name(entry)).as_str() < wanted);
    entries().get(start..).unwrap_or_default()
}

fn whole(wanted: &str) -> &'static [Entry] {
    let rest: &'static [Entry] = if wanted.is_empty() { &[] } else { from(wanted) };
    let end = rest.iter().take_while(|entry| plain(name(entry)) == wanted).count();
    rest.get(..end).unwrap_or_default()
}

fn beginning(wanted: &str) -> &'static [Entry] {
    let rest = from(wanted);
    let end = rest.partition_point(|entry| plain(name(entry)).starts_with(wanted));
    rest.get(..end).unwrap_or_default()
}

fn name(entry: &Entry) -> &'static str {
    let [a, b, c, d, ..] = *entry;
    table::name([a, b, c, d])
}

fn place(entry: &Entry) -> Called {
    let [.., a, b, c, d] = *entry;
    Called(u32::from_le_bytes([a, b, c, d]))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn main_names(text: &str, begun: bool) -> Vec<(&'static str, &'static str)> {
        called(text, begun).into_iter().filter_map(Called::main_name).collect()
    }

    /// Looked up by hand.
    #[test]
    fn places_are_known_by_their_names_in_other_languages() {
        for (text, main, code) in [
            ("Lisboa", "Lisbon", "PT"),
            ("LISSABON", "Lisbon", "PT"),
            ("münchen", "Munich", "DE"),
            ("Munich", "Munich", "DE"),
            ("Monaco di Baviera", "Munich", "DE"),
            ("Cologne", "Köln", "DE"),
            ("Den Haag", "The Hague", "NL"),
            ("Praha", "Prague", "CZ"),
            ("東京", "Tokyo", "JP"),
            ("上海", "Shanghai", "CN"),
            ("서울", "Seoul", "KR"),
            ("Санкт-Петербург", "Saint Petersburg", "RU"),
            ("Θεσσαλονίκη", "Thessaloníki", "GR"),
            ("ירושלים", "Jerusalem", "IL"),
            ("Deutschland", "Germany", "DE"),
            ("Allemagne", "Germany", "DE"),
            ("España", "Spain", "ES"),
            ("日本", "Japan", "JP"),
            ("Ελλάδα", "Greece", "GR"),
            ("Österreich", "Austria", "AT"),
            ("Elfenbeinküste", "Côte d'Ivoire", "CI"),
            ("Bayern", "Bavaria", "DE"),
            ("Catalunya", "Catalonia", "ES"),
            ("Toscana", "Tuscany", "IT"),
        ] {
            assert!(main_names(text, false).contains(&(main, code)), "{text}: {:?}", main_names(text, false));
        }
        for text in ["", "  ", "Lissab", "LIS", "us", "li si ben", "zzzz"] {
            assert_eq!(main_names(text, false), [], "{text}");
        }
    }

    #[test]
    fn a_beginning_needs_three_letters_or_one_that_says_as_much() {
        assert!(main_names("lissa", true).contains(&("Lisbon", "PT")));
        assert!(main_names("東", true).contains(&("Tokyo", "JP")));
        assert_eq!(main_names("li", true), main_names("li", false));
        for text in ["par", "san", "mos", "京"] {
            let (whole, begun) = (called(text, false), called(text, true));
            assert!(whole.iter().all(|place| begun.contains(place)), "{text}");
            assert!(begun.len() < 2_000, "{text}: {}", begun.len());
        }
    }

    #[test]
    fn a_place_is_itself_by_any_of_its_names_and_only_in_its_country() {
        let place = |city: &str, code: &str| Place {
            city: Some(city.to_owned()),
            region: None,
            country_code: code.to_owned(),
            country: String::new(),
        };
        let is = |asked: &str, city: &str, code: &str| {
            called(asked, false).into_iter().any(|called| called.is(&place(city, code)))
        };
        assert!(is("Wien", "Vienna", "AT") && is("Wien", "wien", "AT") && is("Vienna", "Wien", "AT"));
        assert!(!is("Wien", "Vienna", "US") && !is("Wien", "Graz", "AT"));
        assert!(is("Österreich", "Graz", "AT") && !is("Österreich", "Graz", "DE"));
    }

    /// What one asks the index for is what each place answers to.
    #[test]
    fn names_are_those_that_the_place_is_called_by() {
        for text in ["Wien", "Suzhou", "東京", "Bayern"] {
            let places = called(text, false);
            let names = names_of(&places);
            assert!(places.iter().all(|place| names.iter().any(|(known, _)| known == place)), "{text}");
            assert!(
                names.iter().all(|(place, name)| called(name, false).contains(place)),
                "{text}: {names:?}"
            );
        }
    }

    /// Places that the tables name, and how many of them are known here: others fit another edition of GeoNames.
    #[test]
    fn nearly_all_lines_of_the_tables_are_of_places_that_there_are() {
        let cities: HashSet<(&str, &str)> = [
            include_str!("../../data/city_names_latin.tsv"),
            include_str!("../../data/city_names_cyrillic_greek.tsv"),
            include_str!("../../data/city_names_east_asian.tsv"),
            include_str!("../../data/city_names_others.tsv"),
        ]
        .into_iter()
        .flat_map(str::lines)
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(region, rest)| Some((region, rest.split('\t').next()?)))
        .collect();
        let regions = include_str!("../../data/region_names.tsv").lines().count();
        let countries = include_str!("../../data/country_names.tsv").lines().count();
        let known: HashSet<Called> = entries().iter().map(place).collect();
        let of = |level: Level| known.iter().filter(|place| place.level() == level).count();
        assert!(of(Level::City) * 100 >= cities.len() * 93, "{} of {}", of(Level::City), cities.len());
        assert!(of(Level::Region) * 100 >= regions * 95, "{} of {regions}", of(Level::Region));
        assert_eq!(of(Level::Country), countries);
        assert!(entries().is_sorted_by_key(|entry| plain(name(entry))));
    }

    /// What the program grows by: the table, and what it names.
    #[test]
    fn the_table_stays_small() {
        let names: HashSet<&str> = entries().iter().map(name).collect();
        let bytes = size_of_val(entries()) + names.iter().map(|name| name.len() + 1).sum::<usize>();
        assert!((60_000..90_000).contains(&entries().len()), "{}", entries().len());
        assert!(bytes < 2_000_000, "{bytes}");
    }
}
