//! The smaller pictures beside those that libvips makes of the same files: as sharp, of the same colours, not half a
//! pixel aside. They are looked at in half their size: in full, packing at the quality that they have costs libvips' own
//! pictures as much likeness (to 0.97) as would be a fault of the decoder.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{Cursor, Write},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use image::{DynamicImage, ImageDecoder, ImageReader, RgbImage, Rgba, RgbaImage};
use media::Decoder;
use tokio::{sync::Semaphore, task::JoinSet};

use crate::{
    common,
    exceptions::UNLIKE,
    looks::{SLACK, cells, furthest},
};

/// Structural similarity of what is bright and dark, 1 for the same picture: of previews, and of thumbnails, where
/// packing alone costs libvips' own pictures up to 0.023.
const LEAST: [f64; 2] = [0.98, 0.97];
/// The filter looks at windows of eight pixels: what has not three of them on a side, in half its size, is left out.
const TINY: u32 = 48;
/// Kinds that libvips reads, too. JPEG XL it makes smaller in light instead of in a screen's values, as no other kind;
/// what we make of that is compared with libjxl's own program (render.rs).
const KINDS: [&str; 9] = ["JPEG", "PNG", "WEBP", "Extended WEBP", "TIFF", "GIF", "HEIC", "HEIF", "AVIF"];
/// The inner loop looks at one of so many files.
const EACH: usize = 8;

/// A file, its kind, and how like libvips' our preview and our thumbnail are.
struct Row {
    path: String,
    kind: String,
    like: [Likeness; 2],
}

/// How like two pictures are.
#[derive(Debug, Clone, Copy)]
struct Likeness {
    structure: f64,
    /// How far off the colour of a part is, of 255.
    colour: i16,
}

impl Likeness {
    fn is_enough(self, least: f64) -> bool {
        self.structure >= least && self.colour <= SLACK
    }
}

impl Row {
    fn is_alike(&self) -> bool {
        self.like.iter().zip(LEAST).all(|(like, least)| like.is_enough(least))
    }
}

/// What is wrong with a comparison that could not be made.
type Outcome = Result<Row, String>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn renditions_are_like_those_of_libvips() {
    compare_library("renditions_are_like_those_of_libvips", EACH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn full_renditions_of_all_files_are_like_those_of_libvips() {
    compare_library("full_renditions_of_all_files_are_like_those_of_libvips", 1).await;
}

async fn compare_library(test: &str, each: usize) {
    let Some(folder) = common::testdata(test) else { return };
    let files = common::expected(&folder).into_iter().filter_map(|oracle| {
        let kind = oracle["FileType"].as_str().filter(|kind| KINDS.contains(kind))?.to_owned();
        Some((kind, oracle["path"].as_str()?.to_owned()))
    });
    let files = files.step_by(each);
    let files: Vec<_> = files.map(|(kind, path)| (kind, folder.join(&path), path)).collect();
    let rows = compare_all(files).await;
    let count = print(&rows);
    let mut needed = Vec::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let (path, why) = match row {
            Ok(row) if row.is_alike() => continue,
            Ok(row) => (row.path.clone(), format!("{:?}", row.like)),
            Err(why) => (why.split(": ").next().unwrap().to_owned(), why.clone()),
        };
        match UNLIKE.iter().find(|(end, _)| path.ends_with(end)) {
            Some((end, because)) => {
                println!("  {path}: {why}: {because}");
                needed.push(*end);
            }
            None => wrong.push(format!("{path}: {why}")),
        }
    }
    assert!(wrong.is_empty(), "{} are not like libvips':\n{}", wrong.len(), wrong.join("\n"));
    if each == 1 {
        let idle: Vec<_> = UNLIKE.iter().filter(|(end, _)| !needed.contains(end)).collect();
        assert!(idle.is_empty(), "exceptions that are not needed any more: {idle:?}");
    }
    assert!(count > 320 / each, "{count}");
}

/// One picture in all eight orientations; and the measure sees when one is not turned.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_orientation_is_upright_as_libvips_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain.jpg");
    picture().save(&plain).unwrap();
    let mut files = Vec::new();
    for number in 1..=8 {
        let path = folder.path().join(format!("{number}.jpg"));
        fs::copy(&plain, &path).unwrap();
        let mut command = Command::new("exiftool");
        command.args(["-q", "-n", "-overwrite_original", &format!("-Orientation={number}")]).arg(&path);
        assert!(command.status().unwrap().success());
        files.push((format!("orientation {number}"), path, format!("{number}.jpg")));
    }
    let rows = compare_all(files).await;
    assert_eq!(print(&rows), 8);
    assert!(rows.iter().flatten().all(Row::is_alike));
    let (upright, turned) = (picture(), image::imageops::rotate180(&picture()));
    assert!(!likeness(&upright, &turned).is_enough(LEAST[1]));
}

/// Something with detail that is another picture however it is turned, of no round size.
fn picture() -> RgbImage {
    RgbImage::from_fn(2503, 1877, |x, y| {
        let (fx, fy) = (f64::from(x), f64::from(y));
        let wave = |n: f64| ((n.sin() + 1.0) * 100.0) as u8;
        let corner = if x < 700 && y < 300 { 50 } else { 0 };
        image::Rgb([
            wave(fx * fx / 40_000.0) + corner,
            wave(fy / 17.0 + fx / 90.0),
            wave((fx * fy).sqrt() / 25.0),
        ])
    })
}

/// Each as our decoder has it and as libvips has it, a few at a time.
async fn compare_all(files: Vec<(String, PathBuf, String)>) -> Vec<Outcome> {
    let decoder = common::decoder();
    let room = Arc::new(Semaphore::new(3));
    let mut tasks = JoinSet::new();
    for (kind, file, path) in files {
        let (decoder, room) = (decoder.clone(), room.clone());
        tasks.spawn(async move {
            let _permit = room.acquire().await.unwrap();
            compare(&decoder, kind, &file, &path).await
        });
    }
    let mut rows: Vec<Outcome> = tasks.join_all().await.into_iter().flatten().collect();
    rows.sort_by_key(|row| row.as_ref().map_or_else(Clone::clone, |row| row.path.clone()));
    rows
}

/// `None` for what we do not show.
async fn compare(decoder: &Decoder, kind: String, file: &Path, path: &str) -> Option<Outcome> {
    let (rendered, preview, thumbnail) = common::render(decoder, &File::open(file).unwrap()).await.ok()?;
    if rendered.width.min(rendered.height) < TINY {
        return None;
    }
    let (file, path) = (file.to_owned(), path.to_owned());
    let compared = tokio::task::spawn_blocking(move || {
        let told = |why: String| format!("{path}: {why}");
        let preview = beside_vips(&preview, &file).map_err(told)?;
        let thumbnail = beside_vips(&thumbnail, &file).map_err(told)?;
        Ok(Row { path, kind, like: [preview, thumbnail] })
    });
    Some(compared.await.unwrap())
}

/// How like a rendition is to what libvips makes of the file, in the same size.
fn beside_vips(ours: &[u8], file: &Path) -> Result<Likeness, String> {
    let ours = in_srgb(ours).ok_or("ours can't be opened")?;
    let theirs = by_vips(file, ours.dimensions())?;
    if theirs.dimensions() != ours.dimensions() {
        return Err(format!("{:?}, and libvips' {:?}", ours.dimensions(), theirs.dimensions()));
    }
    Ok(likeness(&ours, &theirs))
}

fn likeness(ours: &RgbImage, theirs: &RgbImage) -> Likeness {
    let half = |picture: &RgbImage| {
        let (width, height) = (picture.width().div_ceil(2), picture.height().div_ceil(2));
        DynamicImage::ImageRgb8(image::imageops::thumbnail(picture, width, height))
    };
    let (ours, theirs) = (half(ours), half(theirs));
    Likeness { structure: structure(&ours, &theirs), colour: furthest(&cells(&ours), &cells(&theirs)) }
}

/// As the filter `ssim` of ffmpeg has it, of what is bright and dark.
fn structure(ours: &DynamicImage, theirs: &DynamicImage) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["ours.png", "theirs.png"].map(|name| folder.path().join(name));
    ours.to_luma8().save(&a).unwrap();
    theirs.to_luma8().save(&b).unwrap();
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "info", "-i"]).arg(a).arg("-i").arg(b).args(["-lavfi", "ssim", "-f", "null", "-"]);
    let said = String::from_utf8_lossy(&command.output().unwrap().stderr).into_owned();
    let all = said.split("All:").nth(1).and_then(|rest| rest.split_whitespace().next());
    all.and_then(|number| number.parse().ok()).unwrap_or(0.0)
}

/// A rendition as it is shown; libvips applies a profile that goes with it.
fn in_srgb(bytes: &[u8]) -> Option<RgbImage> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut decoder = reader.into_decoder().ok()?;
    if decoder.icc_profile().ok()?.is_none() {
        return Some(DynamicImage::from_decoder(decoder).ok()?.into_rgb8());
    }
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(bytes).ok()?;
    by_vips(file.path(), decoder.dimensions()).ok()
}

/// Upright, in sRGB, on white.
fn by_vips(file: &Path, (width, height): (u32, u32)) -> Result<RgbImage, String> {
    let folder = tempfile::tempdir().unwrap();
    // Of a HEIF it would take the small picture that the file has of itself.
    let whole = folder.path().join("whole.v");
    let heif = file
        .extension()
        .is_some_and(|ending| ["heic", "heif", "avif"].iter().any(|heif| ending.eq_ignore_ascii_case(heif)));
    if heif {
        Command::new("vips").arg("copy").args([file, &whole]).output().unwrap();
    }
    let source = if heif { &whole } else { file };
    let mut command = Command::new("vipsthumbnail");
    command.arg(source).args(["--size", &format!("{width}x{height}!")]);
    if heif {
        // It has been turned when it was opened, whatever it still says.
        command.arg("--no-rotate");
    }
    // What has no profile is sRGB; asked to convert that, libvips darkens it.
    let said = Command::new("vipsheader").arg("-a").arg(source).output().unwrap();
    if String::from_utf8_lossy(&said.stdout).contains("icc-profile-data") {
        command.args(["--export-profile", "srgb"]);
    }
    // Fast to write.
    let made = folder.path().join("picture.png");
    let output = folder.path().join("picture.png[compression=0]");
    let said = command.arg("-o").arg(output).output().unwrap();
    let picture = image::open(made).map_err(|_| {
        let said = String::from_utf8_lossy(&said.stderr);
        format!("libvips makes nothing of it ({})", said.lines().last().unwrap_or_default())
    })?;
    Ok(on_white(&picture))
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    let mut white = RgbaImage::from_pixel(picture.width(), picture.height(), Rgba([255; 4]));
    image::imageops::overlay(&mut white, &picture.to_rgba8(), 0, 0);
    DynamicImage::ImageRgba8(white).into_rgb8()
}

/// The table: of each kind the least like, and the mean.
fn print(rows: &[Outcome]) -> usize {
    let mut kinds: BTreeMap<&str, Vec<[Likeness; 2]>> = BTreeMap::new();
    for row in rows.iter().flatten() {
        kinds.entry(&row.kind).or_default().push(row.like);
    }
    println!("{:<14} {:>5}  {:>17}  {:>17}", "kind", "files", "preview least/mean", "thumbnail");
    for (kind, like) in &kinds {
        let of = |n: usize| {
            let values = like.iter().map(|both| both[n].structure);
            (values.clone().fold(1.0, f64::min), values.sum::<f64>() / like.len() as f64)
        };
        let (preview, thumbnail) = (of(0), of(1));
        println!(
            "{kind:<14} {:>5}      {:.4} / {:.4}    {:.4} / {:.4}",
            like.len(),
            preview.0,
            preview.1,
            thumbnail.0,
            thumbnail.1
        );
    }
    kinds.values().map(Vec::len).sum()
}
