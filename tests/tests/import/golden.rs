//! A hundred questions in the search language, and the files of the real library that are their right answers: derived
//! from what other programs say of each file (`golden/README.md`), never from what we say of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use testkit::testdata;

use crate::ask::Ann;
use crate::outcome::Outcomes;

const ANSWERS: &str = include_str!("../golden/answers.txt");
const QUESTIONS: usize = 100;

/// A question, and the files that are its answer, below the library.
struct Golden {
    question: &'static str,
    files: Vec<&'static str>,
}

/// Blocks of a line that begins so, and a line for each file.
fn blocks(beginning: &'static str) -> impl Iterator<Item = Golden> {
    ANSWERS.split("\n\n").filter_map(move |block| {
        let mut lines = block.trim().strip_prefix(beginning)?.lines();
        Some(Golden { question: lines.next()?, files: lines.collect() })
    })
}

fn golden() -> Vec<Golden> {
    blocks("? ").collect()
}

/// Files of which the others know nothing: they may be found or not.
fn unread() -> Vec<&'static str> {
    blocks("! ").flat_map(|block| block.files).collect()
}

/// What search finds, beside what is right.
pub async fn answers(ann: &Ann, outcomes: &Outcomes) -> Vec<String> {
    let mut asked = golden();
    assert_eq!(asked.len(), QUESTIONS);
    // The index follows a moment behind: what is wrong at first is asked again.
    for _again in 0..3 {
        let mut left = Vec::new();
        for golden in asked {
            if difference(ann, outcomes, &golden).await.is_some() {
                left.push(golden);
            }
        }
        asked = left;
        if asked.is_empty() {
            return Vec::new();
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let mut wrong = Vec::new();
    for golden in &asked {
        wrong.extend(difference(ann, outcomes, golden).await);
    }
    wrong
}

/// The files that are missing and those that are too many, if there are any.
async fn difference(ann: &Ann, outcomes: &Outcomes, golden: &Golden) -> Option<String> {
    let asset = |path: &&str| outcomes.get(path.as_bytes()).and_then(|outcome| outcome.asset["id"].as_str());
    let found = ann.found(golden.question).await;
    let right: Vec<Option<&str>> = golden.files.iter().map(asset).collect();
    let missing: Vec<&str> = golden
        .files
        .iter()
        .zip(&right)
        .filter(|(_, id)| id.is_none_or(|id| !found.contains_key(id)))
        .map(|(path, _)| *path)
        .collect();
    let unread = unread();
    let surplus: Vec<&str> = found
        .iter()
        .filter(|(id, _)| !right.contains(&Some(id.as_str())))
        .map(|(_, path)| path.rsplit("/library/").next().unwrap_or_default())
        .filter(|path| !unread.contains(path))
        .collect();
    let as_expected = missing.is_empty() && surplus.is_empty();
    let said = || format!("search {}: does not find {missing:?}, finds {surplus:?}", golden.question);
    (!as_expected).then(said)
}

impl Ann {
    /// What she finds: paths by ids.
    async fn found(&self, text: &str) -> BTreeMap<String, String> {
        let document = "query ($text: String!) { search(filter: { text: $text }, first: 500) {
            nodes { id path } pageInfo { hasNextPage } } }";
        let page = self.ask(document, json!({ "text": text })).await["search"].take();
        assert_eq!(page["pageInfo"]["hasNextPage"], false, "{text}");
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let nodes = page["nodes"].as_array().unwrap();
        nodes.iter().map(|node| (word(&node["id"]), word(&node["path"]))).collect()
    }
}

#[test]
fn the_golden_questions_are_many_and_say_something() {
    let golden = golden();
    let mut questions: Vec<&str> = golden.iter().map(|golden| golden.question).collect();
    questions.sort_unstable();
    questions.dedup();
    assert_eq!(questions.len(), QUESTIONS);
    let files: usize = golden.iter().map(|golden| golden.files.len()).sum();
    let empty = golden.iter().filter(|golden| golden.files.is_empty()).count();
    assert!(files > 600 && empty <= 3, "{files} files, {empty} questions without an answer");
    assert!(unread().len() <= 1, "{:?} are not compared", unread());
}

/// The answers are those that the oracles give, made anew.
#[test]
fn full_the_golden_answers_are_derived_from_the_oracles() {
    let Some(testdata) = testdata() else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/derive.py");
    let made = Command::new("python3").arg("-B").arg(script).arg(testdata).arg("--check").output();
    let Ok(made) = made else {
        eprintln!("SKIPPED: there is no python3, which derives the golden answers");
        return;
    };
    let (text, error) = (String::from_utf8_lossy(&made.stdout), String::from_utf8_lossy(&made.stderr));
    assert!(made.status.success(), "run tests/tests/golden/derive.py:\n{text}{error}");
}
