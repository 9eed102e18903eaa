//! The metadata stage's result: what an asset is, when and where it was taken; its counts move with it.

use domain::asset::Readable;
use domain::edit::Telling;
use domain::job::Stage;
use domain::metadata::Metadata;
use domain::place::Place;
use domain::stack::Tie;
use domain::time::Taken;
use domain::{AssetId, cells, pipeline, ratio};
use sqlx::types::Json;

use crate::counts;
use crate::jobs::{Claim, Settled};
use crate::{Result, Store, edits, feed, stacks};

/// What the metadata stage has settled about an asset.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// What the file says of itself, and what is said beside it.
    pub metadata: Metadata,
    /// What it has in common with others.
    pub ties: Vec<Tie>,
    /// When.
    pub taken: Taken,
    /// The name of the place where it was taken.
    pub place: Option<Place>,
    /// What people have said of it, which is in all this already.
    pub edited: Option<Underneath>,
}

/// What was read, beneath what people have said.
#[derive(Debug, Clone, PartialEq)]
pub struct Underneath {
    /// What the files tell.
    pub told: Telling,
    /// Which revision of what people have said was laid over it.
    pub revision: i64,
}

/// What became of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is kept.
    Done,
    /// The lease was lost meanwhile: nothing is written.
    Lost,
    /// People have said something else meanwhile: nothing is written.
    Edited,
}

impl Store {
    /// Writes what an asset is and settles its metadata stage. The stages that follow become pending, unless
    /// `settled` says that it can't be read.
    pub async fn describe(&self, claim: &Claim, described: &Described, settled: &Settled) -> Result<Written> {
        let mut tx = self.pool.begin().await?;
        stacks::lock(&mut tx, claim.asset, &described.ties).await?;
        // The asset before its stage, as who brings a new version of it does, or both could wait for each other.
        let Some(before) = counts::placement(&mut tx, claim.asset).await? else { return Ok(Written::Lost) };
        let edited = described.edited.as_ref();
        if edits::revision(&mut tx, claim.asset).await? != edited.map(|edited| edited.revision) {
            return Ok(Written::Edited);
        }
        if !claim.settle(&mut tx, settled).await? {
            return Ok(Written::Lost);
        }
        if let Some(edited) = edited {
            edits::settle(&mut tx, claim.asset, &edited.told).await?;
        }
        let library = before.library;
        write(&mut tx, claim.asset, described, settled).await?;
        let after = before.told(described.taken.local.date(), described.metadata.position);
        counts::moved(&mut tx, claim.asset, &before, &after).await?;
        stacks::pair(&mut tx, library, claim.asset, &described.ties).await?;
        let kind = described.metadata.format.asset_type();
        follow(&mut tx, claim, pipeline::after(claim.stage, kind), settled).await?;
        if described.metadata.film_bytes.is_some() {
            follow(&mut tx, claim, pipeline::AFTER_METADATA_OF_LIVE, settled).await?;
        }
        feed::touch_assets(&mut tx, library, &[claim.asset]).await?;
        tx.commit().await?;
        Ok(Written::Done)
    }
}

/// Makes stages that come after this one pending. Those that are settled already stay so: a new content or a
/// new version of theirs is what makes them pending again, not a repetition of what comes before them.
pub(super) async fn follow(
    tx: &mut sqlx::PgTransaction<'_>,
    claim: &Claim,
    after: &[Stage],
    settled: &Settled,
) -> Result<()> {
    if !matches!(settled, Settled::Done) {
        return Ok(());
    }
    for next in after {
        sqlx::query!(
            "INSERT INTO stages (asset_id, stage, version, priority) VALUES ($1, $2, $3, $4)
             ON CONFLICT (asset_id, stage) DO NOTHING",
            claim.asset.0,
            next.as_str(),
            next.version(),
            claim.priority.rank()
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

async fn write(
    tx: &mut sqlx::PgTransaction<'_>,
    asset: AssetId,
    new: &Described,
    settled: &Settled,
) -> Result<()> {
    // Done: whether it can be shown is for the stage that makes the pictures to say, if it has not said so.
    let (readable, problem) = match settled {
        Settled::Done => (None, None),
        Settled::Skipped(why) | Settled::Buried(why) | Settled::Unread(why, _) => {
            (Some(Readable::Unreadable.as_str()), Some(why.as_str()))
        }
    };
    let place = new.place.as_ref();
    let Described { metadata, taken, .. } = new;
    let camera = &metadata.camera;
    let tracks = metadata.tracks.as_ref();
    let words = &metadata.words;
    let keywords: Vec<String> = words.keywords.iter().map(|keyword| keyword.as_str().to_owned()).collect();
    let faces = (!metadata.faces.is_empty()).then_some(Json(&metadata.faces));
    sqlx::query!(
        "UPDATE assets SET type = $2, format = $3, width = $4, height = $5, ratio = $6, duration_ms = $7,
            taken_at = $8, local_at = $9, offset_minutes = $10, time_zone = $11, taken_source = $12,
            taken_guessed = $13, latitude = $14, longitude = $15, altitude = $16, cell = $17,
            city = $18, region = $19, country = $20, country_code = $21,
            make = $22, model = $23, lens = $24, f_number = $25, exposure_s = $26, iso = $27, focal_mm = $28,
            focal_35mm = $29, flash = $30, caption = $31, rating = $32,
            readable = coalesce($33, CASE WHEN shown THEN readable ELSE 'pending' END),
            problem = CASE WHEN $33::text IS NULL AND shown THEN problem ELSE $34 END,
            video_codec = $36, audio_codec = $37, frame_rate = $38, pixel_format = $39, hdr = $40, interlaced = $41,
            title = $42, keywords = $43, creator = $44, copyright = $45, direction = $46, serial = $47,
            face_regions = $48, projection = $49, film_bytes = $50, metadata_notes = $51, panorama = $52,
            exif_orientation = $53, taken_precision = $54, taken_assumed = $55
         FROM (SELECT EXISTS (SELECT FROM stages WHERE asset_id = $1 AND stage = $35 AND state <> 'pending')
                   OR EXISTS (SELECT FROM assets WHERE id = $1 AND readable = 'ready') AS shown) s
         WHERE id = $1",
        asset.0,
        metadata.format.asset_type().as_str(),
        metadata.format.as_str(),
        metadata.width.and_then(|pixels| i32::try_from(pixels).ok()),
        metadata.height.and_then(|pixels| i32::try_from(pixels).ok()),
        i16::from(ratio::ratio_byte(metadata.width, metadata.height)),
        metadata.duration_ms,
        taken.utc,
        taken.local,
        i16::try_from(taken.offset_minutes).unwrap_or_default(),
        taken.zone.as_deref(),
        taken.source.as_str(),
        taken.guessed,
        metadata.position.map(|position| position.latitude),
        metadata.position.map(|position| position.longitude),
        metadata.position.and_then(|position| position.altitude),
        metadata.position.and_then(|position| cells::cell(position)).map(i64::from),
        place.and_then(|place| place.city.as_deref()),
        place.and_then(|place| place.region.as_deref()),
        place.map(|place| place.country.as_str()),
        place.map(|place| place.country_code.as_str()),
        camera.make.as_deref(),
        camera.model.as_deref(),
        camera.lens.as_deref(),
        camera.f_number,
        camera.exposure_s,
        camera.iso,
        camera.focal_mm,
        camera.focal_35mm,
        camera.flash,
        words.caption.as_deref(),
        metadata.rating,
        readable,
        problem,
        Stage::Renditions.as_str(),
        tracks.map(|tracks| tracks.video_codec.as_str()),
        tracks.and_then(|tracks| tracks.audio_codec.as_deref()),
        tracks.and_then(|tracks| tracks.frame_rate),
        tracks.and_then(|tracks| tracks.pixel_format.as_deref()),
        tracks.is_some_and(|tracks| tracks.hdr),
        tracks.is_some_and(|tracks| tracks.interlaced),
        words.title.as_deref(),
        &keywords,
        words.creator.as_deref(),
        words.copyright.as_deref(),
        metadata.direction,
        camera.serial.as_deref(),
        faces as _,
        metadata.projection.as_deref(),
        metadata.film_bytes.and_then(|bytes| i64::try_from(bytes).ok()),
        &metadata.notes,
        metadata.panorama.map(Json) as _,
        i16::from(metadata.exif_orientation),
        taken.precision.as_str(),
        taken.assumed
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
