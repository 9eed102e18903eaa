//! AVCHD: camcorders write when, where and with what into the pictures themselves: packs of four bytes, each with a
//! number, in H.264's user data. Numbers and meanings as exiftool's documentation has them
//! (exiftool.org/TagNames/H264).

mod packs;

use chrono::NaiveDateTime;
use domain::metadata::{Position, StatedTime};

use packs::Packs;

/// What stands before the packs: a name of 16 bytes, and "ModifiedDVPackMeta" for short.
const MARK: &[u8; 20] = b"\x17\xEE\x8C\x60\xF8\x4D\x11\xD9\x8C\xD6\x08\0\x20\x0C\x9A\x66MDPM";
/// What each packet of a transport stream begins with.
const SYNC: u8 = 0x47;
const PACKET: usize = 188;
/// A time that cameras put before each packet.
const STAMP: usize = 4;
/// Streams that are looked at; cameras have three or four.
const STREAMS: usize = 16;
/// Longest message, in bytes: 255 packs, and what keeps them from looking like something else.
const LONGEST: usize = 2048;

/// What the first message says.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Said {
    /// By the camera's clock.
    pub time: Option<StatedTime>,
    pub position: Option<Position>,
    /// By the satellites' clock.
    pub utc: Option<NaiveDateTime>,
    pub make: Option<&'static str>,
    pub model: Option<String>,
}

/// Looks into the first bytes of a transport stream.
pub(crate) fn read(file: &[u8]) -> Option<Said> {
    streams(file).iter().find_map(|(_, stream)| find(stream))
}

/// What each stream's packets hold, by the stream's number.
fn streams(file: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let plain = file.first() == Some(&SYNC) && file.get(PACKET) == Some(&SYNC);
    let stamp = if plain { 0 } else { STAMP };
    let mut streams: Vec<(u16, Vec<u8>)> = Vec::new();
    for packet in file.chunks(stamp + PACKET) {
        let Some((number, content)) = packet.get(stamp..).and_then(content) else { continue };
        if let Some((_, stream)) = streams.iter_mut().find(|(known, _)| *known == number) {
            stream.extend(content);
        } else if streams.len() < STREAMS {
            streams.push((number, content.to_vec()));
        }
    }
    streams
}

/// A packet's stream, and what it holds of it: behind four bytes, and behind what is only for the timing.
fn content(packet: &[u8]) -> Option<(u16, &[u8])> {
    let [SYNC, high, low, flags, rest @ ..] = packet else { return None };
    let content = match flags >> 4 & 3 {
        1 => rest,
        3 => rest.get(1 + usize::from(*rest.first()?)..)?,
        _ => return None,
    };
    Some((u16::from_be_bytes([high & 0x1F, *low]), content))
}

/// What the first message in a stream says.
fn find(stream: &[u8]) -> Option<Said> {
    let begins = |window: &[u8]| window[0] == MARK[0] && window == MARK;
    let at = stream.windows(MARK.len()).position(begins)?;
    Packs::of(&plain(stream.get(at + MARK.len()..)?)).map(|packs| packs.said())
}

/// Without the threes that H.264 puts behind two zeros, up to where something else begins.
fn plain(message: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut zeros = 0;
    for byte in message.iter().take(LONGEST) {
        if zeros >= 2 && matches!(byte, 1 | 3) {
            if *byte == 1 {
                break;
            }
            zeros = 0;
            continue;
        }
        zeros = if *byte == 0 { zeros + 1 } else { 0 };
        plain.push(*byte);
    }
    plain
}

#[cfg(test)]
mod tests;
