//! Previews beside those that libvips makes of the same files.

use std::{fs::File, path::Path, process::Command};

use image::DynamicImage;
use serde_json::Value;

use crate::common;
use crate::looks::{open, similarity};

/// How alike they must be.
const LEAST: f64 = 0.98;

/// Where libvips shows something else: the end of the path, and why.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// A picture of exactly this size by libvips, turned upright, in sRGB.
fn by_vips(path: &Path, width: u32, height: u32) -> Option<DynamicImage> {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("picture.png");
    let mut command = Command::new("vipsthumbnail");
    command.args(["--size", &format!("{width}x{height}!"), "--export-profile", "srgb", "-o"]);
    let status = command.arg(format!("{}[background=255]", target.display())).arg(path).output().ok()?.status;
    status.success().then(|| image::open(target).ok())?
}

fn is_compared(oracle: &Value) -> bool {
    let kinds = ["JPEG", "PNG", "WEBP", "Extended WEBP", "TIFF", "GIF"];
    let side = |name: &str| oracle[name].as_u64().unwrap_or(0);
    kinds.contains(&oracle["FileType"].as_str().unwrap()) && side("ImageWidth").min(side("ImageHeight")) >= 64
}

#[tokio::test]
async fn full_previews_look_like_those_of_libvips() {
    let Some(folder) = common::testdata("full_previews_look_like_those_of_libvips") else { return };
    let decoder = common::decoder();
    let mut compared = 0;
    let mut wrong = Vec::new();
    for oracle in common::expected(&folder).iter().filter(|oracle| is_compared(oracle)) {
        let path = oracle["path"].as_str().unwrap();
        let full = folder.join(path);
        let Ok((_, preview, _)) = common::render(&decoder, &File::open(&full).unwrap()).await else {
            continue;
        };
        let preview = open(&preview);
        let Some(theirs) = by_vips(&full, preview.width(), preview.height()) else { continue };
        compared += 1;
        let alike = similarity(&preview, &theirs);
        let excused = EXCEPTIONS.iter().any(|(end, _)| path.ends_with(end));
        if (alike < LEAST) != excused {
            wrong.push(format!("{path}: {alike:.4}"));
        }
    }
    println!("{compared} previews compared with those of libvips");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}
