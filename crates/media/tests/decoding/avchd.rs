//! AVCHD: what camcorders write into the pictures, beside `exiftool`'s reading of it.

use std::{
    fs::{self, File},
    path::Path,
    process::Command,
};

use domain::metadata::{Format, TimeSource};
use serde_json::Value;

use crate::common::{decoder, has};

/// A message of H.264's user data: the name, how many packs there are, and each with its number.
fn message() -> Vec<u8> {
    let packs: &[(u8, &[u8; 4])] = &[
        (0x18, &[0x42, 0x20, 0x12, 0x08]),
        (0x19, &[0x11, 0x15, 0x31, 0x26]),
        (0xB1, b"S\0\0\0"),
        (0xB2, &[0, 33, 0, 1]),
        (0xB3, &[0, 51, 0, 1]),
        (0xB4, &[0x5F, 0x8C, 0x03, 0xE8]),
        (0xB5, b"E\0\0\0"),
        (0xB6, &[0, 151, 0, 1]),
        (0xB7, &[0, 12, 0, 1]),
        (0xB8, &[0, 0, 0, 1]),
        (0xB9, &[0; 4]),
        (0xBA, &[1, 94, 0, 10]),
        (0xBB, &[0, 13, 0, 1]),
        (0xBC, &[0, 31, 0, 1]),
        (0xBD, &[0, 25, 0, 1]),
        (0xBE, b"A\0\0\0"),
        (0xCA, b"2012"),
        (0xCB, b":08:"),
        (0xCC, b"11\0\0"),
        (0xE0, &[0x01, 0x08, 0, 0]),
        (0xE4, b"HDR-"),
        (0xE5, b"CX11"),
        (0xE6, b"0\0\0\0"),
    ];
    let mut message = b"\x17\xEE\x8C\x60\xF8\x4D\x11\xD9\x8C\xD6\x08\0\x20\x0C\x9A\x66MDPM".to_vec();
    message.push(u8::try_from(packs.len()).unwrap());
    for (number, value) in packs {
        message.push(*number);
        message.extend(*value);
    }
    message
}

/// As a unit of the stream: its kind, the message's kind and length, and a three behind each two zeros.
fn unit(message: &[u8]) -> Vec<u8> {
    let length = u8::try_from(message.len()).unwrap();
    let (mut unit, mut zeros) = (b"\0\0\0\x01\x06".to_vec(), 0);
    for byte in [&[5, length], message, &[0x80]].concat() {
        if zeros >= 2 && byte <= 3 {
            unit.push(3);
            zeros = 0;
        }
        unit.push(byte);
        zeros = if byte == 0 { zeros + 1 } else { 0 };
    }
    unit
}

fn ffmpeg(folder: &Path, arguments: &str) {
    let mut command = Command::new("ffmpeg");
    command.current_dir(folder).args(["-v", "error"]).args(arguments.split(' '));
    assert!(command.status().unwrap().success(), "{arguments}");
}

#[tokio::test]
async fn films_of_camcorders_say_when_where_and_with_what() {
    const TEST: &str = "films_of_camcorders_say_when_where_and_with_what";
    if !(has("exiftool", TEST) && has("ffmpeg", TEST)) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    ffmpeg(
        folder,
        "-f lavfi -i testsrc=size=320x240:rate=25 -t 1 -pix_fmt yuv420p -c:v libx264 -bf 0 \
         -bsf:v h264_metadata=aud=insert -f h264 plain.h264",
    );
    let plain = fs::read(folder.join("plain.h264")).unwrap();
    // Before libx264's own message, which stands before the first picture.
    let at = plain.windows(4).position(|window| window == b"\0\0\x01\x06").unwrap();
    fs::write(folder.join("told.h264"), [&plain[..at], &unit(&message()), &plain[at..]].concat()).unwrap();
    for (name, kind) in [("camera.mts", "-mpegts_m2ts_mode 1 -f mpegts"), ("plain.ts", "-f mpegts")] {
        ffmpeg(
            folder,
            &format!("-framerate 25 -f h264 -i told.h264 -c copy -bsf:v setts=ts=N*48000 {kind} {name}"),
        );
        let path = folder.join(name);
        let said = Command::new("exiftool").args(["-json", "-n"]).arg(&path).output().unwrap();
        let said: Value = serde_json::from_slice(&said.stdout).unwrap();
        let theirs = &said[0];
        let ours = decoder().read_metadata(1, &File::open(&path).unwrap()).await.unwrap();
        assert_eq!(ours.format, Format::Mpeg, "{name}");
        let time = ours.times.iter().find(|time| time.source == TimeSource::Original).unwrap();
        // In summer, an hour more than the zone that is told beside it.
        assert_eq!(theirs["DateTimeOriginal"], "2012:08:11 15:31:26+01:00 DST", "{name}");
        assert_eq!(
            (time.local.to_string().as_str(), time.offset_minutes),
            ("2012-08-11 15:31:26", Some(120))
        );
        let place = ours.position.unwrap();
        for (ours, name) in [
            (Some(place.latitude), "GPSLatitude"),
            (Some(place.longitude), "GPSLongitude"),
            (place.altitude, "GPSAltitude"),
        ] {
            assert!(
                (ours.unwrap() - theirs[name].as_f64().unwrap()).abs() < 1e-6,
                "{ours:?} {name}: {theirs}"
            );
        }
        let satellites = ours.gps_utc.unwrap().format("%Y:%m:%d %H:%M:%SZ").to_string();
        assert_eq!(Value::String(satellites), theirs["GPSDateTime"], "{name}");
        assert_eq!((ours.camera.make.as_deref(), &theirs["Make"]), (Some("Sony"), &Value::from(0x0108)));
        assert_eq!(ours.camera.model.as_deref(), theirs["Model"].as_str(), "{name}");
        assert_eq!((ours.width, ours.height), (Some(320), Some(240)), "{name}");
        assert!(ours.tracks.is_some(), "{name}");
    }
}
