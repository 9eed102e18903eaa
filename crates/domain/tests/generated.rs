//! The committed files that are made from tables of this crate are what the tables say, and what they say works.

use std::fs;
use std::path::Path;

use domain::endings::MEDIA;
use domain::filter::{self, Clock};

/// Compares a committed file; `TESSERA_TEST_RENEW=1` writes it instead.
fn fresh(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("TESSERA_TEST_RENEW").is_some() {
        assert!(fs::write(&file, text).is_ok(), "{path} can't be written");
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == text, "{path} is out of date: run this test with TESSERA_TEST_RENEW=1 and commit it");
}

#[test]
fn the_words_on_the_search_language_are_fresh() {
    fresh("docs/SEARCH.md", &filter::docs());
}

#[test]
fn the_browser_knows_the_same_endings() {
    let mut text =
        "// Made from crates/domain/src/endings.rs by its test (crates/domain/tests/generated.rs).\n\n\
                    /** Endings of names that promise a picture or a film, in lower case. */\n\
                    export const ENDINGS: readonly string[] = [\n"
            .to_owned();
    for ending in MEDIA {
        text += &format!("  '{ending}',\n");
    }
    text += "];\n";
    fresh("webapp/src/lib/upload/endings.gen.ts", &text);
}

#[test]
fn every_example_of_the_documentation_is_understood() {
    let clock = Clock { now: chrono::Utc::now(), zone: chrono_tz::UTC };
    let docs = filter::docs();
    let examples: Vec<&str> = docs
        .lines()
        .filter(|line| line.starts_with("| `"))
        .flat_map(|line| {
            let key = line.split(" | ").nth(3).is_some();
            let cell = if key { line.rsplit(" | ").next() } else { line.split(" | ").next() };
            cell.unwrap_or_default().split('`').skip(1).step_by(2)
        })
        .collect();
    assert!(examples.len() > 40, "{examples:?}");
    for example in examples {
        let example = example.replace("\\|", "|");
        if let Err(error) = filter::parse(&example, &clock) {
            panic!("{example}: {error}");
        }
    }
}
