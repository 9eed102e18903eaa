//! Films and how they are played.

use async_graphql::{Enum, SimpleObject};
use domain::film;
use store::{Transcoding, TranscodingState};

/// The tracks of a film.
#[derive(Debug, Clone, SimpleObject)]
pub struct Film {
    /// Codec of the pictures: `h264`, `hevc`, `prores` …
    pub video_codec: String,
    /// Codec of the sound; null without sound.
    pub audio_codec: Option<String>,
    /// Pictures a second, on average.
    pub frame_rate: Option<f64>,
    /// How a pixel is stored: `yuv420p`, `yuv422p10le` …
    pub pixel_format: Option<String>,
    /// Brighter than a common screen: PQ or HLG.
    pub hdr: bool,
}

/// Which film is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum PlaybackState {
    /// The original.
    Original,
    /// One made anew, which every browser plays.
    Transcoded,
    /// The original, or one made anew earlier, until a new one is there.
    Pending,
    /// The original, because none could be made.
    Failed,
}

/// How a film is played.
#[derive(Debug, Clone, SimpleObject)]
pub struct Playback {
    /// Which film is played.
    pub state: PlaybackState,
    /// The variant in its address, `/media/{id}/{variant}?v={tag}`: `film` or `original`.
    pub variant: &'static str,
    /// How much of it is made, from 0 to 1, while that is being done.
    pub progress: Option<f64>,
    /// Why there is no film made anew, no newer one, or not yet, in words.
    pub reason: Option<String>,
    /// Where players find it in several sizes (HLS), `/media/{id}/hls/master.m3u8`, however it is played otherwise. Whoever
    /// asks there has these films made, H.264 and AAC, and plays them while they are: until the first seconds are there
    /// the answer is 503, with `Retry-After`; 422 where none can be made. Null where the administrator wants none, and
    /// for films that can't be read.
    pub stream: Option<String>,
    /// The short sides in which it is there, in pixels, the largest first; each is a list of its own, `720.m3u8` beside
    /// `master.m3u8`. Empty where `stream` is null.
    pub stream_sizes: Vec<u32>,
}

/// How a film is streamed.
#[derive(Debug, Default)]
pub struct Streamed {
    /// Where its list of sizes is to be had, if anywhere.
    pub address: Option<String>,
    /// Their short sides.
    pub sizes: Vec<u32>,
}

impl From<film::Tracks> for Film {
    fn from(tracks: film::Tracks) -> Self {
        Self {
            video_codec: tracks.video_codec,
            audio_codec: tracks.audio_codec,
            frame_rate: tracks.frame_rate,
            pixel_format: tracks.pixel_format,
            hdr: tracks.hdr,
        }
    }
}

impl Playback {
    /// Of a film whose making stands so (none: nothing was ever to be made) and that is streamed so.
    pub fn of(transcoding: Option<Transcoding>, streamed: Streamed) -> Self {
        let there = transcoding.as_ref().is_some_and(|transcoding| transcoding.made);
        let state = match transcoding.as_ref().map(|transcoding| transcoding.state) {
            Some(TranscodingState::Pending) => PlaybackState::Pending,
            Some(TranscodingState::Done) => PlaybackState::Transcoded,
            // It was to be made again.
            Some(_) if there => PlaybackState::Transcoded,
            None | Some(TranscodingState::Skipped) => PlaybackState::Original,
            Some(TranscodingState::Buried) => PlaybackState::Failed,
        };
        let made = there || state == PlaybackState::Transcoded;
        Self {
            state,
            variant: if made { film::VARIANT } else { "original" },
            progress: transcoding.as_ref().and_then(|transcoding| transcoding.progress).map(f64::from),
            reason: transcoding.and_then(|transcoding| transcoding.reason),
            stream: streamed.address,
            stream_sizes: streamed.sizes,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::AssetId;

    use super::*;

    #[test]
    fn a_film_that_was_made_plays_whatever_is_being_done_about_it() {
        use TranscodingState::{Buried, Done, Pending, Skipped};
        let of = |state, made| {
            let transcoding = Transcoding { asset: AssetId(1), state, progress: None, reason: None, made };
            let playback = Playback::of(Some(transcoding), Streamed::default());
            (playback.state, playback.variant)
        };
        for (state, alone, again) in [
            (Pending, (PlaybackState::Pending, "original"), PlaybackState::Pending),
            (Done, (PlaybackState::Transcoded, "film"), PlaybackState::Transcoded),
            (Skipped, (PlaybackState::Original, "original"), PlaybackState::Transcoded),
            (Buried, (PlaybackState::Failed, "original"), PlaybackState::Transcoded),
        ] {
            assert_eq!(of(state, false), alone);
            assert_eq!(of(state, true), (again, "film"));
        }
        assert_eq!(Playback::of(None, Streamed::default()).variant, "original");
    }
}
