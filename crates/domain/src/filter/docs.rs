//! Writes `docs/SEARCH.md` from the table of keys.

use super::kind::{Choice, KeyInfo};
use super::operators::{DAYS, Operator, RECURRING, VALUES, WORDS};
use super::table::keys;

const HEAD: &str = "\
# The search language

Generated from `crates/domain/src/filter/table.rs` and `operators.rs` beside it; a test proves it fresh.

What is typed into the search field, and what the `filter` of the API takes as text. Words are looked for in file names,
captions, places, cameras, lenses and the words of the date; `key:value` asks one thing exactly.
";

const WORDS_BELOW: &str = "
Case and accents make no difference, nor do ligatures and full-width letters; ß is ss. Of Chinese, Japanese and Korean any
part of a run of letters is found. Where hits are ordered by how well they fit, whole words come before beginnings, and
beginnings before words that are spelt differently.

Names of places in other languages are those of countries, of regions, and of cities with 15,000 people or more. They are found in
free words and by `place:`, `city:`, `region:` and `country:`, in quotes, too; whole texts (`=`) and patterns look at what is
written of an asset, and at nothing else.
";

const DAYS_BELOW: &str = "
`added:` and `modified:` take these, too. Seasons are those of the northern half of the Earth, from the first of March, June,
September and December on.
";

/// The text of `docs/SEARCH.md`.
pub fn docs() -> String {
    let mut out = HEAD.to_owned();
    out += &counts();
    out += &section("Words", WORDS, WORDS_BELOW);
    out += &section("Values", VALUES, "");
    out += &section("Days", DAYS, DAYS_BELOW);
    out += &section("What comes round again", RECURRING, "");
    out += "\n## Keys\n\n| key | also | what it finds | example |\n| --- | --- | --- | --- |\n";
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

/// How much there is to know.
fn counts() -> String {
    let values: usize = keys().iter().map(|info| info.words().count()).sum();
    let operators: usize =
        [WORDS, VALUES, DAYS, RECURRING].into_iter().flatten().map(|operator| operator.write.len()).sum();
    let keys = keys().len();
    format!(
        "\n{keys} keys, {values} values that have names, {operators} ways to write words, values and days: {} in all.\n",
        keys + values + operators
    )
}

fn section(title: &str, operators: &[Operator], below: &str) -> String {
    let mut out = format!("\n## {title}\n\n| write | to find |\n| --- | --- |\n");
    for operator in operators {
        out += &format!("| {} | {} |\n", quoted(operator.write).replace('|', "\\|"), operator.find);
    }
    out + below
}

/// What may stand after the colon, where that is one of a few words.
fn values(info: &KeyInfo) -> String {
    let names: Vec<&str> = info.words().map(|word: &Choice| word.name).collect();
    if names.is_empty() { String::new() } else { format!(" Values: {}.", quoted(&names)) }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
