//! AVIF that shows a part of its picture, as `avifenc` writes it, beside that part of what it was made of.

use image::{DynamicImage, Rgb, RgbImage};

use crate::common;
use crate::kinds::{made, preview};
use crate::looks::{SLACK, cells, furthest};
use domain::metadata::Format;

/// Left, top, width and height: from a corner, within, and to the other corner, with odd places too.
const PARTS: [[u32; 4]; 3] = [[0, 0, 400, 300], [100, 150, 401, 301], [560, 450, 240, 150]];

/// Each place has another colour.
fn original() -> DynamicImage {
    let byte = |value: u32| u8::try_from(value * 255 / 800).unwrap();
    RgbImage::from_fn(800, 600, |x, y| Rgb([byte(x), byte(y), byte(800 - x.midpoint(y))])).into()
}

/// By the definitions of ISO/IEC 23008-12: first cut, then turned against the clock, then mirrored.
fn shown(part: &DynamicImage, turns: u32, mirror: Option<u32>) -> DynamicImage {
    let turned = (0..turns).fold(part.clone(), |picture, _| picture.rotate270());
    match mirror {
        Some(0) => turned.flipv(),
        Some(_) => turned.fliph(),
        None => turned,
    }
}

#[tokio::test]
async fn a_part_of_a_picture_is_shown_where_the_file_wants_no_more() {
    let place = tempfile::tempdir().unwrap();
    let whole = place.path().join("whole.png");
    original().save(&whole).unwrap();
    let decoder = common::decoder();
    let ways = [(0, None), (1, None), (2, Some(0)), (3, Some(1)), (1, Some(0))];
    for (part, (turns, mirror)) in PARTS.iter().flat_map(|part| ways.map(|way| (part, way))) {
        let crop = part.map(|number| number.to_string()).join(",");
        let mut arguments = vec!["-s".to_owned(), "9".to_owned(), "-y".to_owned(), "444".to_owned()];
        arguments.extend(["--min", "0", "--max", "5", "--crop", &crop].map(str::to_owned));
        arguments.extend(["--irot".to_owned(), turns.to_string()]);
        if let Some(mirror) = mirror {
            arguments.extend(["--imir".to_owned(), mirror.to_string()]);
        }
        arguments.push(whole.to_str().unwrap().to_owned());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let path = place.path().join("part.avif");
        if !made("avifenc", &arguments, &path) {
            return;
        }
        let [left, top, width, height] = *part;
        let expected = shown(&original().crop_imm(left, top, width, height), turns, mirror);
        let seen = preview(&decoder, &path, Format::Avif).await;
        let what = format!("{part:?}, turned {turns}, mirrored {mirror:?}");
        assert_eq!((seen.width(), seen.height()), (expected.width(), expected.height()), "{what}");
        let off = furthest(&cells(&seen), &cells(&expected));
        assert!(off <= SLACK, "{what}: off by {off}");
    }
}
