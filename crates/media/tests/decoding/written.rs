//! What exiftool writes into files, as programs for photographs do: it arrives.

use std::{fs, path::PathBuf};

use domain::metadata::{Metadata, TimeSource};
use tempfile::TempDir;

use crate::common::{has, testdata, written};

/// A copy of a file of the library.
fn copy(test: &str, path: &str) -> Option<(TempDir, PathBuf)> {
    let from = testdata(test)?.join("library").join(path);
    if !has("exiftool", test) {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join(from.file_name().unwrap());
    fs::copy(from, &to).unwrap();
    Some((folder, to))
}

fn keywords(metadata: &Metadata) -> Vec<&str> {
    metadata.words.keywords.iter().map(domain::metadata::keywords::Keyword::as_str).collect()
}

/// In MP4 in a box of its own, in QuickTime among its user's data.
#[tokio::test]
async fn stars_and_keywords_of_films_arrive_in_xmp() {
    const TEST: &str = "stars_and_keywords_of_films_arrive_in_xmp";
    for film in ["Videos/2017/video.mp4", "Videos/2025/auth.mov"] {
        let Some((_folder, path)) = copy(TEST, film) else { return };
        let arguments = [
            "-XMP-xmp:Rating=4",
            "-XMP-dc:Subject=Beach",
            "-XMP-lr:HierarchicalSubject=Places|Lisbon",
            "-XMP-dc:Title=By the sea",
            "-XMP-dc:Description=One line\nand another",
        ];
        let metadata = written(&path, &arguments).await;
        assert_eq!(metadata.rating, Some(4), "{film}");
        assert_eq!(keywords(&metadata), ["Beach", "Places|Lisbon"], "{film}");
        assert_eq!(metadata.words.title.as_deref(), Some("By the sea"), "{film}");
        assert_eq!(metadata.words.caption.as_deref(), Some("One line\nand another"), "{film}");
        assert!(metadata.notes.is_empty() && metadata.tracks.is_some(), "{film}: {metadata:?}");
    }
}

/// By three generations of names.
#[tokio::test]
async fn what_people_wrote_into_films_arrives_without_xmp() {
    const TEST: &str = "what_people_wrote_into_films_arrives_without_xmp";
    const FILM: &str = "Videos/2025/auth.mov";
    let cases: [(&[&str], &str, &str, &[&str]); 5] = [
        (&["-Keys:Title=Sea", "-Keys:Description=Waves", "-Keys:Keywords=b, a"], "Sea", "Waves", &["a", "b"]),
        (&["-Keys:DisplayName=Sea", "-Keys:Comment=Said"], "Sea", "Said", &[]),
        (
            &[
                "-ItemList:Title=Sea",
                "-ItemList:Comment=Said",
                "-ItemList:Description=Waves",
                "-ItemList:Keyword=a",
            ],
            "Sea",
            "Waves",
            &["a"],
        ),
        (&["-UserData:Title=Sea", "-UserData:Comment=Said"], "Sea", "Said", &[]),
        (&["-UserData:Title=Größe", "-UserData:Information=Waves"], "Größe", "Waves", &[]),
    ];
    for (arguments, title, caption, words) in cases {
        let Some((_folder, path)) = copy(TEST, FILM) else { return };
        let metadata = written(&path, arguments).await;
        assert_eq!(metadata.words.title.as_deref(), Some(title), "{arguments:?}");
        assert_eq!(metadata.words.caption.as_deref(), Some(caption), "{arguments:?}");
        assert_eq!(keywords(&metadata), words, "{arguments:?}");
    }
    let Some((_folder, path)) = copy(TEST, FILM) else { return };
    assert_eq!(written(&path, &["-Keys:UserRating=3"]).await.rating, Some(3));
}

#[tokio::test]
async fn films_whose_header_has_no_date_are_dated_by_their_tracks() {
    const TEST: &str = "films_whose_header_has_no_date_are_dated_by_their_tracks";
    let Some((_folder, path)) = copy(TEST, "Videos/undated/quicktime.mov") else { return };
    assert!(written(&path, &["-Keys:Title=Sea"]).await.times.is_empty());
    let metadata = written(&path, &["-Track1:MediaCreateDate=2020:02:03 04:05:06"]).await;
    let [time] = metadata.times[..] else { panic!("{:?}", metadata.times) };
    assert_eq!(time.local.to_string(), "2020-02-03 04:05:06");
    assert_eq!((time.offset_minutes, time.source), (Some(0), TimeSource::Container));
}

/// The date that a program copies into XMP has its own offset; a date of the moment itself counts.
#[tokio::test]
async fn the_clock_on_the_wall_counts_before_the_one_on_the_desk() {
    const TEST: &str = "the_clock_on_the_wall_counts_before_the_one_on_the_desk";
    let Some((_folder, path)) = copy(TEST, "Phones/iPhone/2023-09/quicktime-hvc1.mov") else { return };
    let metadata = written(&path, &["-XMP-xmp:CreateDate=2023:09:22 12:34:05-04:00"]).await;
    assert!(metadata.times.iter().all(|time| time.source != TimeSource::Document), "{:?}", metadata.times);
    assert!(metadata.times.iter().any(|time| time.offset_minutes == Some(120)), "{:?}", metadata.times);
    let metadata = written(&path, &["-XMP-exif:DateTimeOriginal=2023:09:22 12:00:00-04:00"]).await;
    assert!(metadata.times.iter().any(|time| time.source == TimeSource::Original), "{:?}", metadata.times);
}

/// What does not fit into a segment comes in further ones.
#[tokio::test]
async fn xmp_of_many_segments_arrives_whole() {
    const TEST: &str = "xmp_of_many_segments_arrives_whole";
    if !has("exiftool", TEST) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.jpg");
    fs::copy("tests/fixtures/cmyk-adobe.jpg", &path).unwrap();
    let words: Vec<String> = (0..400).map(|n| format!("{n:03} {}", "x".repeat(190))).collect();
    let list = folder.path().join("arguments");
    let lines: Vec<String> = words.iter().map(|word| format!("-XMP-dc:Subject={word}")).collect();
    fs::write(&list, lines.join("\n")).unwrap();
    let more =
        ["-XMP-xmp:Rating=5", "-XMP-lr:HierarchicalSubject=Places|Lisbon", "-@", list.to_str().unwrap()];
    let metadata = written(&path, &more).await;
    assert!(fs::metadata(&path).unwrap().len() > 80_000, "it is in one segment");
    assert_eq!(metadata.rating, Some(5));
    assert!(metadata.notes.is_empty(), "{:?}", metadata.notes);
    let read = keywords(&metadata);
    assert!(words.iter().all(|word| read.contains(&word.as_str())) && read.contains(&"Places|Lisbon"));
    assert_eq!(read.len(), 401);
}

/// In GIF as an extension, in PNG as a text; and what PNG has in texts of its own.
#[tokio::test]
async fn what_people_wrote_into_gif_and_png_arrives() {
    const TEST: &str = "what_people_wrote_into_gif_and_png_arrives";
    if !has("exiftool", TEST) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["picture.gif", "picture.png"] {
        let path = folder.path().join(name);
        image::RgbaImage::new(8, 8).save(&path).unwrap();
        let metadata = written(&path, &["-XMP-xmp:Rating=4", "-XMP-dc:Subject=Größe"]).await;
        assert_eq!((metadata.rating, keywords(&metadata)), (Some(4), vec!["Größe"]), "{name}");
        assert_eq!(metadata.notes, [""; 0], "{name}");
    }
    let path = folder.path().join("picture.png");
    let texts =
        ["-PNG:Title=Sea", "-PNG:Author=Ana", "-PNG:Copyright=2024 Ana", "-IPTC:Caption-Abstract=Waves"];
    let words = written(&path, &texts).await.words;
    assert_eq!((words.title.as_deref(), words.caption.as_deref()), (Some("Sea"), Some("Waves")));
    assert_eq!((words.creator.as_deref(), words.copyright.as_deref()), (Some("Ana"), Some("2024 Ana")));
}

/// It puts its boxes behind the pixels.
#[tokio::test]
async fn what_people_wrote_into_jpeg_xl_arrives() {
    const TEST: &str = "what_people_wrote_into_jpeg_xl_arrives";
    let Some((_folder, path)) = copy(TEST, "Albums/JPEG XL/cafe.jxl") else { return };
    let words: Vec<String> =
        (0..100).map(|n| format!("-XMP-dc:Subject={n:03} {}", "x".repeat(190))).collect();
    let mut arguments = vec!["-XMP-xmp:Rating=4", "-EXIF:Make=Sea"];
    arguments.extend(words.iter().map(String::as_str));
    let metadata = written(&path, &arguments).await;
    assert_eq!((metadata.rating, metadata.camera.make.as_deref()), (Some(4), Some("Sea")));
    assert_eq!((metadata.words.keywords.len(), metadata.notes.len()), (100, 0), "{:?}", metadata.notes);
    assert_eq!((metadata.width, metadata.height), (Some(1280), Some(1600)));
}

/// Of programs that write words of their own, and of cameras that state powers of two.
#[tokio::test]
async fn what_stands_in_for_other_tags_arrives() {
    const TEST: &str = "what_stands_in_for_other_tags_arrives";
    if !has("exiftool", TEST) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.jpg");
    fs::copy("tests/fixtures/cmyk-adobe.jpg", &path).unwrap();
    let powers = ["-EXIF:ApertureValue=2.8", "-EXIF:ShutterSpeedValue=1/64", "-XMP-acdsee:Caption=Sea"];
    let metadata = written(&path, &powers).await;
    assert_eq!((metadata.camera.f_number, metadata.words.caption.as_deref()), (Some(2.8), Some("Sea")));
    let seconds = metadata.camera.exposure_s.unwrap();
    assert!((seconds - 1.0 / 64.0).abs() < 1e-6, "{seconds}");
    let windows = ["-XMP-microsoft:RatingPercent=75", "-XMP-microsoft:LastKeywordXMP=Places/Lisbon"];
    let metadata = written(&path, &windows).await;
    assert_eq!((metadata.rating, keywords(&metadata)), (Some(4), vec!["Places|Lisbon"]));
    assert_eq!(written(&path, &["-XMP-acdsee:Rating=2"]).await.rating, Some(2));
}
