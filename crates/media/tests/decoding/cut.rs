//! Pictures that were cut off: their first rows are shown, with a word about it.

use std::{fs::File, path::Path};

use image::{Rgb, RgbImage};
use media::Rendered;

use crate::common;
use crate::kinds::made;
use crate::looks::open;

const SIDE: u32 = 256;
const CUT: &str = "the file is damaged: it ends too early";

/// Reds without a pattern, which no packer makes smaller than a half: what is left of the bytes is left of the rows.
fn reds() -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(SIDE, SIDE, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [high, middle, ..] = state.to_be_bytes();
        Rgb([200 + high % 56, middle % 40, high % 40])
    })
}

/// Renders what is left of a file when so many percent of it are there.
async fn left(path: &Path, percent: usize) -> (Rendered, RgbImage) {
    let whole = std::fs::read(path).unwrap();
    std::fs::write(path, &whole[..whole.len() * percent / 100]).unwrap();
    let made = common::render(&common::decoder(), &File::open(path).unwrap()).await;
    let (rendered, preview, _) = made.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (rendered, open(&preview).to_rgb8())
}

#[tokio::test]
async fn the_first_rows_of_what_was_cut_off_are_shown() {
    let place = tempfile::tempdir().unwrap();
    for name in ["cut.png", "cut.gif"] {
        let path = place.path().join(name);
        reds().save(&path).unwrap();
        let (rendered, preview) = left(&path, 60).await;
        assert_eq!((rendered.width, rendered.height), (SIDE, SIDE), "{name}");
        assert_eq!(rendered.notes, [CUT], "{name}");
        let is_red = |y: u32| {
            let Rgb([red, green, blue]) = *preview.get_pixel(SIDE / 2, y);
            red > 150 && green < 90 && blue < 90
        };
        assert!(is_red(8) && is_red(SIDE / 4) && !is_red(SIDE - 8), "{name}");
    }
}

/// Each of its pictures is there seven times, ever finer: those of the first rows that are lost are a little coarse.
#[tokio::test]
async fn an_interlaced_picture_that_was_cut_off_is_shown_as_fine_as_it_came() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("interlaced.png");
    let plain = place.path().join("plain.png");
    reds().save(&plain).unwrap();
    if !made("convert", &[plain.to_str().unwrap(), "-interlace", "PNG"], &path) {
        return;
    }
    let whole = std::fs::read(&path).unwrap();
    assert_eq!(whole[28], 1, "it is not interlaced");
    let (rendered, preview) = left(&path, 100).await;
    assert_eq!((rendered.notes.len(), preview.dimensions()), (0, (SIDE, SIDE)));
    let (rendered, preview) = left(&path, 40).await;
    assert_eq!(rendered.notes, [CUT]);
    let reds = preview.pixels().filter(|Rgb([red, green, _])| *red > 150 && *green < 90).count();
    assert!(reds > (SIDE * SIDE * 9 / 10) as usize, "{reds}");
}

/// A wrong sum over the packed pixels, and pixels that can't be unpacked.
#[tokio::test]
async fn damage_in_the_middle_takes_no_more_than_it_must() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("damaged.png");
    reds().save(&path).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let data = bytes.windows(4).position(|four| four == b"IDAT").unwrap();
    let length = u32::from_be_bytes(bytes[data - 4..data].try_into().unwrap()) as usize;
    let mut sum = bytes.clone();
    sum[data + 4 + length] ^= 0xFF;
    std::fs::write(&path, &sum).unwrap();
    let (rendered, preview) = left(&path, 100).await;
    assert_eq!(rendered.notes, ["the file is damaged: a checksum in it is wrong"]);
    let near = |preview: &RgbImage, y: u32| preview.get_pixel(SIDE / 2, y).0[0] > 150;
    assert!(near(&preview, 8) && near(&preview, SIDE - 8));
}

/// Of a TIFF in strips, one of which is no packed data at all.
#[tokio::test]
async fn a_ruined_strip_is_the_only_one_that_is_lost() {
    let place = tempfile::tempdir().unwrap();
    let (plain, path) = (place.path().join("plain.png"), place.path().join("hole.tif"));
    reds().save(&plain).unwrap();
    let strips = ["-compress", "Zip", "-define", "tiff:rows-per-strip=16"];
    if !made("convert", &[&[plain.to_str().unwrap()], &strips[..]].concat(), &path) {
        return;
    }
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 2000].fill(0xFF);
    std::fs::write(&path, &bytes).unwrap();
    let (rendered, preview) = left(&path, 100).await;
    assert_eq!(rendered.notes, ["the file is damaged: some of its pixels are wrong"]);
    let reds = preview.pixels().filter(|Rgb([red, ..])| *red > 150).count();
    assert!(reds > (SIDE * SIDE * 7 / 10) as usize, "{reds}");
}

/// The whole of it, without a word.
#[tokio::test]
async fn what_is_whole_has_no_note() {
    let place = tempfile::tempdir().unwrap();
    for name in ["whole.png", "whole.gif", "whole.bmp", "whole.tif"] {
        let path = place.path().join(name);
        reds().save(&path).unwrap();
        assert_eq!(left(&path, 100).await.0.notes, [""; 0], "{name}");
    }
}
