//! What a film's tracks are, and whether browsers play it as it is.

pub mod fragment;
pub mod ladder;
pub mod playlist;

use serde::{Deserialize, Serialize};

use crate::metadata::Format;

/// How a film that was made anew is called beside other variants of its asset.
pub const VARIANT: &str = "film";

/// The tracks of a film, as far as they decide how it is played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tracks {
    /// Name of the pictures' codec, as libav has it: `h264`, `hevc`, `prores` …
    pub video_codec: String,
    /// Name of the sound's codec; none without sound.
    pub audio_codec: Option<String>,
    /// Pictures a second, on average.
    pub frame_rate: Option<f64>,
    /// How a pixel is stored, as libav has it: `yuv420p`, `yuv422p10le` …
    pub pixel_format: Option<String>,
    /// Brighter than a common screen: PQ or HLG.
    pub hdr: bool,
    /// Two half pictures in one, taken one after the other.
    pub interlaced: bool,
}

/// Why browsers do not play a film as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// AVI, MPEG, ASF …
    Container,
    /// HEVC, AV1, ProRes …
    VideoCodec,
    /// Ten bits, or more colour than most decoders take.
    PixelFormat,
    /// It would look pale.
    Hdr,
    /// It would look combed.
    Interlaced,
    /// It would be silent.
    AudioCodec,
}
crate::texts!(Obstacle {
    Container = "container", VideoCodec = "video codec", PixelFormat = "pixel format", Hdr = "HDR",
    Interlaced = "interlaced", AudioCodec = "audio codec",
});

/// What Chromium, Firefox and Safari all decode, in one of the two containers that they know. AV1 is not among it: Safari
/// leaves it to the machine, and Apple's have a decoder only since the A17 Pro and the M3 (2023). Opus in MP4 is, although
/// Safari plays it since 17.0 only (release notes of September 2023, Media; caniuse issue 6805): WebM it plays on telephones
/// since 17.4 (March 2024), so that this is the oldest Safari that plays all of these.
const IN_MP4: (&[&str], &[&str]) = (&["h264", "vp9"], &["aac", "mp3", "opus", "flac"]);
const IN_WEBM: (&[&str], &[&str]) = (&["vp8", "vp9"], &["opus", "vorbis"]);
/// What WebM may hold besides.
const OF_WEBM: &str = "av1";
/// Eight bits a sample, a quarter of the colour: the one kind that every decoder has.
const PIXELS: &[&str] = &["yuv420p", "yuvj420p"];

impl Tracks {
    /// What stands in the way of playing it as it is; none if nothing does.
    pub fn obstacle(&self, format: Format) -> Option<Obstacle> {
        let (video, audio) = match format {
            Format::Mp4 => IN_MP4,
            Format::Matroska => IN_WEBM,
            _ => return Some(Obstacle::Container),
        };
        let known =
            |name: &Option<String>, list: &[&str]| name.as_deref().is_none_or(|name| list.contains(&name));
        if !video.contains(&self.video_codec.as_str()) {
            Some(Obstacle::VideoCodec)
        } else if self.hdr {
            Some(Obstacle::Hdr)
        } else if !known(&self.pixel_format, PIXELS) {
            Some(Obstacle::PixelFormat)
        } else if self.interlaced {
            Some(Obstacle::Interlaced)
        } else if !known(&self.audio_codec, audio) {
            Some(Obstacle::AudioCodec)
        } else {
            None
        }
    }
}

/// Whether a Matroska film with these tracks may be sent as WebM, which browsers ask for by that name: what
/// [`Tracks::obstacle`] lets be played as it is must go by a name that is played, and AV1 is played by some.
pub fn is_webm(video_codec: &str, audio_codec: Option<&str>) -> bool {
    let (video, audio) = IN_WEBM;
    (video.contains(&video_codec) || video_codec == OF_WEBM)
        && audio_codec.is_none_or(|codec| audio.contains(&codec))
}

/// When a film is made anew for playing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transcode {
    /// Not at all.
    Never,
    /// Where browsers do not play it as it is.
    Needed,
    /// Each film.
    Always,
}
crate::texts!(Transcode { Never = "never", Needed = "needed", Always = "always" });

/// The codec of films that are made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum VideoCodec {
    /// H.264, which everything plays.
    H264,
    /// HEVC: half the size, but not in every browser.
    Hevc,
    /// VP9.
    Vp9,
    /// AV1: the smallest, and slow to make.
    Av1,
}
crate::texts!(VideoCodec { H264 = "h264", Hevc = "hevc", Vp9 = "vp9", Av1 = "av1" });

/// The size of a film whose short side is at most so many pixels: never enlarged, and even, as codecs want it.
pub fn fit((width, height): (u32, u32), short_side: u32) -> (u32, u32) {
    let short = width.min(height).max(1);
    let scaled = |side: u32| {
        let wanted = u64::from(side) * u64::from(short_side.min(short)) / u64::from(short);
        (u32::try_from(wanted).unwrap_or(side) & !1).max(2)
    };
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(video: &str, audio: Option<&str>) -> Tracks {
        Tracks {
            video_codec: video.into(),
            audio_codec: audio.map(Into::into),
            frame_rate: Some(30.0),
            pixel_format: Some("yuv420p".into()),
            hdr: false,
            interlaced: false,
        }
    }

    #[test]
    fn what_browsers_play_is_left_alone() {
        assert_eq!(film("h264", Some("aac")).obstacle(Format::Mp4), None);
        assert_eq!(film("h264", None).obstacle(Format::Mp4), None);
        assert_eq!(film("vp9", Some("opus")).obstacle(Format::Matroska), None);
        assert_eq!(film("h264", Some("opus")).obstacle(Format::Mp4), None);
        let cases = [
            (film("hevc", Some("aac")), Format::Mp4, Obstacle::VideoCodec),
            (film("h264", Some("aac")), Format::Matroska, Obstacle::VideoCodec),
            (film("av1", Some("aac")), Format::Mp4, Obstacle::VideoCodec),
            (film("av1", Some("opus")), Format::Matroska, Obstacle::VideoCodec),
            (film("h264", Some("aac")), Format::Mpeg, Obstacle::Container),
            (film("h264", Some("pcm_s16le")), Format::Mp4, Obstacle::AudioCodec),
            (Tracks { hdr: true, ..film("h264", None) }, Format::Mp4, Obstacle::Hdr),
            (Tracks { interlaced: true, ..film("h264", None) }, Format::Mp4, Obstacle::Interlaced),
            (
                Tracks { pixel_format: Some("yuv420p10le".into()), ..film("h264", None) },
                Format::Mp4,
                Obstacle::PixelFormat,
            ),
        ];
        for (film, format, obstacle) in cases {
            assert_eq!(film.obstacle(format), Some(obstacle), "{film:?}");
        }
    }

    #[test]
    fn what_is_played_as_it_is_goes_by_the_name_of_webm() {
        for (video, audio) in [("vp9", Some("opus")), ("vp8", Some("vorbis")), ("vp9", None)] {
            assert!(is_webm(video, audio), "{video} {audio:?}");
            assert_eq!(film(video, audio).obstacle(Format::Matroska), None);
        }
        assert!(is_webm("av1", Some("opus")), "by those who play it");
        for (video, audio) in [("h264", Some("opus")), ("vp9", Some("flac")), ("mpeg4", None)] {
            assert!(!is_webm(video, audio), "{video} {audio:?}");
        }
    }

    #[test]
    fn films_get_smaller_and_never_larger_or_odd() {
        let cases = [
            ((3840, 2160), 1080, (1920, 1080)),
            ((2160, 3840), 1080, (1080, 1920)),
            ((1280, 720), 1080, (1280, 720)),
            ((853, 480), 1080, (852, 480)),
            ((1, 1), 1080, (2, 2)),
            ((4096, 1716), 720, (1718, 720)),
        ];
        for (size, short_side, fitted) in cases {
            assert_eq!(fit(size, short_side), fitted, "{size:?}");
        }
    }
}
