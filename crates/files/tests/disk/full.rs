//! A disk that runs full, or can't be written to: a small one of its own, where the test may mount one.

use std::fs;
use std::process::{Command, Stdio};

use domain::UploadId;
use files::{Append, Files, FilesError};
use tempfile::TempDir;

use crate::ground::{all_files, content};

struct SmallDisk(TempDir);

impl SmallDisk {
    /// None, and a line that says so, where mounting is not allowed.
    fn mount(options: &str) -> Option<Self> {
        let disk = Self(TempDir::new().unwrap());
        if disk.run(&["mount", "-t", "tmpfs", "-o", options, "tessera-test"]) {
            return Some(disk);
        }
        eprintln!("SKIPPED: only root can mount a small disk");
        None
    }

    fn run(&self, words: &[&str]) -> bool {
        let run = Command::new(words[0]).args(&words[1..]).arg(self.0.path()).stderr(Stdio::null()).status();
        run.is_ok_and(|status| status.success())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        self.run(&["umount", "--lazy"]);
    }
}

#[tokio::test]
async fn a_disk_that_fills_during_an_upload_keeps_what_came_and_lets_it_go_on() {
    let Some(disk) = SmallDisk::mount("size=8m") else { return };
    let root = disk.0.path();
    Files::create(root).await.unwrap();
    let files = Files::open(root, 1 << 20).await.unwrap();
    let (id, bytes) = (UploadId(1), content(1, 5_000_000));
    let too_much = files.uploads().create(UploadId(2), 7 << 20).await;
    assert!(matches!(too_much, Err(FilesError::NoRoom { .. })), "{too_much:?}");
    files.uploads().create(id, 5_000_000).await.unwrap();
    // meanwhile somebody else fills the disk
    fs::write(root.join("other"), vec![0; 4 << 20]).unwrap();
    let append = Append { offset: 0, length: 5_000_000, checksum: None };
    let full = files.uploads().append(id, append, &bytes[..]).await;
    assert!(matches!(full, Err(FilesError::NoRoom { .. })), "{full:?}");
    assert!(files.room().await.unwrap().free >= 1 << 20, "the reserve was used");
    let offset = files.uploads().offset(id).await.unwrap().unwrap();
    assert!(offset > 1_000_000 && offset < 5_000_000, "{offset}");
    let big = files.blobs().put(&bytes[..]).await;
    assert!(matches!(big, Err(FilesError::NoRoom { .. })), "{big:?}");
    assert!(all_files(&root.join("originals")).is_empty());
    assert!(all_files(&root.join("incoming")).is_empty());

    fs::remove_file(root.join("other")).unwrap();
    let append = Append { offset, ..append };
    files.uploads().append(id, append, &bytes[offset as usize..]).await.unwrap();
    let stored = files.uploads().finish(id, 5_000_000, None).await.unwrap();
    assert_eq!(stored.blake3, *blake3::hash(&bytes).as_bytes());
}

#[tokio::test]
async fn a_disk_without_room_for_another_name_says_so() {
    // the folders and the marker take eight of them, the first original two folders, itself and its name while it comes
    let Some(disk) = SmallDisk::mount("size=8m,nr_inodes=12") else { return };
    Files::create(disk.0.path()).await.unwrap();
    let files = Files::open(disk.0.path(), 0).await.unwrap();
    let mut stored = Vec::new();
    let full = loop {
        match files.blobs().put(&content(stored.len() as u64, 100)[..]).await {
            Ok(content) => stored.push(content),
            Err(error) => break error,
        }
    };
    assert!(matches!(full, FilesError::DiskFull { .. }), "{full:?}");
    assert!(!stored.is_empty(), "not even one fitted: the test shows nothing");
    assert_eq!(all_files(&disk.0.path().join("originals")).len(), stored.len());
    assert!(all_files(&disk.0.path().join("incoming")).is_empty());
}

#[tokio::test]
async fn a_read_only_disk_is_noticed_at_the_start_and_later() {
    let Some(disk) = SmallDisk::mount("size=8m") else { return };
    Files::create(disk.0.path()).await.unwrap();
    let files = Files::open(disk.0.path(), 0).await.unwrap();
    let stored = files.blobs().put(&b"abc"[..]).await.unwrap();
    assert!(disk.run(&["mount", "-o", "remount,ro"]));
    assert!(matches!(files.blobs().put(&b"def"[..]).await, Err(FilesError::ReadOnly { .. })));
    assert!(matches!(Files::open(disk.0.path(), 0).await, Err(FilesError::ReadOnly { .. })));
    assert!(files.blobs().open(&stored.blake3).await.unwrap().is_some());
}
