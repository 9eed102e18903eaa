//! Pictures with more light than a common screen shows, by a table of what becomes of each colour: the same that is done
//! to the picture which stands for the film.

use ffmpeg_next::{ffi::AVPixelFormat, format::Pixel, frame};

use crate::{
    MediaError,
    render::film::{self, Bright, TABLE_SIDE},
};

/// What is done to pictures of the right size, in libavfilter's language.
pub(super) const STEPS: &str = "format=gbrp10[wide];[wide][table]haldclut=clut=first,\
    scale=out_color_matrix=bt709:out_range=tv";
/// Before all pictures: those that come before the table pass unchanged.
const EARLY: i64 = -(1 << 40);

/// The table for pictures like this one, as libavfilter takes it. None where they need none.
pub(super) fn frame(
    picture: &frame::Video,
    bright: Option<Bright>,
) -> Result<Option<frame::Video>, MediaError> {
    let Some(values) = film::table(picture, bright) else { return Ok(None) };
    let mut table = frame::Video::new(Pixel::RGB48, TABLE_SIDE, TABLE_SIDE);
    if table.planes() == 0 {
        return Err(MediaError::no_memory());
    }
    let stride = table.stride(0);
    let row = TABLE_SIDE as usize * 3;
    for (line, values) in table.data_mut(0).chunks_mut(stride.max(1)).zip(values.chunks(row)) {
        let bytes = values.iter().flat_map(|value| value.to_ne_bytes());
        line.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
    }
    table.set_pts(Some(EARLY));
    Ok(Some(table))
}

/// Where it comes from, in libavfilter's language. Its clock is that of the pictures.
pub(super) fn source(table: &frame::Video, (numerator, denominator): (i32, i32)) -> String {
    let format = AVPixelFormat::from(table.format()) as i32;
    format!("video_size={TABLE_SIDE}x{TABLE_SIDE}:pix_fmt={format}:time_base={numerator}/{denominator}")
}
