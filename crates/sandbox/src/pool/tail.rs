//! The last words of a child.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{io::AsyncReadExt, process::ChildStderr, task::JoinHandle};

/// How much is kept.
const KEPT: usize = 2048;

/// Keeps the end of what a child writes to standard error.
#[derive(Debug)]
pub(super) struct Tail {
    kept: Arc<Mutex<VecDeque<u8>>>,
    reader: JoinHandle<()>,
}

impl Tail {
    pub(super) fn of(stderr: ChildStderr) -> Self {
        let kept = Arc::default();
        let reader = tokio::spawn(read(stderr, Arc::clone(&kept)));
        Self { kept, reader }
    }

    /// Waits a moment for the end of the stream, and gives its last words as one clean line.
    pub(super) async fn last_words(mut self) -> String {
        let end = tokio::time::timeout(Duration::from_millis(500), &mut self.reader).await;
        if end.is_err() {
            self.reader.abort();
        }
        let kept = std::mem::take(&mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner));
        let text = String::from_utf8_lossy(&Vec::from(kept)).into_owned();
        let words: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty())
            .collect();
        let words = words.join(" ");
        // Advice for programmers, not for the people who read this.
        words.split(" note: run with").next().unwrap_or_default().to_owned()
    }
}

async fn read(mut stderr: ChildStderr, kept: Arc<Mutex<VecDeque<u8>>>) {
    let mut buffer = [0; 1024];
    while let Ok(n @ 1..) = stderr.read(&mut buffer).await {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(&buffer[..n]);
        let surplus = kept.len().saturating_sub(KEPT);
        kept.drain(..surplus);
    }
}
