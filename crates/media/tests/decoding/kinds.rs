//! Kinds of pictures that other programs make for the test, beside what they were made of.

use std::{fs::File, io::Write, path::Path, process::Command};

use domain::metadata::Format;
use image::DynamicImage;
use media::{Decoder, MediaError};

use crate::common;
use crate::looks::{SLACK, cells, furthest, open};

/// Runs a program that makes a picture; false, and a word about it, where it is not installed.
pub fn made(program: &str, arguments: &[&str], target: &Path) -> bool {
    let Ok(output) = Command::new(program).args(arguments).arg(target).output() else {
        println!("SKIPPED {}: no {program} here", target.display());
        return false;
    };
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    true
}

pub async fn preview(decoder: &Decoder, path: &Path, format: Format) -> DynamicImage {
    let file = File::open(path).unwrap();
    let metadata = decoder.read_metadata(1, &file).await.unwrap();
    let (rendered, preview, _) =
        common::render(decoder, &file).await.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(metadata.format, format, "{}", path.display());
    assert_eq!(
        (metadata.width, metadata.height),
        (Some(rendered.width), Some(rendered.height)),
        "{}",
        path.display()
    );
    open(&preview)
}

/// ImageMagick writes each kind from one picture; each must show that picture.
#[tokio::test]
async fn jpeg_2000_and_photoshop_show_what_they_were_made_of() {
    let Some(folder) = common::testdata("jpeg_2000_and_photoshop_show_what_they_were_made_of") else {
        return;
    };
    let source = folder.join("library/Phones/LGE/2018-05/aarhus.jpg");
    let source = source.to_str().unwrap();
    let place = tempfile::tempdir().unwrap();
    let original = place.path().join("original.png");
    let small = ["-auto-orient", "-resize", "600x600", "-strip"];
    if !made("convert", &[&[source], &small[..]].concat(), &original) {
        return;
    }
    let decoder = common::decoder();
    let base = cells(&image::open(&original).unwrap());
    let grey = cells(&image::open(&original).unwrap().grayscale());
    let cases: [(&str, &[&str], Format); 11] = [
        ("plain.jp2", &[], Format::Jp2),
        ("stream.j2k", &[], Format::Jp2),
        ("grey.jp2", &["-colorspace", "Gray"], Format::Jp2),
        ("plain.psd", &["-compress", "RLE"], Format::Psd),
        ("raw.psd", &["-compress", "None"], Format::Psd),
        ("deep.psd", &["-depth", "16"], Format::Psd),
        ("large.psb", &["-compress", "RLE"], Format::Psd),
        ("grey.psd", &["-colorspace", "Gray"], Format::Psd),
        ("inks.psd", &["-colorspace", "CMYK"], Format::Psd),
        ("alpha.psd", &["-alpha", "set"], Format::Psd),
        ("inks.jpg", &["-colorspace", "CMYK", "-quality", "95"], Format::Jpeg),
    ];
    for (name, how, format) in cases {
        let path = place.path().join(name);
        assert!(made("convert", &[&[original.to_str().unwrap()], how].concat(), &path));
        let shown = cells(&preview(&decoder, &path, format).await);
        let expected = if name.starts_with("grey") { &grey } else { &base };
        let off = furthest(&shown, expected);
        assert!(off <= SLACK, "{name} is off by {off}");
    }
}

/// A white page in a picture of ten bits with light up to 10,000 cd/m² is coded as 0.58: shown without thought it is
/// a dull grey.
#[tokio::test]
async fn bright_light_is_mapped_to_what_a_screen_shows() {
    let place = tempfile::tempdir().unwrap();
    let grey = place.path().join("grey.png");
    let path = place.path().join("white-page.avif");
    let page = ["-size", "64x64", "xc:gray(58.07%)", "-depth", "16", "-set", "colorspace", "sRGB"];
    if !made("convert", &page, &grey) {
        return;
    }
    let arguments =
        ["--cicp", "9/16/9", "-d", "10", "-y", "444", "--min", "0", "--max", "2", grey.to_str().unwrap()];
    if !made("avifenc", &arguments, &path) {
        return;
    }
    let shown = preview(&common::decoder(), &path, Format::Avif).await.to_rgb8();
    let pixel = shown.get_pixel(32, 32).0;
    assert!(pixel.iter().all(|value| *value >= 250), "{pixel:?}");
}

/// As a GIF does; by that, the viewer knows what moves.
#[tokio::test]
async fn a_sequence_of_pictures_says_how_long_it_plays() {
    let place = tempfile::tempdir().unwrap();
    let frames = [0, 255].map(|red| {
        let frame = place.path().join(format!("{red}.png"));
        image::RgbImage::from_pixel(64, 64, image::Rgb([red, 90, 60])).save(&frame).unwrap();
        frame.to_str().unwrap().to_owned()
    });
    let fast = ["-s", "10", "--fps", "10"];
    let cases = [("still.avif", &frames[..1], None), ("moving.avif", &frames[..], Some(200))];
    for (name, frames, length) in cases {
        let frames: Vec<&str> = frames.iter().map(String::as_str).collect();
        let path = place.path().join(name);
        if !made("avifenc", &[&fast[..], &frames].concat(), &path) {
            return;
        }
        let metadata = common::decoder().read_metadata(1, &File::open(&path).unwrap()).await.unwrap();
        assert_eq!((metadata.format, metadata.duration_ms), (Format::Avif, length), "{name}");
    }
}

#[tokio::test]
async fn drawings_are_drawn_without_looking_at_other_files() {
    let place = tempfile::tempdir().unwrap();
    let secret = place.path().join("secret.png");
    DynamicImage::from(image::RgbImage::from_pixel(100, 100, image::Rgb([255, 0, 0]))).save(&secret).unwrap();
    let path = place.path().join("drawing.svg");
    let text = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="400" height="200">
            <rect x="0" y="0" width="200" height="200" fill="#0000ff"/>
            <image x="200" y="0" width="100" height="100" xlink:href="{0}"/>
            <image x="200" y="100" width="100" height="100" xlink:href="file://{0}"/>
            <text x="300" y="150" font-size="100" font-family="Nobody Has This">MM</text></svg>"##,
        secret.display()
    );
    std::fs::write(&path, text).unwrap();
    let shown = preview(&common::decoder(), &path, Format::Svg).await.to_rgb8();
    // As large as a preview can be.
    assert_eq!(shown.dimensions(), (2880, 1440));
    let pixel = |x: u32, y: u32| shown.get_pixel(x * 2880 / 400, y * 1440 / 200).0.map(i16::from);
    let near = |pixel: [i16; 3], wanted: [i16; 3]| pixel.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 8);
    assert!(near(pixel(100, 100), [0, 0, 255]), "{:?}", pixel(100, 100));
    assert!(near(pixel(250, 50), [255; 3]) && near(pixel(250, 150), [255; 3]), "it was looked at");
    let has_font = Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").exists();
    let inked =
        (300..400).flat_map(|x| (60..160).map(move |y| (x, y))).filter(|(x, y)| pixel(*x, *y)[0] < 100);
    assert_eq!(inked.count() > 500, has_font, "the text");
}

/// A drawing has no pixels: one that says twelve million of them is no larger than another. The second is in UTF-16.
#[tokio::test]
async fn drawings_of_any_size_are_drawn() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("drawing.svg");
    for (width, height, expected) in [(4_000_000, 3_000_000, (1_000_000, 750_000)), (20, 15, (20, 15))] {
        let text = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 4 3">
                <rect width="2" height="3" fill="#0000ff"/></svg>"##
        );
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        std::fs::write(&path, if width == 20 { wide } else { text.into_bytes() }).unwrap();
        let metadata = common::decoder().read_metadata(1, &File::open(&path).unwrap()).await.unwrap();
        assert_eq!((metadata.width, metadata.height), (Some(expected.0), Some(expected.1)));
        assert_eq!(metadata.notes, [""; 0]);
        let shown = preview(&common::decoder(), &path, Format::Svg).await.to_rgb8();
        assert_eq!(shown.dimensions(), (1920, 1440));
        assert!(shown.get_pixel(480, 720).0[0] < 8 && shown.get_pixel(1440, 720).0[0] > 247);
    }
}

/// Neither is damaged.
#[tokio::test]
async fn jpegs_of_other_kinds_are_refused_in_words() {
    for (marker, bits, expected) in [
        (0xC1, 12, "not readable yet: a JPEG with 12 bits a colour"),
        (0xF7, 8, "not readable yet: JPEG-LS, a JPEG of another kind"),
    ] {
        let mut file = tempfile::tempfile().unwrap();
        let frame = [0xFF, 0xD8, 0xFF, marker, 0, 0x0B, bits, 0, 0x10, 0, 0x20, 1, 1, 0x11, 0];
        let scan = b"\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\0\xFF\xD9";
        file.write_all(&[&frame[..], scan].concat()).unwrap();
        let metadata = common::decoder().read_metadata(1, &file).await.unwrap();
        assert_eq!((metadata.width, metadata.height, metadata.notes.len()), (Some(32), Some(16), 0));
        let error = common::render(&common::decoder(), &file).await.unwrap_err();
        assert!(matches!(error, MediaError::Unsupported(_)), "{error}");
        assert_eq!(error.to_string(), expected);
    }
}
