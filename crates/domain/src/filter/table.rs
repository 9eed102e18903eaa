//! The keys of the search language, one row each, by what they are about.

mod camera;
mod file;
mod known;
mod look;
mod place;
mod shelf;
mod when;
mod words;

use super::key::Key;
use super::kind::{Choice, KeyInfo, Kind, Short};
use super::unit::Unit;

/// Keys by what they are about, in the order in which the documentation shows them.
pub(super) const GROUPS: &[&[KeyInfo]] =
    &[when::KEYS, place::KEYS, camera::KEYS, look::KEYS, file::KEYS, words::KEYS, shelf::KEYS];

/// All of them, in the order of [`Key`].
pub(super) static KEYS: [KeyInfo; count()] = gathered();

/// Every key of the search language, in the order in which the documentation shows them.
pub fn keys() -> &'static [KeyInfo] {
    &KEYS
}

const fn count() -> usize {
    let (mut count, mut at) = (0, 0);
    while at < GROUPS.len() {
        count += GROUPS[at].len();
        at += 1;
    }
    count
}

const fn gathered() -> [KeyInfo; count()] {
    let mut all = [GROUPS[0][0]; count()];
    let (mut filled, mut group) = (0, 0);
    while group < GROUPS.len() {
        let mut at = 0;
        while at < GROUPS[group].len() {
            all[filled] = GROUPS[group][at];
            filled += 1;
            at += 1;
        }
        group += 1;
    }
    all
}

const YES_NO: &[Choice] = &[word("yes", &["true", "y", "on"]), word("no", &["false", "n", "off"])];

const fn word(name: &'static str, aliases: &'static [&'static str]) -> Choice {
    Choice { name, aliases }
}

const fn short(name: &'static str, aliases: &'static [&'static str], key: Key, value: &'static str) -> Short {
    Short { word: word(name, aliases), key, value }
}

const fn number(unit: Unit, about: i64) -> Kind {
    Kind::Number { unit, about }
}

const fn row(
    key: Key,
    aliases: &'static [&'static str],
    kind: Kind,
    help: &'static str,
    example: &'static str,
) -> KeyInfo {
    KeyInfo { key, aliases, kind, shorts: &[], optional: false, help, example }
}

/// What is so or not.
const fn yes_no(
    key: Key,
    aliases: &'static [&'static str],
    help: &'static str,
    example: &'static str,
) -> KeyInfo {
    row(key, aliases, Kind::Choice(YES_NO), help, example)
}

const fn optional(row: KeyInfo) -> KeyInfo {
    KeyInfo { optional: true, ..row }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::AssetLife;
    use crate::filter::calendar::{MONTHS, SEASONS, WEEKDAYS};
    use crate::metadata::{AssetType, Format};
    use crate::place::Continent;

    /// The words of a key's own.
    fn names(key: Key) -> Vec<&'static str> {
        let Kind::Choice(choices) = key.info().kind else { panic!("{key} has no words") };
        choices.iter().map(|choice| choice.name).collect()
    }

    #[test]
    fn choices_are_those_of_the_domain() {
        assert_eq!(names(Key::Type), AssetType::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>());
        assert_eq!(names(Key::Format), Format::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>());
        // What is locked is found by nobody.
        let found = AssetLife::ALL.iter().filter(|life| **life != AssetLife::Locked);
        assert_eq!(names(Key::State), found.map(|value| value.as_str()).collect::<Vec<_>>());
        assert_eq!(
            names(Key::Continent),
            Continent::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>()
        );
        assert_eq!(names(Key::Month), MONTHS);
        assert_eq!(names(Key::Season), SEASONS);
        assert_eq!(names(Key::Weekday)[..7], WEEKDAYS);
        let optional = KEYS.iter().filter(|info| info.optional && !info.kind.is_scoped()).map(KeyInfo::name);
        assert_eq!(names(Key::Has), ["gps"].into_iter().chain(optional).collect::<Vec<_>>());
    }

    #[test]
    fn no_key_has_a_word_twice() {
        for info in keys() {
            let mut words: Vec<&str> = info.words().flat_map(Choice::spellings).collect();
            let count = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), count, "{}", info.name());
        }
    }
}
