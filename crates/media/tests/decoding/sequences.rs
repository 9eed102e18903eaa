//! HEIF's sequences of pictures: animated AVIF, and what is a film but for its name.

use domain::metadata::Format;

use crate::common;
use crate::kinds::{made, preview};

/// A second of red, then one of blue.
const RED_THEN_BLUE: [&str; 4] = [
    "-v",
    "error",
    "-filter_complex",
    "color=red:size=160x120:rate=5:duration=1[a];color=blue:size=160x120:rate=5:duration=1[b];[a][b]concat,format=yuv420p",
];
const AV1: [&str; 4] = ["-c:v", "libaom-av1", "-cpu-used", "8"];

#[tokio::test]
async fn sequences_of_pictures_show_the_first_and_play_as_long_as_they_say() {
    let place = tempfile::tempdir().unwrap();
    let decoder = common::decoder();
    let once = [&AV1[..], &["-frames:v", "1"]].concat();
    // How it is made, whether the picture beside the sequence is taken away, and how long it must play.
    let cases: [(&str, &[&str], bool, Option<i64>); 3] = [
        ("moving.avif", &AV1, false, Some(2000)),
        ("only-moving.avif", &AV1, true, Some(2000)),
        ("once.avif", &once, false, None),
    ];
    for (name, how, alone, duration) in cases {
        let path = place.path().join(name);
        if !made("ffmpeg", &[&RED_THEN_BLUE[..], how].concat(), &path) {
            return;
        }
        if alone {
            let mut bytes = std::fs::read(&path).unwrap();
            let meta = bytes.windows(4).position(|kind| kind == b"meta").unwrap();
            bytes[meta..meta + 4].copy_from_slice(b"free");
            std::fs::write(&path, bytes).unwrap();
        }
        let shown = preview(&decoder, &path, Format::Avif).await.to_rgb8();
        let pixel = shown.get_pixel(80, 60).0;
        assert!(pixel[0] > 200 && pixel[2] < 60, "{name}: {pixel:?}");
        let metadata = decoder.read_metadata(1, &std::fs::File::open(&path).unwrap()).await.unwrap();
        assert_eq!((metadata.width, metadata.height), (Some(160), Some(120)), "{name}");
        assert_eq!(metadata.duration_ms, duration, "{name}");
        assert_eq!(metadata.tracks, None, "{name}");
    }
}
