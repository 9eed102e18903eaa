//! Originals that no row knows: their bytes had been stored when the program died, or before their upload was ended.
//! Nobody was ever told that they are here, so they are laid aside, never deleted.

use std::time::{Duration, SystemTime};

use crate::app::App;

const DAY: Duration = Duration::from_secs(24 * 3600);
/// After the start, for what is more urgent then.
const FIRST: Duration = Duration::from_secs(3600);
/// Between two parts of the originals, so that others come to the disk.
const PAUSE: Duration = Duration::from_millis(100);
/// So many, and more than a hundredth, look like the wrong database rather than like accidents.
const MOST: usize = 100;

/// Looks once a day, as long as the program runs.
pub async fn watch(app: &App) {
    tokio::time::sleep(FIRST).await;
    let mut day = tokio::time::interval(DAY);
    loop {
        day.tick().await;
        let Some(before) = SystemTime::now().checked_sub(DAY) else { continue };
        if let Err(error) = lay_aside(app, before).await {
            tracing::warn!(error = format!("{error:#}"), "could not look for originals that no row knows");
        }
    }
}

/// Lays aside what nobody has stored since then and no row knows; answers how many that were.
pub async fn lay_aside(app: &App, before: SystemTime) -> anyhow::Result<usize> {
    let (mut seen, mut lost) = (0, Vec::new());
    for first in 0..=u8::MAX {
        let old = app.files.blobs().older(first, before).await?;
        seen += old.len();
        lost.extend(app.store.unknown_contents(&old).await?);
        if !old.is_empty() {
            tokio::time::sleep(PAUSE).await;
        }
    }
    if lost.len() > MOST && lost.len() > seen / 100 {
        let words =
            "so many originals have no row that nothing was done: is this the database of this data folder?";
        tracing::error!(lost = lost.len(), originals = seen, "{words}");
        return Ok(0);
    }
    let mut count = 0;
    for hash in lost {
        // It may have come once more meanwhile.
        let unknown = !app.store.unknown_contents(&[hash]).await?.is_empty();
        if unknown && app.files.blobs().set_aside(&hash, before).await? {
            let hash = blake3::Hash::from_bytes(hash);
            tracing::warn!(%hash, "an original that belongs to no asset was moved to the folder lost");
            count += 1;
        }
    }
    Ok(count)
}
