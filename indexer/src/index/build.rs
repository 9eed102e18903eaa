//! The index built anew from Postgres, beside the one in use.

use std::path::Path;

use domain::AssetId;
use search::Writer;
use store::Store;

use super::blocking;

/// Assets read at once.
const PAGE: i64 = 1_000;

/// Builds an index and puts it in the place of the one in use, which answers until then. Whatever changes meanwhile
/// is in the feed, after the position that the new index begins with.
///
/// # Errors
/// If the database, the disk, or another build is in the way. The index in use stays as it is.
pub async fn build(
    store: &Store,
    folder: &Path,
    progress: &mut (dyn FnMut(u64) + Send),
) -> anyhow::Result<Writer> {
    let position = store.feed_position().await?;
    let mut writer = blocking(|| Writer::rebuild(folder))?;
    let mut last = AssetId(0);
    let mut written = 0;
    loop {
        let ids = store.asset_ids_after(last, PAGE).await?;
        let Some(&end) = ids.last() else { break };
        let docs = store.search_docs(&ids).await?;
        blocking(|| writer.insert(&docs))?;
        written += docs.len() as u64;
        progress(written);
        last = end;
    }
    blocking(|| {
        writer.commit(position)?;
        writer.publish()
    })?;
    Ok(writer)
}
