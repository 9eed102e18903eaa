//! Faxes: runs of white and black, by the codes of ITU-T T.4 and T.6, as TIFF 6.0 keeps them (sections 10 and 11).
//!
//! The library knows the codes of runs, but only those faxes of Group 3 whose rows stand for themselves.

use std::{
    convert::Infallible,
    io::{Read, Seek},
    mem,
};

use domain::rendition::Rendition;
use fax::{
    BitReader, ByteReader,
    maps::{Mode, black, mode, white},
};
use tiff::{decoder::Decoder, tags::Tag};

use super::directory::{self, Directory};
use crate::{
    MediaError,
    render::{
        Bounds,
        averages::{self, Averages},
        decode::check_memory,
        fit,
        picture::{Channels, Picture},
    },
    source::Source,
};

const WHITE: bool = false;
const BLACK: bool = true;

/// How rows are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// As runs, each row from a whole byte on.
    Runs,
    /// Between marks; if mixed, a bit after each mark says whether the row is coded by the one above it.
    Group3 { mixed: bool },
    /// Each row by the one above it.
    Group4,
}

/// A row that was read, or why there is none.
#[derive(Debug, PartialEq, Eq)]
enum Row {
    Whole,
    /// As far as it made sense.
    Damaged,
    /// There are no more.
    None,
}

/// A fax and a note about its damage. Rows that can't be read are white.
pub(super) fn decode<R: Read + Seek>(
    source: &Source,
    decoder: &mut Decoder<R>,
    (directory, code): (&Directory, Code),
    bounds: Bounds,
) -> Result<(Picture, Vec<String>), MediaError> {
    let (size, inverted) = (directory.size, directory.photometric == 1);
    let (strips, rows_each) = directory::strips(decoder).ok_or_else(|| MediaError::rare("TIFF"))?;
    let reversed = matches!(decoder.find_tag_unsigned::<u16>(Tag::FillOrder), Ok(Some(2)));
    let factor = averages::factor(size, fit(size, Rendition::Preview), Channels::Grey);
    let longest = strips.iter().map(|(_, length)| *length).max().unwrap_or(0).min(source.length());
    // Besides: two rows, and one as it is shown.
    let need = averages::bytes(size, factor, Channels::Grey) + longest + 3 * u64::from(size.0);
    check_memory(need, bounds)?;
    let mut averages = Averages::new(size, factor, Channels::Grey);
    let (mut left, mut whole, mut shown) = (size.1, true, Vec::new());
    for (place, length) in strips {
        let bytes = source.some(place, length)?;
        whole &= bytes.len() as u64 == length;
        let rows = rows_each.min(left);
        left -= rows;
        whole &= read_strip(&bytes, reversed, code, (size.0 as usize, rows), |row| {
            shown.clear();
            shown.extend(row.iter().map(|colour| if *colour == inverted { 255 } else { 0 }));
            averages.add(&shown);
        });
    }
    let notes = if whole { Vec::new() } else { vec!["the file is damaged in places".to_owned()] };
    Ok((averages.into_picture(), notes))
}

/// Gives each row of a strip, and says whether none was damaged.
fn read_strip(
    bytes: &[u8],
    reversed: bool,
    code: Code,
    (width, rows): (usize, u32),
    mut give: impl FnMut(&[bool]),
) -> bool {
    let ordered = |byte: u8| if reversed { byte.reverse_bits() } else { byte };
    // The library looks up more bits than the last code has.
    let bytes = bytes.iter().map(|byte| ordered(*byte)).chain([0; 4]);
    let Ok(mut bits) = ByteReader::new(bytes.map(Ok::<u8, Infallible>));
    let (mut above, mut row) = (vec![WHITE; width], vec![WHITE; width]);
    let (mut whole, mut lost, mut over) = (true, false, false);
    for _ in 0..rows {
        row.fill(WHITE);
        let read = match code {
            _ if over => Row::None,
            Code::Runs => read_runs(&mut bits, &mut row),
            Code::Group3 { mixed } => read_marked(&mut bits, (mixed, lost), &above, &mut row),
            Code::Group4 => read_coded(&mut bits, &above, &mut row),
        };
        if code == Code::Runs {
            let _ = bits.consume(bits.bits_to_byte_boundary());
        }
        lost = read == Row::Damaged;
        whole &= !lost;
        // Without marks no other row can be found.
        over |= read == Row::None || (lost && !matches!(code, Code::Group3 { .. }));
        give(&row);
        mem::swap(&mut above, &mut row);
    }
    whole
}

/// A row behind a mark. Where rows stand for themselves, marks may be missing, unless the row before was `lost`.
fn read_marked(
    bits: &mut impl BitReader,
    (mixed, lost): (bool, bool),
    above: &[bool],
    row: &mut [bool],
) -> Row {
    let Some(marked) = skip_mark(bits, mixed || lost) else { return Row::None };
    let by_above = mixed && bits.peek(1) == Some(0);
    if mixed && bits.consume(1).is_err() {
        return Row::None;
    }
    match bits.peek(12) {
        // A mark behind a mark is the end.
        Some(1) if marked => Row::None,
        None => Row::None,
        _ if by_above => read_coded(bits, above, row),
        _ => read_runs(bits, row),
    }
}

/// Goes behind a mark: eleven zeros or more, and a one. Says whether there was one; if it must be `found`, it may stand
/// further on. `None` at the end.
fn skip_mark(bits: &mut impl BitReader, found: bool) -> Option<bool> {
    while bits.peek(11)? != 0 {
        if !found {
            return Some(false);
        }
        bits.consume(1).ok()?;
    }
    while bits.peek(1)? == 0 {
        bits.consume(1).ok()?;
    }
    bits.consume(1).ok()?;
    Some(true)
}

/// A row of runs, first a white one.
fn read_runs(bits: &mut impl BitReader, row: &mut [bool]) -> Row {
    let (mut at, mut colour) = (0, WHITE);
    while at < row.len() {
        let Some(length) = run(bits, colour) else { return Row::Damaged };
        at = paint(row, at, length, colour);
        colour = !colour;
    }
    Row::Whole
}

/// A row that is coded by the one above it.
fn read_coded(bits: &mut impl BitReader, above: &[bool], row: &mut [bool]) -> Row {
    let (mut at, mut colour) = (0, WHITE);
    // Where the next turn above may lie: the first one at the first pixel, the others behind the last turn.
    let mut from = 0;
    while at < row.len() {
        // No row goes on so: it is the end, or a mark that comes too early.
        if bits.peek(7) == Some(0) {
            return if at == 0 { Row::None } else { Row::Damaged };
        }
        match mode::decode(bits) {
            Some(Mode::Pass) => {
                let over = turn(above, turn(above, from, colour).saturating_add(1), !colour);
                at = paint(row, at, over.saturating_sub(at), colour);
            }
            Some(Mode::Vertical(off)) => {
                let to = turn(above, from, colour).checked_add_signed(off.into());
                let Some(length) = to.filter(|to| *to <= row.len()).and_then(|to| to.checked_sub(at)) else {
                    return Row::Damaged;
                };
                at = paint(row, at, length, colour);
                colour = !colour;
            }
            Some(Mode::Horizontal) => {
                for colour in [colour, !colour] {
                    let Some(length) = run(bits, colour) else { return Row::Damaged };
                    at = paint(row, at, length, colour);
                }
            }
            _ => return Row::Damaged,
        }
        from = at + 1;
    }
    Row::Whole
}

/// The first pixel from a place on that is no longer of a colour, behind one that is; the row's end if there is none.
fn turn(row: &[bool], from: usize, colour: bool) -> usize {
    let before = |x: usize| x.checked_sub(1).and_then(|x| row.get(x)).copied().unwrap_or(WHITE);
    (from..row.len()).find(|x| row.get(*x) != Some(&colour) && before(*x) == colour).unwrap_or(row.len())
}

/// The length of a run: long ones are coded as a sum.
fn run(bits: &mut impl BitReader, colour: bool) -> Option<usize> {
    let mut length = 0;
    // Nothing but a mark begins with nine zeros; it must be left whole.
    while bits.peek(9)? != 0 {
        let part = if colour == BLACK { black::decode(bits) } else { white::decode(bits) }?;
        length += usize::from(part);
        if part < 64 {
            return Some(length);
        }
    }
    None
}

/// Paints a run, and says where the next one begins.
fn paint(row: &mut [bool], at: usize, length: usize, colour: bool) -> usize {
    let end = at.saturating_add(length).min(row.len());
    if let Some(run) = row.get_mut(at..end) {
        run.fill(colour);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as letters, and whether none was damaged, of bits with spaces between them.
    fn read(code: Code, bits: &str, size: (usize, u32)) -> (Vec<String>, bool) {
        let digits: Vec<u8> = bits.bytes().filter(|digit| *digit != b' ').collect();
        let bit = |digits: &[u8], n: usize| u8::from(digits.get(n) == Some(&b'1')) << (7 - n);
        let byte = |digits: &[u8]| (0..8).map(|n| bit(digits, n)).sum();
        let bytes: Vec<u8> = digits.chunks(8).map(byte).collect();
        let mut rows: Vec<String> = Vec::new();
        let letter = |black: &bool| if *black { '#' } else { '.' };
        let whole = read_strip(&bytes, false, code, size, |row| rows.push(row.iter().map(letter).collect()));
        let turned: Vec<u8> = bytes.iter().map(|byte| byte.reverse_bits()).collect();
        let mut again: Vec<String> = Vec::new();
        read_strip(&turned, true, code, size, |row| again.push(row.iter().map(letter).collect()));
        assert_eq!(rows, again);
        (rows, whole)
    }

    /// White 2, black 3, white 3; white 0, black 8; from table 2 of T.4.
    #[test]
    fn rows_of_runs_begin_at_whole_bytes() {
        let bits = "0111 10 1000 000000 00110101 000101";
        assert_eq!(read(Code::Runs, bits, (8, 2)), (vec!["..###...".into(), "########".into()], true));
        // White 64 + 6, black 2.
        let (rows, whole) = read(Code::Runs, "11011 1110 11", (72, 1));
        assert!(whole && rows[0].ends_with(".##") && rows[0].matches('.').count() == 70, "{rows:?}");
        // Nothing begins with nine zeros but a mark.
        assert_eq!(read(Code::Runs, "0111 000000000", (4, 2)), (vec!["....".into(), "....".into()], false));
    }

    #[test]
    fn rows_of_group_3_are_found_by_their_marks() {
        let mark = "000000000001";
        let (first, second) = ("0111 10 1000", "1000 11 1000");
        let expected = vec!["..###...".to_owned(), "...##...".to_owned()];
        let alone = Code::Group3 { mixed: false };
        for bits in [
            format!("{mark} {first} {mark} {second} {mark}"),
            format!("{mark} {first} 0000 {mark} {second}"),
            format!("{first} {second}"),
        ] {
            assert_eq!(read(alone, &bits, (8, 2)), (expected.clone(), true), "{bits}");
        }
        // By the row above: one to the right of its turn at 2, and right below the one at 5.
        let mixed = format!("{mark} 1 {first} {mark} 0 011 1 1 {}", format!("{mark} 1").repeat(6));
        let rows = vec![expected[0].clone(), expected[1].clone(), "........".to_owned()];
        assert_eq!(read(Code::Group3 { mixed: true }, &mixed, (8, 3)), (rows, true));
        // Rows that are too short, or make no sense, end at the next mark.
        for nonsense in ["0111", "0111 0000000001", "0111 0000000001 1111 01"] {
            let damaged = format!("{mark} {nonsense} {mark} {second} {mark}");
            let rows = vec!["........".to_owned(), expected[1].clone()];
            assert_eq!(read(alone, &damaged, (8, 2)), (rows, false), "{nonsense}");
        }
    }

    #[test]
    fn rows_of_group_4_are_coded_by_the_one_above() {
        // Runs (white 2, black 3, then to the end above); one to the right and one to the left; passed over; all
        // black from the first pixel on; as above; the end.
        let bits = "001 0111 10 1 011 010 1 0001 1 001 00110101 000101 1 1 000000000001 000000000001";
        let rows = ["..###...", "...#....", "........", "########", "########", "........"];
        let (read, whole) = read(Code::Group4, bits, (8, 6));
        assert_eq!((read, whole), (rows.map(str::to_owned).to_vec(), true));
    }

    #[test]
    fn no_code_leads_out_of_a_row() {
        assert_eq!(read(Code::Group4, "010 1", (2, 1)), (vec![".#".into()], true));
        assert_eq!(read(Code::Group4, "001 00110101 10 000010 1", (4, 1)), (vec!["###.".into()], false));
        assert_eq!(read(Code::Group4, "0000001 111", (3, 2)), (vec!["...".into(), "...".into()], false));
        assert_eq!(read(Code::Runs, "11011 11011 00110101", (3, 1)), (vec!["...".into()], true));
    }
}
