//! What people wrote: title, caption, keywords, who made it and whose it is, stars.

use domain::metadata::Metadata;
use domain::metadata::keywords::{Keyword, SEPARATOR};

use super::rational;
use super::tree::{Fields, Space};
use crate::meta::text;

pub(super) fn apply(fields: &Fields, metadata: &mut Metadata) {
    let line = |space, name| fields.text(space, name).and_then(|value| text::clean(value, text::LINE));
    // Before it, only Windows can have given it one, in EXIF.
    metadata.words.title = line(Space::Dublin, "title").or(metadata.words.title.take());
    let caption = || text::clean(fields.text(Space::Dublin, "description")?, text::PARAGRAPHS);
    metadata.words.caption = metadata.words.caption.take().or_else(caption);
    metadata.words.copyright = metadata.words.copyright.take().or_else(|| line(Space::Dublin, "rights"));
    if metadata.words.creator.is_none() {
        let creators: Vec<&str> = fields.texts(Space::Dublin, "creator").collect();
        metadata.words.creator = text::clean(&creators.join(", "), text::LINE);
    }
    let branches =
        fields.texts(Space::Lightroom, "hierarchicalSubject").map(|path| path.split('|').collect());
    let tags = fields.texts(Space::DigiKam, "TagsList").map(|path| path.split('/').collect());
    let branches = branches.chain(tags).filter_map(|parts: Vec<&str>| keyword(&parts));
    let words = fields.texts(Space::Dublin, "subject").filter_map(|word| text::clean(word, text::LINE));
    let all: Vec<Keyword> =
        branches.chain(words.flat_map(|word| Keyword::list(&word).collect::<Vec<_>>())).collect();
    // The older standards have the same words, often in a poorer alphabet.
    if !all.is_empty() {
        metadata.words.keywords = all;
    }
    // Programs write the stars here, so here they are newer than in EXIF.
    let stars = fields.text(Space::Xap, "Rating").and_then(rational);
    let stars = stars.filter(|stars| (-1.0..=5.0).contains(stars));
    #[expect(clippy::cast_possible_truncation, reason = "−1 to 5")]
    let stars = stars.map(|stars| stars.round() as i16);
    // None at all is a rating taken away.
    metadata.rating = stars.or(metadata.rating).filter(|stars| *stars != 0);
}

/// A keyword of its parts, from the root to the leaf.
fn keyword(parts: &[&str]) -> Option<Keyword> {
    let clean = |part: &&str| text::clean(part, text::LINE).filter(|part| !part.contains(SEPARATOR));
    Keyword::new(parts.iter().filter_map(clean))
}
