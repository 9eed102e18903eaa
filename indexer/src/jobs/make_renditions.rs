//! The smaller pictures and the placeholder.

use std::io;

use domain::rendition::Rendition;
use files::{FilesError, Pending};
use media::{MediaError, Outputs};
use store::{Claim, Rendered, Source};

use super::failed::Failed;
use super::{JobError, settled, source};
use crate::cx::Cx;
use crate::outcome::Outcome;
use crate::worker::LEASE_S;

/// Renders, places both pictures, writes the row, and clears away the pictures of earlier contents.
pub async fn run(cx: &Cx, claim: &Claim) -> Result<Outcome, JobError> {
    let Some(source) = cx.store.source(claim.asset).await? else { return Ok(Outcome::Lost) };
    let outcome = match make(cx, claim, &source).await {
        Ok(rendered) => return finish(cx, claim, &rendered, &source.hash.blake3).await,
        Err(Failed::Job(error)) => return Err(error),
        Err(Failed::Ended(outcome)) => return Ok(outcome),
        Err(Failed::Media(error)) => Outcome::of(&error, claim),
        Err(Failed::Files(error @ FilesError::NotAFile { .. })) => {
            Outcome::again(error.to_string(), claim.attempts)
        }
        Err(Failed::Files(error)) => Outcome::trouble(error.to_string()),
    };
    let Some(settled) = settled(&outcome) else { return Ok(outcome) };
    let written = cx.store.not_rendered(claim, &settled).await?;
    Ok(if written { outcome } else { Outcome::Lost })
}

async fn make(cx: &Cx, claim: &Claim, source: &Source) -> Result<Rendered, Failed> {
    let opened = source::open(cx, claim, source).await.map_err(Failed::Ended)?;
    let tag = source.tag.saturating_add(1);
    let derived = cx.files.derived();
    let preview = derived.begin(source.asset, tag, Rendition::Preview).await?;
    let thumbnail = derived.begin(source.asset, tag, Rendition::Thumbnail).await?;
    let outputs = Outputs { preview: twin(&preview)?, thumbnail: twin(&thumbnail)? };
    // Large pictures wait until others have given back their memory.
    let share = cx.megapixels.acquire_many(cx.share_of(source.pixels)).await;
    let rendered = cx.decoder.render(source.library.0, &opened.file, &outputs).await?;
    drop(share);
    // Under one name the bytes never change: whoever has lost the lease must not place anything.
    if !cx.store.renew(claim, LEASE_S).await.map_err(JobError::from)? {
        return Err(Failed::Ended(Outcome::Lost));
    }
    preview.commit().await?;
    thumbnail.commit().await?;
    fail::fail_point!("indexer.renditions_placed");
    let media::Rendered { width, height, thumbhash, notes, .. } = rendered;
    Ok(Rendered { tag, thumbhash, width, height, notes })
}

async fn finish(
    cx: &Cx,
    claim: &Claim,
    rendered: &Rendered,
    content: &[u8; 32],
) -> Result<Outcome, JobError> {
    if !cx.store.rendered(claim, rendered).await? {
        return Ok(Outcome::Lost);
    }
    fail::fail_point!("indexer.after_rendered");
    if rendered.tag > 1
        && let Err(error) = cx.files.derived().remove(claim.asset, Some(rendered.tag)).await
    {
        tracing::warn!(%error, asset.id = %claim.asset, "pictures of an earlier content could not be removed");
    }
    if rendered.tag > 1
        && let Err(error) = cx.files.streams().remove(claim.asset, Some(content)).await
    {
        tracing::warn!(%error, asset.id = %claim.asset, "streams of an earlier content could not be removed");
    }
    Ok(Outcome::Done)
}

fn twin(pending: &Pending) -> Result<std::fs::File, Failed> {
    let failed = |error: io::Error| Failed::Media(MediaError::Output(error.to_string()));
    pending.file().try_clone().map_err(failed)
}
