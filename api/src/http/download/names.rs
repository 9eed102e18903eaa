//! What files are called in an archive: as they came, where every system can write that, and no two alike.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;

/// Bytes of a name that every file system takes, with room for a number and an ending.
const LONGEST: usize = 200;

/// The names that were given, by their hashes: two that only look alike to it differ all the more.
#[derive(Default)]
pub struct Names {
    hasher: RandomState,
    /// With the number that the next one of that name may get.
    given: HashMap<u64, u32>,
}

impl Names {
    /// A name that no other file of the archive has, on systems that do not tell large letters from small ones either.
    pub fn unique(&mut self, wanted: &str) -> String {
        let wanted = tidy(wanted);
        let key = self.key(&wanted);
        let next = match self.given.entry(key) {
            Entry::Vacant(place) => {
                place.insert(2);
                return wanted;
            }
            Entry::Occupied(place) => *place.get(),
        };
        let (stem, ending) = parts(&wanted);
        for number in next..=u32::MAX {
            let name = format!("{stem} ({number}){ending}");
            let other = self.key(&name);
            if let Entry::Vacant(place) = self.given.entry(other) {
                place.insert(2);
                self.given.insert(key, number.saturating_add(1));
                return name;
            }
        }
        wanted
    }

    fn key(&self, name: &str) -> u64 {
        self.hasher.hash_one(name.to_lowercase())
    }
}

/// A name without what some system gives a meaning to: separators, wildcards, invisible characters, dots and spaces at its
/// ends.
fn tidy(name: &str) -> String {
    let plain = |c: char| if c.is_control() || r#"/\<>:"|?*"#.contains(c) { '_' } else { c };
    let name: String = name.chars().map(plain).collect();
    let name = name.trim_start_matches([' ', '.']).trim_end_matches([' ', '.']);
    if name.is_empty() {
        return "unnamed".to_owned();
    }
    let (stem, ending) = parts(name);
    let room = LONGEST.saturating_sub(ending.len());
    let end = (0..=room.min(stem.len())).rev().find(|end| stem.is_char_boundary(*end)).unwrap_or_default();
    format!("{}{ending}", &stem[..end])
}

/// What stands before the last dot, and the rest. A long rest is no ending.
fn parts(name: &str) -> (&str, &str) {
    let dot = name.rfind('.').filter(|dot| *dot > 0 && name.len() - dot <= 16);
    name.split_at(dot.unwrap_or(name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_alike_and_none_leads_anywhere() {
        let mut names = Names::default();
        for (wanted, given) in [
            ("a.jpg", "a.jpg"),
            ("a.jpg", "a (2).jpg"),
            ("A.JPG", "A (3).JPG"),
            ("a (4).jpg", "a (4).jpg"),
            ("a.jpg", "a (5).jpg"),
            ("a", "a"),
            ("a", "a (2)"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\x\n.jpg", "C__x_.jpg"),
            (" .. ", "unnamed"),
            ("..", "unnamed (2)"),
            ("été.jpg", "été.jpg"),
            ("ÉTÉ.jpg", "ÉTÉ (2).jpg"),
        ] {
            assert_eq!(names.unique(wanted), given, "{wanted:?}");
        }
        let long = names.unique(&format!("{}.jpg", "é".repeat(300)));
        assert!(long.len() <= LONGEST && long.ends_with("é.jpg"), "{long}");
    }

    #[test]
    fn a_name_that_very_many_have_takes_no_longer_each_time() {
        let mut names = Names::default();
        let all: std::collections::HashSet<String> = (0..100_000).map(|_| names.unique("IMG.jpg")).collect();
        assert_eq!(all.len(), 100_000);
    }
}
