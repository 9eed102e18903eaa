//! Pictures that were cut off: their first rows are shown, with a word about it.

use std::{fs::File, path::Path};

use image::{Rgb, RgbImage};
use media::Rendered;

use crate::common;
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
