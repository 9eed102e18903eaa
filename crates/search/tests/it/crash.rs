//! A writer that is killed at any moment loses nothing that was committed and doubles nothing.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use domain::AssetId;
use domain::search_doc::SearchDoc;
use rand::prelude::*;
use rand::rngs::StdRng;
use search::{Reader, Sort, Writer};

use crate::library::{doc, position, read, scope};

const ASSETS: i64 = 300;
const KILLS: u32 = 30;

/// What batch `seq` changes: puts some in (new or again), takes some out.
fn batch(seq: i64) -> (Vec<SearchDoc>, Vec<AssetId>) {
    let mut rng = StdRng::seed_from_u64(seq as u64);
    let ids: Vec<i64> = (0..40).map(|_| rng.random_range(0..ASSETS)).collect();
    let (gone, put) = ids.split_at(8);
    let put = put.iter().map(|id| SearchDoc { added: seq, ..doc(&mut rng, *id) });
    (put.filter(|doc| !gone.contains(&doc.asset.0)).collect(), gone.iter().map(|id| AssetId(*id)).collect())
}

/// Which assets there are after batch `seq`, each with the batch that wrote it last.
fn expected(seq: i64) -> Vec<(AssetId, i64)> {
    let mut there = std::collections::BTreeMap::new();
    for seq in 1..=seq {
        let (put, gone) = batch(seq);
        there.retain(|asset, _| !gone.contains(asset));
        there.extend(put.iter().map(|doc| (doc.asset, doc.added)));
    }
    there.into_iter().collect()
}

/// The child: goes on from where the index stands, and says when a batch is committed.
#[test]
#[ignore = "run by the test below"]
fn child() {
    let mut folder = String::new();
    std::io::stdin().read_line(&mut folder).unwrap();
    let mut writer = Writer::open(Path::new(folder.trim())).unwrap();
    for seq in writer.position().map_or(1, |position| position.seq + 1).. {
        let (put, gone) = batch(seq);
        writer.delete(&gone);
        writer.upsert(&put).unwrap();
        writer.commit(position(seq)).unwrap();
        println!("\ncommitted {seq}");
        std::io::stdout().flush().unwrap();
    }
}

fn start(folder: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "crash::child", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{}", folder.display()).unwrap();
    child
}

#[test]
fn a_killed_writer_keeps_exactly_what_was_committed() {
    let root = tempfile::tempdir().unwrap();
    let folder: PathBuf = root.path().join("index");
    let mut rng = StdRng::seed_from_u64(77);
    let (mut promised, mut unsaid) = (0, 0);
    for kill in 0..KILLS {
        let mut child = start(&folder);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut wait = rng.random_range(0..8);
        let deadline = Instant::now() + Duration::from_secs(30);
        while wait > 0 && Instant::now() < deadline {
            let line = lines.next().unwrap().unwrap();
            if let Some(seq) = line.strip_prefix("committed ") {
                promised = seq.parse().unwrap();
                wait -= 1;
            }
        }
        // Somewhere in the middle of the next batch, its commit, or the merge after it.
        std::thread::sleep(Duration::from_micros(rng.random_range(0..12_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines.map_while(Result::ok) {
            promised = line.strip_prefix("committed ").map_or(promised, |seq| seq.parse().unwrap());
        }
        check(&folder, kill, promised, &mut unsaid);
    }
    assert!(promised > i64::from(KILLS), "the child came no further than {promised}");
    // Most kills hit a batch or a commit, not the moment between a commit and its saying.
    assert!(unsaid < KILLS / 2, "{unsaid}");
}

fn check(folder: &Path, kill: u32, promised: i64, unsaid: &mut u32) {
    let reader = Reader::open(folder).unwrap();
    let Some(reached) = reader.position() else {
        assert_eq!(promised, 0, "kill {kill}");
        return;
    };
    // The last commit may have been made without having been said.
    assert!((promised..=promised + 1).contains(&reached.seq), "kill {kill}: {promised} {reached}");
    *unsaid += u32::from(reached.seq != promised);
    let scope = scope(&[1, 2, 3], true, true);
    let hits = reader
        .search(&read("state:active,stacked,trashed,archived"), &scope, Sort::AddedDesc, None, 1000)
        .unwrap();
    let mut there: Vec<_> = hits.hits.iter().map(|hit| (hit.asset, hit.cursor.to_string())).collect();
    there.sort_by_key(|(asset, _)| *asset);
    let expected: Vec<_> = expected(reached.seq)
        .into_iter()
        .map(|(asset, added)| (asset, format!("n.0.{added}.{}", asset.0)))
        .collect();
    assert_eq!(there, expected, "kill {kill} at {reached}");
}
