//! What is told of an asset, as XMP: for other programs, and for who leaves.
//!
//! The fields are those that Lightroom, digiKam, darktable and exiftool read: XMP Specification Part 2 (Adobe), EXIF in
//! XMP (CIPA DC-010), the keyword trees of Lightroom (`lr:hierarchicalSubject`) and digiKam (`digiKam:TagsList`), the
//! faces of the Metadata Working Group, and Google's panoramas.

mod faces;
mod nothing;
mod panorama;
#[cfg(test)]
mod tests;

use chrono::Timelike;
use xmp_writer::{CustomNamespace, LangId, Namespace, XmpWriter};

use crate::asset::Asset;
use crate::edit::Edit;
use crate::metadata::keywords::Keyword;
use crate::metadata::{Position, Precision, TimeSource, Words, creators};
use crate::time::Taken;

/// The sidecar of an asset: when and where it was taken, what is written about it, its stars, who is on it, and how it is
/// laid flat, as they are told now. What is only guessed is left out, and so is what is not known, in dates as well; but what
/// people have `said` to be none is there, and empty.
pub fn write(asset: &Asset, said: Option<&Edit>) -> String {
    let mut xmp = XmpWriter::new();
    if let Some(taken) = asset.taken.as_ref() {
        date(&mut xmp, taken);
    }
    if let Some(position) = asset.position {
        place(&mut xmp, position, asset.direction);
    }
    words(&mut xmp, &asset.words);
    if let Some(stars) = asset.rating {
        xmp.rating(i64::from(stars));
    }
    if let Some(said) = said {
        nothing::write(&mut xmp, said);
    }
    faces::write(&mut xmp, asset);
    panorama::write(&mut xmp, asset);
    xmp.finish(None)
}

/// In the three fields that programs look for.
fn date(xmp: &mut XmpWriter<'_>, taken: &Taken) {
    let Some(text) = known(taken) else { return };
    xmp.element("DateTimeOriginal", exif()).value(text.as_str());
    xmp.element("DateCreated", photoshop()).value(text.as_str());
    xmp.element("CreateDate", Namespace::Xmp).value(text.as_str());
}

/// As much of a date as is known, in one of the forms that XMP has for it (XMP Specification Part 1, 8.2.1.1): no time of
/// day that nobody stated, and no offset that is only assumed. None where it is of another moment.
fn known(taken: &Taken) -> Option<String> {
    if matches!(taken.source, TimeSource::Modified | TimeSource::File) {
        return None;
    }
    let local = taken.local;
    match taken.precision {
        Precision::Year => return Some(local.format("%Y").to_string()),
        Precision::Month => return Some(local.format("%Y-%m").to_string()),
        Precision::Day => return Some(local.format("%Y-%m-%d").to_string()),
        // It was read before anybody noted how much of it is known.
        Precision::Moment if taken.guessed => return None,
        Precision::Moment => {}
    }
    let parts = if local.nanosecond() == 0 { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%dT%H:%M:%S%.3f" };
    let text = local.format(parts).to_string();
    if taken.assumed {
        return Some(text);
    }
    let sign = if taken.offset_minutes < 0 { '-' } else { '+' };
    let offset = taken.offset_minutes.unsigned_abs();
    Some(format!("{text}{sign}{:02}:{:02}", offset / 60, offset % 60))
}

fn place(xmp: &mut XmpWriter<'_>, position: Position, direction: Option<f64>) {
    let Position { latitude, longitude, altitude } = position;
    xmp.element("GPSVersionID", exif()).value("2.3.0.0");
    xmp.element("GPSLatitude", exif()).value(degrees(latitude, ['N', 'S']).as_str());
    xmp.element("GPSLongitude", exif()).value(degrees(longitude, ['E', 'W']).as_str());
    if let Some(metres) = altitude {
        xmp.element("GPSAltitude", exif()).value(hundredths(metres.abs()).as_str());
        xmp.element("GPSAltitudeRef", exif()).value(if metres < 0.0 { "1" } else { "0" });
    }
    if let Some(degrees) = direction {
        xmp.element("GPSImgDirection", exif()).value(hundredths(degrees).as_str());
        xmp.element("GPSImgDirectionRef", exif()).value("T");
    }
}

/// `38,43.20790000N`: degrees, and minutes so exact that no digit of a position is lost.
fn degrees(value: f64, [positive, negative]: [char; 2]) -> String {
    let side = if value < 0.0 { negative } else { positive };
    let (whole, part) = (value.abs().trunc(), value.abs().fract());
    format!("{whole:.0},{:.8}{side}", part * 60.0)
}

/// EXIF has fractions.
fn hundredths(value: f64) -> String {
    format!("{:.0}/100", value * 100.0)
}

fn words(xmp: &mut XmpWriter<'_>, words: &Words) {
    let Words { title, caption, keywords, creator, copyright } = words;
    let clean = |text: &Option<String>| text.as_deref().map(printable);
    if let Some(title) = clean(title) {
        xmp.title(alone(title.as_str()));
    }
    if let Some(caption) = clean(caption) {
        xmp.description(alone(caption.as_str()));
    }
    if let Some(creators) = clean(creator) {
        xmp.creator(creators::each(&creators));
    }
    if let Some(copyright) = clean(copyright) {
        xmp.rights(alone(copyright.as_str()));
    }
    if !keywords.is_empty() {
        tree(xmp, keywords);
    }
}

/// A text in no particular language.
fn alone(text: &str) -> [(Option<LangId<'_>>, &str); 1] {
    [(None, text)]
}

/// Each keyword alone, for programs without trees, and with all that is above it.
fn tree(xmp: &mut XmpWriter<'_>, keywords: &[Keyword]) {
    let mut alone: Vec<String> = Vec::new();
    for word in keywords.iter().filter_map(|keyword| keyword.parts().last()).map(printable) {
        if !alone.contains(&word) {
            alone.push(word);
        }
    }
    xmp.subject(alone.iter().map(String::as_str));
    let paths: Vec<String> = keywords.iter().map(|keyword| printable(keyword.as_str())).collect();
    xmp.element("hierarchicalSubject", lightroom()).unordered_array(paths.iter().map(String::as_str));
    // digiKam's separator may be part of a word: such a word would come back as two.
    let plain = keywords.iter().filter(|keyword| !keyword.as_str().contains('/'));
    let tags: Vec<String> = plain.map(|k| printable(&k.parts().collect::<Vec<_>>().join("/"))).collect();
    if !tags.is_empty() {
        xmp.element("TagsList", digikam()).ordered_array(tags.iter().map(String::as_str));
    }
}

/// Without what XML 1.0 has no way to write (section 2.2).
fn printable(text: &str) -> String {
    let allowed = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().filter(allowed).collect()
}

fn custom(prefix: &'static str, address: &'static str) -> Namespace<'static> {
    Namespace::Custom(Box::new(CustomNamespace::new(prefix, prefix, address)))
}

fn exif() -> Namespace<'static> {
    custom("exif", "http://ns.adobe.com/exif/1.0/")
}

fn photoshop() -> Namespace<'static> {
    custom("photoshop", "http://ns.adobe.com/photoshop/1.0/")
}

fn lightroom() -> Namespace<'static> {
    custom("lr", "http://ns.adobe.com/lightroom/1.0/")
}

fn digikam() -> Namespace<'static> {
    custom("digiKam", "http://www.digikam.org/ns/1.0/")
}
