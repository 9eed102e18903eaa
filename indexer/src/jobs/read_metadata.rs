//! What a file says of itself; when and where it was taken.

use std::fs::File;
use std::os::unix::fs::FileExt;

use chrono::{DateTime, Utc};
use domain::asset::Camera;
use domain::metadata::{Format, Metadata};
use domain::{place, sniff, time};
use store::{Claim, Described, Source};

use super::{JobError, settled, source};
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
    let described = describe(cx, metadata, &source)?;
    fail::fail_point!("indexer.before_describe");
    let written = cx.store.describe(claim, &described, &settled).await?;
    fail::fail_point!("indexer.after_describe");
    Ok(if written { outcome } else { Outcome::Lost })
}

/// Applies the rules to what the file says.
fn describe(cx: &Cx, metadata: Metadata, source: &Source) -> Result<Described, JobError> {
    let atlas = cx.atlas.atlas()?;
    let file_time = DateTime::from_timestamp_nanos(source.mtime_ns);
    let taken = time::resolve(&metadata, file_time, cx.settings.default_time_zone, &atlas, Utc::now());
    let place = metadata.position.and_then(|position| place::locate(&atlas, position));
    Ok(Described {
        format: metadata.format,
        width: metadata.width,
        height: metadata.height,
        duration_ms: metadata.duration_ms,
        taken,
        position: metadata.position,
        place,
        camera: Camera {
            make: metadata.make,
            model: metadata.model,
            lens: metadata.lens,
            f_number: metadata.f_number,
            exposure_s: metadata.exposure_s,
            iso: metadata.iso,
            focal_mm: metadata.focal_mm,
            focal_35mm: metadata.focal_35mm,
            flash: metadata.flash,
            serial: metadata.serial,
        },
        direction: metadata.direction,
        words: metadata.words,
        faces: metadata.faces,
        rating: metadata.rating,
        content_id: metadata.content_id,
        burst_id: metadata.burst_id,
        projection: metadata.projection,
        film_bytes: metadata.film_bytes,
        tracks: metadata.tracks,
    })
}

/// The kind of a file whose metadata can't be read.
fn told_by_content(file: &File) -> Format {
    let mut head = vec![0; sniff::HEAD];
    let read = file.read_at(&mut head, 0).unwrap_or(0);
    sniff::sniff(head.get(..read).unwrap_or_default())
}
