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

/// Two films of two seconds, one behind the other in one file, as camcorders and their programs join them.
#[tokio::test]
async fn films_that_were_joined_play_to_their_end() {
    let folder = tempfile::tempdir().unwrap();
    let source = "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi -i sine=r=48000:d=2";
    let ts = "-c:v libx264 -bf 2 -pix_fmt yuv420p -c:a aac -f mpegts";
    let program = "-c:v mpeg2video -c:a mp2 -f vob";
    // The clock begins anew, begins anew in another kind of file, and jumps three hours ahead.
    for (name, how, later) in [("again.mts", ts, "0"), ("again.mpg", program, "0"), ("jump.ts", ts, "10800")]
    {
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        ffmpeg(&format!("{source} {how}"), &first);
        ffmpeg(&format!("{source} {how} -output_ts_offset {later}"), &second);
        let path = folder.path().join(name);
        fs::write(&path, [fs::read(&first).unwrap(), fs::read(&second).unwrap()].concat()).unwrap();
        let file = File::open(&path).unwrap();
        let told = common::decoder().read_metadata(1, &file).await.unwrap().duration_ms.unwrap();
        assert!(told.abs_diff(4000) < 250, "{name} is told to play {told} ms");
        let film = whole(&transcoder(), &file, &plan(&[180]), folder.path()).await.unwrap();
        assert!((played(&film) - 4.0).abs() < 0.25, "{name} plays {} s", played(&film));
        let pictures = packets(&film, "v");
        assert!(pictures >= 98, "{name}: {pictures} pictures");
        let sound = packets(&film, "a");
        assert!(sound.abs_diff(4 * 48_000 / 1024) <= 8, "{name}: {sound} packets of sound");
    }
}

/// A hole of twenty seconds in the sound is one afterwards, and not filled with silence.
#[tokio::test]
async fn long_holes_in_the_sound_are_not_filled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hole.mkv");
    let sound = "aselect='lt(t,2)+gt(t,22)'";
    let source = "-f lavfi -i testsrc2=s=160x90:r=5:d=24 -f lavfi -i sine=r=48000:d=24 -af";
    ffmpeg(&format!("{source} {sound} -c:v mpeg4 -c:a pcm_s16le"), &path);
    let film = whole(&transcoder(), &File::open(&path).unwrap(), &plan(&[90]), folder.path()).await.unwrap();
    assert!((played(&film) - 24.0).abs() < 0.3, "{}", played(&film));
    assert!(packets(&film, "a").abs_diff(4 * 48_000 / 1024) <= 8, "{}", packets(&film, "a"));
}

/// A picture every five seconds: the last one, too, is shown for as long.
#[tokio::test]
async fn the_last_picture_of_a_slow_film_is_shown_as_long_as_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("slow.avi");
    ffmpeg("-f lavfi -i testsrc2=s=160x90:r=1/5:d=20 -c:v mpeg4", &path);
    let film = whole(&transcoder(), &File::open(&path).unwrap(), &plan(&[90]), folder.path()).await.unwrap();
    assert!((played(&film) - 20.0).abs() < SLACK, "{}", played(&film));
}

/// No filter is in the way of the smallest film, and what an encoder refuses is not called damaged.
#[tokio::test]
async fn the_smallest_film_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.mkv");
    ffmpeg("-f lavfi -i testsrc2=s=2x2:r=25:d=1 -c:v ffv1 -pix_fmt yuv420p", &path);
    match whole(&transcoder(), &File::open(&path).unwrap(), &plan(&[180]), folder.path()).await {
        Ok(film) => assert_eq!(packets(&film, "v"), 25),
        Err(error) => assert!(matches!(error, MediaError::Refused(_)), "{error}"),
    }
}

/// Pictures with more light than a screen shows, ten shades up to a white page and two beyond it.
#[tokio::test]
async fn a_bright_film_that_is_made_anew_is_as_bright_as_its_poster() {
    let folder = tempfile::tempdir().unwrap();
    for (transfer, shades) in [
        ("smpte2084", [200, 300, 350, 400, 440, 470, 500, 530, 560, 590]),
        ("arib-std-b67", [150, 250, 350, 450, 520, 580, 640, 700, 730, 760]),
    ] {
        let path = folder.path().join("bright.mkv");
        let values = shades.iter().enumerate();
        let values = values.map(|(n, shade)| format!("{shade}*eq(floor(X/32)\\,{n})"));
        let values: Vec<String> = values.collect();
        // Of ten bits between 64 and 940.
        let shades = format!("geq=lum='{}':cb=512:cr=512", values.join("+"));
        let colours =
            format!("-color_trc {transfer} -color_primaries bt2020 -colorspace bt2020nc -color_range tv");
        let source = "-f lavfi -i color=black:s=320x180:r=25:d=1,format=yuv420p10le,";
        ffmpeg(&format!("{source}{shades} -c:v libx265 -x265-params log-level=none {colours}"), &path);
        let file = File::open(&path).unwrap();
        let film = whole(&transcoder(), &file, &plan(&[180]), folder.path()).await.unwrap();
        let (_, preview, _) = common::render(&common::decoder(), &file).await.unwrap();
        let picture = folder.path().join("picture.png");
        ffmpeg(&format!("-i {} -frames:v 1", film.display()), &picture);
        let (poster, film) = (open(&preview).to_rgb8(), image::open(&picture).unwrap().to_rgb8());
        for shade in 0..10 {
            let [poster, film] = [&poster, &film].map(|picture| picture.get_pixel(shade * 32 + 16, 90).0);
            let off = poster.iter().zip(film).map(|(a, b)| a.abs_diff(b)).max();
            assert!(off <= Some(5), "{transfer}, shade {shade}: {poster:?} and {film:?}");
        }
        assert!(film.get_pixel(304, 90).0[0] > 235, "white is not white: {:?}", film.get_pixel(304, 90));
    }
}
