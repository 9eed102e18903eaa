//! English names of countries.

/// Code and name, sorted by code.
static COUNTRIES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/countries.rs"));

/// The common English name of a country, by its ISO 3166-1 code of two capital letters (`XK` for Kosovo).
pub fn name(code: &str) -> Option<&'static str> {
    entry(code).map(|(_, name)| name)
}

/// Code and name of the country with this number.
pub(super) fn numbered(number: u32) -> Option<(&'static str, &'static str)> {
    COUNTRIES.get(number as usize).copied()
}

/// The code itself where it names a country.
pub(super) fn known(code: &str) -> Option<&'static str> {
    entry(code).map(|(code, _)| code)
}

/// Every code.
#[cfg(test)]
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    COUNTRIES.iter().map(|(code, _)| *code)
}

fn entry(code: &str) -> Option<(&'static str, &'static str)> {
    let at = COUNTRIES.binary_search_by_key(&code, |&(code, _)| code).ok()?;
    COUNTRIES.get(at).copied()
}
