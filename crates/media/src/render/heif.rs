//! HEIC and AVIF, by libheif; of a sequence its picture, or the first one.

use domain::rendition::Rendition;
use libheif_rs::{
    ColorProfileNCLX, ColorSpace, DecodingOptions, HeifContext, Image, ImageHandle, LibHeif, RgbChroma,
};

use super::{
    Bounds, Decoded, colour,
    decode::{check_memory, check_pixels},
    deep::Deep,
    fit,
    hdr::{self, Primaries, Transfer},
    picture::{Channels, Picture},
};
use crate::{
    MediaError,
    container::heif::{
        self, coded,
        crop::{self, Part},
    },
    source::Source,
    words,
};

pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let context = heif::open(source, bounds.pixels, bounds.memory)?;
    match decode_from(&context, bounds, None) {
        Err(MediaError::Broken(why)) if why == words::OTHER_SIZE => {
            let said = context.primary_image_handle().map_err(heif::to_error)?;
            decode_corrected(source, bounds, (said.width(), said.height()))
        }
        // Of a picture that is shown in part, libheif takes what it decodes for too large.
        Err(error) => match decode_cut(source, bounds) {
            Ok(Some(decoded)) => Ok(decoded),
            _ => Err(error),
        },
        decoded => decoded,
    }
}

/// A picture of which a part is shown: decoded as a whole, and cut by us.
fn decode_cut(source: &Source, bounds: Bounds) -> Result<Option<Decoded>, MediaError> {
    let Some(whole) = crop::undone(source)? else { return Ok(None) };
    let context = heif::open_content(&whole.content, bounds.pixels, bounds.memory)?;
    let decoded = decode_from(&context, bounds, Some(whole.part))?;
    Ok(Some(Decoded { orientation: whole.orientation, ..decoded }))
}

/// A picture that is coded in another size than the file says: as much of it as was said.
fn decode_corrected(source: &Source, bounds: Bounds, said: (u32, u32)) -> Result<Decoded, MediaError> {
    let other_size = || MediaError::Broken(words::OTHER_SIZE.into());
    let content = coded::corrected(source)?.ok_or_else(other_size)?;
    let context = heif::open_content(&content, bounds.pixels, bounds.memory)?;
    let mut decoded = decode_from(&context, bounds, None)?;
    // Made smaller already, it shows all of what was coded.
    if (decoded.picture.width, decoded.picture.height) == decoded.size {
        decoded.picture = decoded.picture.cut(said.0, said.1);
        decoded.size = (decoded.picture.width, decoded.picture.height);
    }
    decoded.notes.push(format!("the file is damaged: {}", words::OTHER_SIZE));
    Ok(decoded)
}

/// All of the picture as it is to be seen, or a part of it as it is coded.
fn decode_from(context: &HeifContext<'_>, bounds: Bounds, part: Option<Part>) -> Result<Decoded, MediaError> {
    let handle = match context.primary_image_handle() {
        Err(_) if context.has_sequence() => return decode_sequence(context, bounds),
        handle => handle.map_err(heif::to_error)?,
    };
    let size = (handle.width(), handle.height());
    check_pixels(size, bounds)?;
    let light =
        code_points(&handle).and_then(|(primaries, transfer)| hdr::of_code_points(primaries, transfer));
    match light {
        Some(light) => decode_hdr(&handle, bounds, light, part),
        None => decode_plain(&handle, bounds, part),
    }
}

/// The numbers of primaries and curve (ITU-T H.273).
fn code_points(handle: &ImageHandle) -> Option<(u8, u8)> {
    handle.color_profile_nclx().as_ref().map(numbers)
}

fn numbers(colours: &ColorProfileNCLX) -> (u8, u8) {
    (colours.color_primaries() as u8, colours.transfer_characteristics() as u8)
}

fn decode_plain(handle: &ImageHandle, bounds: Bounds, part: Option<Part>) -> Result<Decoded, MediaError> {
    let (chroma, channels) = eight_bits(handle.has_alpha_channel());
    let image = pixels(handle, chroma, bounds, part.is_some())?;
    let described = handle.color_profile_raw().map(|profile| profile.data);
    plain(&image, channels, described, code_points(handle), part)
}

fn eight_bits(alpha: bool) -> (RgbChroma, Channels) {
    if alpha { (RgbChroma::Rgba, Channels::Rgba) } else { (RgbChroma::Rgb, Channels::Rgb) }
}

/// A picture whose colours are those of a profile, or else of these numbers.
fn plain(
    image: &Image,
    channels: Channels,
    described: Option<Vec<u8>>,
    numbers: Option<(u8, u8)>,
    part: Option<Part>,
) -> Result<Decoded, MediaError> {
    let (width, height, pixels) = rows(image, channels as usize, part)?;
    let picture = Picture { width, height, channels, pixels };
    let named = || numbers.and_then(|(primaries, transfer)| colour::of_code_points(primaries, transfer));
    let profile = described.or_else(named);
    Ok(Decoded { size: (width, height), picture, orientation: 1, profile, notes: Vec::new() })
}

/// The first picture of a file that has nothing but a sequence.
fn decode_sequence(context: &HeifContext<'_>, bounds: Bounds) -> Result<Decoded, MediaError> {
    let track = context.track(0).ok_or_else(|| MediaError::Broken("it has no pictures".into()))?;
    let size = track.image_resolution().map_err(heif::to_error)?;
    let size = (size.width.into(), size.height.into());
    check_pixels(size, bounds)?;
    let (chroma, channels) = eight_bits(track.has_alpha_channel());
    check_memory(need(size, channels as usize), bounds)?;
    let decoded = track.decode_next_image(ColorSpace::Rgb(chroma), Some(options(chroma)?));
    let image = decoded.map_err(heif::to_error)?;
    let described = image.color_profile_raw().map(|profile| profile.data);
    plain(&image, channels, described, image.color_profile_nclx().as_ref().map(numbers), None)
}

fn decode_hdr(
    handle: &ImageHandle,
    bounds: Bounds,
    (transfer, primaries): (Transfer, Primaries),
    part: Option<Part>,
) -> Result<Decoded, MediaError> {
    let alpha = handle.has_alpha_channel();
    let chroma = if alpha { RgbChroma::HdrRgbaLe } else { RgbChroma::HdrRgbLe };
    let image = pixels(handle, chroma, bounds, part.is_some())?;
    let (width, height, bytes) = rows(&image, bytes_of(chroma), part)?;
    // Ten or twelve bits, in sixteen.
    let bits = image.planes().interleaved.map_or(16, |plane| u32::from(plane.bits_per_pixel)).clamp(1, 16);
    let most = (1_u32 << bits) - 1;
    let wide = |pair: &[u8; 2]| {
        let value = u32::from(u16::from_le_bytes(*pair)).min(most);
        u16::try_from((value * u32::from(u16::MAX) + most / 2) / most).unwrap_or(u16::MAX).to_ne_bytes()
    };
    let bytes = bytes.as_chunks::<2>().0.iter().flat_map(wide).collect();
    let size = (width, height);
    let (small_width, small_height) = fit(size, Rendition::Preview);
    let deep = Deep { width, height, alpha, bytes }.shrunk(small_width, small_height)?;
    let picture = hdr::to_screen(&deep, transfer, primaries);
    Ok(Decoded { picture, size, orientation: 1, profile: colour::display_p3(), notes: Vec::new() })
}

/// The picture's pixels: as it is to be seen, or `as_coded`.
fn pixels(
    handle: &ImageHandle,
    chroma: RgbChroma,
    bounds: Bounds,
    as_coded: bool,
) -> Result<Image, MediaError> {
    check_memory(need((handle.width(), handle.height()), bytes_of(chroma)), bounds)?;
    let mut options = options(chroma)?;
    options.set_ignore_transformations(as_coded);
    LibHeif::new().decode(handle, ColorSpace::Rgb(chroma), Some(options)).map_err(heif::to_error)
}

/// Bytes of a pixel.
fn bytes_of(chroma: RgbChroma) -> usize {
    match chroma {
        RgbChroma::Rgb => 3,
        RgbChroma::Rgba => 4,
        RgbChroma::HdrRgbLe | RgbChroma::HdrRgbBe => 6,
        _ => 8,
    }
}

/// Bytes of planes, of interleaved pixels, and of a copy of them without the gaps between rows.
fn need((width, height): (u32, u32), bytes_per_pixel: usize) -> u64 {
    u64::from(width) * u64::from(height) * bytes_per_pixel as u64 * 3
}

fn options(chroma: RgbChroma) -> Result<DecodingOptions, MediaError> {
    let mut options = DecodingOptions::new().ok_or_else(MediaError::no_memory)?;
    options.set_convert_hdr_to_8bit(matches!(chroma, RgbChroma::Rgb | RgbChroma::Rgba));
    // One child, one core: the pool decides how many work at a time.
    options.set_num_library_threads(1);
    options.set_num_codec_threads(1);
    Ok(options)
}

/// Width, height and the rows of a picture, or of a part of it, without the gaps between them.
fn rows(
    image: &Image,
    bytes_per_pixel: usize,
    part: Option<Part>,
) -> Result<(u32, u32, Vec<u8>), MediaError> {
    let plane = image.planes().interleaved.ok_or_else(|| MediaError::Broken("it has no pixels".into()))?;
    let all = Part { left: 0, top: 0, width: plane.width, height: plane.height };
    let Part { left, top, width, height } = part.unwrap_or(all);
    let (width, height) =
        (width.min(plane.width - left.min(plane.width)), height.min(plane.height - top.min(plane.height)));
    let (start, row) = (left as usize * bytes_per_pixel, width as usize * bytes_per_pixel);
    let mut bytes = Vec::with_capacity(row * height as usize);
    for line in plane.data.chunks(plane.stride.max(1)).skip(top as usize).take(height as usize) {
        bytes.extend(line.get(start..start + row).unwrap_or_default());
    }
    Ok((width, height, bytes))
}
