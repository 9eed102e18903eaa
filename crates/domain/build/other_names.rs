//! Names of places in other languages: one table of all of them by name. Lines of places that the cities do not have are
//! passed over (a test counts how many are left).

use std::collections::HashMap;
use std::error::Error;
use std::fs;

use cities_json::City;

use crate::fold::{fold, plain};
use crate::layout::{Level, NUMBER_BITS, OTHER};
use crate::{Names, People, Regions};

/// Names of cities lie in several files by their script, so that none is large.
const CITIES: [&str; 4] = ["latin", "cyrillic_greek", "east_asian", "others"];

/// Each name in plain letters, with the place that it is of and where it is written.
#[derive(Default)]
pub(crate) struct OtherNames(Vec<(String, u32, u32)>);

type Outcome = Result<(), Box<dyn Error>>;

impl OtherNames {
    pub(crate) fn add_regions(&mut self, regions: &Regions, names: &mut Names) -> Outcome {
        let text = fs::read_to_string("data/region_names.tsv")?;
        for (code, others) in text.lines().filter_map(|line| line.split_once('\t')) {
            let Some((country, admin1)) = code.split_once('.') else {
                return Err(format!("data/region_names.tsv: {code:?} has no country").into());
            };
            let number = regions.known.get(&(country.to_owned(), admin1.to_owned()));
            let known = number.zip(regions.titles.get(code));
            if let Some((&number, main)) = known {
                self.add(place(Level::Region, number.into()), main, others, names)?;
            }
        }
        Ok(())
    }

    pub(crate) fn add_cities(
        &mut self,
        cities: &[(i32, i32, &City)],
        people: &People,
        names: &mut Names,
    ) -> Outcome {
        let known = Known::new(cities, people);
        let texts = CITIES.map(|file| fs::read_to_string(format!("data/city_names_{file}.tsv")));
        let texts = texts.into_iter().collect::<Result<Vec<String>, _>>()?;
        let lines = texts.iter().flat_map(|text| text.lines()).map(|line| line.splitn(3, '\t').collect());
        let lines: Vec<Vec<&str>> = lines.collect();
        // Names in some scripts find the city of those in others.
        let mut found: HashMap<(&str, &str), u32> = HashMap::new();
        for line in &lines {
            let &[region, main, others] = line.as_slice() else {
                return Err(format!("data/city_names_*.tsv: {line:?} has not three fields").into());
            };
            if let Some(number) = known.city(region, main, others) {
                found.entry((region, main)).or_insert(number);
            }
        }
        for line in &lines {
            if let &[region, main, others] = line.as_slice()
                && let Some(&number) = found.get(&(region, main))
            {
                self.add(place(Level::City, number), cities[number as usize].2.name.trim(), others, names)?;
                self.add(place(Level::City, number), main, "", names)?;
            }
        }
        Ok(())
    }

    pub(crate) fn add_countries(&mut self, countries: &[(&str, &str)], names: &mut Names) -> Outcome {
        let text = fs::read_to_string("data/country_names.tsv")?;
        for (code, others) in text.lines().filter_map(|line| line.split_once('\t')) {
            let number = countries.binary_search_by_key(&code, |&(code, _)| code);
            let number =
                number.map_err(|_| format!("data/country_names.tsv: there is no country {code:?}"))?;
            self.add(place(Level::Country, u32::try_from(number)?), countries[number].1, others, names)?;
        }
        Ok(())
    }

    fn add(&mut self, place: u32, main: &str, others: &str, names: &mut Names) -> Outcome {
        for name in std::iter::once(main).chain(others.split('\t')).filter(|name| !name.is_empty()) {
            self.0.push((plain(name), place, names.put(name)?));
        }
        Ok(())
    }

    /// The table.
    pub(crate) fn bytes(mut self) -> Vec<u8> {
        self.0.sort_unstable();
        // What is written in two ways that make no difference.
        self.0.dedup_by(|b, a| a.0 == b.0 && a.1 == b.1);
        let mut bytes = Vec::with_capacity(self.0.len() * OTHER);
        for (_, place, name) in self.0 {
            bytes.extend_from_slice(&name.to_le_bytes());
            bytes.extend_from_slice(&place.to_le_bytes());
        }
        bytes
    }
}

/// Cities by region or country and folded name: how many people live there, and the number. Of two that are called alike
/// the larger one is meant.
struct Known(HashMap<(String, String), (u32, u32)>);

impl Known {
    fn new(cities: &[(i32, i32, &City)], people: &People) -> Self {
        let mut known: HashMap<(String, String), (u32, u32)> = HashMap::new();
        for (number, &(latitude, longitude, city)) in (0_u32..).zip(cities) {
            let count = people.get(&(latitude, longitude)).copied().unwrap_or(0);
            for code in [format!("{}.{}", city.country, city.admin1), city.country.clone()] {
                let largest = known.entry((code, fold(city.name.trim()))).or_insert((count, number));
                if largest.0 < count {
                    *largest = (count, number);
                }
            }
        }
        Self(known)
    }

    /// By its main name, else by one of the others, which may be the main one of another edition; regions that are drawn
    /// anew have another code.
    fn city(&self, region: &str, main: &str, others: &str) -> Option<u32> {
        let country = region.split('.').next().unwrap_or_default();
        let named = |code: &str, name: &str| self.0.get(&(code.to_owned(), fold(name)));
        let found = named(region, main).or_else(|| named(country, main));
        let found = found.or_else(|| others.split('\t').find_map(|name| named(region, name)));
        found.map(|&(_, number)| number)
    }
}

fn place(level: Level, number: u32) -> u32 {
    (level as u32) << NUMBER_BITS | number
}
