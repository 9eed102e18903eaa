//! What a film's tracks are, beside what the `ffprobe` program says of them.

use std::{fs::File, path::Path, process::Command};

use domain::{film::Tracks, metadata::AssetType};
use serde_json::Value;

use crate::common;

/// Films as phones, cameras and editors write them: name, and what makes `ffmpeg` write it so.
const MADE: &[(&str, &str)] = &[
    ("phone.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a aac"),
    ("camera.mov", "-c:v libx264 -pix_fmt yuv422p10le -c:a pcm_s16le"),
    ("studio.mov", "-c:v libx264 -pix_fmt yuv420p10le -c:a pcm_s16be"),
    ("full.mp4", "-c:v libx264 -pix_fmt yuvj420p -c:a aac"),
    ("fields.mp4", "-c:v libx264 -pix_fmt yuv420p -flags +ildct+ilme -top 1 -c:a aac"),
    ("several.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a aac -map 0:v -map 1:a -map 1:a"),
    ("silent.mp4", "-c:v libx264 -pix_fmt yuv420p -map 0:v"),
    ("loose.mp4", "-c:v libx264 -pix_fmt yuv420p -vf select='not(eq(mod(n,3),1))' -fps_mode vfr -c:a aac"),
    ("pieces.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a aac -movflags +frag_keyframe+empty_moov"),
    (
        "hlg.mov",
        "-c:v libx265 -pix_fmt yuv420p10le -tag:v hvc1 -color_primaries bt2020 -color_trc arib-std-b67 -colorspace bt2020nc -c:a aac",
    ),
    (
        "pq.mp4",
        "-c:v libx265 -pix_fmt yuv420p10le -tag:v hvc1 -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -c:a aac",
    ),
    ("hevc.mp4", "-c:v libx265 -pix_fmt yuv420p -tag:v hev1 -c:a aac"),
    ("mp3.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a libmp3lame"),
    ("mpeg4.mp4", "-c:v mpeg4 -c:a ac3"),
    ("vp9.mp4", "-c:v libvpx-vp9 -pix_fmt yuv420p -c:a aac"),
    ("vp9-422.mp4", "-c:v libvpx-vp9 -pix_fmt yuv422p -c:a aac"),
    ("vp9-deep.mp4", "-c:v libvpx-vp9 -pix_fmt yuv420p10le -color_trc smpte2084 -c:a aac"),
    (
        "av1.mp4",
        "-c:v libaom-av1 -cpu-used 8 -pix_fmt yuv420p -color_trc bt709 -color_primaries bt709 -colorspace bt709 -c:a aac",
    ),
    ("prores.mov", "-c:v prores_ks -c:a pcm_s24le"),
    ("web.webm", "-c:v libvpx -c:a libopus"),
    ("matroska.mkv", "-c:v libx264 -pix_fmt yuv420p -c:a flac"),
    ("stream.mts", "-c:v libx264 -pix_fmt yuv420p -c:a ac3"),
];

/// `None` where there is no such program, or it can't write this.
fn make(folder: &Path, (name, arguments): (&str, &str)) -> Option<std::path::PathBuf> {
    let film = folder.join(name);
    let input =
        "-v error -f lavfi -i testsrc=s=160x96:r=30000/1001:d=0.7 -f lavfi -i sine=d=0.7 -preset ultrafast";
    let mut command = Command::new("ffmpeg");
    let words = format!("{input} {arguments}");
    let done = command.args(words.split(' ').map(|word| word.trim_matches('\''))).arg(&film).output().ok()?;
    done.status.success().then_some(film)
}

/// What `ffprobe` says of the first track of pictures and the first of sound.
fn by_ffprobe(path: &Path) -> Option<Tracks> {
    let mut command = Command::new("ffprobe");
    command.args(["-v", "error", "-show_streams", "-of", "json"]).arg(path);
    let said: Value = serde_json::from_slice(&command.output().ok()?.stdout).ok()?;
    let of = |kind: &str| said["streams"].as_array()?.iter().find(|stream| stream["codec_type"] == kind);
    let pictures = of("video")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rate = |name: &str| {
        let (count, seconds) = pictures[name].as_str()?.split_once('/')?;
        Some(count.parse::<f64>().ok()? / seconds.parse::<f64>().ok()?)
    };
    // Of a film in milliseconds of which too little is read, the average is a thousand.
    let average = rate("avg_frame_rate")?;
    let rate = if average == 1000.0 { rate("r_frame_rate")? } else { average };
    Some(Tracks {
        video_codec: text(&pictures["codec_name"]),
        audio_codec: of("audio").map(|sound| text(&sound["codec_name"])),
        frame_rate: rate.is_finite().then_some(rate),
        pixel_format: pictures["pix_fmt"].as_str().map(str::to_owned),
        hdr: ["smpte2084", "arib-std-b67"].contains(&text(&pictures["color_transfer"]).as_str()),
        interlaced: ["tt", "bb", "tb", "bt"].contains(&text(&pictures["field_order"]).as_str()),
    })
}

/// The same but for the last digits of the speed, and where `ffprobe` can't tell.
fn agree(ours: &Tracks, theirs: &Tracks) -> bool {
    let speed = match (ours.frame_rate, theirs.frame_rate) {
        (Some(ours), Some(theirs)) => (ours / theirs - 1.0).abs() < 1e-3,
        (ours, theirs) => ours == theirs,
    };
    let pixel_format = theirs.pixel_format.clone().or_else(|| ours.pixel_format.clone());
    speed && *ours == Tracks { frame_rate: ours.frame_rate, pixel_format, ..theirs.clone() }
}

#[tokio::test]
async fn tracks_are_what_ffprobe_says() {
    let folder = tempfile::tempdir().unwrap();
    let made: Vec<_> = MADE.iter().filter_map(|film| make(folder.path(), *film)).collect();
    if made.is_empty() {
        println!("SKIPPED tracks_are_what_ffprobe_says (films made here): no ffmpeg program");
    }
    let library = common::testdata("tracks_are_what_ffprobe_says (films of the library)");
    let of_library = library.iter().flat_map(|folder| {
        common::expected(folder).into_iter().map(|oracle| folder.join(oracle["path"].as_str().unwrap()))
    });
    let decoder = common::decoder();
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for path in made.iter().cloned().chain(of_library) {
        let Ok(metadata) = decoder.read_metadata(1, &File::open(&path).unwrap()).await else { continue };
        if metadata.format.asset_type() != AssetType::Video {
            continue;
        }
        let Some(theirs) = by_ffprobe(&path) else { continue };
        compared += 1;
        if !metadata.tracks.as_ref().is_some_and(|ours| agree(ours, &theirs)) {
            wrong.push(format!("{}: {:?} instead of {theirs:?}", path.display(), metadata.tracks));
        }
    }
    println!("{compared} films compared");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}
