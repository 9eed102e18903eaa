//! A film's picture → pixels of the size that is wanted, with the right colours.

use ffmpeg_next::{filter, format::Pixel, frame, util::color};

use super::to_error;
use crate::MediaError;

/// Scales a picture: red, green and blue of each pixel, eight bits each, or sixteen if `deep`, without gaps between
/// the rows.
pub(crate) fn shrunk(
    picture: &frame::Video,
    (width, height): (u32, u32),
    deep: bool,
) -> Result<Vec<u8>, MediaError> {
    let (format, name, bytes) = if deep { (Pixel::RGB48, "rgb48", 6) } else { (Pixel::RGB24, "rgb24", 3) };
    let missing = || MediaError::Machine("libavfilter lacks a filter".into());
    let mut graph = filter::Graph::new();
    let source = format!(
        "video_size={}x{}:pix_fmt={}:time_base=1/1",
        picture.width(),
        picture.height(),
        ffmpeg_next::ffi::AVPixelFormat::from(picture.format()) as i32,
    );
    graph.add(&filter::find("buffer").ok_or_else(missing)?, "in", &source).map_err(to_error)?;
    graph.add(&filter::find("buffersink").ok_or_else(missing)?, "out", "").map_err(to_error)?;
    let endian = if deep { if cfg!(target_endian = "little") { "le" } else { "be" } } else { "" };
    // Of two half pictures, taken at two moments, one is enough.
    let half = if picture.is_interlaced() { "field=top," } else { "" };
    let steps = format!(
        "{half}scale=w={width}:h={height}:flags=area+accurate_rnd:in_color_matrix={},format={name}{endian}",
        matrix(picture)
    );
    graph
        .output("in", 0)
        .and_then(|out| out.input("out", 0))
        .and_then(|parser| parser.parse(&steps))
        .map_err(to_error)?;
    graph.validate().map_err(to_error)?;
    graph.get("in").ok_or_else(missing)?.source().add(picture).map_err(to_error)?;
    let mut scaled = frame::Video::empty();
    graph.get("out").ok_or_else(missing)?.sink().frame(&mut scaled).map_err(to_error)?;
    debug_assert_eq!(scaled.format(), format);
    let row = width as usize * bytes;
    let rows = scaled.data(0).chunks(scaled.stride(0)).take(height as usize);
    let pixels: Vec<u8> = rows.flat_map(|line| &line[..row.min(line.len())]).copied().collect();
    if pixels.len() != row * height as usize {
        return Err(MediaError::Broken("its picture can't be scaled".into()));
    }
    Ok(pixels)
}

/// Where the film does not say, the size tells which television it was made for.
pub(crate) fn matrix(picture: &frame::Video) -> &'static str {
    match picture.color_space() {
        color::Space::BT709 => "bt709",
        color::Space::BT2020NCL | color::Space::BT2020CL => "bt2020",
        color::Space::SMPTE170M | color::Space::BT470BG => "bt601",
        color::Space::SMPTE240M => "smpte240m",
        color::Space::FCC => "fcc",
        _ if picture.height() >= 720 || picture.width() >= 1280 => "bt709",
        _ => "bt601",
    }
}
