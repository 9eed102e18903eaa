//! Originals.

use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::time::{Duration, SystemTime};

use files::{Files, FilesError, Folder};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;

use crate::ground::{BreaksOff, all_files, content, data_folder};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_content_lies_read_only_under_its_published_hash_and_only_once() {
    let (folder, files) = data_folder().await;
    // the test vector of the BLAKE3 authors for this length; SHA-1 by sha1sum
    let bytes: Vec<u8> = (0..102_400u32).map(|at| (at % 251) as u8).collect();
    let stored = files.blobs().put(&bytes[..]).await.unwrap();
    assert_eq!(hex(&stored.blake3), "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085");
    assert_eq!(hex(&stored.sha1), "f18b928d893ae172a000efa19b80e1c04fb36414");
    assert_eq!(stored.size, 102_400);
    let path = folder.path().join(format!("originals/bc/3e/{}", hex(&stored.blake3)));
    let first = fs::metadata(&path).unwrap();
    assert_eq!(first.permissions().mode() & 0o777, 0o444);

    assert_eq!(files.blobs().put(&bytes[..]).await.unwrap(), stored);
    assert_eq!(fs::metadata(&path).unwrap().ino(), first.ino(), "it was written again");
    assert_eq!(all_files(&folder.path().join("originals")), [path]);
    assert!(all_files(&folder.path().join("incoming")).is_empty());

    let mut read = Vec::new();
    let mut opened = files.blobs().open(&stored.blake3).await.unwrap().unwrap();
    opened.file.read_to_end(&mut read).unwrap();
    assert_eq!((opened.size, read), (102_400, bytes));
}

#[tokio::test]
async fn what_was_stored_long_ago_can_be_laid_aside_unless_it_is_stored_again() {
    let (folder, files) = data_folder().await;
    let bytes = content(5, 1_000);
    let stored = files.blobs().put(&bytes[..]).await.unwrap();
    let name = hex(&stored.blake3);
    let path = folder.path().join(format!("originals/{}/{}/{name}", &name[..2], &name[2..4]));
    let yesterday = SystemTime::now() - Duration::from_secs(86_400);
    let age = || fs::File::open(&path).unwrap().set_modified(yesterday - Duration::from_secs(9)).unwrap();
    let old = async || files.blobs().older(stored.blake3[0], yesterday).await.unwrap();
    let aside = async || files.blobs().set_aside(&stored.blake3, yesterday).await.unwrap();

    assert!(old().await.is_empty() && !aside().await, "it is new");
    age();
    assert_eq!(old().await, [stored.blake3]);
    files.blobs().put(&bytes[..]).await.unwrap();
    assert!(old().await.is_empty() && !aside().await, "it was stored again");
    // So is what came as an upload whose last byte was written long ago.
    let id = domain::UploadId(1);
    files.uploads().create(id, 1_000).await.unwrap();
    let append = files::Append { offset: 0, length: 1_000, checksum: None };
    files.uploads().append(id, append, &content(6, 1_000)[..]).await.unwrap();
    let upload = fs::File::open(folder.path().join("uploads").join(id.to_string())).unwrap();
    upload.set_modified(yesterday - Duration::from_secs(9)).unwrap();
    let other = files.uploads().finish(id, 1_000, None).await.unwrap();
    assert!(!files.blobs().set_aside(&other.blake3, yesterday).await.unwrap());

    age();
    assert!(aside().await && !aside().await);
    assert!(files.blobs().open(&stored.blake3).await.unwrap().is_none());
    assert_eq!(fs::read(folder.path().join("lost").join(&name)).unwrap(), bytes);
    files.blobs().put(&bytes[..]).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[tokio::test]
async fn what_was_purged_goes_for_good_unless_it_has_been_stored_again() {
    let (folder, files) = data_folder().await;
    let (blobs, now) = (files.blobs(), SystemTime::now());
    let stored = blobs.put(&b"purged"[..]).await.unwrap();
    let kept = blobs.put(&b"kept"[..]).await.unwrap();
    assert!(!blobs.remove(&stored.blake3, now - Duration::from_secs(60)).await.unwrap());
    assert!(blobs.open(&stored.blake3).await.unwrap().is_some());
    for _ in 0..2 {
        assert!(blobs.remove(&stored.blake3, now + Duration::from_secs(60)).await.unwrap());
    }
    assert!(blobs.open(&stored.blake3).await.unwrap().is_none());
    assert!(blobs.open(&kept.blake3).await.unwrap().is_some());
    assert!(all_files(&folder.path().join("lost")).is_empty());
}

#[tokio::test]
async fn a_sender_that_breaks_off_leaves_nothing() {
    let (folder, files) = data_folder().await;
    let bytes = content(1, 700_000);
    let broken = files.blobs().put(BreaksOff(&bytes)).await;
    assert!(matches!(broken, Err(FilesError::Source(_))), "{broken:?}");
    assert!(all_files(&folder.path().join("originals")).is_empty());
    assert!(all_files(&folder.path().join("incoming")).is_empty());
}

#[tokio::test]
async fn what_was_received_stays_only_if_it_is_kept() {
    let (folder, files) = data_folder().await;
    let (originals, incoming) = (folder.path().join("originals"), folder.path().join("incoming"));
    let bytes = content(4, 300_000);
    let received = files.blobs().receive(&bytes[..]).await.unwrap();
    assert_eq!(all_files(&incoming).len(), 1);
    assert_eq!(received.head(10).await.unwrap(), bytes[..10]);
    assert_eq!(received.head(1_000_000).await.unwrap(), bytes);
    drop(received);
    assert!(all_files(&incoming).is_empty() && all_files(&originals).is_empty());

    // Twice, as by a request that puts it into two libraries.
    let received = files.blobs().receive(&bytes[..]).await.unwrap();
    let stored = received.keep().await.unwrap();
    assert_eq!(stored.blake3, *blake3::hash(&bytes).as_bytes());
    assert_eq!(received.keep().await.unwrap(), stored);
    drop(received);
    let paths = all_files(&originals);
    let kept = fs::metadata(&paths[0]).unwrap();
    assert_eq!((kept.permissions().mode() & 0o777, kept.nlink()), (0o444, 1));
    assert_eq!((paths.len(), fs::read(&paths[0]).unwrap()), (1, bytes));
    assert!(all_files(&incoming).is_empty());
}

#[tokio::test]
async fn the_same_content_from_many_at_once_is_stored_once() {
    let (folder, files) = data_folder().await;
    let bytes = content(2, 300_000);
    let puts = (0..8).map(|_| {
        let (blobs, bytes) = (files.blobs(), bytes.clone());
        tokio::spawn(async move { blobs.put(&bytes[..]).await.unwrap() })
    });
    for put in puts.collect::<Vec<_>>() {
        assert_eq!(put.await.unwrap().blake3, *blake3::hash(&bytes).as_bytes());
    }
    let all = all_files(&folder.path().join("originals"));
    assert_eq!(all.len(), 1);
    assert_eq!(fs::read(&all[0]).unwrap(), bytes);
}

#[tokio::test]
async fn a_damaged_original_is_made_whole_by_the_next_who_brings_it() {
    let (folder, files) = data_folder().await;
    let bytes = content(3, 5_000);
    files.blobs().put(&bytes[..]).await.unwrap();
    let path = &all_files(&folder.path().join("originals"))[0];
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
    fs::write(path, &bytes[..4_000]).unwrap();
    files.blobs().put(&bytes[..]).await.unwrap();
    assert_eq!(fs::read(path).unwrap(), bytes);
}

#[tokio::test]
async fn a_copy_has_the_names_of_the_file_unless_it_changes() {
    let (folder, files) = data_folder().await;
    let theirs = TempDir::new().unwrap();
    let path = theirs.path().join("a.jpg");
    // more than is read at once
    let bytes = content(4, 2_500_000);
    fs::write(&path, &bytes).unwrap();
    let source = Folder::new(theirs.path().as_os_str().as_encoded_bytes());
    let opened = source.open(b"a.jpg").await.unwrap();
    let named = opened.hash().await.unwrap();
    assert_eq!((named.blake3, named.size), (*blake3::hash(&bytes).as_bytes(), 2_500_000));
    assert_eq!(files.blobs().copy(&opened).await.unwrap(), named);
    assert_eq!(fs::read(&all_files(&folder.path().join("originals"))[0]).unwrap(), bytes);

    // longer, and as long but written to later
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"more").unwrap();
    assert!(matches!(opened.hash().await, Err(FilesError::Changed { .. })));
    let opened = source.open(b"a.jpg").await.unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(7)).unwrap();
    assert!(matches!(files.blobs().copy(&opened).await, Err(FilesError::Changed { .. })));
    assert_eq!(all_files(&folder.path().join("originals")).len(), 1);
    assert!(all_files(&folder.path().join("incoming")).is_empty());
}

#[tokio::test]
async fn a_folder_whose_disk_is_not_mounted_is_refused() {
    let empty = TempDir::new().unwrap();
    assert!(matches!(Files::open(empty.path(), 0).await, Err(FilesError::NotMounted { .. })));
    assert!(matches!(Files::open(&empty.path().join("none"), 0).await, Err(FilesError::NotMounted { .. })));
    Files::create(empty.path()).await.unwrap();
    Files::create(empty.path()).await.unwrap();
    let files = Files::open(empty.path(), 0).await.unwrap();
    let stored = files.blobs().put(&b"abc"[..]).await.unwrap();

    // and when it goes away while in use, nothing is written beside it or believed to be lost
    fs::rename(empty.path().join(".tessera"), empty.path().join("moved")).unwrap();
    assert!(matches!(files.blobs().put(&b"def"[..]).await, Err(FilesError::NotMounted { .. })));
    assert!(matches!(files.blobs().open(&[0; 32]).await, Err(FilesError::NotMounted { .. })));
    assert!(files.blobs().open(&stored.blake3).await.unwrap().is_some());

    fs::write(empty.path().join(".tessera"), "Tessera data folder, format 9\n").unwrap();
    let other = Files::open(empty.path(), 0).await.err().unwrap().to_string();
    assert!(other.contains("format 9"), "{other}");
}

#[tokio::test]
async fn cleaning_up_takes_what_the_dead_left_and_nothing_of_the_living() {
    let (folder, files) = data_folder().await;
    let (mut sender, source) = tokio::io::duplex(64);
    let blobs = files.blobs();
    let put = tokio::spawn(async move { blobs.put(source).await });
    sender.write_all(b"half").await.unwrap();
    fs::write(folder.path().join("incoming/dead"), "half").unwrap();
    fs::create_dir(folder.path().join("derived/new/dead")).unwrap();
    fs::write(folder.path().join("derived/new/dead/note"), "left").unwrap();
    while all_files(&folder.path().join("incoming")).len() < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }

    // another process starts
    let other = Files::open(folder.path(), 0).await.unwrap();
    assert_eq!(all_files(&folder.path().join("incoming")).len(), 1);
    assert!(all_files(&folder.path().join("derived/new")).is_empty());
    sender.write_all(b" and half").await.unwrap();
    drop(sender);
    let stored = put.await.unwrap().unwrap();
    assert_eq!(stored.blake3, *blake3::hash(b"half and half").as_bytes());
    assert_eq!(other.sweep().await.unwrap(), 0);
}
