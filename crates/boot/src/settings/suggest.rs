//! "Did you mean …?"

/// The one of `known` that `given` most likely was meant to be, if any is near enough. Hand in names without the
/// beginning that all of them share: it would make them all alike.
pub(super) fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(given, name), name))
        .filter(|(likeness, _)| *likeness >= 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let known = ["listen", "log", "log_format", "session_days", "public_url"];
        for (given, expected) in [
            ("lisen", Some("listen")),
            ("sesion_days", Some("session_days")),
            ("pubic_url", Some("public_url")),
            ("logformat", Some("log_format")),
            ("threads", None),
            ("x", None),
        ] {
            assert_eq!(nearest(given, known), expected, "{given}");
        }
    }
}
