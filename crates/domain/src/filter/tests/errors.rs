use super::super::{MAX_BYTES, MAX_DEPTH, MAX_TERMS, parse};
use super::clock;

/// What is wrong, a part of the message, and the text after the mend.
#[test]
fn errors_name_the_place_and_a_mend() {
    for (text, place, part, mended) in [
        ("dog camra:fuji", "camra", "did you mean 'camera'", Some("dog camera:fuji")),
        ("frobnicate:1", "frobnicate", "no key 'frobnicate'", None),
        ("iso:abc", "abc", "as in iso:>=1600", None),
        ("iso:400..100", "400..100", "ends before it begins", Some("iso:100..400")),
        ("taken:2023-13", "2023-13", "a date such as", None),
        ("taken:2023-02-30", "2023-02-30", "a date such as", None),
        ("taken:2024..2023", "2024..2023", "ends before", Some("taken:2023..2024")),
        ("type:vidio", "vidio", "one of: image, video, other", Some("type:video")),
        ("camera:", "", "needs a value right after the colon", None),
        ("camera:fuji,", "", "needs a value", None),
        ("place: lisbon", "", "needs a value right after the colon", None),
        ("type:none", "none", "can't be 'none'", None),
        ("near:91,0,5km", "91,0,5km", "latitude, longitude", None),
        ("caption:=Party", "=Party", "words, not whole texts", None),
        ("place:&", "&", "letters or digits", None),
        ("(dog cat", "(", "not closed", Some("dog cat")),
        ("dog)", ")", "no '('", Some("dog")),
        ("dog or", "or", "after it", Some("dog \"or\"")),
        ("and dog", "and", "before it", Some("\"and\" dog")),
        ("dog not", "not", "after it", Some("dog \"not\"")),
        ("say \"golden ga", "\"golden ga", "not closed", Some("say \"golden ga\"")),
        ("é iso:x", "x", "as in", None),
        (
            "dog 2-of:beach,sunset cat",
            "2-of:beach,sunset",
            "parentheses right after",
            Some("dog 2-of:(beach, sunset) cat"),
        ),
        ("2-of:", "2-of:", "as in 2-of:(beach", Some("2-of:(beach, sunset)")),
        ("2-of:(dog, cat", "2-of:(", "not closed", Some("dog, cat")),
        ("2-of:(dog or, cat)", "or", "after it", Some("2-of:(dog \"or\", cat)")),
        ("2-of:(not, cat)", "not", "after it", Some("2-of:(\"not\", cat)")),
        ("taken:decembre", "decembre", "a date such as", Some("taken:december")),
        ("taken:last-wek", "last-wek", "a date such as", Some("taken:last-week")),
        ("added:december", "december", "a date such as", None),
        ("taken:12-32", "12-32", "a date such as", None),
        ("taken:3000-years-ago", "3000-years-ago", "a date such as", None),
        ("is:rw", "rw", "one of: active", None),
        ("is:animatd", "animatd", "one of: active", Some("is:animated")),
        ("is:any", "any", "can't be 'any'", None),
        ("has:sidcar", "sidcar", "one of: gps", Some("has:sidecar")),
        ("hour:24", "24", "an hour from 0 to 23", None),
        ("monthday:32", "32", "from 1 to 31", None),
        ("monthday:20..10", "20..10", "ends before it begins", Some("monthday:10..20")),
        ("on:2-30", "2-30", "a month and a day", None),
        ("direction:400", "400", "degrees from 0 to 360", None),
        ("bbox:42,-9,36,-6", "42,-9,36,-6", "south, west, north and east", None),
        ("id:user_7", "user_7", "the id of", None),
        ("mak:fuji", "mak", "did you mean 'make'", Some("make:fuji")),
    ] {
        let error = parse(text, &clock()).expect_err(text);
        assert_eq!(&text[error.span.clone()], place, "{text}: {error:?}");
        assert!(error.message.contains(part), "{text}: {}", error.message);
        assert_eq!(error.mended(text).as_deref(), mended, "{text}");
        if let Some(mended) = mended {
            assert!(parse(mended, &clock()).is_ok(), "{mended}");
        }
    }
}

#[test]
fn places_are_also_told_in_the_units_of_browsers() {
    let text = "🏖é iso:x";
    let error = parse(text, &clock()).unwrap_err();
    assert_eq!((error.span.clone(), error.span_utf16(text)), (11..12, 8..9));
}

#[test]
fn limits_hold_and_say_so() {
    let nested = |levels| format!("{}dog{}", "(".repeat(levels), ")".repeat(levels));
    let many = |parts| format!("2-of:({})", vec!["x"; parts].join(", "));
    let counted = |levels| format!("{}x{}", "2-of:(y, z, ".repeat(levels), ")".repeat(levels));
    for (good, bad, part) in [
        ("x".repeat(MAX_BYTES), "x".repeat(MAX_BYTES + 1), "bytes"),
        ("é".repeat(MAX_BYTES / 2), "é".repeat(MAX_BYTES), "bytes"),
        (nested(MAX_DEPTH), nested(MAX_DEPTH + 1), "levels"),
        (format!("{}x", "-".repeat(MAX_DEPTH)), format!("{}x", "-".repeat(4000)), "levels"),
        ("x ".repeat(MAX_TERMS), "x ".repeat(MAX_TERMS + 1), "words and values"),
        (many(MAX_TERMS), many(MAX_TERMS + 1), "words and values"),
        (counted(MAX_DEPTH), counted(MAX_DEPTH + 1), "levels"),
        (
            format!("{}taken:may", "-".repeat(MAX_DEPTH)),
            format!("{}taken:may,2019", "-".repeat(MAX_DEPTH)),
            "levels",
        ),
    ] {
        let filter = parse(&good, &clock()).unwrap();
        assert_eq!(filter.check(), Ok(()));
        assert!(parse(&bad, &clock()).unwrap_err().message.contains(part));
    }
}
