//! What a film's tracks are.

use domain::film::Tracks;
use ffmpeg_next::{
    codec::{self, Parameters},
    ffi::{AVColorTransferCharacteristic, AVFieldOrder},
    format::Pixel,
    media,
};

use super::Film;

impl Film {
    /// Codecs, speed and light; none where the pictures' codec is not known.
    pub(crate) fn tracks(&self) -> Option<Tracks> {
        let stream = self.input.stream(self.stream)?;
        let parameters = stream.parameters();
        let decoder = self.decoder().ok();
        let rate = stream.avg_frame_rate();
        let format = decoder.as_ref().map(ffmpeg_next::decoder::Video::format);
        let name = format.filter(|format| *format != Pixel::None).and_then(Pixel::descriptor);
        let light = decoder.map(|decoder| decoder.color_transfer_characteristic().into());
        let video_codec = parameters.id();
        let sound = self.input.streams().best(media::Type::Audio);
        Some(Tracks {
            video_codec: (video_codec != codec::Id::None).then(|| video_codec.name().to_owned())?,
            audio_codec: sound.map(|sound| sound.parameters().id().name().to_owned()),
            frame_rate: (rate.numerator() > 0 && rate.denominator() > 0).then(|| f64::from(rate)),
            pixel_format: name.map(|descriptor| descriptor.name().to_owned()),
            hdr: light.is_some_and(is_hdr),
            interlaced: is_interlaced(&parameters),
        })
    }
}

/// PQ or HLG.
pub(crate) fn is_hdr(transfer: AVColorTransferCharacteristic) -> bool {
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
