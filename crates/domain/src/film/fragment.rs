//! Films in fragments (fragmented MP4), as far as a playlist needs them: what the tracks are, and how long each fragment
//! lasts. It reads bytes that are there; what is not as the standard has it is none, and nothing is believed that the
//! bytes do not bear out.

/// The head of a box: what it is and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// `moov`, `moof`, `mdat` …
    pub kind: [u8; 4],
    /// Bytes before its content: 8, or 16 with a long length.
    pub length: u64,
    /// Bytes in all.
    pub size: u64,
}

/// How many bytes [`head`] looks at.
pub const HEAD: usize = 16;

/// Reads the head of a box; none if there are too few bytes for it or it is shorter than its own head. A box "to the end
/// of the file" is none: in a film that grows that would be another one each time.
pub fn head(bytes: &[u8]) -> Option<Head> {
    let kind = *bytes.get(4..)?.first_chunk::<4>()?;
    let (length, size) = match u64::from(u32_at(bytes, 0)?) {
        1 => (16, u64_at(bytes, 8)?),
        size => (8, size),
    };
    (size >= length).then_some(Head { kind, length, size })
}

/// Tracks of a film: pictures, and sound.
const TRACKS: usize = 2;
/// No fragment lasts longer, in microseconds: a day. So lengths can be added up.
const LONGEST_US: u64 = 86_400_000_000;
/// Nor has one more pictures: a thousand a second.
const PICTURES: u64 = 86_400_000;

/// What a film in fragments says of itself before its first one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Width and height of the pictures.
    pub size: (u32, u32),
    /// Both tracks' codecs as RFC 6381 has them: `avc1.640028,mp4a.40.2`.
    pub codecs: String,
    tracks: Vec<Track>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Track {
    number: u32,
    pictures: bool,
    /// Ticks a second.
    clock: u32,
    /// How long a sample lasts where nothing else is said.
    lasts: u32,
}

/// How long a fragment lasts, and how many pictures are in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment {
    /// Microseconds.
    pub lasts_us: u64,
    /// Pictures.
    pub pictures: u64,
}

/// A fragment within its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fragment {
    /// Where it begins.
    pub start: u64,
    /// Bytes.
    pub length: u64,
    /// How long it lasts.
    pub moment: Moment,
}

impl Header {
    /// Reads the content of `moov`: a film with pictures in H.264, and sound in AAC or none.
    pub fn read(moov: &[u8]) -> Option<Self> {
        let (mut size, mut codecs, mut tracks) = (None, Vec::new(), Vec::new());
        let defaults = find(moov, b"mvex")?;
        let found = all(moov, b"trak")?;
        if found.len() > TRACKS {
            return None;
        }
        for track in found {
            let media = find(track, b"mdia")?;
            let number = number(find(track, b"tkhd")?)?;
            let pictures = match find(media, b"hdlr")?.get(8..12)? {
                b"vide" => true,
                b"soun" => false,
                _ => return None,
            };
            let table = find(find(media, b"minf")?, b"stbl")?;
            // Version, flags and the number of entries come before the first.
            let entries = find(table, b"stsd")?.get(8..)?;
            if pictures {
                let entry = find(entries, b"avc1")?;
                size = Some((u32::from(u16_at(entry, 24)?), u32::from(u16_at(entry, 26)?)));
                let config = find(entry.get(78..)?, b"avcC")?;
                let &[profile, with, level] = config.get(1..)?.first_chunk::<3>()?;
                codecs.insert(0, format!("avc1.{profile:02x}{with:02x}{level:02x}"));
            } else {
                find(entries, b"mp4a")?;
                codecs.push("mp4a.40.2".to_owned());
            }
            let clock = clock(find(media, b"mdhd")?)?;
            let lasts = all(defaults, b"trex")?
                .into_iter()
                .find(|extends| u32_at(extends, 4) == Some(number))
                .and_then(|extends| u32_at(extends, 12))?;
            tracks.push(Track { number, pictures, clock, lasts });
        }
        let one_each = tracks.iter().filter(|track| track.pictures).count() == 1;
        one_each.then_some(Self { size: size?, codecs: codecs.join(","), tracks })
    }

    #[cfg(test)]
    pub(super) fn of(size: (u32, u32), codecs: &str) -> Self {
        Self { size, codecs: codecs.to_owned(), tracks: Vec::new() }
    }

    /// Reads the content of `moof`. A fragment lasts as long as its pictures, or its sound where it has none.
    pub fn moment(&self, moof: &[u8]) -> Option<Moment> {
        let mut found: Option<(bool, Moment)> = None;
        for run in all(moof, b"traf")? {
            let about = find(run, b"tfhd")?;
            let number = u32_at(about, 4)?;
            let track = self.tracks.iter().find(|track| track.number == number)?;
            let mut moment = Moment::default();
            let mut ticks = 0_u64;
            for run in all(run, b"trun")? {
                let (lasts, samples) = length(run, default_length(about)?.unwrap_or(track.lasts))?;
                ticks = ticks.checked_add(lasts)?;
                moment.pictures = moment.pictures.checked_add(samples)?;
            }
            moment.lasts_us = ticks.checked_mul(1_000_000)? / u64::from(track.clock);
            if moment.lasts_us > LONGEST_US || moment.pictures > PICTURES {
                return None;
            }
            if !track.pictures {
                moment.pictures = 0;
            }
            if track.pictures || found.is_none() {
                found = Some((track.pictures, moment));
            }
        }
        found.map(|(_, moment)| moment)
    }
}

/// What a track's fragment says of its samples' length, of `tfhd`; none within: nothing.
fn default_length(about: &[u8]) -> Option<Option<u32>> {
    let flags = u32_at(about, 0)?;
    let before = 8 + if flags & 1 != 0 { 8 } else { 0 } + if flags & 2 != 0 { 4 } else { 0 };
    if flags & 8 == 0 { Some(None) } else { Some(Some(u32_at(about, before)?)) }
}

/// How long the samples of `trun` last, in ticks, and how many they are.
fn length(run: &[u8], default: u32) -> Option<(u64, u64)> {
    let flags = u32_at(run, 0)?;
    let count = u32_at(run, 4)?;
    let before = 8 + if flags & 1 != 0 { 4 } else { 0 } + if flags & 4 != 0 { 4 } else { 0 };
    let width = 4 * usize::try_from(((flags >> 8) & 0xf).count_ones()).ok()?;
    let table = run.get(before..)?;
    // As many as are told are there.
    if table.len() != width.checked_mul(usize::try_from(count).ok()?)? {
        return None;
    }
    if flags & 0x100 == 0 {
        return Some((u64::from(count).checked_mul(default.into())?, count.into()));
    }
    let lasts = table.chunks_exact(width).map(|sample| u32_at(sample, 0).map(u64::from));
    Some((lasts.sum::<Option<u64>>()?, count.into()))
}

/// A track's number, of `tkhd`.
fn number(about: &[u8]) -> Option<u32> {
    u32_at(about, if *about.first()? == 0 { 12 } else { 20 })
}

/// A track's ticks a second, of `mdhd`.
fn clock(about: &[u8]) -> Option<u32> {
    u32_at(about, if *about.first()? == 0 { 12 } else { 20 }).filter(|clock| *clock > 0)
}

/// The content of the first box of a kind.
fn find<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    all(bytes, kind)?.first().copied()
}

/// The contents of all boxes of a kind; none where a box is longer than what it lies in.
fn all<'a>(mut bytes: &'a [u8], kind: &[u8; 4]) -> Option<Vec<&'a [u8]>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let head = head(bytes)?;
        let size = usize::try_from(head.size).ok()?;
        let content = bytes.get(usize::try_from(head.length).ok()?..size)?;
        if head.kind == *kind {
            found.push(content);
        }
        bytes = bytes.get(size..)?;
    }
    Some(found)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests;
