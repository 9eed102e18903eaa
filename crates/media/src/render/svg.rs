//! SVG, drawn by resvg.

use resvg::{
    tiny_skia::{Pixmap, PremultipliedColorU8, Transform},
    usvg::Tree,
};

use super::{
    Bounds, Decoded,
    decode::check_memory,
    fill,
    picture::{Channels, Picture},
};
use crate::{MediaError, container::svg, source::Source};
use domain::rendition::Rendition;

pub(super) fn decode(source: &Source, bounds: Bounds) -> Result<Decoded, MediaError> {
    let tree = svg::open(source)?;
    let size = svg::size(&tree);
    let picture = draw(&tree, fill(size, Rendition::Preview), bounds)?;
    Ok(Decoded { picture, size, orientation: 1, profile: None, notes: Vec::new() })
}

fn draw(tree: &Tree, (width, height): (u32, u32), bounds: Bounds) -> Result<Picture, MediaError> {
    // A picture for each of a few layers.
    check_memory(u64::from(width) * u64::from(height) * 4 * 4, bounds)?;
    let nothing = || MediaError::Broken("it has no size".into());
    let mut pixmap = Pixmap::new(width, height).ok_or_else(nothing)?;
    let scale = |side: u32, whole: f32| side as f32 / whole;
    let (across, down) = (scale(width, tree.size().width()), scale(height, tree.size().height()));
    resvg::render(tree, Transform::from_scale(across, down), &mut pixmap.as_mut());
    let straight = pixmap.pixels().iter().map(PremultipliedColorU8::demultiply);
    let pixels =
        straight.flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]).collect();
    Ok(Picture { width, height, channels: Channels::Rgba, pixels })
}
