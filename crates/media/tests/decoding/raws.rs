//! The raws of which no photographs are among the test's files: small ones made by hand, with a JPEG inside that lies on
//! its side. What they say was compared with what exiftool says of them. And raws that are too large.

use std::{fs::File, io::Write, path::Path};

use domain::metadata::{Format, TimeSource};
use media::{Bounds, Decoder, Settings};

use crate::common;
use crate::looks::{SLACK, cells, furthest, open};

/// Where fuzzing keeps them, too.
const FOLDER: &str = "../../fuzz/corpus/raw";

#[tokio::test]
async fn raws_of_makers_gone_say_when_and_how_they_were_taken_and_stand_upright() {
    let decoder = common::decoder();
    // Whose, which, exposure, f-number, focal length.
    let cases = [
        ("small.crw", "Canon", "Canon PowerShot G2", 1.0 / 128.0, 2.828_427, 7.0),
        ("small.mrw", "Minolta Co., Ltd.", "DiMAGE 7x", 1.0 / 125.0, 2.8, 50.0),
        ("small.x3f", "SIGMA", "SIGMA SD14", 1.0 / 125.0, 2.8, 50.0),
        ("first.x3f", "SIGMA", "SIGMA SD9", 1.0 / 125.0, 2.8, 50.0),
        ("small.iiq", "Phase One A/S", "IQ180", 1.0 / 125.0, 2.8, 50.0),
    ];
    for (name, make, model, exposure, aperture, focal) in cases {
        let file = File::open(Path::new(FOLDER).join(name)).unwrap();
        let metadata = decoder.read_metadata(1, &file).await.unwrap();
        assert_eq!(metadata.format, Format::Raw, "{name}");
        let camera = &metadata.camera;
        assert_eq!((camera.make.as_deref(), camera.model.as_deref()), (Some(make), Some(model)), "{name}");
        let near =
            |value: Option<f64>, wanted: f64| value.is_some_and(|value| (value / wanted - 1.0).abs() < 1e-6);
        assert!(near(camera.exposure_s, exposure) && near(camera.f_number, aperture), "{name}: {camera:?}");
        assert!(near(camera.focal_mm, focal) && camera.iso == Some(200), "{name}: {camera:?}");
        let taken = metadata.times.iter().find(|time| time.source == TimeSource::Original).unwrap();
        assert_eq!(taken.local.to_string(), "2004-08-14 15:16:17", "{name}");
        assert_eq!(metadata.orientation, 6, "{name}");
        assert_eq!(metadata.notes, [""; 0], "{name}");

        if name == "small.iiq" {
            // Nothing of a sensor is in it, and the library that develops such raws believes an empty header.
            continue;
        }
        let made = common::render(&decoder, &file).await;
        let (rendered, preview, _) = made.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((rendered.width, rendered.height), (32, 48), "{name}");
        // Red on the left and blue on the right become red above and blue below.
        let preview = open(&preview).to_rgb8();
        let (above, below) = (preview.get_pixel(16, 8).0, preview.get_pixel(16, 40).0);
        assert!(
            above[0] > 200 && above[2] < 60 && below[2] > 200 && below[0] < 60,
            "{name}: {above:?} {below:?}"
        );
    }
}

/// Kodak's scans of films are known, but nobody reads them.
#[tokio::test]
async fn cineon_is_refused_by_its_name() {
    let file = written(&[b"\x80\x2A\x5F\xD7".as_slice(), &[0; 4096]].concat());
    let error = common::render(&common::decoder(), &file).await.unwrap_err();
    assert_eq!(error.to_string(), "not readable yet: Cineon, a scan of a film");
}

/// A DNG without the camera's preview, for whose pixels there is not enough memory, or which has too many of them.
#[tokio::test]
async fn raws_are_developed_in_the_memory_that_there_is() {
    let Some(folder) = common::testdata("raws_are_developed_in_the_memory_that_there_is") else { return };
    let mut bytes = std::fs::read(folder.join("library/Albums/Formats/test.dng")).unwrap();
    let previews =
        bytes.windows(4).enumerate().filter(|(_, start)| start == b"\xFF\xD8\xFF\xE0").map(|(at, _)| at);
    let previews: Vec<usize> = previews.collect();
    assert_eq!(previews.len(), 2);
    previews.iter().for_each(|at| bytes[*at] = 0);
    let file = written(&bytes);
    let decoder = |bounds: Bounds| {
        let settings = Settings::new(env!("CARGO_BIN_EXE_tessera-decoder").into());
        Decoder::new(Settings { bounds, ..settings }).unwrap()
    };
    let plenty = Bounds::default();
    let (whole, preview, _) = common::render(&decoder(plenty), &file).await.unwrap();
    let expected = cells(&open(&preview));
    // The file has 3.3 MiB, and developing it takes 5.2 (494 × 366 × 30 bytes).
    let (binned, preview, _) =
        common::render(&decoder(Bounds { memory: 4 << 20, ..plenty }), &file).await.unwrap();
    assert_eq!((binned.width, binned.height), (whole.width, whole.height));
    assert_eq!(binned.notes, [""; 0]);
    let off = furthest(&cells(&open(&preview)), &expected);
    assert!(off <= SLACK, "it is off by {off}");
    // With a tiny picture inside, which is all that can be shown of too many pixels.
    let too_many = decoder(Bounds { pixels: 100_000, ..plenty });
    let error = common::render(&too_many, &file).await.unwrap_err();
    assert!(error.to_string().contains("'max_megapixels'"), "{error}");
    let inside = std::fs::read(Path::new(FOLDER).join("small.crw")).unwrap();
    let file = written(&[bytes, inside].concat());
    let (small, ..) = common::render(&too_many, &file).await.unwrap();
    let [note] = &small.notes[..] else { panic!("{:?}", small.notes) };
    assert!(note.contains("only the small picture") && note.contains("'max_megapixels'"), "{note}");
}

/// It has no more than a small picture inside, and rawler knows no such camera.
#[tokio::test]
async fn a_raw_that_nobody_develops_has_the_size_that_it_states() {
    let Some(folder) = common::testdata("a_raw_that_nobody_develops_has_the_size_that_it_states") else {
        return;
    };
    let file = File::open(folder.join("library/Cameras/Canon EOS R6/2025/canon-r6.cr3")).unwrap();
    let (rendered, preview, _) = common::render(&common::decoder(), &file).await.unwrap();
    assert_eq!((rendered.width, rendered.height), (5472, 3648));
    assert_eq!((open(&preview).width(), open(&preview).height()), (1620, 1080));
}

fn written(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}
