//! Camera raws: the JPEG that the camera put in where it is large enough, else developed by rawler.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use domain::rendition::Rendition;
use rawler::{
    RawImage,
    decoders::{Decoder, RawDecodeParams},
    imgop::develop::RawDevelop,
    rawsource::RawSource,
};

use super::{
    Bounds, Decoded,
    decode::{check_memory, check_pixels},
    jpeg,
    picture::{Channels, Picture},
};
use crate::{MediaError, container, container::jpeg::Header, meta, source::Source};

/// No camera writes so much for one picture.
const LONGEST: u64 = 512 << 20;
/// Bytes that developing needs for each pixel: the sensor's, one number of four bytes, and three of them twice.
const DEVELOPING: u64 = 2 + 4 + 2 * 3 * 4;

pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let bytes = Arc::new(source.all(LONGEST.min(bounds.memory))?);
    let orientation = container::read(source)?.exif.map_or(1, meta::exif::orientation);
    let raw = Raw::open(&bytes);
    let size = raw.as_ref().and_then(Raw::size);
    let embedded = largest_jpeg(&bytes);
    let enough = embedded.as_ref().is_some_and(|found| is_enough(found.size(), size));
    if let (false, Some(raw), Some(size)) = (enough, raw, size)
        && let Ok(picture) = raw.develop(size, bounds)
    {
        let size = (picture.width, picture.height);
        return Ok(Decoded { picture, size, orientation, profile: None, notes: Vec::new() });
    }
    let Some(found) = embedded else { return Err(MediaError::unsupported(source.format())) };
    let mut decoded = jpeg::decode_bytes(found.bytes, found.header, bounds)?;
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
        let image = self.image(true)?;
        let area = image.crop_area.or(image.active_area);
        let (width, height) = area.map_or((image.width, image.height), |area| (area.d.w, area.d.h));
        container::sides(u32::try_from(width).ok()?, u32::try_from(height).ok()?)
    }

    fn develop(&self, (width, height): (u32, u32), bounds: Bounds) -> Result<Picture, MediaError> {
        let rare = || MediaError::rare("camera raw");
        check_pixels((width, height), bounds)?;
        check_memory(u64::from(width) * u64::from(height) * DEVELOPING, bounds)?;
        let image = self.image(false).ok_or_else(rare)?;
        let developed = caught(|| RawDevelop::default().develop_intermediate(&image));
        let picture = developed.and_then(rawler::imgop::develop::Intermediate::to_dynamic_image);
        let picture = picture.ok_or_else(rare)?.into_rgb8();
        let (width, height) = picture.dimensions();
        Ok(Picture { width, height, channels: Channels::Rgb, pixels: picture.into_raw() })
    }
}

fn caught<T>(work: impl FnOnce() -> rawler::Result<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()?.ok()
}
