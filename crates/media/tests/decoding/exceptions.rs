//! Where we read something else than exiftool on purpose.

/// The end of the path, the fields, and why.
type Row = (&'static str, &'static [&'static str], &'static str);

/// What we could read, and do not.
pub const LACKING: &[Row] = &[];

/// Where ours is right.
pub const RIGHT: &[Row] = &[
    ("Canon DIGITAL IXUS/2001/canon-ixus.jpg", &["iso"], "65, not 64.84: it is a whole number"),
    ("2024-01/Chars_exiftool.jpg", &["offset"], HOURS),
    ("timestamps/newyear_london.jpg", &["offset"], HOURS),
    ("timestamps/newyear_sydney.jpg", &["offset"], HOURS),
    ("Animals and food/hot_dog.jpg", &["offset"], "the same date in XMP has it"),
    ("beach_sand.jpg", &["f-number"], APEX),
    ("building_mono.jpg", &["f-number"], APEX),
    ("this-is-a-jpeg.png", &["f-number"], APEX),
    ("beach_colorfilter.jpg", &["f-number"], APEX),
    ("sony-d700.jpg", &["f-number", "exposure"], APEX),
    ("sony-powershota5.jpg", &["f-number", "exposure"], APEX),
    ("fujifilm-mx1700.jpg", &["exposure"], APEX),
    ("fujifilm-finepix40i.jpg", &["exposure"], APEX),
    ("Fujifilm_FinePix6900ZOOM.jpg", &["exposure"], APEX),
    ("face.jpg", &["caption"], BOILERPLATE),
    ("olympus-c960.jpg", &["caption"], BOILERPLATE),
    ("Konica_Minolta_DiMAGE_Z3.jpg", &["caption"], BOILERPLATE),
    ("sanyo-vpcsx550.jpg", &["caption"], BOILERPLATE),
    ("snow.jpg", &["caption"], BOILERPLATE),
    ("panorama360.jpg", &["caption"], BOILERPLATE),
    ("date.heic.xmp", &["longitude"], "west, as the field beside it says"),
    ("issue-exifr-47.jpeg", &["keywords"], "a list in one keyword, which we take apart"),
    ("bench_oriented_brg.jxl", &["orientation"], "its decoder turns it"),
    ("sunset_logo.jxl", &["width", "height"], "its decoder turns it"),
    ("test.dng", &["width", "height"], PREVIEW),
    ("canon_eos_6d.dng", &["width", "height"], PREVIEW),
    ("canon-r6.cr3", &["duration"], "one picture does not play"),
    ("animation_icos4d.jxl", &["duration"], UNREAD),
    ("animation_newtons_cradle.jxl", &["duration"], UNREAD),
    ("spot.jxl", &["width", "height"], UNREAD),
    ("mkv_640x360.mkv", &["duration"], UNREAD),
    ("webm_480.webm", &["duration"], UNREAD),
    ("video_mkv.mkv", &["duration"], UNREAD),
    ("mpeg.mpg", &["duration"], UNREAD),
    ("sample_fragmented.mp4", &["duration"], "its header says 0, its fragments 1.2 s, as ffprobe has it"),
    ("20240128_105420.mp4", &["duration"], "1.000667 s in one track, 1.001 in the header"),
    ("isom-avc1.mp4", &["latitude", "longitude", "altitude"], "nobody films on null island"),
    (
        "broken_orientation_exif2.jpg",
        &["width", "height", "orientation"],
        "the thumbnail's orientation, not the picture's",
    ),
    (
        "IMG_0307.HEIC",
        &["width", "height"],
        "exiftool lists the rotation of another item last; EXIF agrees with us",
    ),
    ("exif_subsec_timezone.heic", &["width", "height"], "as above"),
    ("outdoor.heic", &["height"], "the file crops one row (clean aperture)"),
    ("IMG_7943.HEIC", &["height"], "the file crops one row (clean aperture)"),
    ("TCL S950/2013/altitude.jpg", &["altitude"], "4,294,967,284 m is not a height"),
    ("buggy_panorama.jpg", &["latitude", "longitude"], "213° north is not a latitude"),
    ("exif-both.png", &["latitude", "longitude", "altitude"], "exiftool gives up before the GPS directory"),
    ("motion_photo_pixel_synth.jpg", &["width", "height"], "it has no picture, only EXIF that speaks of one"),
    (
        "undated/exif-no-tz.jpg",
        &[
            "date",
            "make",
            "model",
            "iso",
            "f-number",
            "exposure",
            "focal length",
            "latitude",
            "longitude",
            "altitude",
        ],
        "exiftool gives up (“JPEG format error”), the EXIF segment is whole",
    ),
];
const APEX: &str = "the power of two says it, which exiftool has in a tag of another name";
const BOILERPLATE: &str = "the camera says its name where a person could say something";
const HOURS: &str = "TimeZoneOffset has it";
const UNREAD: &str = "exiftool does not say it so";
const PREVIEW: &str = "the size of a preview";

/// Pictures of which libvips makes something else, and why.
pub const UNLIKE: &[(&str, &str)] = &[
    ("IMG_0307.HEIC", "Debian's libheif refuses it: too many references to auxiliary images"),
    ("exif_subsec_timezone.heic", "Debian's libheif refuses it"),
    ("2019-05/photo.heic", "coded in another size than it says: libvips gives up"),
    ("exifr orientation/f1t.jpg", "its profile is broken: libvips gives up"),
    ("buggy_panorama.jpg", "its profile is broken: libvips gives up"),
    ("imghdr-error.jpg", "four channels without a name: libvips takes them for ink as it is, we for Adobe's"),
    ("thompson-springs.jpg", "its profile has a table for each intent: libvips takes another"),
    (
        "m57_the_ring_nebula-587px.jpg",
        "a telescope's grain; packing it alone costs libvips' own thumbnail 0.02",
    ),
    ("iptcTest/3.jpg", "the same picture"),
    ("10bit-HDR-P3-nclx.avif", "brighter than a screen: libvips cuts off, we bring it down"),
    ("red-at-12-oclock-with-color-profile-10bpc.avif", "libvips warns that the profile's white is not D50"),
];
