//! A film that every browser plays, where the original, or what stands behind a picture in it, is not one.

use std::fs::File;

use domain::AssetId;
use domain::film::{Obstacle, Tracks, Transcode, VARIANT};
use domain::job::Stage;
use domain::metadata::{AssetType, Format, Metadata};
use files::Part;
use media::{MediaError, Plan, Rate};
use store::{Claim, Settled, Source, WANTED};

use super::failed::Failed;
use super::turn::{Turns, Work};
use super::{JobError, settled, source};
use crate::cx::Cx;
use crate::outcome::Outcome;
use crate::worker::LEASE_S;

/// Looks whether a new film is wanted, and makes it, going on where an earlier try ended.
pub async fn run(cx: &Cx, claim: &Claim) -> Result<Outcome, JobError> {
    let Some(source) = cx.store.source(claim.asset).await? else { return Ok(Outcome::Lost) };
    let Some(asset) = cx.store.assets_by_ids(&[claim.asset]).await?.pop() else { return Ok(Outcome::Lost) };
    let wish = if claim.wanted { Transcode::Always } else { cx.settings.video_transcode };
    let behind = asset.film_bytes.and_then(|bytes| u64::try_from(bytes).ok());
    let format = film_format(asset.format, behind);
    let outcome = match left_as_it_is(wish, asset.tracks.as_ref(), format) {
        Some(reason) => Outcome::Skip(reason),
        None => match make(cx, claim, &source, behind).await {
            Ok(()) => Outcome::Done,
            Err(Failed::Job(error)) => return Err(error),
            Err(Failed::Ended(outcome)) => outcome,
            // Nothing can be made of it; that it is damaged, the stage that makes its pictures says.
            Err(Failed::Media(error @ MediaError::Broken(_))) => Outcome::Skip(error.to_string()),
            Err(Failed::Media(error)) => Outcome::of(&error, claim),
            Err(Failed::Files(error)) => Outcome::trouble(error.to_string()),
        },
    };
    let Some(settled) = settled(&outcome) else { return Ok(outcome) };
    let (policy, plan) = match settled {
        Settled::Skipped(_) => (Some(cx.settings.video_transcode.as_str()), None),
        // What somebody has asked for is made by the next plan as well.
        Settled::Done => (claim.wanted.then_some(WANTED), Some(planned(cx))),
        Settled::Buried(_) | Settled::Unread(..) => (None, None),
    };
    let written = cx.store.settle(claim, &settled, policy, plan.as_deref()).await?;
    Ok(if written { outcome } else { Outcome::Lost })
}

/// Settles what can be told from its metadata, so that nobody waits behind the one lane of films to hear that nothing is
/// to be made.
pub async fn spare(cx: &Cx, asset: AssetId, metadata: &Metadata) -> Result<(), JobError> {
    let format = film_format(metadata.format, metadata.film_bytes);
    if format.asset_type() != AssetType::Video {
        return Ok(());
    }
    let policy = cx.settings.video_transcode;
    if let Some(why) = left_as_it_is(policy, metadata.tracks.as_ref(), format) {
        cx.store.leave_film(asset, &why, policy.as_str()).await?;
    }
    Ok(())
}

/// How films are made now: whatever was made by another plan, or by an earlier version, is made again.
pub fn planned(cx: &Cx) -> String {
    format!("{}: {}", Stage::Transcode.version(), plan(cx))
}

/// What films behind pictures come in, or the file itself.
fn film_format(format: Format, behind: Option<u64>) -> Format {
    if behind.is_some() { Format::Mp4 } else { format }
}

/// Why no new film is made of these tracks, if none is.
fn left_as_it_is(policy: Transcode, tracks: Option<&Tracks>, format: Format) -> Option<String> {
    let Some(tracks) = tracks.filter(|_| format.asset_type() == AssetType::Video) else {
        return Some("its tracks can\u{2019}t be read".to_owned());
    };
    let obstacle = tracks.obstacle(format);
    match policy {
        Transcode::Always => None,
        Transcode::Needed if obstacle.is_some() => None,
        Transcode::Never | Transcode::Needed => {
            Some(obstacle.map_or_else(|| "every browser plays it".to_owned(), not_wanted))
        }
    }
}

fn not_wanted(obstacle: Obstacle) -> String {
    format!("not every browser plays it ({obstacle}), and films are not made anew here")
}

/// Makes it of the whole file, or of so many of its last bytes.
async fn make(cx: &Cx, claim: &Claim, source: &Source, behind: Option<u64>) -> Result<(), Failed> {
    let original = source::open(cx, claim, source).await.map_err(Failed::Ended)?;
    let from = behind.map_or(0, |bytes| original.size.saturating_sub(bytes));
    let films = cx.files.films();
    let content = &source.hash.blake3;
    let part = films.part(source.asset, content, VARIANT, &planned(cx)).await?;
    let part = part.ok_or_else(|| Failed::Ended(Outcome::trouble("another process is at it".to_owned())))?;
    match encode(cx, claim, source, (&original.file, from), &part).await {
        Ok(()) => {}
        Err(failed) => return Err(give_up(part, failed).await),
    }
    let whole = films.whole(source.asset, content, VARIANT).await?;
    cx.transcoder.finish(source.library.0, part.file(), whole.file()).await?;
    // Whoever has lost the lease must not place anything.
    if !cx.store.renew(claim, LEASE_S).await.map_err(JobError::from)? {
        return Err(Failed::Ended(Outcome::Lost));
    }
    whole.commit().await?;
    part.remove().await?;
    if let Err(error) = films.remove(source.asset, Some(content)).await {
        tracing::warn!(%error, asset.id = %source.asset, "films of an earlier content could not be removed");
    }
    Ok(())
}

/// Turn by turn, so that people see how far it is and can stop it, and so that stopping the program does not wait.
async fn encode(
    cx: &Cx,
    claim: &Claim,
    source: &Source,
    (film, from): (&File, u64),
    part: &Part,
) -> Result<(), Failed> {
    let output = part.file().try_clone().map_err(|error| MediaError::Output(error.to_string()))?;
    let work = Work {
        transcoder: &cx.transcoder,
        session: cx.transcoder.session(),
        owner: source.library.0,
        film,
        from,
        plan: plan(cx),
        outputs: &[output],
    };
    let mut turns = Turns::new(cx, claim, work);
    while !turns.next().await? {}
    Ok(())
}

/// What the administrator wants films to be.
fn plan(cx: &Cx) -> Plan {
    Plan {
        codec: cx.settings.video_codec,
        quality: u8::try_from(cx.settings.video_quality).unwrap_or(u8::MAX),
        rate: Rate::Free,
        short_sides: vec![cx.settings.video_short_side],
    }
}

/// What there is of a film is kept where the next try goes on with it.
async fn give_up(part: Part, failed: Failed) -> Failed {
    if !failed.goes_on()
        && let Err(error) = part.remove().await
    {
        tracing::warn!(%error, "a film in the making could not be removed");
    }
    failed
}
