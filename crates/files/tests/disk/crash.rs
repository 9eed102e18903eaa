//! A process that stores is killed, again and again; what it had promised is there, and nothing is half.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use domain::UploadId;
use files::{Append, Checksum, Files};

use crate::ground::{all_files, content, data_folder};

const ID: UploadId = UploadId(5);
const PIECE: usize = 60_000;
const KILLS: u64 = 30;

/// The n-th thing to store: from nothing to a megabyte.
fn thing(number: u64) -> Vec<u8> {
    content(number, (number * 77_777 % 1_000_000) as usize)
}

#[tokio::test]
async fn killed_while_storing() {
    let (folder, files) = data_folder().await;
    files.uploads().create(ID, u64::MAX >> 32).await.unwrap();
    let (mut stored, mut offset) = (0, 0);
    for round in 0..KILLS {
        let lines = run_and_kill(folder.path(), stored, Duration::from_millis(20 + round * 7 % 90));
        for line in lines {
            match line.split_once(' ') {
                Some(("stored", number)) => stored = number.parse::<u64>().unwrap() + 1,
                Some(("offset", bytes)) => offset = bytes.parse::<u64>().unwrap(),
                _ => {}
            }
        }
        // whatever is visible is whole
        for path in all_files(&folder.path().join("originals")) {
            let name = blake3::hash(&fs::read(&path).unwrap()).to_hex();
            assert_eq!(path.file_name().unwrap(), name.as_str(), "half of it is visible");
        }
        let files = Files::open(folder.path(), 0).await.unwrap();
        assert!(all_files(&folder.path().join("incoming")).is_empty());
        // whatever was promised is there
        for number in 0..stored {
            let hash = blake3::hash(&thing(number));
            let there = files.blobs().open(hash.as_bytes()).await.unwrap();
            assert_eq!(there.map(|file| file.size), Some(thing(number).len() as u64), "{number} is lost");
        }
        let now = files.uploads().offset(ID).await.unwrap().unwrap();
        assert!(now >= offset && now % PIECE as u64 == 0, "at {now} after {offset} was promised");
        let bytes = fs::read(folder.path().join("uploads").join(ID.to_string())).unwrap();
        assert!(bytes[..now as usize] == content(0, now as usize), "the upload holds something else");
    }
    assert!(stored > KILLS && offset > KILLS * PIECE as u64, "too little was stored to show anything");
}

/// Lets the other process work for a while; answers what it had said by the time it was killed.
fn run_and_kill(folder: &Path, first: u64, while_: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::stores_until_killed", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.as_ref().unwrap(), "{first} {}", folder.display()).unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said: Vec<String> =
        lines.by_ref().map(Result::unwrap).take_while(|line| line != "begins").collect();
    std::thread::sleep(while_);
    child.kill().unwrap();
    said.extend(lines.map_while(Result::ok));
    child.wait().unwrap();
    said
}

/// The other process of the test above; where to store what comes by standard input.
#[tokio::test]
#[ignore = "is started and killed by killed_while_storing"]
async fn stores_until_killed() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    let Some((first, folder)) = line.trim_end().split_once(' ') else { return };
    let files = Files::open(Path::new(folder), 0).await.unwrap();
    println!("\nbegins");
    let storing = async {
        for number in first.parse().unwrap().. {
            files.blobs().put(&thing(number)[..]).await.unwrap();
            println!("stored {number}");
        }
    };
    let uploading = async {
        let mut offset = files.uploads().offset(ID).await.unwrap().unwrap();
        loop {
            let bytes = content(0, offset as usize + PIECE);
            let piece = &bytes[offset as usize..];
            let checksum = Some(Checksum::Blake3(*blake3::hash(piece).as_bytes()));
            let append = Append { offset, length: u64::MAX >> 32, checksum };
            offset = files.uploads().append(ID, append, piece).await.unwrap();
            println!("offset {offset}");
        }
    };
    tokio::join!(storing, uploading);
}
