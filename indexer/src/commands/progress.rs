//! The bar of an import. A task of its own moves it, so that the scan never waits for what is shown; and what is left to
//! be done is counted so seldom that counting costs little, however much it is.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::bail;
use domain::FolderId;
use domain::library::ScanCounts;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::task::JoinHandle;

use crate::cx::Cx;

/// How often the bar moves.
const TICK: Duration = Duration::from_millis(500);
/// What is left is counted at most this often …
const COUNT: Duration = Duration::from_secs(2);
/// … at the end, when this little is left, more often: somebody waits for it …
const LITTLE: i64 = 1_000;
/// … and between two counts there are so many times as long as one takes, but no more than this.
const SHARE: u32 = 20;
const LONGEST: Duration = Duration::from_secs(10);

/// A bar that shows how far an import has come; it is gone with its value.
pub struct Progress {
    cx: Cx,
    folder: FolderId,
    bar: ProgressBar,
    counts: Arc<Mutex<ScanCounts>>,
    moving: JoinHandle<()>,
}

impl Progress {
    /// Shows a bar, and begins to move it.
    pub fn start(cx: &Cx, folder: FolderId) -> Self {
        let (bar, counts) = (bar(), Arc::new(Mutex::new(ScanCounts::default())));
        let moving = tokio::spawn(keep_moving(cx.clone(), folder, bar.clone(), Arc::clone(&counts)));
        Self { cx: cx.clone(), folder, bar, counts, moving }
    }

    /// So far has the scan come.
    pub fn note(&self, counts: ScanCounts) {
        *self.counts.lock().unwrap_or_else(PoisonError::into_inner) = counts;
    }

    /// Waits a moment.
    ///
    /// # Errors
    /// If somebody asks to stop.
    pub async fn pause(&self) -> anyhow::Result<()> {
        self.rest(TICK).await
    }

    /// After the scan: waits until nothing is left to be done with the folder's assets, but what is put off for longer.
    ///
    /// # Errors
    /// If somebody asks to stop, or the database does not answer.
    pub async fn settle(&self) -> anyhow::Result<()> {
        self.moving.abort();
        loop {
            let since = Instant::now();
            let pending = self.cx.store.folder_pending(self.folder).await?;
            show(&self.bar, &self.counts, pending);
            if pending == 0 {
                return Ok(());
            }
            let least = if pending < LITTLE { TICK } else { COUNT };
            self.rest(between_counts(least, since.elapsed())).await?;
        }
    }

    async fn rest(&self, pause: Duration) -> anyhow::Result<()> {
        tokio::select! {
            () = tokio::time::sleep(pause) => Ok(()),
            () = self.cx.shutdown.requested() => bail!("stopped: the same command goes on from here"),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.moving.abort();
        self.bar.finish_and_clear();
    }
}

async fn keep_moving(cx: Cx, folder: FolderId, bar: ProgressBar, counts: Arc<Mutex<ScanCounts>>) {
    let (mut pending, mut again) = (0, Instant::now());
    loop {
        if again <= Instant::now() {
            let since = Instant::now();
            // A bar that stands still for a while is no reason to end the scan.
            pending = cx.store.folder_pending(folder).await.unwrap_or(pending);
            again = Instant::now() + between_counts(COUNT, since.elapsed());
        }
        show(&bar, &counts, pending);
        tokio::time::sleep(TICK).await;
    }
}

/// How long to wait after a count that took so long.
fn between_counts(least: Duration, took: Duration) -> Duration {
    took.saturating_mul(SHARE).min(LONGEST).max(least)
}

fn show(bar: &ProgressBar, counts: &Mutex<ScanCounts>, pending: i64) {
    let counts = *counts.lock().unwrap_or_else(PoisonError::into_inner);
    let found = u64::try_from(counts.found).unwrap_or(0);
    bar.set_length(found);
    bar.set_position(found.saturating_sub(u64::try_from(pending).unwrap_or(0)));
    bar.set_message(format!(
        "{} new, {} duplicates, {} refused",
        counts.imported, counts.duplicates, counts.refused
    ));
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files  {msg}  {elapsed}");
    let bar = ProgressBar::new(0);
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_takes_a_twentieth_of_the_time_at_most() {
        let ms = Duration::from_millis;
        assert_eq!(between_counts(COUNT, ms(1)), ms(2_000));
        assert_eq!(between_counts(COUNT, ms(200)), ms(4_000));
        assert_eq!(between_counts(TICK, ms(1)), ms(500));
        assert_eq!(between_counts(TICK, ms(60_000)), ms(10_000), "also a slow database is asked again");
    }
}
