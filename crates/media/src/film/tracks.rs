//! What a film's tracks are.

use domain::film::Tracks;
use ffmpeg_next::{
    Discard, Rational,
    codec::{self, Parameters},
    ffi::{AVColorTransferCharacteristic, AVFieldOrder},
    format::{Pixel, stream::Stream},
    media,
};

use super::Film;

impl Film {
    /// Codecs, speed and light; none where the pictures' codec is not known.
    pub(crate) fn tracks(&self) -> Option<Tracks> {
        let stream = self.input.stream(self.stream)?;
        let parameters = stream.parameters();
        let decoder = self.decoder(Discard::NonKey).ok();
        let format = decoder.as_ref().map(ffmpeg_next::decoder::Video::format);
        let name = format.filter(|format| *format != Pixel::None).and_then(Pixel::descriptor);
        let light = decoder.map(|decoder| decoder.color_transfer_characteristic().into());
        let video_codec = parameters.id();
        let sound = self.input.streams().best(media::Type::Audio);
        Some(Tracks {
            video_codec: (video_codec != codec::Id::None).then(|| video_codec.name().to_owned())?,
            audio_codec: sound.map(|sound| sound.parameters().id().name().to_owned()),
            frame_rate: frame_rate(&stream).map(f64::from),
            pixel_format: name.map(|descriptor| descriptor.name().to_owned()),
            hdr: light.is_some_and(is_hdr),
            interlaced: is_interlaced(&parameters),
        })
    }
}

/// Pictures a second.
pub(crate) fn frame_rate(stream: &Stream<'_>) -> Option<Rational> {
    of_both(stream.avg_frame_rate(), stream.rate())
}

/// The average, but where that is as fast as only a clock ticks and the pictures' own steps are a film's. These are
/// the bounds by which libav's av_guess_frame_rate doubts the steps.
fn of_both(average: Rational, steps: Rational) -> Option<Rational> {
    const ABSURD: f64 = 210.0;
    const PLAIN: f64 = 70.0;
    let known = |rate: &Rational| rate.numerator() > 0 && rate.denominator() > 0;
    let average = Some(average).filter(known)?;
    let plain = Some(steps).filter(known).filter(|steps| f64::from(*steps) < PLAIN);
    if f64::from(average) > ABSURD { plain.or(Some(average)) } else { Some(average) }
}

/// PQ or HLG.
fn is_hdr(transfer: AVColorTransferCharacteristic) -> bool {
    matches!(
        transfer,
        AVColorTransferCharacteristic::AVCOL_TRC_SMPTE2084
            | AVColorTransferCharacteristic::AVCOL_TRC_ARIB_STD_B67
    )
}

fn is_interlaced(parameters: &Parameters) -> bool {
    #[expect(
        unsafe_code,
        reason = "the crate has no reader for this plain field of a struct that it keeps alive"
    )]
    let order = unsafe { (*parameters.as_ptr()).field_order };
    !matches!(order, AVFieldOrder::AV_FIELD_UNKNOWN | AVFieldOrder::AV_FIELD_PROGRESSIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speed_of_a_film_is_not_that_of_its_clock() {
        let both =
            |average: (i32, i32), steps: (i32, i32)| of_both(average.into(), steps.into()).map(f64::from);
        assert_eq!(both((1000, 1), (24, 1)), Some(24.0));
        assert_eq!(both((30_000, 1001), (30, 1)), Some(30_000.0 / 1001.0));
        // Slow motion is as fast by both; where nothing is known of one, the other counts.
        assert_eq!(both((240, 1), (240, 1)), Some(240.0));
        assert_eq!(both((960, 1), (0, 0)), Some(960.0));
        assert_eq!(both((25, 1), (90_000, 1)), Some(25.0));
        assert_eq!(both((0, 0), (24, 1)), None);
    }
}
