//! From what the feed says to what the index holds.

use std::collections::HashSet;

use domain::AssetId;
use search::Writer;
use store::{Change, ChangeKind, Store};

use super::blocking;

/// Puts changed assets into the index as they are now. Answers whether there is anything to commit.
pub async fn apply(store: &Store, writer: &mut Writer, changes: &[Change]) -> anyhow::Result<bool> {
    // What is one person's own is in no document (ADR 18).
    let ours = |change: &&Change| change.kind == ChangeKind::Asset && change.user_id.is_none();
    let assets: Vec<&Change> = changes.iter().filter(ours).collect();
    let any = !assets.is_empty();
    let (gone, there): (Vec<_>, Vec<_>) = assets.into_iter().partition(|change| change.gone);
    let there: Vec<AssetId> = there.into_iter().map(|change| AssetId(change.object_id)).collect();
    let gone: Vec<AssetId> = gone.into_iter().map(|change| AssetId(change.object_id)).collect();
    let docs = store.search_docs(&there).await?;
    let described: HashSet<AssetId> = docs.iter().map(|doc| doc.asset).collect();
    // Without metadata it is in no timeline and so in no list; most often because it has just come in.
    let bare: Vec<AssetId> = there.into_iter().filter(|asset| !described.contains(asset)).collect();
    blocking(|| {
        writer.delete(&gone);
        writer.delete(&bare);
        writer.upsert(&docs)
    })?;
    Ok(any)
}
