//! Writes `docs/SEARCH.md` from the table of keys.

use super::key::{Choice, KeyInfo, Kind};
use super::table::keys;

const HEAD: &str = "\
# The search language

Generated from `crates/domain/src/filter/table.rs`; a test proves it fresh.

What is typed into the search field, and what the `filter` of the API takes as text. Words are looked for in file names,
captions, places, cameras, lenses and the words of the date; `key:value` asks one thing exactly.

| write | to find |
| --- | --- |
| `lisbon tram` | what has both words |
| `lisb` | at the end of the text, words that begin so |
| `\"pastel de nata\"` | the words after each other |
| `porto or lisbon`, `porto \\| lisbon` | either |
| `-screenshot`, `not screenshot` | what does not have it |
| `(porto or lisbon) -type:video` | parentheses group |
| `country:pt,es` | one of several values |
| `iso:>=1600`, `iso:<200` | more or less than |
| `focal:24..70`, `taken:2019..` | from, to, or open at one end |
| `name:IMG_12*` | `*` stands for any letters, `?` for one |
| `name:=\"IMG_1234.jpg\"` | the whole text and nothing else |
| `camera:none`, `lens:any` | what has no value, or some |

Case and accents make no difference.

## Keys

| key | also | what it finds | example |
| --- | --- | --- | --- |
";

/// The text of `docs/SEARCH.md`.
pub fn docs() -> String {
    let mut out = HEAD.to_owned();
    for info in keys() {
        out += &format!(
            "| `{}:` | {} | {}{} | `{}` |\n",
            info.name(),
            quoted(info.aliases),
            info.help.replace('|', "\\|"),
            values(info),
            info.example.replace('|', "\\|")
        );
    }
    out
}

/// What may stand after the colon, where that is one of a few words.
fn values(info: &KeyInfo) -> String {
    match info.kind {
        Kind::Choice(choices) => format!(" Values: {}.", quoted(&names(choices))),
        _ => String::new(),
    }
}

fn names(choices: &'static [Choice]) -> Vec<&'static str> {
    choices.iter().map(|choice| choice.name).collect()
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
