//! Pictures of which the file shows only a part: libheif decodes no more pixels than that part has, and so refuses most
//! of them. In a copy of the file the part is made the whole, and what is to be cut out is told beside it.

use std::ops::Range;

use crate::{
    MediaError,
    container::{boxes::Walk, bytes},
    source::Source,
};

/// Longer files are not copied.
const LONGEST: u64 = 64 << 20;
/// Bytes of a list of what belongs to which picture.
const LIST: u64 = 1 << 20;
/// Properties that are looked at.
const PROPERTIES: usize = 4096;

/// A part of a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// A file whose picture is whole.
pub(crate) struct Whole {
    pub content: Vec<u8>,
    /// What of the picture, as it is coded, is to be shown.
    pub part: Part,
    /// How that is then to be turned: EXIF's number.
    pub orientation: u8,
}

/// A file that shows a part of its picture, without that. None where it shows all of it.
pub(crate) fn undone(source: &Source) -> Result<Option<Whole>, MediaError> {
    let Some(properties) = properties(source)? else { return Ok(None) };
    let (mut size, mut cut, mut orientation) = (None, None, 1);
    for (kind, inside) in &properties.of_picture {
        let content = Walk::over(source).some(inside.clone(), 32)?;
        match kind {
            b"ispe" => size = bytes::be32(&content, 4).zip(bytes::be32(&content, 8)),
            // Turned before it is cut: nobody writes that.
            b"clap" if orientation != 1 => return Ok(None),
            b"clap" => cut = Some(content),
            b"irot" => orientation = turned(orientation, content.first().map_or(0, |angle| angle & 3)),
            b"imir" => orientation = mirrored(orientation, content.first().is_some_and(|axis| axis & 1 == 1)),
            _ => {}
        }
    }
    let (Some(size), Some(cut)) = (size, cut) else { return Ok(None) };
    let Some(part) = part(&cut, size) else { return Ok(None) };
    let mut content = source.all(LONGEST)?;
    let all = [size.0, 1, size.1, 1, 0, 1, 0, 1].map(u32::to_be_bytes).concat();
    for place in properties.cuts {
        let place = usize::try_from(place.start).ok().and_then(|at| content.get_mut(at..at + all.len()));
        place.ok_or_else(|| MediaError::Broken("its parts make no sense".into()))?.copy_from_slice(&all);
    }
    Ok(Some(Whole { content, part, orientation }))
}

/// A property's kind, and where it stands.
type Property = ([u8; 4], Range<u64>);

struct Properties {
    /// Those of the one picture that stands for the file, in their order.
    of_picture: Vec<Property>,
    /// All that cut something out of a picture.
    cuts: Vec<Range<u64>>,
}

fn properties(source: &Source) -> Result<Option<Properties>, MediaError> {
    let mut walk = Walk::over(source);
    let Some(meta) = walk.find(0..source.length(), b"meta")? else { return Ok(None) };
    let inside = meta.start + 4..meta.end;
    let Some(primary) = walk.find(inside.clone(), b"pitm")? else { return Ok(None) };
    let Some(both) = walk.find(inside, b"iprp")? else { return Ok(None) };
    let (list, associations) = (walk.find(both.clone(), b"ipco")?, walk.find(both, b"ipma")?);
    let (Some(mut list), Some(associations)) = (list, associations) else { return Ok(None) };
    let mut all: Vec<Property> = Vec::new();
    while let Some(found) = walk.next(&mut list)?.filter(|_| all.len() < PROPERTIES) {
        all.push((found.kind, found.inside));
    }
    let primary = walk.some(primary, 8)?;
    let number = if primary.first() == Some(&0) {
        bytes::be16(&primary, 4).map(u32::from)
    } else {
        bytes::be32(&primary, 4)
    };
    let Some(numbers) =
        number.and_then(|number| walk.some(associations, LIST).ok().map(|list| of(&list, number)))
    else {
        return Ok(None);
    };
    let of_picture =
        numbers.into_iter().filter_map(|number| all.get(number.checked_sub(1)?).cloned()).collect();
    let cuts = all.into_iter().filter(|(kind, _)| kind == b"clap").map(|(_, inside)| inside).collect();
    Ok(Some(Properties { of_picture, cuts }))
}

/// The numbers of a picture's properties, of the list of all (ISO/IEC 23008-12, 9.3).
fn of(list: &[u8], picture: u32) -> Vec<usize> {
    let (wide, long) = (list.get(3).is_some_and(|flags| flags & 1 == 1), list.first() > Some(&0));
    let mut rest = list.get(8..).unwrap_or_default();
    loop {
        let (number, head) =
            if long { (bytes::be32(rest, 0), 4) } else { (bytes::be16(rest, 0).map(u32::from), 2) };
        let (Some(number), Some(count)) = (number, rest.get(head).copied().map(usize::from)) else {
            return Vec::new();
        };
        let entries = rest.get(head + 1..).unwrap_or_default();
        let length = count * if wide { 2 } else { 1 };
        let own = entries.get(..length).unwrap_or(entries);
        if number == picture {
            // The first bit says that whoever doesn't know the property can't show the picture.
            if wide {
                let pairs = own.as_chunks::<2>().0.iter();
                return pairs.map(|pair| usize::from(u16::from_be_bytes(*pair) & 0x7FFF)).collect();
            }
            return own.iter().map(|one| usize::from(one & 0x7F)).collect();
        }
        rest = entries.get(length..).unwrap_or_default();
    }
}

/// What is left of a picture (ISO/IEC 14496-12, 12.1.4.1): width, height, and how far the middle is moved, each as a
/// fraction.
fn part(cut: &[u8], (width, height): (u32, u32)) -> Option<Part> {
    let number = |at: usize| bytes::be32(cut, at).map(f64::from);
    let signed = |at: usize| bytes::be32(cut, at).map(|bits| f64::from(bits.cast_signed()));
    let along = |at: usize, whole: u32| {
        let length = Some(number(at)? / number(at + 4)?).filter(|length| length.is_finite())?;
        let moved = Some(signed(at + 16)? / number(at + 20)?).filter(|moved| moved.is_finite())?;
        let first = ((f64::from(whole) - length) / 2.0 + moved).round().max(0.0);
        let end = (first + length.round()).min(f64::from(whole));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the picture")]
        (end > first).then_some((first as u32, (end - first) as u32))
    };
    let ((left, width), (top, height)) = (along(0, width)?, along(8, height)?);
    Some(Part { left, top, width, height })
}

/// Turned by quarters, against the clock.
fn turned(orientation: u8, quarters: u8) -> u8 {
    (0..quarters).fold(orientation, |orientation, _| match orientation {
        1 => 8,
        8 => 3,
        3 => 6,
        6 => 1,
        2 => 5,
        5 => 4,
        4 => 7,
        _ => 2,
    })
}

/// Mirrored: left and right change places, or else top and bottom.
fn mirrored(orientation: u8, across: bool) -> u8 {
    match (orientation, across) {
        (1, true) | (3, false) => 2,
        (3, true) | (1, false) => 4,
        (2, true) | (4, false) => 1,
        (4, true) | (2, false) => 3,
        (8, true) | (6, false) => 7,
        (6, true) | (8, false) => 5,
        (7, true) | (5, false) => 8,
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(numbers: [i32; 8]) -> Vec<u8> {
        numbers.into_iter().flat_map(i32::to_be_bytes).collect()
    }

    /// The first numbers are those that `avifenc --crop 100,100,400,300` wrote for a picture of 800 × 600.
    #[test]
    fn the_part_is_told_from_the_middle() {
        let found = |numbers, size| {
            part(&cut(numbers), size).map(|part| [part.left, part.top, part.width, part.height])
        };
        assert_eq!(found([400, 1, 300, 1, -100, 1, -50, 1], (800, 600)), Some([100, 100, 400, 300]));
        assert_eq!(found([800, 1, 600, 1, 0, 1, 0, 1], (800, 600)), Some([0, 0, 800, 600]));
        assert_eq!(found([7, 1, 600, 2, -793, 2, 0, 1], (800, 300)), Some([0, 0, 7, 300]));
        assert_eq!(found([900, 1, 600, 1, 0, 1, 0, 1], (800, 600)), Some([0, 0, 800, 600]));
        for broken in [[400, 0, 300, 0, 0, 0, 0, 0], [0, 1, 0, 1, 0, 1, 0, 1], [9, 1, 9, 1, 9000, 1, 0, 1]] {
            assert_eq!(found(broken, (800, 600)), None, "{broken:?}");
        }
        assert_eq!(part(&[0; 31], (1, 1)), None);
    }

    /// By ffmpeg's names: a quarter against the clock and upside down is `cclock_flip`, EXIF's 5.
    #[test]
    fn turning_and_mirroring_add_up() {
        assert_eq!([0, 1, 2, 3].map(|quarters| turned(1, quarters)), [1, 8, 3, 6]);
        assert_eq!([0, 1, 2, 3].map(|quarters| turned(2, quarters)), [2, 5, 4, 7]);
        assert_eq!([1, 3, 8, 6].map(|orientation| mirrored(orientation, true)), [2, 4, 7, 5]);
        assert_eq!([1, 3, 8, 6].map(|orientation| mirrored(orientation, false)), [4, 2, 5, 7]);
        for orientation in 1..=8 {
            assert_eq!(turned(orientation, 4), orientation);
            for across in [true, false] {
                assert_eq!(mirrored(mirrored(orientation, across), across), orientation);
            }
            // Both ways at once is half a turn.
            assert_eq!(mirrored(mirrored(orientation, true), false), turned(orientation, 2));
        }
    }

    #[test]
    fn a_picture_s_properties_are_found_in_the_list_of_all() {
        let narrow = b"\0\0\0\0\0\0\0\x02\0\x01\x02\x81\x02\0\x02\x03\x05\x86\x07";
        assert_eq!((of(narrow, 1), of(narrow, 2), of(narrow, 3)), (vec![1, 2], vec![5, 6, 7], vec![]));
        let wide = b"\x01\0\0\x01\0\0\0\x01\0\0\0\x09\x02\x80\x81\0\x02";
        assert_eq!(of(wide, 9), [129, 2]);
        assert!((0..narrow.len()).all(|length| of(&narrow[..length], 3).is_empty()));
    }
}
