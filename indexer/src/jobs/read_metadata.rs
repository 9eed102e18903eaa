//! What a file says of itself; when and where it was taken.

use std::fs::File;
use std::os::unix::fs::FileExt;

use chrono::{DateTime, Utc};
use domain::edit::Telling;
use domain::metadata::{Format, Metadata};
use domain::{place, sidecar, sniff, stack, time};
use store::{Claim, Described, Location, Said, Settled, Source, Speaking, Underneath, Written};

use super::{JobError, settled, source, transcode};
use crate::cx::Cx;
use crate::outcome::Outcome;

/// Reads, decides and writes. A file that can't be read gets the date of its file, so that its tile shows in the
/// timeline and says why; but what is known of one already is not lost to a disk that has gone bad.
pub async fn run(cx: &Cx, claim: &Claim) -> Result<Outcome, JobError> {
    let Some(source) = cx.store.source(claim.asset).await? else { return Ok(Outcome::Lost) };
    let (metadata, outcome) = match source::open(cx, claim, &source).await {
        Ok(opened) => read(cx, claim, &source, &opened.file).await,
        Err(outcome) => (Metadata::silent(source.format), outcome),
    };
    let Some(settled) = settled(&outcome) else { return Ok(outcome) };
    if matches!(outcome, Outcome::Unread(..)) && is_described(cx, &source).await? {
        let written = cx.store.not_rendered(claim, &settled).await?;
        return Ok(if written { outcome } else { Outcome::Lost });
    }
    let metadata = match corrected(cx, claim, &source, metadata).await? {
        Ok(metadata) => metadata,
        Err(outcome) => return Ok(outcome),
    };
    fail::fail_point!("indexer.before_describe");
    let kept = keep(cx, claim, &source, &metadata, &settled).await?;
    fail::fail_point!("indexer.after_describe");
    if !kept {
        return Ok(Outcome::Lost);
    }
    transcode::spare(cx, claim.asset, &metadata).await?;
    Ok(outcome)
}

/// Writes that nobody has come to an end with it: with what is known of it, or else the date of its file.
pub async fn give_up(cx: &Cx, claim: &Claim, settled: &Settled) -> Result<bool, JobError> {
    match cx.store.source(claim.asset).await? {
        Some(source) if !is_described(cx, &source).await? => {
            keep(cx, claim, &source, &Metadata::silent(source.format), settled).await
        }
        _ => Ok(cx.store.not_rendered(claim, settled).await?),
    }
}

/// What the file says of itself, or why not.
async fn read(cx: &Cx, claim: &Claim, source: &Source, file: &File) -> (Metadata, Outcome) {
    match cx.decoder.read_metadata(source.library.0, file).await {
        Ok(metadata) => (metadata, Outcome::Done),
        Err(error) => (Metadata::silent(told_by_content(file)), Outcome::of(&error, claim)),
    }
}

/// Whether it is in the timeline already.
async fn is_described(cx: &Cx, source: &Source) -> Result<bool, JobError> {
    let known = cx.store.assets_by_ids(&[source.asset]).await?;
    Ok(known.iter().any(|asset| asset.taken.is_some()))
}

/// What the file says, with what its sidecars say over it. A sidecar that can't be read says so, and no more; where that is
/// the machine's fault, all is to be read again.
async fn corrected(
    cx: &Cx,
    claim: &Claim,
    source: &Source,
    mut metadata: Metadata,
) -> Result<Result<Metadata, Outcome>, JobError> {
    // The one that is believed most has the last word.
    for Speaking { content, one_of_several } in cx.store.sidecars_of(source.asset).await?.iter().rev() {
        let means = |ending: Option<&str>| {
            one_of_several.as_ref().is_none_or(|original| sidecar::means(ending, original))
        };
        match cx.decoder.read_sidecar(source.library.0, content).await {
            Ok(sidecar) if !means(sidecar.sidecar_for.as_deref()) => {}
            Ok(sidecar) => metadata = metadata.corrected_by(sidecar),
            Err(error) => {
                tracing::info!(asset.id = %source.asset, %error, "a sidecar can't be read");
                let outcome = Outcome::of(&error, claim);
                if error.blames_the_machine() && matches!(outcome, Outcome::Retry(_)) {
                    return Ok(Err(outcome));
                }
                metadata.notes.push(format!("a sidecar of it can't be read: {error}"));
            }
        }
    }
    Ok(Ok(metadata))
}

/// Decides and writes; once more where people have said something else meanwhile. False if the lease was lost.
async fn keep(
    cx: &Cx,
    claim: &Claim,
    source: &Source,
    metadata: &Metadata,
    settled: &Settled,
) -> Result<bool, JobError> {
    loop {
        let said = cx.store.said_of(source.asset).await?;
        let described = describe(cx, metadata.clone(), source, said)?;
        match cx.store.describe(claim, &described, settled).await? {
            Written::Done => return Ok(true),
            Written::Lost => return Ok(false),
            Written::Edited => {}
        }
    }
}

/// Applies the rules to what the file says, and lays over it what people have said.
fn describe(cx: &Cx, metadata: Metadata, source: &Source, said: Option<Said>) -> Result<Described, JobError> {
    let atlas = cx.atlas.atlas()?;
    let edit = said.as_ref().map(|said| said.edit.clone()).unwrap_or_default();
    let file_time = DateTime::from_timestamp_nanos(source.mtime_ns);
    let home = cx.settings.default_time_zone;
    let mut beneath = metadata;
    beneath.notes.extend(time::doubted(&beneath, Utc::now()));
    let mut told = Telling::of(&beneath, time::resolve(&beneath, file_time, home, &atlas, Utc::now()));
    let known = Some(told.taken.local).filter(|_| !told.taken.guessed);
    let ties = stack::ties(&beneath, &path_of(source), known);
    // Where people say that it was taken tells its clock, too.
    let position = told.edited(&edit).position;
    if position != beneath.position {
        beneath.position = position;
        told.taken = time::resolve(&beneath, file_time, home, &atlas, Utc::now());
    }
    let shown = told.edited(&edit);
    let place = shown.position.and_then(|position| place::locate(&atlas, position));
    let metadata = beneath.telling(&shown);
    let edited = said.map(|said| Underneath { told, revision: said.revision });
    Ok(Described { metadata, ties, taken: shown.taken, place, edited })
}

/// Its name, behind the folder that it lies in if it lies in one. What is not text is replaced.
fn path_of(source: &Source) -> String {
    let folder = source.locations.iter().find_map(|location| match location {
        Location::InFolder { folder, path, .. } => {
            let parent = path.iter().rposition(|byte| *byte == b'/').unwrap_or(0);
            Some([folder.as_slice(), b"/", path.get(..parent).unwrap_or_default()].concat())
        }
        Location::Stored => None,
    });
    let folder = folder.map(|folder| format!("{}/", String::from_utf8_lossy(&folder)));
    folder.unwrap_or_default() + &source.name
}

/// The kind of a file whose metadata can't be read.
fn told_by_content(file: &File) -> Format {
    let mut head = vec![0; sniff::HEAD];
    let read = file.read_at(&mut head, 0).unwrap_or(0);
    sniff::sniff(head.get(..read).unwrap_or_default())
}
