//! What people wrote: title, caption, keywords, who made it and whose it is, stars.

use std::collections::HashSet;

use domain::metadata::keywords::{Keyword, SEPARATOR};
use domain::metadata::{Metadata, creators};

use super::tree::{Fields, Space};
use super::{categories, rational};
use crate::meta::{stars, text};

pub(super) fn apply(fields: &Fields, metadata: &mut Metadata) {
    let line = |space, name| fields.text(space, name).and_then(|value| text::clean(value, text::LINE));
    // Before it, only Windows, in EXIF, and the container can have given it one.
    metadata.words.title = line(Space::Dublin, "title").or(metadata.words.title.take());
    let long = |space, name| fields.text(space, name).and_then(|value| text::clean(value, text::PARAGRAPHS));
    let of_acdsee = || long(Space::Acdsee, "caption").or_else(|| long(Space::Acdsee, "notes"));
    let caption = || long(Space::Dublin, "description").or_else(of_acdsee);
    metadata.words.caption = metadata.words.caption.take().or_else(caption);
    metadata.words.copyright = metadata.words.copyright.take().or_else(|| line(Space::Dublin, "rights"));
    if metadata.words.creator.is_none() {
        let names = fields.texts(Space::Dublin, "creator").filter_map(|name| text::clean(name, text::LINE));
        metadata.words.creator = creators::together(names);
    }
    let all = keywords(fields);
    // The older standards have the same words, often in a poorer alphabet.
    if !all.is_empty() {
        metadata.words.keywords = all;
    }
    // Programs write the stars here, so here they are newer than in EXIF; those of one program alone are not.
    let others = || rating(fields, Space::Acdsee, "rating").or_else(|| percent(fields));
    let stars = rating(fields, Space::Xap, "Rating").or(metadata.rating).or_else(others);
    // None at all is a rating taken away.
    metadata.rating = stars.filter(|stars| *stars != 0);
}

/// Stars, −1 to 5.
fn rating(fields: &Fields, space: Space, name: &str) -> Option<i16> {
    let stated = fields.text(space, name).and_then(rational).filter(|stars| (-1.0..=5.0).contains(stars))?;
    #[expect(clippy::cast_possible_truncation, reason = "−1 to 5")]
    let stars = stated.round() as i16;
    Some(stars)
}

/// Stars, of Windows.
fn percent(fields: &Fields) -> Option<i16> {
    fields.text(Space::Microsoft, "Rating").and_then(rational).and_then(stars::of_percent)
}

fn keywords(fields: &Fields) -> Vec<Keyword> {
    let branches =
        fields.texts(Space::Lightroom, "hierarchicalSubject").map(|path| path.split('|').collect());
    let tags = fields.texts(Space::DigiKam, "TagsList").map(|path| path.split('/').collect());
    let branches = branches.chain(tags).filter_map(|parts: Vec<&str>| keyword(&parts));
    let words = fields.texts(Space::Dublin, "subject").chain(fields.texts(Space::Acdsee, "keywords"));
    let words = words.filter_map(|word| text::clean(word, text::LINE));
    let categories = fields.texts(Space::Acdsee, "categories").flat_map(categories::read);
    let branches = branches.chain(categories);
    let mut all: Vec<Keyword> =
        branches.chain(words.flat_map(|word| Keyword::list(&word).collect::<Vec<_>>())).collect();
    let more = of_windows(fields, &all);
    all.extend(more);
    all
}

/// Windows keeps a copy of the words that it wrote last, with those above them. What other programs have taken away since
/// is still in it: where there are other words, it only says what is above those.
fn of_windows(fields: &Fields, known: &[Keyword]) -> Vec<Keyword> {
    let flat: HashSet<&str> = known.iter().filter(|keyword| keyword.is_flat()).map(Keyword::as_str).collect();
    let copied = fields.texts(Space::Microsoft, "LastKeywordXMP").filter(|path| !flat.contains(path));
    let paths = copied.filter_map(|path| keyword(&path.split('/').collect::<Vec<_>>()));
    let is_known = |path: &Keyword| path.parts().last().is_some_and(|leaf| flat.contains(leaf));
    paths.filter(|path| known.is_empty() || is_known(path)).collect()
}

/// A keyword of its parts, from the root to the leaf.
pub(super) fn keyword(parts: &[&str]) -> Option<Keyword> {
    let clean = |part: &&str| text::clean(part, text::LINE).filter(|part| !part.contains(SEPARATOR));
    Keyword::new(parts.iter().filter_map(clean))
}
