//! Everything here that reads strangers' bytes or people's texts, as fuzzing calls it (`bin/fuzz`), and what must hold
//! of the outcome. A test plays the kept inputs back.

#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;

use crate::film::fragment::{self, Fragment, Header};
use crate::film::playlist::{self, Rung};
use crate::filter::{Clock, MAX_BYTES, glob, parse, parse_typing, print, text};
use crate::metadata::keywords::{self, Keyword};
use crate::metadata::{Format, Metadata, Precision, StatedTime, TimeSource};
use crate::sniff::{HEAD, sniff, tiff};
use crate::track::{self, MOST_ON_LINE, MOST_POINTS};
use crate::upload::{UploadChecksum, UploadMetadata};
use crate::{LibraryId, sidecar, time};

/// A parser's name, and how it is given bytes.
pub type Target = (&'static str, fn(&[u8]));

/// The targets, by the folder of `fuzz/corpus` in which their inputs lie.
pub const TARGETS: &[Target] = &[
    ("filter", |bytes| filter(&String::from_utf8_lossy(bytes))),
    ("fragments", film),
    ("glob", |bytes| pattern(&String::from_utf8_lossy(bytes))),
    ("id", |bytes| id(&String::from_utf8_lossy(bytes))),
    ("keywords", |bytes| words(&String::from_utf8_lossy(bytes))),
    ("sidecar", beside),
    ("sniff", kind),
    ("taken", taken),
    ("track", way),
    ("tus", |bytes| headers(&String::from_utf8_lossy(bytes))),
];

fn clock() -> Clock {
    Clock { now: DateTime::UNIX_EPOCH + TimeDelta::days(20_500), zone: chrono_tz::Asia::Tokyo }
}

/// What is read is printed as a text that is read as the same; what is not says where and why.
fn filter(text: &str) {
    for read in [parse, parse_typing] {
        match read(text, &clock()) {
            Ok(filter) => {
                assert_eq!(filter.check(), Ok(()), "{text}");
                let printed = print(&filter);
                // Quotes may make it longer than what may be sent.
                if printed.len() <= MAX_BYTES {
                    assert_eq!(parse(&printed, &clock()).as_ref(), Ok(&filter), "{printed}");
                }
            }
            Err(error) => {
                assert!(text.get(error.span.clone()).is_some(), "{error:?}");
                assert!(!error.message.is_empty());
                error.mended(text);
                error.span_utf16(text);
            }
        }
    }
}

/// A film in fragments, as far as it makes sense, and the playlists of it: each fragment is in them once, and lasts as long
/// as it can.
fn film(bytes: &[u8]) {
    let (mut header, mut fragments) = (None, Vec::new());
    let (mut at, mut about) = (0, None);
    while let Some(head) = bytes.get(at..).and_then(fragment::head) {
        assert!(head.length <= head.size);
        let (Ok(size), Ok(before)) = (usize::try_from(head.size), usize::try_from(head.length)) else {
            break;
        };
        let Some(content) = at.checked_add(size).and_then(|end| bytes.get(at + before..end)) else { break };
        match (&head.kind, &header, about.take()) {
            (b"moov", None, _) => header = Header::read(content),
            (b"moof", Some(header), _) => about = header.moment(content).map(|moment| (at, moment)),
            (b"mdat", _, Some((start, moment))) => {
                let length = (at + size - start) as u64;
                fragments.push(Fragment { start: start as u64, length, moment });
            }
            _ => {}
        }
        at += size;
    }
    let Some(header) = &header else { return };
    assert!(header.codecs.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".,".contains(&byte)));
    let rung = Rung { short_side: 180, header, header_length: 8, fragments: &fragments, whole: true };
    assert_eq!(playlist::media(&rung).matches("#EXTINF").count(), fragments.len());
    assert_eq!(playlist::master(&[rung]).lines().count(), 5);
}

/// A pattern, and in the next line what it is compared with.
fn pattern(lines: &str) {
    let (pattern, compared) = lines.split_once('\n').unwrap_or((lines, ""));
    let steps = glob::steps(pattern);
    assert_eq!(glob::steps(&glob::pattern(&steps)), steps);
    glob::fits(pattern, &text::fold(compared));
    assert!(text::words(compared).iter().all(|word| !word.is_empty()));
}

/// An id that is read is printed as one that is read as the same.
fn id(text: &str) {
    if let Ok(id) = text.parse::<LibraryId>() {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
}

/// Lines: lists of keywords, and paths of them.
fn words(text: &str) {
    let lists = text.lines().flat_map(Keyword::list);
    let paths = text.lines().filter_map(|line| Keyword::new(line.split('|').map(str::to_owned)));
    let tidy = keywords::tidy(lists.chain(paths).take(2000).collect());
    assert!(tidy.iter().all(|word| word.parts().all(|part| !part.trim().is_empty())), "{tidy:?}");
    assert_eq!(keywords::tidy(tidy.clone()), tidy);
}

/// What lies beside an original speaks of it.
fn beside(path: &[u8]) {
    for candidate in sidecar::candidates(path) {
        assert!(sidecar::subject(&candidate).is_some_and(|subject| sidecar::speaks_of(subject, path)));
    }
    sidecar::is_sidecar(path);
}

/// Both headers; what is wrong is said in a line.
fn headers(text: &str) {
    let problems = [UploadMetadata::read(text).map(drop), UploadChecksum::read(text).map(drop)];
    for problem in problems.into_iter().filter_map(Result::err) {
        assert!((1..500).contains(&problem.to_string().len()));
    }
}

/// Whatever is read of a track can be drawn, and puts pictures on the Earth; what is not says why in a line.
fn way(bytes: &[u8]) {
    let track = match track::read(bytes) {
        Ok(track) => track,
        Err(error) => return assert!((1..2000).contains(&error.to_string().len()), "{error}"),
    };
    assert!((1..=2 * MOST_POINTS).contains(&track.count()));
    assert!(track.lines().iter().map(Vec::len).sum::<usize>() <= MOST_ON_LINE);
    let (first, last) = track.span();
    assert!(first <= last);
    for moment in [first, first + (last - first) / 3, last] {
        let fix = track.at(moment, TimeDelta::days(100_000));
        let there = fix
            .is_some_and(|fix| fix.position.latitude.abs() <= 90.0 && fix.position.longitude.abs() <= 180.0);
        assert!(there, "{fix:?} {track:?}");
    }
    assert_eq!(track.at(last + TimeDelta::seconds(2), TimeDelta::seconds(1)), None);
}

fn kind(bytes: &[u8]) {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let format = sniff(head);
    assert_eq!(format.as_str().parse(), Ok(format));
    tiff::directory(head);
    tiff::is_raw(head, true);
    tiff::is_raw(head, false);
}

/// Statements of eight bytes each: what kind, how far from UTC, and when. Whatever a file states, the outcome is a date
/// that can be, and its parts agree.
fn taken(bytes: &[u8]) {
    let mut metadata = Metadata::silent(Format::Jpeg);
    for [kind, offset, number @ ..] in bytes.as_chunks::<8>().0.iter().take(20) {
        let number = number.iter().fold(0, |sum: i64, byte| sum << 8 | i64::from(*byte));
        // Of the last centuries; or of any time.
        let seconds = if kind & 0x20 == 0 { number % (1 << 34) - (1 << 33) } else { number - (1 << 46) };
        let Some(instant) = DateTime::from_timestamp(seconds, 0) else { continue };
        if kind & 0x80 != 0 {
            metadata.gps_utc = Some(instant);
        }
        let offset_minutes = (kind & 0x40 != 0).then(|| i32::from(offset.cast_signed()) * 15);
        let source = TimeSource::ALL[usize::from(kind & 0x1F) % TimeSource::ALL.len()];
        // Of a whole minute, less may be known.
        let precision = if seconds % 60 == 0 {
            Precision::ALL[usize::try_from(seconds / 60 % 4).unwrap_or_default()]
        } else {
            Precision::Moment
        };
        metadata.times.push(StatedTime { local: instant.naive_utc(), offset_minutes, source, precision });
    }
    let zones = [chrono_tz::Europe::Lisbon, chrono_tz::Asia::Kathmandu, chrono_tz::Pacific::Apia];
    let zone = |at: usize| zones[usize::from(bytes.get(at).copied().unwrap_or(0)) % zones.len()];
    let here: Option<Tz> = bytes.get(2).filter(|byte| **byte & 1 == 0).map(|_| zone(3));
    let file = metadata.times.first().map_or(DateTime::UNIX_EPOCH, |time| time.local.and_utc());
    let now = clock().now;
    let taken = time::resolve_in(here, &metadata, file, zone(4), now);
    let offset = taken.local.signed_duration_since(taken.utc.naive_utc());
    assert_eq!(offset, TimeDelta::minutes(taken.offset_minutes.into()), "{taken:?}");
    assert!(taken.utc <= now + TimeDelta::days(1), "{taken:?}");
}
