//! Values that a library can be looked through by: which keys have them, which of them an asset has, and what finds each.
//!
//! A **facet** is a key whose values are counted beside a search. What somebody is typing is met by values of these keys
//! and of some more ([`SUGGESTED`]). Both are of values as people write them; the search text that finds one is made by
//! [`filter`], so that a count and what it leads to agree.

mod written;

use crate::filter::{Filter, Key};
pub use written::{Written, label, suggested, value, values};

/// Calls a macro with the table of facets, so that whatever lists them is made from the same rows: a facet is a row here,
/// its key in [`crate::filter`], and what [`values`] says of a document.
#[macro_export]
macro_rules! facets {
    ($with:ident) => {
        $with! {
            /// Year it was taken in.
            Year = Taken;
            /// Month it was taken in, of whatever year.
            Month = Month;
            /// Country it was taken in; values are ISO 3166-1 codes of two letters.
            Country = Country;
            /// State, county or canton it was taken in.
            Region = Region;
            /// City, town or quarter it was taken in.
            City = City;
            /// Maker and model of the camera.
            Camera = Camera;
            /// Model of the lens.
            Lens = Lens;
            /// Keywords it was given, whole and by each of their parts.
            Tag = Tag;
            /// Picture or film.
            Type = Type;
            /// File format.
            Format = Format;
            /// Library it belongs to; values are ids.
            Library = Library;
            /// Album that it is in, or that such an album lies in; values are ids. Of those that the viewer may see.
            Album = Album;
            /// Stars, 1 to 5; −1 is rejected.
            Rating = Rating;
            /// Folder its file lies in, where the viewer may see it.
            Folder = Folder;
        }
    };
}

macro_rules! table {
    ($($(#[$doc:meta])* $name:ident = $key:ident;)+) => {
        /// A key whose values are counted beside a search.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Facet {
            $($(#[$doc])* $name),+
        }

        impl Facet {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The key that its values are of.
            pub const fn key(self) -> Key {
                match self { $(Self::$name => Key::$key),+ }
            }
        }
    };
}
facets!(table);

/// The keys of which values that exist are suggested. Names, titles, captions and checksums are not among them: nearly
/// each asset has one of its own.
pub const SUGGESTED: &[Key] = &[
    Key::Taken,
    Key::Country,
    Key::Region,
    Key::City,
    Key::Zone,
    Key::Camera,
    Key::Make,
    Key::Model,
    Key::Serial,
    Key::Lens,
    Key::Codec,
    Key::Audio,
    Key::Ext,
    Key::Folder,
    Key::Tag,
    Key::Creator,
    Key::Copyright,
    Key::Library,
    Key::Album,
    Key::SharedWith,
];

/// The keys of which values are suggested for a free word; those with few values first.
pub const NAMED: &[Key] =
    &[Key::Country, Key::Taken, Key::Camera, Key::Lens, Key::Region, Key::City, Key::Tag];

/// The keys whose values may stand behind this one: those of places are cities, regions and countries.
pub fn suggested_for(key: Key) -> Vec<Key> {
    match key {
        Key::Place => vec![Key::Country, Key::Region, Key::City],
        key if SUGGESTED.contains(&key) => vec![key],
        _ => Vec::new(),
    }
}

/// What finds the assets with a value as [`values`] gives it; `None` for what is none of the key's.
pub fn filter(key: Key, written: &str) -> Option<Filter> {
    Some(Filter::field(key, vec![value(key, written)?]))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::filter::{Clock, parse};

    #[test]
    fn what_finds_a_value_is_read_as_it_is_meant() {
        let clock = Clock { now: DateTime::UNIX_EPOCH, zone: chrono_tz::UTC };
        for (key, written, text) in [
            (Key::Taken, "2023", "taken:2023"),
            (Key::Month, "december", "month:december"),
            (Key::Country, "PT", "country:pt"),
            (Key::Country, "NO", "country:no"),
            (Key::City, "São João", "city:=\"São João\""),
            (Key::City, "any", "city:=\"any\""),
            (Key::Tag, "a \"b\" \\ | c", "tag:=\"a \\\"b\\\" \\\\ | c\""),
            (Key::Rating, "-1", "rating:-1"),
            (Key::Library, "library_2", "library:=\"library_2\""),
            (Key::Album, "album_2", "album:=\"album_2\""),
            (Key::Ext, "jpg", "ext:jpg"),
        ] {
            let found = filter(key, written).unwrap();
            assert_eq!(found.to_string(), text);
            assert_eq!(parse(text, &clock), Ok(found), "{text}");
        }
        assert_eq!(filter(Key::Taken, "12345"), None);
        assert_eq!(filter(Key::Type, "nonsense"), None);
    }
}
