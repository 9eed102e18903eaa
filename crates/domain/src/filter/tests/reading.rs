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
        // Quotes make a difference only where typing errors are forgiven.
        ("\"dog\" \"lisbon\" lisbon", "dog \"lisbon\" lisbon"),
        ("Lisbon, (Açores!)", "Lisbon Açores"),
        ("\"img_1234\" \"golden-gate\"", "img_1234 golden-gate"),
        ("2-of:(beach, sunset, tag:dog)", "2-of:(beach, sunset, tag:dog)"),
        (
            "2-OF:( beach,sunset ,tag:dog,cat , (a1 or b1) c1,-d1 )",
            "2-of:(beach, sunset, tag:dog,cat, (a1 or b1) c1, -d1)",
        ),
        (
            "2-of:(a1 or b1, near:1,2,3km, \"c,d\", 2-of:(x1, y1, z1))",
            "2-of:(a1 or b1, near:1,2,3km, \"c,d\", 2-of:(x1, y1, z1))",
        ),
        ("-2-of:(a1, b1, c1) d1", "-2-of:(a1, b1, c1) d1"),
        ("0-of:(a1, b1)", ""),
        ("1-of:(a1, b1) c1", "(a1 or b1) c1"),
        ("2-of:(a1, b1) c1", "a1 b1 c1"),
        ("3-of:(a1, b1)", "-()"),
        ("2-of:(a1, &, , b1, (), c1)", "a1 or b1 or c1"),
        ("99999999999999999999999-of:(a1)", "-()"),
        ("2-of 2of", "2-of 2of"),
        ("a1,b1", "\"a1,b1\""),
    ] {
        check(text, canonical);
    }
}

#[test]
fn fields() {
    for (text, canonical) in [
        ("camera:fuji iso:>=1600 place:lisbon", "camera:fuji iso:>=1600 place:lisbon"),
        ("CAMERA:Fuji", "camera:Fuji"),
        ("maker:fuji,\"canon eos\",none", "make:fuji,\"canon eos\",none"),
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
        ("is:trash is:raw,live is:photo", "trashed:yes (raw:yes or live:yes) type:image"),
        ("-is:raw,live -is:duplicate", "-(raw:yes or live:yes) -copies:>1"),
        ("has:gps,faces,lens", "has:gps,lens or faces:>=1"),
        ("hour:22..4 hour:7h on:2-29..1-6", "hour:22..4 hour:7 on:02-29..01-06"),
        (
            "direction:n direction:North-East..e direction:90°",
            "direction:337.5..22.5 direction:22.5..112.5 direction:90",
        ),
        ("altitude:-5..100m altitude:<-10ft", "altitude:-5..100 altitude:<-3"),
        ("bbox:36.9,-9.6,42.2,-6.2", "bbox:36.9,-9.6,42.2,-6.2"),
        ("id:12,asset_7", "id:asset_12,asset_7"),
        ("month:12,feb season:fall weekday:su", "month:december,february season:autumn weekday:sunday"),
        ("continent:\"North America\"", "continent:north-america"),
        ("fps:29.97fps focal35:50mm", "fps:29.97 focal35:50"),
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
        ("taken:summer-2019 taken:\"Winter 2019\"", "taken:2019-06..2019-08 taken:2019-12..2020-02"),
        ("taken:last-summer taken:last-winter", "taken:2025-06..2025-08 taken:2025-12..2026-02"),
        ("taken:this-summer taken:this-winter", "taken:2026-06..2026-08 taken:2026-12..2027-02"),
        ("taken:this-spring taken:last-spring", "taken:2026-03..2026-05 taken:2025-03..2025-05"),
        ("taken:december-2019 taken:dec_2019", "taken:2019-12 taken:2019-12"),
        ("taken:last-december taken:last-february", "taken:2025-12 taken:2026-02"),
        ("taken:last-thursday taken:last-wed", "taken:2026-02-26 taken:2026-03-04"),
        (
            "taken:last-weekend taken:this-weekend",
            "taken:2026-02-28..2026-03-01 taken:2026-03-07..2026-03-08",
        ),
        ("taken:1990s taken:90s taken:20s", "taken:1990..1999 taken:1990..1999 taken:2020..2029"),
        ("taken:<1990s taken:>1990s", "taken:<1990 taken:>1999"),
        ("taken:3-days-ago taken:2-weeks-ago", "taken:2026-03-02 taken:2026-02-16..2026-02-22"),
        ("taken:1-month-ago taken:5-years-ago", "taken:2026-02 taken:2021"),
        (
            "taken:last-30-days taken:last-2-weeks",
            "taken:2026-02-04..2026-03-05 taken:2026-02-20..2026-03-05",
        ),
        ("taken:last-6-months taken:past-year", "taken:2025-09-06..2026-03-05 taken:2025-03-06..2026-03-05"),
        ("taken:past-week taken:\"last 1 day\"", "taken:2026-02-27..2026-03-05 taken:2026-03-05"),
        ("taken:last-summer..today", "taken:2025-06..2026-03-05"),
        ("taken:1990s..\"last year\"", "taken:1990..2025"),
        ("added:last-week modified:>=2024", "added:2026-02-23..2026-03-01 modified:>=2024"),
    ] {
        check(text, canonical);
    }
}

#[test]
fn what_comes_round_again_is_read_as_the_keys_that_say_so() {
    for (text, canonical) in [
        ("taken:on-this-day taken:\"today in history\"", "on:03-05 on:03-05"),
        ("taken:12-24 taken:24-december taken:\"every December 24\"", "on:12-24 on:12-24 on:12-24"),
        ("taken:12-24..1-6", "on:12-24..01-06"),
        ("taken:02-29", "on:02-29"),
        ("taken:december taken:\"every dec\" taken:may", "month:december month:december month:may"),
        ("taken:summer taken:fall taken:every-winter", "season:summer season:autumn season:winter"),
        (
            "taken:monday taken:sundays taken:weekends taken:workday",
            "weekday:monday weekday:sunday weekday:weekend weekday:workday",
        ),
        ("taken:2019,december,2021", "taken:2019,2021 or month:december"),
        ("dog taken:2019,monday", "dog (taken:2019 or weekday:monday)"),
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
