//! What finds the assets of a place.

use std::fmt::Write;

/// A text of the search language that finds what was taken in a place: a country, or a region or city of it.
pub fn search_text(code: &str, region: Option<&str>, city: Option<&str>) -> String {
    let mut text = format!("country:{}", code.to_ascii_lowercase());
    for (key, name) in [("region", region), ("city", city)] {
        if let Some(name) = name {
            let name = name.replace('\\', "\\\\").replace('"', "\\\"");
            // Whole names: Porto is not Porto Alegre. Writing to a text does not fail.
            let _ = write!(text, " {key}:=\"{name}\"");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::filter::{Clock, parse, print};

    #[test]
    fn what_finds_a_place_is_read_as_it_is_meant() {
        let clock = Clock { now: DateTime::UNIX_EPOCH, zone: chrono_tz::UTC };
        for (region, city) in [
            (None, None),
            (Some("Lisbon"), None),
            (Some("Provence-Alpes-Côte d'Azur"), Some("Saint-Rémy-de-Provence")),
            (None, Some("a \"quoted\" \\ (town)")),
        ] {
            let text = search_text("PT", region, city);
            let filter = parse(&text, &clock).unwrap();
            assert_eq!(print(&filter), text);
        }
        assert_eq!(search_text("PT", None, Some("Porto")), "country:pt city:=\"Porto\"");
    }
}
