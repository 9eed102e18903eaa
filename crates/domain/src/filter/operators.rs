//! What can be written between, before and behind words and values, for the documentation.

/// Ways to write it, and what it finds.
pub(super) struct Operator {
    pub write: &'static [&'static str],
    pub find: &'static str,
}

const fn operator(write: &'static [&'static str], find: &'static str) -> Operator {
    Operator { write, find }
}

/// Words, and how they are put together.
pub(super) const WORDS: &[Operator] = &[
    operator(&["lisbon tram", "lisbon and tram"], "what has both words"),
    operator(
        &["barcleona"],
        "also what is spelt a little differently: one letter from five letters on, two from nine, but never the first one, nor words with digits",
    ),
    operator(
        &["lisboa", "country:deutschland", "city:東京"],
        "also what was taken in a place that is called so in another language; a name is written out, or ends in `*` behind its first three letters",
    ),
    operator(&["\"lisbon\""], "this word and no other"),
    operator(&["\"pastel de nata\"", "img_1234"], "the words after each other"),
    operator(&["lisb*"], "words that begin so"),
    operator(&["porto or lisbon", "porto | lisbon"], "either"),
    operator(&["-screenshot", "not screenshot"], "what does not have it"),
    operator(&["(porto or lisbon) -type:video"], "parentheses group"),
    operator(
        &["2-of:(beach, sunset, tag:dog)"],
        "at least so many of what stands between the commas; a comma without a blank behind it is one between values of a key",
    ),
];

/// Values of keys.
pub(super) const VALUES: &[Operator] = &[
    operator(&["country:pt,es"], "one of several values"),
    operator(&["camera:fuji"], "words, of which the last may be only a beginning"),
    operator(&["camera:\"fujifilm\""], "whole words"),
    operator(&["name:=\"IMG_1234.jpg\""], "the whole text and nothing else"),
    operator(&["name:IMG_12*", "name:*12?4*"], "`*` stands for any letters, `?` for one"),
    operator(&["iso:>1600", "iso:>=1600", "iso:<200", "iso:<=200"], "more or less than"),
    operator(&["focal:24..70", "taken:2019..", "size:..5MB"], "from, to, or open at one end"),
    operator(
        &["hour:22..4", "on:12-24..01-06", "direction:nw..ne"],
        "on from the last to the first, where that comes round",
    ),
    operator(&["camera:none", "lens:any"], "what has no value, or some"),
];

/// Values of keys that take days.
pub(super) const DAYS: &[Operator] = &[
    operator(&["taken:2023", "taken:2023-06", "taken:2023-06-17"], "a year, month or day"),
    operator(
        &["taken:june-2023", "taken:summer-2019"],
        "a month or season of a year; a winter is that of the year in which it begins",
    ),
    operator(&["taken:1990s", "taken:90s"], "ten years"),
    operator(&["taken:today", "taken:yesterday"], "a day, where you are"),
    operator(
        &["taken:this-week", "taken:this-month", "taken:this-summer"],
        "what it is now, else that of this year; weeks begin on Monday",
    ),
    operator(
        &[
            "taken:last-week",
            "taken:last-summer",
            "taken:last-december",
            "taken:last-monday",
            "taken:last-weekend",
        ],
        "the latest that is over",
    ),
    operator(
        &["taken:last-30-days", "taken:last-6-months", "taken:past-week"],
        "so long back, today included",
    ),
    operator(
        &["taken:3-days-ago", "taken:2-weeks-ago", "taken:5-years-ago"],
        "the day, week, month or year that was then",
    ),
    operator(&["taken:last-summer..today"], "from one to the other"),
    operator(
        &["taken:\"last summer\"", "taken:last_summer"],
        "blanks in quotes and underscores are as good as hyphens",
    ),
];

/// Values of `taken:` alone.
pub(super) const RECURRING: &[Operator] = &[
    operator(
        &["taken:on-this-day", "taken:today-in-history"],
        "what was taken on today's day of whatever year; as on:",
    ),
    operator(
        &["taken:12-24", "taken:24-december", "taken:12-24..01-06"],
        "a day of every year, or from one to another; as on:",
    ),
    operator(&["taken:december", "taken:\"every december\""], "a month of every year; as month:"),
    operator(&["taken:summer", "taken:winter"], "a season of every year; as season:"),
    operator(&["taken:monday", "taken:weekend", "taken:workday"], "a day of every week; as weekday:"),
];
