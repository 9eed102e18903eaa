//! The smaller pictures, beside those that other decoders make.

use std::{
    fs::File,
    io::{BufReader, Cursor},
    path::Path,
    process::Command,
};

use domain::{
    metadata::{AssetType, Format},
    rendition::Rendition,
};
use image::{DynamicImage, ImageDecoder, ImageReader};
use media::{MediaError, Rendered};
use serde_json::Value;

use crate::common;
use crate::looks::{SLACK, cells, furthest, open};

/// Decoded in full by the image crate (which decodes JPEG with a library of its own), turned by EXIF.
fn by_image(path: &Path) -> Option<DynamicImage> {
    let reader = ImageReader::new(BufReader::new(File::open(path).unwrap())).with_guessed_format().unwrap();
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

/// What libjxl's own program gives in light of another curve than a screen's, which is written beside the pixels and
/// not applied; and one picture that Debian's version gives nearly transparent.
const OTHERWISE: [&str; 3] = ["bike.jxl", "patches.jxl", "sunset_logo.jxl"];

/// Decoded by libjxl's own program, where it is installed.
fn by_djxl(path: &Path) -> Option<DynamicImage> {
    if OTHERWISE.iter().any(|name| path.ends_with(name)) {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("picture.png");
    let status = Command::new("djxl").arg(path).arg(&target).output().ok()?.status;
    status.success().then(|| image::open(target).ok())?
}

/// Decoded by Debian's own libheif, where it is installed and understands the file.
fn by_heif_convert(path: &Path) -> Option<DynamicImage> {
    let folder = tempfile::tempdir().unwrap();
    // JPEG knows no transparency; PNG takes long to write.
    let transparent = path.to_string_lossy().contains("alpha");
    let target = folder.path().join(if transparent { "picture.png" } else { "picture.jpg" });
    let status = Command::new("heif-convert").args(["-q", "95"]).arg(path).arg(&target).output().ok()?.status;
    if !status.success() {
        return None;
    }
    // It has turned the picture; what EXIF says of that is history.
    image::open(target).ok()
}

fn assert_shape(path: &str, rendered: &Rendered, preview: &DynamicImage, thumbnail: &DynamicImage) {
    for (rendition, picture) in [(Rendition::Preview, preview), (Rendition::Thumbnail, thumbnail)] {
        let (short, long) = (rendered.width.min(rendered.height), rendered.width.max(rendered.height));
        let got = (picture.width().min(picture.height()), picture.width().max(picture.height()));
        if long <= 4 * short {
            let most = short.min(rendition.short_side());
            // The picture inside of a raw may be smaller than the raw, and is not enlarged.
            assert!(
                got.0 == most || path.ends_with(".dng") && got.0 < most,
                "{path}: {rendition:?} {got:?} {most}"
            );
        } else {
            assert!(got.1 <= 4 * rendition.short_side(), "{path}: {rendition:?} {got:?}");
        }
        let landscape = rendered.width > rendered.height;
        assert!(got.0 == got.1 || (picture.width() > picture.height()) == landscape, "{path}: {rendition:?}");
        let ratio = f64::from(rendered.width) / f64::from(rendered.height);
        let off = f64::from(picture.width()) - f64::from(picture.height()) * ratio;
        assert!(off.abs() <= 1.0 + ratio, "{path}: {rendition:?} is {off} pixels too wide");
    }
}

fn assert_placeholder(path: &str, rendered: &Rendered, thumbnail: &DynamicImage) {
    let (r, g, b, _) = thumbhash::thumb_hash_to_average_rgba(&rendered.thumbhash).unwrap();
    let average = thumbnail.thumbnail_exact(1, 1).to_rgb8().get_pixel(0, 0).0;
    for (channel, hash) in [r, g, b].into_iter().enumerate() {
        let differences = [hash * 255.0, f32::from(rendered.colour[channel])]
            .map(|c| (c - f32::from(average[channel])).abs());
        assert!(
            differences.iter().all(|d| *d < 20.0),
            "{path}: {average:?}, {:?}, {r} {g} {b}",
            rendered.colour
        );
    }
}

/// Large pictures that show nothing which smaller ones don't: decoding them twice takes the test's time.
fn is_spared(oracle: &Value) -> bool {
    let megapixels =
        oracle["ImageWidth"].as_u64().unwrap_or(0) * oracle["ImageHeight"].as_u64().unwrap_or(0) / 1_000_000;
    let kind = oracle["FileType"].as_str().unwrap();
    let path = oracle["path"].as_str().unwrap();
    match kind {
        "HEIC" | "AVIF" | "HEIF" => megapixels > 2 && !path.ends_with("iphone_13_pro_max.HEIC"),
        // CMYK without Adobe's marker: there are as many readings as readers. The other one's inks are shown by their
        // profile (as libvips does, to a hundredth), which the image crate does not look at.
        _ => {
            megapixels > 9
                || path.ends_with("imghdr-error.jpg")
                || path.ends_with("issue-metadata-extractor-65.jpg")
        }
    }
}

#[tokio::test]
async fn every_picture_of_the_library_looks_like_itself() {
    let Some(folder) = common::testdata("every_picture_of_the_library_looks_like_itself") else { return };
    let decoder = common::decoder();
    let (mut shown, mut compared, mut heif) = (0, 0, 0);
    let mut refused = Vec::new();
    let mut wrong = Vec::new();
    for oracle in common::expected(&folder).iter().filter(|oracle| !is_spared(oracle)) {
        let path = oracle["path"].as_str().unwrap();
        let full = folder.join(path);
        let file = File::open(&full).unwrap();
        let (rendered, preview, thumbnail) = match common::render(&decoder, &file).await {
            Ok(outputs) => outputs,
            Err(error) => {
                refused.push((path.to_owned(), error));
                continue;
            }
        };
        shown += 1;
        let metadata = decoder.read_metadata(1, &file).await.unwrap();
        // The size of a raw is known when it has been developed; of a film, its own test knows more.
        if metadata.format != Format::Raw && metadata.format.asset_type() == AssetType::Image {
            let told = (metadata.width, metadata.height);
            assert_eq!((Some(rendered.width), Some(rendered.height)), told, "{path}");
        }
        let (preview, thumbnail) = (open(&preview), open(&thumbnail));
        assert_shape(path, &rendered, &preview, &thumbnail);
        assert_placeholder(path, &rendered, &thumbnail);
        let theirs = match metadata.format {
            Format::Heic | Format::Avif => by_heif_convert(&full).inspect(|_| heif += 1),
            Format::Jxl => by_djxl(&full),
            // Their own tests know more about them.
            Format::Raw => None,
            format if format.asset_type() == AssetType::Video => None,
            _ => by_image(&full),
        };
        // Each decoder fills holes in its own way, and in tiny pictures each pixel is a cell.
        let tiny = rendered.width.min(rendered.height) < 32;
        let Some(theirs) = theirs.filter(|_| rendered.notes.is_empty() && !tiny) else { continue };
        compared += 1;
        let expected = cells(&theirs);
        for (name, picture) in [("preview", preview), ("thumbnail", thumbnail)] {
            let off = furthest(&cells(&picture), &expected);
            if off > SLACK {
                wrong.push(format!("{path}: {name} is off by {off}"));
            }
        }
    }
    println!("{shown} shown, {compared} compared ({heif} of them HEIC or AVIF), {} refused", refused.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(shown > 380 && compared > 360, "{shown} {compared}");
    for (path, error) in &refused {
        let known =
            matches!(error, MediaError::Unsupported(_) | MediaError::NotMedia | MediaError::Broken(_));
        assert!(known, "{path}: {error}");
    }
}

/// It says 100 × 74 pixels, and its coded picture has 100 × 76.
#[tokio::test]
async fn a_picture_that_is_coded_in_another_size_than_it_says_is_shown_as_it_says() {
    let name = "a_picture_that_is_coded_in_another_size_than_it_says_is_shown_as_it_says";
    let Some(folder) = common::testdata(name) else { return };
    let path = folder.join("library/Phones/iPhone/2019-05/photo.heic");
    let file = File::open(&path).unwrap();
    let (rendered, preview, _) = common::render(&common::decoder(), &file).await.unwrap();
    assert_eq!((rendered.width, rendered.height), (100, 74));
    assert!(rendered.notes[0].contains("another size"), "{:?}", rendered.notes);
    let Some(theirs) = by_heif_convert(&path) else { return };
    let off = furthest(&cells(&open(&preview)), &cells(&theirs.crop_imm(0, 0, 100, 74)));
    assert!(off <= SLACK, "off by {off}");
}

/// What Pillow makes of the same file. Adobe stores CMYK upside down.
#[tokio::test]
async fn cmyk_is_shown_as_pillow_shows_it() {
    let decoder = common::decoder();
    let fixture = "tests/fixtures/cmyk-adobe.jpg";
    let (_, preview, _) = common::render(&decoder, &File::open(fixture).unwrap()).await.unwrap();
    let preview = open(&preview).to_rgb8();
    for (x, y, expected) in [(4, 4, [57, 172, 195]), (28, 20, [226, 51, 143])] {
        let off = furthest(&[preview.get_pixel(x, y).0], &[expected]);
        assert!(off <= SLACK, "{:?} {expected:?}", preview.get_pixel(x, y));
    }
}

/// A wide-gamut profile goes with both renditions; the common one does not.
#[tokio::test]
async fn colour_profiles_are_kept_where_they_matter() {
    let Some(folder) = common::testdata("colour_profiles_are_kept_where_they_matter") else { return };
    let decoder = common::decoder();
    let profile = |bytes: &[u8]| {
        let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap();
        reader.into_decoder().unwrap().icc_profile().unwrap()
    };
    let wide = folder.join("library/Cameras/NIKON D800E/2012/DisplayP3.jpg");
    let (_, preview, thumbnail) = common::render(&decoder, &File::open(&wide).unwrap()).await.unwrap();
    let original = profile(&std::fs::read(&wide).unwrap());
    assert!(original.is_some());
    assert_eq!(profile(&preview), original);
    assert_eq!(profile(&thumbnail), original);
    let common_one = folder.join("library/Phones/LGE/2018-05/aarhus.jpg");
    let (_, preview, thumbnail) = common::render(&decoder, &File::open(common_one).unwrap()).await.unwrap();
    assert_eq!((profile(&preview), profile(&thumbnail)), (None, None));
}
