//! What has been in the trash long enough, and what deleted assets have left on disk.

use std::time::{Duration, SystemTime};

use store::Remains;

use crate::cx::Cx;

/// Assets that are deleted at once, and remains that are looked at.
const BATCH: i64 = 200;
/// Minutes after which remains are looked at again: by then nobody is at work with the asset any more.
const AGAIN: i32 = 65;
/// An original that somebody has stored since then may be about to get its row.
const STORED: Duration = Duration::from_secs(3600);

/// Deletes what has been in the trash for as long as is set, and removes what is left of what was deleted. It stops when it
/// is asked to.
pub async fn empty(cx: &Cx) -> anyhow::Result<()> {
    delete_overdue(cx).await?;
    while !cx.shutdown.is_requested() {
        let due = cx.store.due_remains(BATCH).await?;
        if due.is_empty() {
            break;
        }
        for remains in due {
            clear(cx, &remains).await?;
        }
    }
    Ok(())
}

async fn delete_overdue(cx: &Cx) -> anyhow::Result<()> {
    let days = i32::try_from(cx.settings.trash_days).unwrap_or(i32::MAX);
    while days > 0 && !cx.shutdown.is_requested() {
        let overdue = cx.store.overdue_trash(days, BATCH).await?;
        let deleted = cx.store.delete_assets(&overdue).await?;
        if deleted.is_empty() {
            break;
        }
        tracing::info!(assets = deleted.len(), "assets were deleted after {days} days in the trash");
        cx.bell.changed();
    }
    Ok(())
}

/// Renditions go at once, and once more later, for a worker may have been at the asset. The original goes then, if
/// nothing else has it.
async fn clear(cx: &Cx, remains: &Remains) -> anyhow::Result<()> {
    if let Some(asset) = remains.asset {
        cx.files.derived().remove(asset, None).await?;
        cx.files.films().remove(asset, None).await?;
        cx.files.streams().remove(asset, None).await?;
    }
    let before = SystemTime::now().checked_sub(STORED).unwrap_or(SystemTime::UNIX_EPOCH);
    let gone = remains.again
        && (cx.store.is_needed(&remains.blake3).await?
            || cx.files.blobs().remove(&remains.blake3, before).await?);
    if gone {
        cx.store.forget_remains(remains).await?;
    } else {
        cx.store.put_off_remains(remains, AGAIN).await?;
    }
    Ok(())
}
