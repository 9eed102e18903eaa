//! PNG, row by row: a large picture is made smaller while it is read.

mod gamma;

use std::io::{BufRead, Seek};

use domain::rendition::Rendition;
use png::{
    ColorType, Decoder, DecodingError, InterlaceInfo, Limits, Reader, Transformations, splat_interlaced_row,
};

use super::{
    Bounds, CUT, Decoded, MISSING,
    averages::{self, Averages},
    colour,
    decode::{check_memory, check_pixels},
    fit, hdr,
    picture::{Channels, Picture},
    profile, still,
};
use crate::{MediaError, container, meta, source::Source, words};

/// Bytes that texts and profiles may have, which grow a thousandfold when they are unpacked.
pub(super) const BESIDES: u32 = 16 << 20;

/// Eight bits a sample, unless they are worth more; of an animation the picture for those that know none.
pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    match checked(source, bounds, Checks::On) {
        // Where nothing else is wrong, it is the checksum that is; but of a wrong header, nothing makes sense.
        Err(MediaError::Broken(why))
            if why == words::CHECKSUM && Decoder::new(source.reader()).read_info().is_ok() =>
        {
            let mut decoded = checked(source, bounds, Checks::Off)?;
            decoded.notes.push(format!("the file is damaged: {why}"));
            Ok(decoded)
        }
        outcome => outcome,
    }
}

/// Whether the checksums of a file's parts are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Checks {
    On,
    Off,
}

fn checked(source: &Source, bounds: Bounds, checks: Checks) -> Result<Decoded, MediaError> {
    let mut decoder = Decoder::new_with_limits(source.reader(), Limits { bytes: BESIDES as usize });
    if checks == Checks::Off {
        decoder.ignore_checksums(true);
    }
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let reader = decoder.read_info().map_err(to_error)?;
    let size = reader.info().size();
    check_pixels(size, bounds)?;
    let channels = match reader.output_color_type().0 {
        ColorType::Grayscale => Channels::Grey,
        ColorType::GrayscaleAlpha => Channels::GreyAlpha,
        ColorType::Rgb => Channels::Rgb,
        ColorType::Rgba => Channels::Rgba,
        ColorType::Indexed => return Err(MediaError::rare("PNG")),
    };
    let parts = container::read(source)?;
    // The numbers of primaries and curve count more than a profile.
    let given = match parts.code_points {
        Some((primaries, transfer)) => colour::of_code_points(primaries, transfer),
        None => reader.info().icc_profile.as_ref().map(|profile| profile.to_vec()),
    };
    let named = |(primaries, transfer)| hdr::of_code_points(primaries, transfer);
    let linear = given.as_deref().and_then(profile::bent).is_some();
    if linear || parts.code_points.and_then(named).is_some() {
        return still::decode_png(source, bounds);
    }
    let orientation = parts.exif.map_or(1, meta::exif::orientation);
    let described = parts.code_points.is_some() || given.is_some();
    let grey = matches!(channels, Channels::Grey | Channels::GreyAlpha);
    let profile = if described { given } else { gamma::profile(reader.info(), grey) };
    let (picture, notes) = if reader.info().interlaced {
        whole(reader, size, channels, bounds)?
    } else {
        by_rows(reader, size, channels, bounds)?
    };
    Ok(Decoded { picture, size, orientation, profile, notes })
}

/// The rows; of a file that ends too early, or can't be unpacked any further, those that are there, and a note.
fn by_rows(
    mut reader: Reader<impl BufRead + Seek>,
    size: (u32, u32),
    channels: Channels,
    bounds: Bounds,
) -> Result<(Picture, Vec<String>), MediaError> {
    let factor = averages::factor(size, fit(size, Rendition::Preview), channels);
    // A row as stored, unpacked and unfiltered, as samples, and the sums of its squares.
    let row = reader.info().raw_row_length() as u64 * 4 + u64::from(size.0) * channels as u64 * 8;
    check_memory(averages::bytes(size, factor, channels) + row, bounds)?;
    let length = size.0 as usize * channels as usize;
    let mut averages = Averages::new(size, factor, channels);
    for y in 0..size.1 {
        match reader.next_row() {
            Ok(Some(row)) if row.data().len() == length => averages.add(row.data()),
            // The first picture of an animation says another size than the file.
            Ok(_) => return Err(MediaError::Broken("it has a size that can't be".into())),
            Err(error) if y == 0 => return Err(to_error(error)),
            Err(error) => {
                let note = damage(error)?;
                let missing = vec![MISSING; length];
                (y..size.1).for_each(|_| averages.add(&missing));
                return Ok((averages.into_picture(), vec![note]));
            }
        }
    }
    // What is left of the data should be whole, too.
    let notes = match reader.next_row() {
        Err(error) => vec![damage(error)?],
        Ok(_) => Vec::new(),
    };
    Ok((averages.into_picture(), notes))
}

/// The rows of an interlaced one come many times, each time with more of their pixels: what is not there yet looks like
/// its neighbours.
fn whole(
    mut reader: Reader<impl BufRead + Seek>,
    size: (u32, u32),
    channels: Channels,
    bounds: Bounds,
) -> Result<(Picture, Vec<String>), MediaError> {
    let need = averages::bytes(size, 1, channels);
    check_memory(need, bounds)?;
    let length = usize::try_from(need).map_err(|_| MediaError::too_much_memory(need, bounds.memory))?;
    let mut pixels = vec![MISSING; length];
    let stride = size.0 as usize * channels as usize;
    let (mut notes, mut begun) = (Vec::new(), false);
    loop {
        match reader.next_interlaced_row() {
            Ok(Some(row)) => {
                // The first picture of an animation may not be interlaced, though it is said to be.
                let InterlaceInfo::Adam7(place) = row.interlace() else {
                    return Err(MediaError::Broken("it has a size that can't be".into()));
                };
                splat_interlaced_row(&mut pixels, stride, row.data(), place, channels as u8 * 8);
                begun = true;
            }
            Ok(None) => break,
            Err(error) if !begun => return Err(to_error(error)),
            Err(error) => {
                notes.push(damage(error)?);
                break;
            }
        }
    }
    Ok((Picture { width: size.0, height: size.1, channels, pixels }, notes))
}

/// A note for what stops a picture of which a part is there. Where a checksum is wrong, there may be more.
fn damage(error: DecodingError) -> Result<String, MediaError> {
    match to_error(error) {
        error if error.is_too_early() => Ok(CUT.into()),
        MediaError::Broken(why) if why != words::CHECKSUM => Ok(format!("the file is damaged: {why}")),
        error => Err(error),
    }
}

fn to_error(error: DecodingError) -> MediaError {
    match error {
        DecodingError::IoError(error) => error.into(),
        DecodingError::LimitsExceeded => MediaError::no_memory(),
        other => words::error("PNG", &other.to_string()),
    }
}
