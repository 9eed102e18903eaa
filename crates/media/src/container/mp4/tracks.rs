//! What a film's tracks are, where its header tells all that we ask, as it does in the films of phones and cameras. Of
//! rarer kinds nothing is said here: then libav is asked, which takes ten times as long.

use domain::film::Tracks;

use super::{
    pictures::{self, Pictures},
    sound,
    track::Track,
};
use crate::container::boxes::Walk;

pub(super) fn of(walk: &mut Walk<'_>, tracks: &[Track]) -> Option<Tracks> {
    let of = |handler: &[u8; 4]| tracks.iter().filter(|track| &track.handler == handler).collect::<Vec<_>>();
    // Which of several is meant is for libav to say.
    let [pictures] = of(b"vide")[..] else { return None };
    let audio_codec = match of(b"soun")[..] {
        [] => None,
        [sound] => Some(sound::codec(sound)?.to_owned()),
        _ => return None,
    };
    let Pictures { codec, pixels, hdr } = pictures::of(walk, pictures)?;
    Some(Tracks {
        video_codec: codec.to_owned(),
        audio_codec,
        frame_rate: Some(pictures.rate(walk).ok()??),
        pixel_format: Some(pixels),
        hdr,
        interlaced: false,
    })
}
