//! Camera raws: the JPEG that the camera put in where it is large enough, else developed by rawler.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use domain::rendition::Rendition;
use rawler::{
    RawImage,
    decoders::{Decoder, FormatHint, RawDecodeParams, WellKnownIFD},
    imgop::develop::{Intermediate, ProcessingStep, RawDevelop},
    rawsource::RawSource,
    tags::{DngTag, TiffCommonTag},
};

use super::{
    Bounds, Decoded, binned,
    decode::{check_memory, check_pixels},
    jpeg,
    picture::{Channels, Picture},
};
use crate::{
    MediaError,
    container::{self, Parts, jpeg::Header},
    meta,
    source::Source,
};

/// No camera writes so much for one picture.
const LONGEST: u64 = 512 << 20;
/// Bytes that developing needs for each pixel: the sensor's, one number of four bytes, and three of them twice.
const DEVELOPING: u64 = 2 + 4 + 2 * 3 * 4;
/// The same for each pixel that is made of several: their average and three times three numbers of four bytes.
const DEVELOPING_BINNED: u64 = 3 * 2 + 3 * 3 * 4;
/// Kodak's scans of films: of all raws that are known the only one that nobody reads.
const CINEON: &[u8] = b"\x80\x2A\x5F\xD7";

pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    if source.head().starts_with(CINEON) {
        return Err(MediaError::Unsupported("Cineon, a scan of a film".into()));
    }
    let bytes = Arc::new(source.all(LONGEST.min(bounds.memory))?);
    let parts = container::read(source)?;
    let raw = Raw::open(&bytes);
    let size = raw.as_ref().and_then(Raw::size);
    let stated = if size.is_none() { stated_size(&parts) } else { None };
    let orientation = parts.exif.map_or(1, meta::exif::orientation);
    let embedded = largest_jpeg(&bytes);
    let enough = embedded.as_ref().is_some_and(|found| is_enough(found.size(), size));
    let mut problem = MediaError::unsupported(source.format());
    if let (false, Some(raw), Some(size)) = (enough, raw, size) {
        match raw.develop(size, bounds) {
            Ok((picture, size)) => {
                return Ok(Decoded { picture, size, orientation, profile: None, notes: Vec::new() });
            }
            Err(error) => problem = error,
        }
    }
    let Some(found) = embedded else { return Err(problem) };
    let mut decoded = jpeg::decode_bytes(found.bytes, found.header, bounds)?;
    if let MediaError::TooLarge(_) = problem {
        decoded.notes.push(format!("only the small picture that the camera put in is shown: {problem}"));
    }
    // One that is larger than what its camera would crop is the picture.
    let size = size.filter(|size| !exceeds(decoded.size, *size));
    let size = size.or_else(|| stated.filter(|stated| is_of(decoded.size, *stated)));
    // Some cameras turn it themselves.
    let lies = |(width, height): (u32, u32)| width > height;
    let turned = orientation >= 5 && size.is_some_and(|size| lies(size) != lies(decoded.size));
    decoded.orientation = if turned { 1 } else { orientation };
    decoded.size = match size {
        Some((width, height)) if turned => (height, width),
        Some(size) => size,
        None => decoded.size,
    };
    Ok(decoded)
}

/// The size that a raw states which nobody can develop.
fn stated_size(parts: &Parts) -> Option<(u32, u32)> {
    let of_container = parts.width.zip(parts.height);
    let packets = || parts.more_exif.iter().chain(&parts.exif);
    of_container
        .or_else(|| packets().find_map(|packet| meta::exif::pixels(packet.clone())))
        .and_then(|(width, height)| container::sides(width, height))
}

/// Is the first larger either way, whichever way they stand?
fn exceeds(one: (u32, u32), other: (u32, u32)) -> bool {
    one.0.max(one.1) > other.0.max(other.1) && one.0.min(one.1) > other.0.min(other.1)
}

/// Is it a smaller one of a picture of that size, whichever way it stands? Shapes differ by a rounded row or two.
fn is_of(small: (u32, u32), whole: (u32, u32)) -> bool {
    let sides = |(width, height): (u32, u32)| (u64::from(width.max(height)), u64::from(width.min(height)));
    let ((long, short), (whole_long, whole_short)) = (sides(small), sides(whole));
    let (one, other) = (long * whole_short, whole_long * short);
    long <= whole_long && one.abs_diff(other) * 50 <= one
}

/// Is a picture inside large enough for a preview, or nearly as large as there is? The camera knows better than
/// anybody how its pictures should look.
fn is_enough((width, height): (u32, u32), raw: Option<(u32, u32)>) -> bool {
    let most = raw.map_or(u32::MAX, |(width, height)| width.min(height));
    width.min(height) >= Rendition::Preview.short_side().min(most - most / 4)
}

/// A JPEG inside of another file.
struct Embedded<'a> {
    bytes: &'a [u8],
    header: Header,
}

impl Embedded<'_> {
    fn size(&self) -> (u32, u32) {
        (self.header.width.into(), self.header.height.into())
    }

    fn pixels(&self) -> u64 {
        u64::from(self.header.width) * u64::from(self.header.height)
    }
}

/// All makers keep their previews as whole JPEGs; only where differs. Sensors' data can be JPEG of a kind, too, but
/// without loss or with more bits.
fn largest_jpeg(bytes: &[u8]) -> Option<Embedded<'_>> {
    let starts = memchr::memmem::find_iter(bytes, b"\xFF\xD8\xFF");
    let found = starts.filter_map(|start| {
        let bytes = &bytes[start..];
        let header = Header::read(&mut Cursor::new(bytes)).ok()?;
        let shown = header.bits == 8 && !header.lossless && matches!(header.components, 1 | 3);
        (shown && !header.odd && header.width > 0 && header.height > 0).then_some(Embedded { bytes, header })
    });
    found.max_by_key(Embedded::pixels)
}

/// A raw that rawler knows.
struct Raw<'a> {
    file: RawSource,
    decoder: Box<dyn Decoder + 'a>,
}

impl Raw<'_> {
    /// rawler gives up by panicking over some files.
    fn open(bytes: &Arc<Vec<u8>>) -> Option<Self> {
        // One child, one core: the pool decides how many work at a time.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(1).build_global();
        let file = RawSource::new_from_shared_vec(Arc::clone(bytes));
        let decoder = caught(|| rawler::get_decoder(&file))?;
        Some(Self { file, decoder })
    }

    fn image(&self, only_size: bool) -> Option<RawImage> {
        caught(|| self.decoder.raw_image(&self.file, &RawDecodeParams::default(), only_size))
    }

    /// Pixels of the picture as the sensor lies, without its dark edges.
    fn size(&self) -> Option<(u32, u32)> {
        let (width, height) = if self.decoder.format_hint() == FormatHint::DNG {
            // rawler would unpack all pixels only to say how many there are.
            caught(|| self.stated_size())?
        } else {
            let image = self.image(true)?;
            let area = image.crop_area.or(image.active_area);
            area.map_or((image.width, image.height), |area| (area.d.w, area.d.h))
        };
        container::sides(u32::try_from(width).ok()?, u32::try_from(height).ok()?)
    }

    /// The size that a DNG's directory states.
    fn stated_size(&self) -> rawler::Result<(usize, usize)> {
        let directory = self.decoder.ifd(WellKnownIFD::Raw)?.ok_or("it has no sensor's data")?;
        let crop = directory.get_entry(DngTag::DefaultCropSize);
        if let (Some(size), true) = (crop, directory.has_entry(DngTag::DefaultCropOrigin)) {
            return Ok((size.force_usize(0), size.force_usize(1)));
        }
        if let Some(area) = directory.get_entry(DngTag::ActiveArea) {
            let [top, left, bottom, right] = [0, 1, 2, 3].map(|n| area.force_usize(n));
            return Ok((right.saturating_sub(left), bottom.saturating_sub(top)));
        }
        let side = |tag| directory.get_entry(tag).map_or(0, |side| side.force_usize(0));
        Ok((side(TiffCommonTag::ImageWidth), side(TiffCommonTag::ImageLength)))
    }

    /// The picture, and the size that it has or would have.
    fn develop(&self, size: (u32, u32), bounds: Bounds) -> Result<(Picture, (u32, u32)), MediaError> {
        check_pixels(size, bounds)?;
        if let Err(too_much) = check_memory(pixels(size) * DEVELOPING, bounds) {
            return Ok((self.develop_binned(size, bounds, too_much)?, size));
        }
        let image = self.image(false).ok_or_else(rare)?;
        let picture = developed(&image, &RawDevelop::default())?;
        let size = (picture.width, picture.height);
        Ok((picture, size))
    }

    /// With less memory: some of the sensor's pixels become one, as few as there is memory for, as long as the preview
    /// does not lose by it.
    fn develop_binned(
        &self,
        (width, height): (u32, u32),
        bounds: Bounds,
        too_much: MediaError,
    ) -> Result<Picture, MediaError> {
        let sensor = pixels((width, height)) * 2;
        check_memory(sensor, bounds)?;
        let image = self.image(false).ok_or_else(rare)?;
        let unit = binned::unit(&image).ok_or_else(|| too_much.clone())?;
        let enough =
            |side: &u32| *side == unit || width.min(height) / side >= Rendition::Preview.short_side();
        let fits = |side: &u32| {
            let small = pixels((width / side, height / side));
            check_memory((sensor + small * 6).max(small * DEVELOPING_BINNED), bounds).is_ok()
        };
        let side = (1..).map(|times| times * unit).take_while(enough).find(fits).ok_or(too_much)?;
        let image =
            caught(|| binned::binned(image, side).ok_or_else(|| "no mosaic".into())).ok_or_else(rare)?;
        let steps = [
            ProcessingStep::Rescale,
            ProcessingStep::WhiteBalance,
            ProcessingStep::Calibrate,
            ProcessingStep::SRgb,
        ];
        developed(&image, &RawDevelop::new_with(&steps))
    }
}

fn rare() -> MediaError {
    MediaError::rare("camera raw")
}

fn pixels((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

fn developed(image: &RawImage, how: &RawDevelop) -> Result<Picture, MediaError> {
    let developed = caught(|| how.develop_intermediate(image));
    let picture = developed.and_then(Intermediate::to_dynamic_image).ok_or_else(rare)?.into_rgb8();
    let (width, height) = picture.dimensions();
    Ok(Picture { width, height, channels: Channels::Rgb, pixels: picture.into_raw() })
}

fn caught<T>(work: impl FnOnce() -> rawler::Result<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_picture_has_the_shape_of_the_whole() {
        let whole = (5472, 3648);
        for (small, expected) in [
            ((1620, 1080), true),
            ((1080, 1620), true),
            ((5472, 3648), true),
            ((1616, 1080), true),
            // With black bars; of another picture.
            ((160, 120), false),
            ((6000, 4000), false),
        ] {
            assert_eq!(is_of(small, whole), expected, "{small:?}");
        }
    }
}
