//! Uploads in progress.

use std::fs;
use std::time::{Duration, SystemTime};

use domain::UploadId;
use files::{Append, Checksum, Files, FilesError};
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use crate::ground::{BreaksOff, Stalls, all_files, content, data_folder};

const ID: UploadId = UploadId(12);

fn at(offset: u64, length: u64) -> Append {
    Append { offset, length, checksum: None }
}

fn checked(offset: u64, length: u64, bytes: &[u8]) -> Append {
    Append { checksum: Some(Checksum::Blake3(*blake3::hash(bytes).as_bytes())), ..at(offset, length) }
}

#[tokio::test]
async fn an_upload_grows_becomes_an_original_and_never_changes_again() {
    let (folder, files) = data_folder().await;
    let bytes = content(1, 600_000);
    let uploads = files.uploads();
    assert_eq!(uploads.offset(ID).await.unwrap(), None);
    assert!(matches!(uploads.append(ID, at(0, 9), &b"x"[..]).await, Err(FilesError::NoUpload(_))));
    uploads.create(ID, 600_000).await.unwrap();
    assert_eq!(uploads.append(ID, at(0, 600_000), &bytes[..500_000]).await.unwrap(), 500_000);
    let early = uploads.finish(ID, 600_000, None).await;
    assert!(matches!(early, Err(FilesError::Offset { at: 500_000, .. })), "{early:?}");
    let astray = uploads.append(ID, at(400_000, 600_000), &bytes[400_000..]).await;
    assert!(matches!(astray, Err(FilesError::Offset { at: 500_000, expected: 400_000, .. })), "{astray:?}");

    // another process goes on
    let uploads = Files::open(folder.path(), 0).await.unwrap().uploads();
    assert_eq!(uploads.offset(ID).await.unwrap(), Some(500_000));
    assert_eq!(uploads.append(ID, at(500_000, 600_000), &bytes[500_000..]).await.unwrap(), 600_000);
    let stored = uploads.finish(ID, 600_000, None).await.unwrap();
    assert_eq!(stored.blake3, *blake3::hash(&bytes).as_bytes());
    assert_eq!(uploads.finish(ID, 600_000, None).await.unwrap(), stored, "finishing is not repeatable");
    let more = uploads.append(ID, at(600_000, 600_001), &b"x"[..]).await;
    assert!(matches!(more, Err(FilesError::Finished(_))), "{more:?}");
    // the same number again, after the database was restored: the original must not be touched
    uploads.create(ID, 10).await.unwrap();
    uploads.append(ID, at(0, 10), &b"0123456789"[..]).await.unwrap();
    assert!(uploads.remove(ID).await.unwrap());
    assert!(!uploads.remove(ID).await.unwrap());
    let originals = all_files(&folder.path().join("originals"));
    assert_eq!(originals.len(), 1);
    assert_eq!(fs::read(&originals[0]).unwrap(), bytes);
    assert!(all_files(&folder.path().join("uploads")).is_empty());
    assert!(all_files(&folder.path().join("incoming")).is_empty());
}

#[tokio::test]
async fn a_whole_that_is_not_what_was_announced_is_no_original() {
    let (folder, files) = data_folder().await;
    let uploads = files.uploads();
    uploads.create(ID, 3).await.unwrap();
    uploads.append(ID, at(0, 3), &b"abc"[..]).await.unwrap();
    let wrong = Checksum::Blake3(*blake3::hash(b"abd").as_bytes());
    let refused = uploads.finish(ID, 3, Some(wrong)).await;
    assert!(matches!(refused, Err(FilesError::WrongChecksum)), "{refused:?}");
    assert!(all_files(&folder.path().join("originals")).is_empty());
    let right = Checksum::Blake3(*blake3::hash(b"abc").as_bytes());
    uploads.finish(ID, 3, Some(right)).await.unwrap();
    assert_eq!(all_files(&folder.path().join("originals")).len(), 1);
}

#[tokio::test]
async fn two_cannot_write_to_one_upload() {
    let (folder, files) = data_folder().await;
    let uploads = files.uploads();
    uploads.create(ID, 100).await.unwrap();
    let (mut sender, source) = tokio::io::duplex(64);
    let first = tokio::spawn({
        let uploads = uploads.clone();
        async move { uploads.append(ID, at(0, 100), source).await }
    });
    sender.write_all(b"abc").await.unwrap();
    let other = Files::open(folder.path(), 0).await.unwrap().uploads();
    let refused = timeout(Duration::from_secs(5), async {
        loop {
            match other.append(ID, at(0, 100), &b""[..]).await {
                Ok(0) => tokio::task::yield_now().await, // the first has not begun yet
                result => break result,
            }
        }
    });
    assert!(matches!(refused.await.unwrap(), Err(FilesError::Busy(_))));
    assert!(matches!(other.offset(ID).await, Err(FilesError::Busy(_))));
    drop(sender);
    assert_eq!(first.await.unwrap().unwrap(), 3);
    assert_eq!(other.append(ID, at(3, 100), &b"def"[..]).await.unwrap(), 6);
}

#[tokio::test]
async fn what_comes_without_a_checksum_is_kept_when_the_sender_breaks_off() {
    let (_folder, files) = data_folder().await;
    let uploads = files.uploads();
    let bytes = content(2, 1_000_000);
    uploads.create(ID, 1_000_000).await.unwrap();
    let broken = uploads.append(ID, at(0, 1_000_000), BreaksOff(&bytes[..700_000])).await;
    assert!(matches!(broken, Err(FilesError::Source(_))), "{broken:?}");
    assert_eq!(uploads.offset(ID).await.unwrap(), Some(700_000));
    uploads.append(ID, at(700_000, 1_000_000), &bytes[700_000..]).await.unwrap();
    assert_eq!(uploads.finish(ID, 1_000_000, None).await.unwrap().blake3, *blake3::hash(&bytes).as_bytes());
}

#[tokio::test]
async fn a_piece_with_a_checksum_stands_whole_or_not_at_all() {
    let (folder, files) = data_folder().await;
    let uploads = files.uploads();
    let bytes = content(3, 900_000);
    uploads.create(ID, 900_000).await.unwrap();
    let (first, second) = bytes.split_at(300_000);
    uploads.append(ID, checked(0, 900_000, first), first).await.unwrap();

    let append = checked(300_000, 900_000, second);
    let wrong = uploads.append(ID, append, &second[..599_999]).await;
    assert!(matches!(wrong, Err(FilesError::WrongChecksum)), "{wrong:?}");
    assert_eq!(uploads.offset(ID).await.unwrap(), Some(300_000));
    let broken = uploads.append(ID, append, BreaksOff(second)).await;
    assert!(matches!(broken, Err(FilesError::Source(_))), "{broken:?}");
    assert_eq!(uploads.offset(ID).await.unwrap(), Some(300_000));
    // given up in the middle, as by a crash: the bytes are in the file, but do not count
    let stalled = uploads.append(ID, append, Stalls(second));
    assert!(timeout(Duration::from_millis(300), stalled).await.is_err());
    let length = fs::metadata(folder.path().join("uploads/upload_12")).unwrap().len();
    assert!(length > 300_000, "nothing was written: the test shows nothing");
    assert_eq!(uploads.offset(ID).await.unwrap(), Some(300_000));
    assert!(matches!(uploads.finish(ID, length, None).await, Err(FilesError::Offset { at: 300_000, .. })));
    assert_eq!(uploads.append(ID, append, second).await.unwrap(), 900_000);
    assert_eq!(uploads.finish(ID, 900_000, None).await.unwrap().blake3, *blake3::hash(&bytes).as_bytes());
    // SHA-1 of "abc", from the standard
    uploads.create(ID, 3).await.unwrap();
    let sha1 = *b"\xa9\x99\x3e\x36\x47\x06\x81\x6a\xba\x3e\x25\x71\x78\x50\xc2\x6c\x9c\xd0\xd8\x9d";
    let append = Append { checksum: Some(Checksum::Sha1(sha1)), ..at(0, 3) };
    assert!(uploads.append(ID, append, &b"abd"[..]).await.is_err());
    assert_eq!(uploads.append(ID, append, &b"abc"[..]).await.unwrap(), 3);
}

#[tokio::test]
async fn more_than_announced_is_refused_and_not_kept() {
    let (_folder, files) = data_folder().await;
    let uploads = files.uploads();
    uploads.create(ID, 5).await.unwrap();
    assert!(matches!(uploads.append(ID, at(0, 5), &b"123456"[..]).await, Err(FilesError::TooLong)));
    assert_eq!(uploads.offset(ID).await.unwrap(), Some(0));
    assert_eq!(uploads.append(ID, at(0, 5), &b"12345"[..]).await.unwrap(), 5);
    // nothing more is a piece, too
    assert_eq!(uploads.append(ID, at(5, 5), &b""[..]).await.unwrap(), 5);
}

#[tokio::test]
async fn what_cannot_fit_is_refused_before_it_is_sent() {
    let (folder, files) = data_folder().await;
    let free = files.room().await.unwrap().free;
    let refused = files.uploads().create(ID, free + (1 << 40)).await.err().unwrap();
    assert!(matches!(refused, FilesError::NoRoom { .. }), "{refused}");
    let words = ["is too full: 1.", " TB needed", " free, 0.0 kB kept in reserve; make room, then try again"];
    assert!(words.iter().all(|words| refused.to_string().contains(words)), "{refused}");
    let careful = Files::open(folder.path(), free + (1 << 40)).await.unwrap();
    assert!(matches!(careful.uploads().create(ID, 1).await, Err(FilesError::NoRoom { .. })));
    assert!(matches!(careful.blobs().put(&b"abc"[..]).await, Err(FilesError::NoRoom { .. })));
    assert!(all_files(&folder.path().join("uploads")).is_empty());
    assert!(all_files(&folder.path().join("originals")).is_empty());
}

#[tokio::test]
async fn uploads_that_nobody_goes_on_with_expire() {
    let (folder, files) = data_folder().await;
    let uploads = files.uploads();
    for (number, days) in [(1, 3), (2, 1), (3, 3)] {
        uploads.create(UploadId(number), 5).await.unwrap();
        let file =
            fs::File::options().write(true).open(folder.path().join(format!("uploads/upload_{number}")));
        file.unwrap().set_modified(SystemTime::now() - Duration::from_secs(days * 86_400)).unwrap();
    }
    // one of the old ones is being written to right now
    let (_sender, source) = tokio::io::duplex(64);
    let writing = tokio::spawn({
        let uploads = uploads.clone();
        async move { uploads.append(UploadId(3), at(0, 5), source).await }
    });
    while !matches!(uploads.offset(UploadId(3)).await, Err(FilesError::Busy(_))) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let before = SystemTime::now() - Duration::from_secs(2 * 86_400);
    assert_eq!(uploads.expire(before).await.unwrap(), [UploadId(1)]);
    assert_eq!(uploads.offset(UploadId(1)).await.unwrap(), None);
    assert_eq!(uploads.offset(UploadId(2)).await.unwrap(), Some(0));
    writing.abort();
}
