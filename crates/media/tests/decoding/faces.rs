//! Faces that exiftool marks are where the picture shows them, however it is turned.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use domain::metadata::{Area, FaceRegion};
use image::{Rgb, RgbImage};
use serde_json::Value;

use crate::{common, looks};

/// In the picture as it lies in the file: 36 × 40 pixels of 300 × 200.
const MARKED: Area = Area { x: 0.14, y: 0.25, width: 0.12, height: 0.2 };
/// JPEG's colours run a little.
const SLACK: f32 = 0.02;

/// A red face on white.
fn picture(path: &Path) {
    let face = |x, y| (24..60).contains(&x) && (30..70).contains(&y);
    let pixel = |x, y| if face(x, y) { Rgb([255, 0, 0]) } else { Rgb([255, 255, 255]) };
    RgbImage::from_fn(300, 200, pixel).save(path).unwrap();
}

fn mark(path: &Path, orientation: u8, height: u32) {
    let Area { x, y, width, height: tall } = MARKED;
    let area = format!("{{X={x},Y={y},W={width},H={tall},Unit=normalized}}");
    let regions = format!(
        "-RegionInfo={{AppliedToDimensions={{W=300,H={height},Unit=pixel}},\
         RegionList=[{{Area={area},Name=Ana,Type=Face}}]}}"
    );
    let mut command = Command::new("exiftool");
    command.args(["-q", "-n", "-overwrite_original", &format!("-Orientation={orientation}"), &regions]);
    assert!(command.arg(path).status().unwrap().success());
}

async fn read(path: &Path) -> FaceRegion {
    let metadata = common::decoder().read_metadata(1, &File::open(path).unwrap()).await.unwrap();
    assert_eq!(metadata.faces.len(), 1);
    metadata.faces.into_iter().next().unwrap()
}

/// What exiftool reads back.
fn told(path: &Path) -> (String, Area) {
    let mut command = Command::new("exiftool");
    let tags = ["RegionName", "RegionAreaX", "RegionAreaY", "RegionAreaW", "RegionAreaH"];
    command.args(["-j", "-n"]).args(tags.map(|tag| format!("-{tag}"))).arg(path);
    let read: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    let number = |tag: &str| read[0][tag].as_f64().unwrap() as f32;
    let [name, x, y, width, height] = tags;
    let area = Area { x: number(x), y: number(y), width: number(width), height: number(height) };
    (read[0][name].as_str().unwrap().to_owned(), area)
}

/// Where the rendered picture is red.
async fn shown(path: &Path) -> Area {
    let (_, preview, _) = common::render(&common::decoder(), &File::open(path).unwrap()).await.unwrap();
    let preview = looks::open(&preview).to_rgb8();
    let red = preview.enumerate_pixels().filter(|(.., pixel)| pixel[0] > 150 && pixel[1] < 120);
    let (xs, ys): (Vec<u32>, Vec<u32>) = red.map(|(x, y, _)| (x, y)).unzip();
    let span = |places: &[u32], side: u32| {
        let (first, last) = (*places.iter().min().unwrap(), *places.iter().max().unwrap() + 1);
        ((first + last) as f32 / 2.0 / side as f32, (last - first) as f32 / side as f32)
    };
    let (x, width) = span(&xs, preview.width());
    let (y, height) = span(&ys, preview.height());
    Area { x, y, width, height }
}

fn furthest(a: Area, b: Area) -> f32 {
    let parts = |area: Area| [area.x, area.y, area.width, area.height];
    parts(a).iter().zip(parts(b)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[tokio::test]
async fn faces_are_where_the_picture_shows_them() {
    let folder = tempfile::tempdir().unwrap();
    for orientation in 1..=8 {
        let path = folder.path().join(format!("{orientation}.jpg"));
        picture(&path);
        mark(&path, orientation, 200);
        let (face, shown) = (read(&path).await, shown(&path).await);
        let area = face.area.unwrap();
        assert!(furthest(area, shown) < SLACK, "{orientation}: {area:?}, shown at {shown:?}");
        let (name, marked) = told(&path);
        assert_eq!((face.name.as_deref(), marked), (Some(name.as_str()), MARKED));
        if orientation == 1 {
            assert_eq!(area, marked);
        }
        // It was higher when it was marked.
        mark(&path, orientation, 300);
        let cut = read(&path).await;
        assert_eq!((cut.name.as_deref(), cut.area), (Some("Ana"), None), "{orientation}");
    }
}
