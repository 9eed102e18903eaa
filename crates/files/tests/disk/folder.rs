//! The users' own folders, with whatever may lie in them.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::time::Duration;

use files::{FilesError, Folder};
use tempfile::TempDir;
use tokio::time::timeout;

#[tokio::test]
async fn only_files_in_the_folder_are_opened() {
    let around = TempDir::new().unwrap();
    let root = around.path().join("pictures");
    fs::create_dir_all(root.join("2024/may")).unwrap();
    fs::write(around.path().join("secret"), "secret").unwrap();
    for name in [&b"2024/may/a.jpg"[..], b"new\nline", b"\xff\xfe not text", "\u{1f4f7}".as_bytes()] {
        fs::write(root.join(OsStr::from_bytes(name)), "picture").unwrap();
    }
    symlink("2024/may/a.jpg", root.join("link")).unwrap();
    symlink("../secret", root.join("link out")).unwrap();
    symlink("..", root.join("folder out")).unwrap();
    symlink("/", root.join("top")).unwrap();
    symlink("2024", root.join("folder in")).unwrap();
    symlink("loop", root.join("loop")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        root.join("pipe"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .unwrap();
    let _listener = UnixListener::bind(root.join("socket")).unwrap();

    let folder = Folder::new(root.as_os_str().as_bytes());
    for name in [
        &b"2024/may/a.jpg"[..],
        b"new\nline",
        b"\xff\xfe not text",
        "\u{1f4f7}".as_bytes(),
        b"folder in/may/a.jpg",
    ] {
        let opened = folder.open(name).await.unwrap();
        assert_eq!(opened.size, 7);
    }
    let full = format!("{}/secret", around.path().display());
    for (path, expected) in [
        ("link", "NotAFile"),
        ("link out", "NotAFile"),
        ("loop", "NotAFile"),
        ("loop/a", "NotAFile"),
        ("pipe", "NotAFile"),
        ("socket", "NotAFile"),
        ("2024", "NotAFile"),
        ("folder out/secret", "Outside"),
        ("top/etc/passwd", "Outside"),
        ("../secret", "Outside"),
        ("2024/../../secret", "Outside"),
        (full.as_str(), "Outside"),
        ("none", "Missing"),
        ("2024/may/a.jpg/b", "Missing"),
        ("", "Missing"),
    ] {
        let opened = timeout(Duration::from_secs(5), folder.open(path.as_bytes())).await;
        let error = format!("{:?}", opened.unwrap_or_else(|_| panic!("{path} hangs")).unwrap_err());
        assert!(error.starts_with(expected), "{path}: {error}");
    }
    fs::rename(&root, around.path().join("gone")).unwrap();
    assert!(matches!(folder.open(b"2024/may/a.jpg").await, Err(FilesError::FolderGone { .. })));
}
