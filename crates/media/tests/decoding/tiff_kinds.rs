//! TIFFs whose pixels are no plain grey or colour: palettes, inks, faxes and others.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{Seek, Write},
    path::Path,
};

use domain::metadata::Format;
use media::MediaError;

use crate::common;
use crate::kinds::{made, preview};
use crate::looks::{SLACK, cells, furthest, open};

/// Pixels of a square of one colour, in each direction: what JPEG compresses at once.
const SQUARE: usize = 16;

/// A tag and its values.
type Tag<'a> = (u16, &'a [u16]);

/// A TIFF of one strip, as section 2 of TIFF 6.0 describes it, all numbers of two bytes, the upper one first.
fn tiff(tags: &[Tag<'_>], width: usize, pixels: &[u8]) -> Vec<u8> {
    let short = |number: usize| u16::try_from(number).unwrap();
    let long = |number: usize| u32::try_from(number).unwrap().to_be_bytes();
    let mut all: BTreeMap<u16, Vec<u16>> = tags.iter().map(|(tag, values)| (*tag, values.to_vec())).collect();
    all.extend([(256, vec![short(width)]), (257, vec![short(SQUARE)])]);
    all.extend([(273, vec![0]), (279, vec![short(pixels.len())])]);
    let besides = |values: &&Vec<u16>| values.len() > 2;
    let directory = 8 + 2 + 12 * all.len() + 4;
    let end = directory + 2 * all.values().filter(besides).map(Vec::len).sum::<usize>();
    all.insert(273, vec![short(end)]);
    let mut file = b"MM\0\x2A\0\0\0\x08".to_vec();
    file.extend(short(all.len()).to_be_bytes());
    let mut values: Vec<u8> = Vec::new();
    for (tag, numbers) in &all {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
        file.extend([tag.to_be_bytes(), [0, 3]].concat());
        file.extend(long(numbers.len()));
        if besides(&numbers) {
            file.extend(long(directory + values.len()));
            values.extend(bytes);
        } else {
            file.extend(bytes.iter().chain(&[0; 4]).take(4));
        }
    }
    [&file[..], &[0; 4], &values, pixels].concat()
}

/// Squares beside each other, of the bytes of a row of each.
fn squares(rows: &[Vec<u8>]) -> Vec<u8> {
    rows.concat().repeat(SQUARE)
}

/// The colours in the middle of the squares of a file's preview.
async fn shown(file: &[u8], place: &Path) -> Vec<[u8; 3]> {
    let path = place.join("squares.tif");
    fs::write(&path, file).unwrap();
    let preview = preview(&common::decoder(), &path, Format::Tiff).await.to_rgb8();
    let middle = u32::try_from(SQUARE / 2).unwrap();
    (middle..preview.width()).step_by(SQUARE).map(|x| preview.get_pixel(x, middle).0).collect()
}

fn near(shown: &[[u8; 3]], expected: &[[u8; 3]], what: &str) {
    let off = shown.as_flattened().iter().zip(expected.as_flattened()).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(shown.len() == expected.len() && off <= Some(3), "{what}: {shown:?}, not {expected:?}");
}

/// The table has first all reds, then all greens, then all blues; some programs write values of eight bits into it.
#[tokio::test]
async fn numbers_of_a_palette_are_shown_as_its_colours() {
    let place = tempfile::tempdir().unwrap();
    let colours = [[128; 3], [255, 0, 0], [30, 200, 90], [10, 20, 250]];
    for (bits, scale) in [(2, 257), (4, 257), (8, 257), (8, 1)] {
        let mut table = vec![0_u16; 3 << bits];
        for (number, colour) in colours.iter().enumerate() {
            for (part, value) in colour.iter().enumerate() {
                table[(part << bits) + number] = u16::from(*value) * scale;
            }
        }
        let tags: [Tag<'_>; 3] = [(258, &[bits]), (262, &[3]), (320, &table)];
        // As many of the number as there are in a byte.
        let bytes = [0x55_u8, 0x11, 1][usize::from(bits) / 4];
        let row = |number: u8| vec![number * bytes; SQUARE * usize::from(bits) / 8];
        let pixels = squares(&[row(3), row(0), row(2), row(1)]);
        let shown = shown(&tiff(&tags, 4 * SQUARE, &pixels), place.path()).await;
        near(&shown, &[colours[3], colours[0], colours[2], colours[1]], &format!("{bits} bits by {scale}"));
    }
}

/// Cyan, magenta with a fifth of black, black that is half there, and yellow that is not there. Without a profile, each
/// ink takes its part of its light, and black of all.
#[tokio::test]
async fn inks_are_shown_with_their_alpha() {
    let place = tempfile::tempdir().unwrap();
    let inks = [[255, 0, 0, 0, 255], [0, 255, 0, 51, 255], [0, 0, 0, 255, 128], [0, 0, 255, 0, 0]];
    let (cyan, magenta, yellow) = ([0, 255, 255], [204, 0, 204], [255, 255, 0]);
    // What the fifth sample is: nothing that is known; alpha that inks are multiplied with, which changes nothing on
    // paper; plain alpha.
    for (extra, expected) in [
        (0, [cyan, magenta, [0; 3], yellow]),
        (1, [cyan, magenta, [0; 3], yellow]),
        (2, [cyan, magenta, [127; 3], [255; 3]]),
    ] {
        for bits in [8, 16] {
            let tags: [Tag<'_>; 4] = [(258, &[bits; 5]), (262, &[5]), (277, &[5]), (338, &[extra])];
            let bytes = |ink: &u8| vec![*ink; usize::from(bits) / 8];
            let row = |pixel: &[u8; 5]| pixel.iter().flat_map(bytes).collect::<Vec<u8>>().repeat(SQUARE);
            let pixels = squares(&inks.each_ref().map(row));
            let shown = shown(&tiff(&tags, 4 * SQUARE, &pixels), place.path()).await;
            near(&shown, &expected, &format!("{bits} bits, extra sample {extra}"));
        }
    }
}

/// White at 0, in steps of a third and a fifteenth of the way to black; and grey that is half there.
#[tokio::test]
async fn grey_of_few_bits_or_with_alpha_is_shown() {
    let place = tempfile::tempdir().unwrap();
    let half = SQUARE / 2;
    let four = squares(&[vec![0x00; half], vec![0x11; half], vec![0xFF; half]]);
    let two = squares(&[vec![0x00; half / 2], vec![0x55; half / 2], vec![0xFF; half / 2]]);
    let alpha = squares(&[[100, 255].repeat(SQUARE), [0, 128].repeat(SQUARE), [0, 0].repeat(SQUARE)]);
    let cases: [(&[Tag<'_>], &[u8], [u8; 3]); 3] = [
        (&[(258, &[4]), (262, &[0])], &four, [255, 238, 0]),
        (&[(258, &[2]), (262, &[0])], &two, [255, 170, 0]),
        (&[(258, &[8, 8]), (262, &[1]), (277, &[2]), (338, &[2])], &alpha, [100, 127, 255]),
    ];
    for (tags, pixels, expected) in cases {
        let shown = shown(&tiff(tags, 3 * SQUARE, pixels), place.path()).await;
        near(&shown, &expected.map(|grey| [grey; 3]), &format!("{tags:?}"));
    }
}

/// They are not said to be floating ones, and mean light by their upper bits.
#[tokio::test]
async fn whole_numbers_of_32_bits_are_shown() {
    let place = tempfile::tempdir().unwrap();
    let colours = [[255, 0, 0], [30, 200, 90], [10, 20, 250], [128; 3]];
    let wide = |value: &u8| [*value, 0x12, 0x34, 0x56];
    let rows = colours.map(|colour| colour.iter().flat_map(wide).collect::<Vec<u8>>().repeat(SQUARE));
    let plain: [Tag<'_>; 3] = [(258, &[32; 3]), (262, &[2]), (277, &[3])];
    let said: [Tag<'_>; 4] = [(258, &[32; 3]), (262, &[2]), (277, &[3]), (339, &[1; 3])];
    for tags in [&plain[..], &said[..]] {
        let shown = shown(&tiff(tags, 4 * SQUARE, &squares(&rows)), place.path()).await;
        near(&shown, &colours, &format!("{tags:?}"));
    }
    let grey: [Tag<'_>; 2] = [(258, &[32]), (262, &[1])];
    let rows = [200, 7].map(|value| wide(&value).repeat(SQUARE));
    let shown = shown(&tiff(&grey, 2 * SQUARE, &squares(&rows)), place.path()).await;
    near(&shown, &[[200; 3], [7; 3]], "grey");
}

/// Red, green, blue and grey as ITU-T T.871 writes them.
#[tokio::test]
async fn the_colours_of_video_are_shown() {
    let place = tempfile::tempdir().unwrap();
    let pixels = [[76, 85, 255], [150, 44, 21], [29, 255, 107], [77, 128, 128]];
    let pixels = squares(&pixels.map(|pixel| pixel.repeat(SQUARE)));
    let tags: [Tag<'_>; 4] = [(258, &[8; 3]), (262, &[6]), (277, &[3]), (530, &[1, 1])];
    let shown = shown(&tiff(&tags, 4 * SQUARE, &pixels), place.path()).await;
    near(&shown, &[[254, 0, 0], [0, 255, 1], [0, 0, 254], [77; 3]], "T.871");
}

/// A disc, a bar and a row, which the fixtures' maker (libtiff, but for the one of single runs, which it reads) was
/// given by this rule.
fn is_black(x: u32, y: u32) -> bool {
    let disc = (i64::from(x) - 100).pow(2) + (i64::from(y) - 30).pow(2) < 25 * 25;
    let bar = x < 10 && y.is_multiple_of(3);
    disc != bar || y == 50
}

#[tokio::test]
async fn faxes_of_all_groups_are_shown() {
    let decoder = common::decoder();
    for name in ["fax-runs.tif", "fax-g3.tif", "fax-g3-mixed.tif", "fax-g4.tif"] {
        let path = Path::new("tests/fixtures").join(name);
        let shown = preview(&decoder, &path, Format::Tiff).await.to_luma8();
        assert_eq!(shown.dimensions(), (200, 60), "{name}");
        let wrong = shown.enumerate_pixels().filter(|(x, y, grey)| (grey.0[0] < 128) != is_black(*x, *y));
        assert_eq!(wrong.count(), 0, "{name}");
    }
}

/// Colours and grey, of which the last rows are not there.
#[tokio::test]
async fn tiffs_that_were_cut_off_are_shown_as_far_as_they_go() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("cut.tif");
    let light: [Tag<'_>; 3] = [(258, &[8; 3]), (262, &[2]), (277, &[3])];
    let grey: [Tag<'_>; 2] = [(258, &[8]), (262, &[1])];
    for (tags, pixel) in [(&light[..], &[200, 30, 90][..]), (&grey[..], &[200][..])] {
        let mut bytes = tiff(tags, SQUARE, &pixel.repeat(SQUARE * SQUARE));
        bytes.truncate(bytes.len() - pixel.len() * SQUARE * SQUARE / 2);
        fs::write(&path, bytes).unwrap();
        let made = common::render(&common::decoder(), &File::open(&path).unwrap()).await;
        let (rendered, preview, _) = made.unwrap();
        assert_eq!(rendered.notes, ["the file is damaged: it ends too early"]);
        let preview = open(&preview).to_rgb8();
        let (above, below) = (preview.get_pixel(4, 2).0[0], preview.get_pixel(4, 13).0[0]);
        assert!(above.abs_diff(200) < 40 && below < 60, "{tags:?}: {above} {below}");
    }
}

/// As far as it goes.
#[tokio::test]
async fn a_fax_that_was_cut_off_is_shown_with_a_word_about_it() {
    let mut bytes = fs::read("tests/fixtures/fax-runs.tif").unwrap();
    bytes.truncate(bytes.len() - 50);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("cut.tif");
    fs::write(&path, bytes).unwrap();
    let (rendered, preview, _) =
        common::render(&common::decoder(), &File::open(&path).unwrap()).await.unwrap();
    assert!(rendered.notes.iter().any(|note| note.contains("damaged")), "{:?}", rendered.notes);
    let preview = open(&preview).to_luma8();
    assert!(preview.get_pixel(100, 30).0[0] < 64 && preview.get_pixel(100, 59).0[0] > 192);
}

/// ImageMagick and libtiff write each kind from one picture; each must show that picture.
#[tokio::test]
async fn kinds_that_other_programs_write_show_what_they_were_made_of() {
    let name = "kinds_that_other_programs_write_show_what_they_were_made_of";
    let Some(folder) = common::testdata(name) else { return };
    let source = folder.join("library/Phones/LGE/2018-05/aarhus.jpg");
    let place = tempfile::tempdir().unwrap();
    let original = place.path().join("original.png");
    let small = ["-auto-orient", "-resize", "600x600", "-strip"];
    if !made("convert", &[&[source.to_str().unwrap()], &small[..]].concat(), &original) {
        return;
    }
    let decoder = common::decoder();
    let base = cells(&image::open(&original).unwrap());
    let cases: [(&str, &[&str]); 8] = [
        ("palette.tif", &["-type", "Palette", "-compress", "LZW"]),
        ("tiles.tif", &["-type", "Palette", "-define", "tiff:tile-geometry=64x64", "-compress", "Zip"]),
        ("upper-first.tif", &["-type", "Palette", "-endian", "MSB", "-compress", "RLE"]),
        ("inks.tif", &["-colorspace", "CMYK", "-alpha", "set", "-compress", "Zip"]),
        ("deep-inks.tif", &["-colorspace", "CMYK", "-alpha", "set", "-depth", "16", "-compress", "LZW"]),
        ("planes.tif", &["-colorspace", "CMYK", "-alpha", "set", "-interlace", "plane", "-compress", "LZW"]),
        ("inks-as-jpeg.tif", &["-colorspace", "CMYK", "-compress", "JPEG", "-quality", "95"]),
        ("video.tif", &["-colorspace", "YCbCr", "-compress", "JPEG", "-quality", "95"]),
    ];
    for (name, how) in cases {
        let path = place.path().join(name);
        assert!(made("convert", &[&[original.to_str().unwrap()], how].concat(), &path));
        let off = furthest(&cells(&preview(&decoder, &path, Format::Tiff).await), &base);
        assert!(off <= SLACK, "{name} is off by {off}");
    }
}

/// CIE's L*a*b*, and colours of twelve bits.
#[tokio::test]
async fn kinds_that_are_not_shown_are_refused_in_words() {
    let mut file = tempfile::tempfile().unwrap();
    let cases: [&[Tag<'_>]; 2] =
        [&[(258, &[8; 3]), (262, &[8]), (277, &[3])], &[(258, &[12; 3]), (262, &[2]), (277, &[3])]];
    for tags in cases {
        file.set_len(0).unwrap();
        file.rewind().unwrap();
        file.write_all(&tiff(tags, SQUARE, &[0; 2 * 3 * SQUARE * SQUARE])).unwrap();
        let refused = common::render(&common::decoder(), &file).await.unwrap_err();
        assert_eq!(refused, MediaError::Unsupported("a rare kind of TIFF".into()));
    }
}
