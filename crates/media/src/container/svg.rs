//! SVG: a text that is drawn. What it refers to outside of itself is not looked at.

use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::Parts;
use crate::{MediaError, fonts, source::Source};

/// Larger drawings are maps, and take minutes.
const LONGEST: u64 = 32 << 20;

/// Reads a drawing.
pub(crate) fn open(source: &Source) -> Result<Tree, MediaError> {
    let text = source.all(LONGEST)?;
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            // A name of a file, which a jailed child could not read anyway.
            resolve_string: Box::new(|_, _| None),
            ..ImageHrefResolver::default()
        },
        fontdb: fonts::loaded(),
        font_family: fonts::FAMILY.into(),
        ..Options::default()
    };
    Tree::from_str(&domain::sniff::text_of(&text), &options)
        .map_err(|error| MediaError::Broken(format!("it cannot be drawn: {error}")))
}

/// No drawing is larger than pictures can be: those that say more mean no more than their shape by it.
const LONGEST_SIDE: f32 = super::LONGEST_SIDE as f32;

/// The size, in whole pixels at 96 to the inch.
pub(crate) fn size(tree: &Tree) -> (u32, u32) {
    let stated = tree.size();
    let scale = (LONGEST_SIDE / stated.width().max(stated.height())).min(1.0);
    let size = stated.scale_by(scale).unwrap_or(stated).to_int_size();
    (size.width(), size.height())
}

pub(super) fn read(source: &Source, parts: &mut Parts) -> Result<(), MediaError> {
    let (width, height) = size(&open(source)?);
    parts.size(width, height);
    Ok(())
}
