use super::super::{parse, parse_typing, print};
use super::clock;

/// Reads `text` and expects its canonical form.
fn check(text: &str, canonical: &str) {
    let filter = parse(text, &clock()).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    assert_eq!(print(&filter), canonical, "{text}");
    assert_eq!(filter.check(), Ok(()), "{text}");
}

#[test]
fn words_and_operators() {
    for (text, canonical) in [
        ("", ""),
        ("  \n ", ""),
        ("dog", "dog"),
        ("dog cat", "dog cat"),
        ("dog AND cat", "dog cat"),
        ("dog or cat bird", "dog or cat bird"),
        ("dog|cat", "dog or cat"),
        ("(dog OR cat) -screenshot", "(dog or cat) -screenshot"),
        ("not dog NOT -cat", "-dog cat"),
        ("-(a1 b1) ((c1))", "-(a1 b1) c1"),
        ("a1 or (b1 or c1)", "a1 or b1 or c1"),
        ("golden-gate IMG_1234.jpg", "golden-gate IMG_1234.jpg"),
        ("\"golden gate\" \"or\"", "\"golden gate\" \"or\""),
        (r#""a \"b\" \\c""#, r#""a \"b\" \\c""#),
        ("lisb* \"new yo\"*", "lisb* \"new yo\"*"),
        // What has neither letters nor digits asks for nothing.
        ("rock & roll", "rock roll"),
        ("- & ...", ""),
        ("()", ""),
        ("10:30", "\"10:30\""),
        ("São東京", "São東京"),
    ] {
        check(text, canonical);
    }
}

#[test]
fn fields() {
    for (text, canonical) in [
        ("camera:fuji iso:>=1600 place:lisbon", "camera:fuji iso:>=1600 place:lisbon"),
        ("CAMERA:Fuji", "camera:Fuji"),
        ("make:fuji,\"canon eos\",none", "camera:fuji,\"canon eos\",none"),
        ("country:pt,es", "country:pt,es"),
        ("country:\"pt\"", "country:\"pt\""),
        ("city:=Paris", "city:=\"Paris\""),
        ("name:IMG_12*", "name:IMG_12"),
        ("name:*12* name:=\"a b\"*", "name:=*12* name:=\"a b\"*"),
        ("ext:JPG,jp?", "ext:JPG,=jp?"),
        ("iso:100..400 iso:800.. iso:..50 iso:=3", "iso:100..400 iso:>=800 iso:<=50 iso:3"),
        ("f:f/2.8 aperture:<1.80", "aperture:2.8 aperture:<1.8"),
        ("exposure:1/250 exposure:>0.5s", "exposure:1/250 exposure:>1/2"),
        ("size:>20MB size:1.5gb", "size:>20MB size:1500MB"),
        ("duration:30s..2m", "duration:30s..2m"),
        ("type:photo,film format:jpg", "type:image,video format:jpeg"),
        ("has:location -has:camera", "has:gps -has:camera"),
        ("near:38.72,-9.14", "near:38.72,-9.14,5km"),
        ("lens:none or lens:any", "lens:none or lens:any"),
        ("lens:\"none\"", "lens:\"none\""),
        ("unreadable:true state:trash", "unreadable:yes state:trashed"),
    ] {
        check(text, canonical);
    }
}

#[test]
fn dates() {
    for (text, canonical) in [
        ("taken:2023", "taken:2023"),
        ("date:2023-06", "taken:2023-06"),
        ("taken:2023-6-5", "taken:2023-06-05"),
        ("taken:2023-06..2023-08", "taken:2023-06..2023-08"),
        ("taken:<2020 taken:2024..", "taken:<2020 taken:>=2024"),
        ("taken:today", "taken:2026-03-05"),
        ("taken:yesterday", "taken:2026-03-04"),
        ("taken:last-week", "taken:2026-02-23..2026-03-01"),
        ("taken:\"this week\"", "taken:2026-03-02..2026-03-08"),
        ("taken:last_month", "taken:2026-02"),
        ("taken:this-year,last-year", "taken:2026,2025"),
        ("taken:last-month..today", "taken:2026-02..2026-03-05"),
        ("taken:>last-week taken:<last-week", "taken:>2026-03-01 taken:<2026-02-23"),
        ("taken:2024-02-29", "taken:2024-02-29"),
    ] {
        check(text, canonical);
    }
}

#[test]
fn the_last_word_may_be_unfinished_while_typing() {
    for (text, canonical) in [
        ("dog lisb", "dog lisb*"),
        ("dog or lisb", "dog or lisb*"),
        ("-lisb", "-lisb*"),
        ("dog lisb ", "dog lisb"),
        ("dog l", "dog l"),
        ("\"dog\"", "dog"),
        ("lisb place:lis", "lisb place:lis"),
    ] {
        assert_eq!(print(&parse_typing(text, &clock()).unwrap()), canonical, "{text}");
    }
}
