//! The encoders and what they are told.

use domain::film::{VideoCodec, ladder};
use ffmpeg_next::{
    ChannelLayout, Dictionary, Rational, codec, color, encoder,
    format::{Pixel, Sample},
    threading,
};

use super::{FRAGMENT_S, PICTURES, Plan, Rate, SOUND, refused};
use crate::{MediaError, film::to_error};

/// An encoder of pictures of this size. `rate` is what the film has on average: it guides the encoder, no more.
pub(super) fn pictures(
    plan: &Plan,
    (width, height): (u32, u32),
    rate: Rational,
) -> Result<encoder::Video, MediaError> {
    let (name, mut options) = told(plan);
    if plan.rate == Rate::Bounded {
        // A second's worth may be saved up for what moves much.
        let most = ladder::most_bits((width, height), f64::from(rate)).to_string();
        options.set("maxrate", &most);
        options.set("bufsize", &most);
    }
    let mut context = find(name)?.encoder().video().map_err(to_error)?;
    context.set_width(width);
    context.set_height(height);
    context.set_format(Pixel::YUV420P);
    context.set_time_base(PICTURES);
    context.set_frame_rate(Some(rate));
    // Longer than a fragment: where one begins, the picture that is sent says so itself.
    let pictures = i64::from(rate.numerator()) * FRAGMENT_S * 2 / i64::from(rate.denominator().max(1));
    context.set_gop(u32::try_from(pictures.clamp(1, 10_000)).unwrap_or(250));
    context.set_flags(codec::Flags::GLOBAL_HEADER);
    // As many threads as the encoder thinks right; without this it takes one.
    context.set_threading(threading::Config { kind: threading::Type::Frame, ..Default::default() });
    context.set_color_range(color::Range::MPEG);
    context.set_colorspace(color::Space::BT709);
    context.set_color_primaries(color::Primaries::BT709);
    context.set_color_transfer_characteristic(color::TransferCharacteristic::BT709);
    if plan.codec == VideoCodec::Hevc {
        name_for_safari(&mut context);
    }
    context.open_with(options).map_err(refused)
}

/// Of the two names that HEVC has in MP4, Safari plays only `hvc1`: what decoders must know stands in the header.
/// Whoever copies the track keeps the name.
fn name_for_safari(context: &mut encoder::video::Video) {
    #[expect(
        unsafe_code,
        reason = "the crate has no writer for this plain field of a struct that it keeps alive"
    )]
    unsafe {
        (*context.as_mut_ptr()).codec_tag = u32::from_le_bytes(*b"hvc1");
    }
}

/// The encoder's name in libav, and its options.
fn told(plan: &Plan) -> (&'static str, Dictionary<'static>) {
    let mut options = Dictionary::new();
    options.set("crf", &plan.quality.to_string());
    let (name, more): (_, &[(&str, &str)]) = match plan.codec {
        // Without changes of scene, pictures that stand for themselves are where all sizes have them.
        VideoCodec::H264 => {
            ("libx264", &[("preset", "veryfast"), ("sc_threshold", "0"), ("forced-idr", "1")])
        }
        VideoCodec::Hevc => (
            "libx265",
            &[("preset", "veryfast"), ("forced-idr", "1"), ("x265-params", "log-level=none:scenecut=0")],
        ),
        VideoCodec::Vp9 => {
            ("libvpx-vp9", &[("b", "0"), ("deadline", "realtime"), ("cpu-used", "5"), ("row-mt", "1")])
        }
        VideoCodec::Av1 => ("libsvtav1", &[("preset", "9")]),
    };
    for (option, value) in more {
        options.set(option, value);
    }
    (name, options)
}

/// An encoder of sound, of one or two channels.
pub(super) fn sound(channels: u16) -> Result<encoder::Audio, MediaError> {
    let mut context = find("aac")?.encoder().audio().map_err(to_error)?;
    let mono = channels == 1;
    context.set_rate(SOUND.denominator());
    context.set_format(Sample::F32(ffmpeg_next::format::sample::Type::Planar));
    context.set_channel_layout(if mono { ChannelLayout::MONO } else { ChannelLayout::STEREO });
    context.set_bit_rate(if mono { 80_000 } else { 128_000 });
    context.set_time_base(SOUND);
    context.set_flags(codec::Flags::GLOBAL_HEADER);
    context.open().map_err(refused)
}

fn find(name: &str) -> Result<codec::Context, MediaError> {
    let found = encoder::find_by_name(name);
    let found =
        found.ok_or_else(|| MediaError::Machine(format!("the libav of this machine has no {name}")))?;
    Ok(codec::Context::new_with_codec(found))
}
