//! TIFFs of the kinds that the image crate refuses: palettes, inks with alpha, faxes, JPEG's colours, grey of few bits
//! or with alpha, whole numbers of 32 bits. All others are left to it (`still`).

mod colours;
mod directory;
mod fax;
mod layout;
mod patched;

use std::{
    fs::File,
    io::{BufReader, Read, Seek},
};

use domain::rendition::Rendition;
use tiff::{
    TiffError,
    decoder::{Decoder, Limits},
};

use super::{
    Bounds, CUT, Decoded,
    averages::{self, Averages},
    decode::{check_memory, check_pixels},
    fit,
    picture::Picture,
    still,
};
use crate::{
    MediaError,
    source::{At, Source},
    words,
};
use colours::{Colours, Extra};
use directory::{Directory, Kind};
use layout::Layout;

/// Pixels whose colours are made at once.
const BATCH: u64 = 1 << 20;
/// Bytes that each of them takes on its way: samples, inks, colours.
const PER_PIXEL: u64 = 16;

/// The first picture of a file.
pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    // What can't be read here is told of there.
    let Some(known) = known(source, Directory::kind) else {
        return match still::decode(source, bounds) {
            // Nothing is left there of what was read until then.
            Err(MediaError::Broken(why)) => match known(source, Directory::plain_kind) {
                Some(known) => shown(source, known, bounds).map_err(|_| MediaError::Broken(why)),
                None => Err(MediaError::Broken(why)),
            },
            outcome => outcome,
        };
    };
    shown(source, known, bounds)
}

/// A file, what its first directory says, and what is to be made of it.
type Known<'a> = (Decoder<BufReader<At<&'a File>>>, Directory, Kind);

fn known(source: &Source, kind: impl Fn(&Directory) -> Option<Kind>) -> Option<Known<'_>> {
    let mut decoder = Decoder::new(source.reader()).ok()?;
    let directory = Directory::read(&mut decoder)?;
    kind(&directory).map(|kind| (decoder, directory, kind))
}

fn shown(
    source: &Source,
    (mut decoder, directory, kind): Known<'_>,
    bounds: Bounds,
) -> Result<Decoded, MediaError> {
    let (size, orientation) = (directory.size, directory.orientation);
    check_pixels(size, bounds)?;
    let mut profile = directory::profile(&mut decoder);
    let colours = match kind {
        Kind::Fax(code) => {
            let (picture, notes) = fax::decode(source, &mut decoder, (&directory, code), bounds)?;
            return Ok(Decoded { picture, size, orientation, profile, notes });
        }
        Kind::Palette => Colours::Palette(directory::palette(&mut decoder, directory.bits)?),
        // Their profile tells of inks, and is of no use once they are colours.
        Kind::Inks => Colours::Inks { profile: profile.take(), alpha: directory.has_alpha() },
        Kind::Video => Colours::Video,
        Kind::Light => Colours::Light(Extra::beside(3, &directory)),
        Kind::Grey => Colours::grey(&directory),
    };
    let (picture, notes) = by_rows(source, &mut decoder, (&directory, &colours), bounds)?;
    Ok(Decoded { picture, size, orientation, profile, notes })
}

/// Samples to colours, some rows at a time.
fn by_rows<R: Read + Seek>(
    source: &Source,
    decoder: &mut Decoder<R>,
    (directory, colours): (&Directory, &Colours),
    bounds: Bounds,
) -> Result<(Picture, Vec<String>), MediaError> {
    let (size, channels) = (directory.size, colours.channels());
    let layout = Layout::new(directory);
    let factor = averages::factor(size, fit(size, Rendition::Preview), channels);
    let rows = (BATCH / u64::from(size.0)).clamp(1, size.1.into());
    // What is packed as a JPEG is unpacked beside.
    let copies = if directory.is_jpeg() { 2 } else { 1 };
    let besides = averages::bytes(size, factor, channels) + rows * u64::from(size.0) * PER_PIXEL;
    check_memory(layout.bytes().saturating_mul(copies).saturating_add(besides), bounds)?;
    let (stored, notes) = stored(source, decoder, (directory, &layout), bounds)?;
    let mut averages = Averages::new(size, factor, channels);
    let length = size.0 as usize * channels as usize;
    let mut samples = Vec::new();
    for y in 0..size.1 as usize {
        layout.add_row(&stored, y, colours.samples(), &mut samples);
        if (y as u64 + 1).is_multiple_of(rows) || y + 1 == size.1 as usize {
            colours.pixels(&samples).chunks_exact(length).for_each(|row| averages.add(row));
            samples.clear();
        }
    }
    Ok((averages.into_picture(), notes))
}

/// All samples, unpacked, as they lie in the file; those of several bytes in native order. Of a file that ends too early,
/// or of which a piece can't be unpacked, those that are there, and a note.
fn stored<R: Read + Seek>(
    source: &Source,
    decoder: &mut Decoder<R>,
    (directory, layout): (&Directory, &Layout),
    bounds: Bounds,
) -> Result<(Vec<u8>, Vec<String>), MediaError> {
    let most = usize::try_from(bounds.memory).unwrap_or(usize::MAX);
    let mut limits = Limits::default();
    limits.intermediate_buffer_size = most;
    let reader = patched::as_grey(source, decoder)?;
    let mut decoder = Decoder::new(reader).map_err(to_error)?.with_limits(limits);
    let length = usize::try_from(layout.bytes()).map_err(|_| MediaError::no_memory())?;
    if decoder.image_buffer_layout().map_err(to_error)?.complete_len != length {
        return Err(MediaError::rare("TIFF"));
    }
    let mut stored = vec![0; length];
    let mut notes = Vec::new();
    match decoder.read_image_bytes(&mut stored).map_err(to_error) {
        Err(error) if error.is_too_early() => {
            let rows = whole_rows(&mut decoder, directory, layout, source.length()).ok_or(error)?;
            stored.get_mut(rows.saturating_mul(layout.row())..).unwrap_or_default().fill(0);
            notes.push(CUT.into());
        }
        Err(MediaError::Broken(_)) => notes.extend(pieces(&mut decoder, directory, layout, &mut stored)?),
        outcome => outcome?,
    }
    Ok((stored, notes))
}

/// The samples of all strips that can be unpacked; those of the others stay black. A note, if there are any of both.
fn pieces<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    directory: &Directory,
    layout: &Layout,
    stored: &mut [u8],
) -> Result<Option<String>, MediaError> {
    let broken = || MediaError::Broken(words::PIXELS.into());
    let (_, rows) = directory::strips(decoder).filter(|_| !directory.planar).ok_or_else(broken)?;
    let length =
        usize::try_from(rows).ok().and_then(|rows| rows.checked_mul(layout.row())).ok_or_else(broken)?;
    let (mut whole, mut lost) = (0, 0);
    for (number, strip) in (0..).zip(stored.chunks_mut(length.max(1))) {
        strip.fill(0);
        match decoder.read_chunk_bytes(number, strip).map_err(to_error) {
            Ok(()) => whole += 1,
            Err(MediaError::Broken(_)) => {
                strip.fill(0);
                lost += 1;
            }
            Err(error) => return Err(error),
        }
    }
    if whole == 0 {
        return Err(broken());
    }
    Ok((lost > 0).then(|| format!("the file is damaged: {}", words::SOME_PIXELS)))
}

/// How many of the first rows are whole in a file of this length: those of the strips before the first one that is cut
/// off; and of that one what is there, if its samples lie there as they are. None where it does not lie in strips.
fn whole_rows<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    directory: &Directory,
    layout: &Layout,
    length: u64,
) -> Option<usize> {
    let (strips, rows) = directory::strips(decoder).filter(|_| !directory.planar)?;
    let cut = strips.iter().position(|(place, bytes)| place.saturating_add(*bytes) > length)?;
    let plain = directory.compression == 1 && directory.bits == 8;
    let there = if plain { length.saturating_sub(strips[cut].0) / layout.row().max(1) as u64 } else { 0 };
    let whole = cut.saturating_mul(rows as usize).saturating_add(usize::try_from(there).ok()?);
    (whole > 0).then_some(whole)
}

fn to_error(error: TiffError) -> MediaError {
    match error {
        TiffError::IoError(error) => error.into(),
        TiffError::UnsupportedError(_) => MediaError::rare("TIFF"),
        TiffError::LimitsExceeded => MediaError::no_memory(),
        other => words::error("TIFF", &other.to_string()),
    }
}
