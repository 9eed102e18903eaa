//! When, by EXIF: three dates, each with its fraction of a second and its offset in tags of their own.

use chrono::{NaiveDateTime, Timelike};
use domain::metadata::{Metadata, Precision, TimeSource};
use exif::{Context, Tag};

use super::Tags;
use crate::meta::time::Stamp;
use crate::meta::{text, time};

/// A date and what belongs to it.
struct Date {
    source: TimeSource,
    date: Tag,
    offset: Tag,
    fraction: Tag,
    /// Which one of the hours of [`HOURS`] is its own.
    hours: Option<usize>,
}

const DATES: [Date; 3] = [
    Date {
        source: TimeSource::Original,
        date: Tag::DateTimeOriginal,
        offset: Tag::OffsetTimeOriginal,
        fraction: Tag::SubSecTimeOriginal,
        hours: Some(0),
    },
    Date {
        source: TimeSource::Digitized,
        date: Tag::DateTimeDigitized,
        offset: Tag::OffsetTimeDigitized,
        fraction: Tag::SubSecTimeDigitized,
        hours: None,
    },
    Date {
        source: TimeSource::Modified,
        date: Tag::DateTime,
        offset: Tag::OffsetTime,
        fraction: Tag::SubSecTime,
        hours: Some(1),
    },
];

/// TimeZoneOffset, of TIFF/EP: whole hours of the original date, and perhaps of the last change.
const HOURS: Tag = Tag(Context::Exif, 0x882A);
/// How far apart two dates may be, in seconds, to be of one moment: a camera writes a while after the shutter.
const MOMENT: i64 = 60;

/// An offset, and the date that it was stated for.
struct Offset {
    minutes: i32,
    date: Option<NaiveDateTime>,
}

pub(super) fn apply(exif: &Tags, metadata: &mut Metadata) {
    let notes = &mut metadata.notes;
    let read: Vec<_> = DATES.iter().map(|tags| (tags, stamp(exif, tags, notes))).collect();
    let offsets: Vec<Offset> =
        read.iter().filter_map(|(tags, stamp)| own(exif, tags, *stamp, notes)).collect();
    let whole = read.iter().filter_map(|(tags, stamp)| {
        Some(Offset { minutes: hours(exif, tags.hours?)?, date: stamp.map(|stamp| stamp.local) })
    });
    let offsets: Vec<Offset> = offsets.into_iter().chain(whole).collect();
    for (tags, stamp) in read {
        let Some(stamp) = stamp else { continue };
        let offset_minutes = stamp.offset_minutes.or_else(|| lent(&offsets, stamp.local));
        let local = if stamp.precision != Precision::Moment {
            stamp.local
        } else {
            with_fraction(exif, tags, stamp.local)
        };
        metadata.times.push(Stamp { local, offset_minutes, ..stamp }.by(tags.source));
    }
}

/// A date, with its own offset as far as one is known.
fn stamp(exif: &Tags, tags: &Date, notes: &mut Vec<String>) -> Option<Stamp> {
    let stated = exif.text(tags.date, text::LINE)?;
    let stamp = time::parse(&stated);
    if stamp.is_none() && !time::is_blank(&stated) {
        notes.push(format!("a date “{stated}” cannot be and is left out"));
    }
    let own = || time::parse_offset(&exif.text(tags.offset, text::LINE)?);
    stamp.map(|stamp| Stamp { offset_minutes: stamp.offset_minutes.or_else(own), ..stamp })
}

/// What the tag of an offset says, for the other dates.
fn own(exif: &Tags, tags: &Date, stamp: Option<Stamp>, notes: &mut Vec<String>) -> Option<Offset> {
    let stated = exif.text(tags.offset, text::LINE).filter(|text| text.contains(char::is_alphanumeric))?;
    let minutes = time::parse_offset(&stated);
    if minutes.is_none() && stamp.is_some_and(|stamp| stamp.offset_minutes.is_none()) {
        notes.push(format!("a time zone “{stated}” cannot be and is left out"));
    }
    Some(Offset { minutes: minutes?, date: stamp.map(|stamp| stamp.local) })
}

fn hours(exif: &Tags, at: usize) -> Option<i32> {
    let hours = exif.whole_numbers(HOURS)?.get(at).copied().filter(|hours| (-12..=14).contains(hours))?;
    Some(hours * 60)
}

/// Many writers state the offset of one date only; it is that of another if both are of one moment. That of the last
/// change is often that of a computer far away.
fn lent(offsets: &[Offset], local: NaiveDateTime) -> Option<i32> {
    let near = |date: NaiveDateTime| (date - local).num_seconds().abs() <= MOMENT;
    offsets.iter().find(|offset| offset.date.is_none_or(near)).map(|offset| offset.minutes)
}

fn with_fraction(exif: &Tags, tags: &Date, local: NaiveDateTime) -> NaiveDateTime {
    let nanoseconds = exif.text(tags.fraction, text::LINE).and_then(|text| time::nanoseconds(&text));
    nanoseconds.and_then(|nanoseconds| local.with_nanosecond(nanoseconds)).unwrap_or(local)
}
