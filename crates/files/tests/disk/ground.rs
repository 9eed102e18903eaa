//! A throw-away data folder, and senders of all kinds.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use files::Files;
use tempfile::TempDir;
use tokio::io::{AsyncRead, ReadBuf};

pub async fn data_folder() -> (TempDir, Files) {
    let folder = TempDir::new().unwrap();
    Files::create(folder.path()).await.unwrap();
    let files = Files::open(folder.path(), 0).await.unwrap();
    (folder, files)
}

/// All files below a folder, in order.
pub fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(all_files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Bytes that look like none before them, the same for each number.
pub fn content(number: u64, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    blake3::Hasher::new().update(&number.to_le_bytes()).finalize_xof().fill(&mut bytes);
    bytes
}

/// Sends some bytes, then breaks off.
pub struct BreaksOff<'a>(pub &'a [u8]);

impl AsyncRead for BreaksOff<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let count = self.0.len().min(buffer.remaining());
        buffer.put_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Poll::Ready(Ok(()))
    }
}

/// Sends some bytes, then nothing for ever.
pub struct Stalls<'a>(pub &'a [u8]);

impl AsyncRead for Stalls<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0.is_empty() {
            return Poll::Pending;
        }
        let count = self.0.len().min(buffer.remaining());
        buffer.put_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Poll::Ready(Ok(()))
    }
}
