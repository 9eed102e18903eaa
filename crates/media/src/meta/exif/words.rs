//! What people wrote into EXIF, also in the tags of Windows, which are UTF-16.

use domain::metadata::keywords::Keyword;
use domain::metadata::{Metadata, creators};
use exif::{Context, Tag};

use super::{Tags, fill};
use crate::meta::text;

const XP_TITLE: Tag = Tag(Context::Tiff, 0x9C9B);
const XP_COMMENT: Tag = Tag(Context::Tiff, 0x9C9C);
const XP_AUTHOR: Tag = Tag(Context::Tiff, 0x9C9D);
const XP_KEYWORDS: Tag = Tag(Context::Tiff, 0x9C9E);

/// What cameras write where a person could say something.
const BOILERPLATE: &[&str] =
    &["digital camera", "sony dsc", "samsung", "default", "dcf 1.0", "kodak digital still camera"];

pub(super) fn apply(exif: &Tags, metadata: &mut Metadata) {
    fill(&mut metadata.words.title, || wide(exif, XP_TITLE, text::LINE));
    let said = |text: &String| !is_boilerplate(text);
    let described = || exif.text(Tag::ImageDescription, text::PARAGRAPHS).filter(said);
    fill(&mut metadata.words.caption, || described().or_else(|| wide(exif, XP_COMMENT, text::PARAGRAPHS)));
    let artist = || exif.text(Tag::Artist, text::LINE);
    let names = || artist().or_else(|| wide(exif, XP_AUTHOR, text::LINE));
    fill(&mut metadata.words.creator, || Some(creators::written(&names()?)).filter(|kept| !kept.is_empty()));
    fill(&mut metadata.words.copyright, || exif.text(Tag::Copyright, text::LINE));
    let words = wide(exif, XP_KEYWORDS, text::PARAGRAPHS).unwrap_or_default();
    metadata.words.keywords.extend(Keyword::list(&words));
}

fn is_boilerplate(text: &str) -> bool {
    let text = text.to_lowercase();
    BOILERPLATE.iter().any(|known| text == *known) || text.ends_with(" digital camera")
}

fn wide(exif: &Tags, tag: Tag, longest: usize) -> Option<String> {
    let bytes = exif.bytes(tag)?;
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let units = units.take_while(|unit| *unit != 0).take(longest);
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    text::clean(&text, longest)
}
