//! PNG, row by row: a large picture is made smaller while it is read.

mod gamma;

use std::io::{self, BufRead, Seek};

use domain::rendition::Rendition;
use png::{ColorType, Decoder, DecodingError, Limits, Reader, Transformations};

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
    let mut decoder = Decoder::new_with_limits(source.reader(), Limits { bytes: BESIDES as usize });
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
        (whole(reader, size, channels, bounds)?, Vec::new())
    } else {
        by_rows(reader, size, channels, bounds)?
    };
    Ok(Decoded { picture, size, orientation, profile, notes })
}

/// The rows; of a file that ends too early those that are there, and a note.
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
            Err(error) if y > 0 && is_cut(&error) => {
                let missing = vec![MISSING; length];
                (y..size.1).for_each(|_| averages.add(&missing));
                return Ok((averages.into_picture(), vec![CUT.into()]));
            }
            Err(error) => return Err(to_error(error)),
        }
    }
    // What is left of the data must be whole, too.
    let notes = match reader.next_row() {
        Err(error) if is_cut(&error) => vec![CUT.into()],
        outcome => {
            outcome.map_err(to_error)?;
            Vec::new()
        }
    };
    Ok((averages.into_picture(), notes))
}

/// The rows of an interlaced one come many times, each time with more of their pixels.
fn whole(
    mut reader: Reader<impl BufRead + Seek>,
    size: (u32, u32),
    channels: Channels,
    bounds: Bounds,
) -> Result<Picture, MediaError> {
    let need = averages::bytes(size, 1, channels);
    check_memory(need, bounds)?;
    let length = usize::try_from(need).map_err(|_| MediaError::too_much_memory(need, bounds.memory))?;
    let mut pixels = vec![0; length];
    reader.next_frame(&mut pixels).map_err(to_error)?;
    Ok(Picture { width: size.0, height: size.1, channels, pixels })
}

/// Whether the file ends where something should follow.
fn is_cut(error: &DecodingError) -> bool {
    matches!(error, DecodingError::IoError(error) if error.kind() == io::ErrorKind::UnexpectedEof)
}

fn to_error(error: DecodingError) -> MediaError {
    match error {
        DecodingError::IoError(error) => error.into(),
        DecodingError::LimitsExceeded => MediaError::no_memory(),
        other => words::error("PNG", &other.to_string()),
    }
}
