//! JPEG XL, by jxl-oxide, which also maps light that is too bright for a screen.

use jxl_oxide::{
    EnumColourEncoding, JxlImage, Moxcms, RenderingIntent, color::ColourEncoding, image::ImageHeader,
};

use super::{
    Bounds, Decoded, colour,
    decode::{check_memory, check_pixels},
    picture::{Channels, Picture},
};
use crate::{MediaError, container::jxl, source::Source};

pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let mut image = jxl::open(source, bounds.memory)?;
    let size = (image.width(), image.height());
    check_pixels(size, bounds)?;
    // Numbers of four bytes, twice, and the pixels.
    check_memory(u64::from(size.0) * u64::from(size.1) * (3 * 4 * 2 + 3), bounds)?;
    let profile = ask_for_colours(&mut image);
    if image.num_loaded_keyframes() == 0 {
        return Err(MediaError::Broken("it ends before the picture is whole".into()));
    }
    let render = image.render_frame(0).map_err(jxl::to_error)?;
    let mut stream = render.stream();
    let channels = match stream.channels() {
        1 => Channels::Grey,
        2 => Channels::GreyAlpha,
        3 => Channels::Rgb,
        4 => Channels::Rgba,
        _ => return Err(MediaError::rare("JPEG XL")),
    };
    let (width, height) = (stream.width(), stream.height());
    let mut pixels = vec![0_u8; width as usize * height as usize * channels as usize];
    stream.write_to_buffer(&mut pixels);
    let picture = Picture { width, height, channels, pixels };
    Ok(Decoded { picture, size: (width, height), orientation: 1, profile, notes: Vec::new() })
}

/// Says which colours are wanted, and gives their profile. Wide and bright colours become Display P3; colours that
/// only a profile describes stay as they are.
fn ask_for_colours(image: &mut JxlImage) -> Option<Vec<u8>> {
    let intent = RenderingIntent::Relative;
    let header: &ImageHeader = image.image_header();
    let (grey, wide) = (header.metadata.grayscale(), !header.metadata.colour_encoding.is_srgb_gamut());
    let described = matches!(header.metadata.colour_encoding, ColourEncoding::IccProfile(_));
    image.set_cms(Moxcms);
    if grey {
        image.request_color_encoding(EnumColourEncoding::gray_srgb(intent));
        return None;
    }
    if described && !image.pixel_format().has_black() {
        return Some(image.rendered_icc());
    }
    if !described && (wide || image.hdr_type().is_some()) {
        image.request_color_encoding(EnumColourEncoding::display_p3(intent));
        return colour::display_p3();
    }
    image.request_color_encoding(EnumColourEncoding::srgb(intent));
    None
}
