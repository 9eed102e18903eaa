use std::io::Cursor;

use super::*;

/// A directory of BigTIFF, big ends first.
fn wide() -> Vec<u8> {
    let mut file = b"MM\0\x2B\0\x08\0\0\0\0\0\0\0\0\0\x10".to_vec();
    file.extend([0, 0, 0, 0, 0, 0, 0, 3]);
    // Width; the maker, who has a short name; where the EXIF directory lies.
    file.extend([0x01, 0x00, 0, 16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x12, 0x34]);
    file.extend([0x01, 0x0F, 0, 2, 0, 0, 0, 0, 0, 0, 0, 8]);
    file.extend(b"Example\0");
    file.extend([0x87, 0x69, 0, 18, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 92]);
    file.extend([0; 8]);
    file.extend([0, 0, 0, 0, 0, 0, 0, 2]);
    // The sensitivity; a width that does not fit.
    file.extend([0x88, 0x27, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0x01, 0x90, 0, 0, 0, 0, 0, 0]);
    file.extend([0xA0, 0x02, 0, 16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
    file
}

#[test]
fn a_wide_tiff_becomes_a_plain_one() {
    let small = of(&mut Cursor::new(wide())).unwrap();
    let by_hand = [
        b"MM\0\x2A\0\0\0\x1A".as_slice(),
        &[0, 1],
        &[0x88, 0x27, 0, 3, 0, 0, 0, 1, 0x01, 0x90, 0, 0],
        &[0; 4],
        &[0, 3],
        &[0x01, 0x00, 0, 4, 0, 0, 0, 1, 0, 0, 0x12, 0x34],
        &[0x01, 0x0F, 0, 2, 0, 0, 0, 8, 0, 0, 0, 0x44],
        &[0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8],
        &[0; 4],
        b"Example\0",
    ];
    assert_eq!(small, by_hand.concat());
}

#[test]
fn what_is_bent_says_less_and_never_panics() {
    for whole in [wide(), of(&mut Cursor::new(wide())).unwrap()] {
        for at in 0..whole.len() {
            let _ = of(&mut Cursor::new(&whole[..at]));
            for byte in [0, 0x7F, 0xFF] {
                let mut bent = whole.clone();
                bent[at] = byte;
                let _ = of(&mut Cursor::new(bent));
            }
        }
    }
}
