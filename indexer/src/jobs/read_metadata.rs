//! What a file says of itself; when and where it was taken.

use std::fs::File;
use std::os::unix::fs::FileExt;

use chrono::{DateTime, Utc};
use domain::metadata::{Format, Metadata};
use domain::{place, sniff, stack, time};
use store::{Claim, Described, Source};

use super::{JobError, settled, source, transcode};
use crate::cx::Cx;
use crate::outcome::Outcome;

/// Reads, decides and writes. A file that can't be read gets the date of its file, so that its tile shows in the
/// timeline and says why.
pub async fn run(cx: &Cx, claim: &Claim) -> Result<Outcome, JobError> {
    let Some(source) = cx.store.source(claim.asset).await? else { return Ok(Outcome::Lost) };
    let opened = match source::open(cx, &source).await {
        Ok(opened) => opened,
        Err(away) => return Ok(away),
    };
    let (metadata, outcome) = match cx.decoder.read_metadata(source.library.0, &opened.file).await {
        Ok(metadata) => (metadata, Outcome::Done),
        Err(error) => (Metadata::silent(told_by_content(&opened.file)), Outcome::of(&error, claim.attempts)),
    };
    let Some(settled) = settled(&outcome) else { return Ok(outcome) };
    let metadata = corrected(cx, &source, metadata).await?;
    let described = describe(cx, metadata, &source)?;
    fail::fail_point!("indexer.before_describe");
    let written = cx.store.describe(claim, &described, &settled).await?;
    fail::fail_point!("indexer.after_describe");
    if !written {
        return Ok(Outcome::Lost);
    }
    transcode::spare(cx, claim.asset, &described.metadata).await?;
    Ok(outcome)
}

/// What the file says, with what its sidecars say over it. A sidecar that can't be read says so, and no more.
async fn corrected(cx: &Cx, source: &Source, mut metadata: Metadata) -> Result<Metadata, JobError> {
    // The one that is believed most has the last word.
    for content in cx.store.sidecars_of(source.asset).await?.iter().rev() {
        match cx.decoder.read_sidecar(source.library.0, content).await {
            Ok(sidecar) => metadata = metadata.corrected_by(sidecar),
            Err(error) => tracing::info!(asset.id = %source.asset, %error, "a sidecar can't be read"),
        }
    }
    Ok(metadata)
}

/// Applies the rules to what the file says.
fn describe(cx: &Cx, metadata: Metadata, source: &Source) -> Result<Described, JobError> {
    let atlas = cx.atlas.atlas()?;
    let file_time = DateTime::from_timestamp_nanos(source.mtime_ns);
    let taken = time::resolve(&metadata, file_time, cx.settings.default_time_zone, &atlas, Utc::now());
    let place = metadata.position.and_then(|position| place::locate(&atlas, position));
    let known = Some(taken.local).filter(|_| !taken.guessed);
    let ties = stack::ties(&metadata, &source.name, known);
    Ok(Described { metadata, ties, taken, place })
}

/// The kind of a file whose metadata can't be read.
fn told_by_content(file: &File) -> Format {
    let mut head = vec![0; sniff::HEAD];
    let read = file.read_at(&mut head, 0).unwrap_or(0);
    sniff::sniff(head.get(..read).unwrap_or_default())
}
