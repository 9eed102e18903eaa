//! Folders that are written to for people.

use std::fs;
use std::os::unix::fs::MetadataExt;

use files::{FilesError, Outbox};
use tempfile::TempDir;

#[tokio::test]
async fn what_is_written_comes_and_goes_and_stays_within() {
    let around = TempDir::new().unwrap();
    let root = around.path().join("sidecars");
    let outbox = Outbox::new(&root);
    assert!(matches!(outbox.is_marked().await, Err(FilesError::FolderGone { .. })));
    assert!(matches!(outbox.write(b"a", Vec::new()).await, Err(FilesError::FolderGone { .. })));
    fs::create_dir(&root).unwrap();
    assert!(!outbox.is_marked().await.unwrap());
    outbox.mark().await.unwrap();
    assert!(outbox.is_marked().await.unwrap());

    let path = root.join("2024/may/a.jpg.xmp");
    assert!(outbox.write(b"2024/may/a.jpg.xmp", b"one".to_vec()).await.unwrap());
    let first = fs::metadata(&path).unwrap().ino();
    assert!(!outbox.write(b"2024/may/a.jpg.xmp", b"one".to_vec()).await.unwrap());
    assert_eq!(fs::metadata(&path).unwrap().ino(), first);
    assert!(outbox.write(b"2024/may/a.jpg.xmp", b"two".to_vec()).await.unwrap());
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o644);
    assert!(outbox.write(b"2024/b.xmp", b"b".to_vec()).await.unwrap());

    for path in [&b"../out"[..], b"/etc/out", b"a/../../out", b"", b"."] {
        let outside = |result| matches!(result, Err(FilesError::Outside { .. }));
        assert!(outside(outbox.write(path, Vec::new()).await.map(|_| ())), "{path:?}");
        assert!(outside(outbox.remove(path).await), "{path:?}");
    }
    outbox.remove(b"2024/may/a.jpg.xmp").await.unwrap();
    assert!(!root.join("2024/may").exists() && root.join("2024/b.xmp").exists());
    outbox.remove(b"2024/may/a.jpg.xmp").await.unwrap();
    assert_eq!(fs::read_dir(around.path()).unwrap().count(), 1);
}
