//! Films that were trimmed, joined, or filmed slowly: what plays of them, and for how long.

use std::{fs, fs::File, path::Path, process::Command};

use media::MediaError;

use crate::common;
use crate::looks::{cells, furthest, open};
use crate::transcode::{SLACK, packets, plan, played, transcoder, whole};

/// Runs `ffmpeg`, which writes to a path.
fn ffmpeg(arguments: &str, path: &Path) {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-y"]).args(arguments.split(' ')).arg(path);
    assert!(command.status().unwrap().success(), "{arguments}");
}

/// One picture that stands for itself, and the player begins behind it.
#[tokio::test]
async fn a_film_that_begins_behind_its_only_key_picture_shows_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let (long, first) = (folder.path().join("long.mp4"), folder.path().join("first.png"));
    ffmpeg("-f lavfi -i testsrc2=s=320x180:r=25:d=8 -c:v libx264 -g 250 -bf 2 -pix_fmt yuv420p", &long);
    for (from, name) in [("0.2", "a.mp4"), ("4", "b.mp4"), ("7.5", "c.mov")] {
        let path = folder.path().join(name);
        ffmpeg(&format!("-ss {from} -i {} -c copy", long.display()), &path);
        ffmpeg(&format!("-i {} -frames:v 1", path.display()), &first);
        let (_, preview, _) = common::render(&common::decoder(), &File::open(&path).unwrap()).await.unwrap();
        let off = furthest(&cells(&open(&preview)), &cells(&image::open(&first).unwrap()));
        assert!(off <= 20, "from {from}: off by {off}");
    }
}
