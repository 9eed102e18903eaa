mod programs;

use domain::metadata::{Area, Crop, Format, Metadata, Panorama, Pose, Precision, View, creators};
use domain::stack::{Tie, ties};

use crate::container::Parts;
use crate::meta::exif::tests::{ascii, tiff, turned};

fn read(body: &str) -> Metadata {
    read_bytes(&wrap(body).into_bytes())
}

/// Together with the EXIF data of a picture that lies 300 × 200 in its file.
fn read_with(exif: Vec<u8>, body: &str) -> Metadata {
    let xmp = Some(wrap(body).into_bytes());
    let (width, height) = (Some(300), Some(200));
    crate::meta::assemble(Format::Jpeg, Parts { width, height, exif: Some(exif), xmp, ..Parts::default() })
}

fn read_bytes(bytes: &[u8]) -> Metadata {
    let mut metadata = crate::meta::assemble(Format::Jpeg, Default::default());
    super::apply(bytes, &mut metadata);
    metadata
}

fn wrap(body: &str) -> String {
    format!(
        "<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://ns.adobe.com/exif/1.0/' \
         xmlns:xap='http://ns.adobe.com/xap/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:mm='http://ns.adobe.com/xap/1.0/mm/' xmlns:lr='http://ns.adobe.com/lightroom/1.0/' \
         xmlns:dk='http://www.digikam.org/ns/1.0/' xmlns:area='http://ns.adobe.com/xmp/sType/Area#' \
         xmlns:rg='http://www.metadataworkinggroup.com/schemas/regions/' \
         xmlns:gc='http://ns.google.com/photos/1.0/camera/' xmlns:ps='http://ns.adobe.com/photoshop/1.0/' \
         xmlns:gp='http://ns.google.com/photos/1.0/panorama/' xmlns:cr='http://ns.google.com/photos/1.0/creations/' \
         xmlns:dim='http://ns.adobe.com/xap/1.0/sType/Dimensions#' \
         xmlns:co='http://ns.google.com/photos/1.0/container/' \
         xmlns:it='http://ns.google.com/photos/1.0/container/item/'>{body}</rdf:RDF></x:xmpmeta>"
    )
}

#[test]
fn attributes_elements_and_lists_are_read_whatever_their_prefix() {
    let metadata = read(
        "<rdf:Description xap:Rating='4' e:FNumber='28/10'>\
         <e:DateTimeOriginal>2020-02-03T04:05:06+01:00</e:DateTimeOriginal>\
         <e:ISOSpeedRatings><rdf:Seq><rdf:li>400</rdf:li></rdf:Seq></e:ISOSpeedRatings>\
         <dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Fish &amp; chips &#x2192;</rdf:li></rdf:Alt>\
         </dc:description></rdf:Description>",
    );
    assert_eq!(
        (metadata.rating, metadata.camera.f_number, metadata.camera.iso),
        (Some(4), Some(2.8), Some(400))
    );
    assert_eq!(metadata.words.caption.as_deref(), Some("Fish & chips →"));
    assert_eq!(metadata.times[0].offset_minutes, Some(60));
    assert!(metadata.notes.is_empty(), "{:?}", metadata.notes);
}

#[test]
fn what_a_picture_was_derived_from_is_not_the_picture() {
    let metadata = read(
        "<rdf:Description><mm:Pantry><rdf:Bag><rdf:li><rdf:Description xap:Rating='5'>\
         <xap:CreateDate>2001-01-01</xap:CreateDate></rdf:Description></rdf:li></rdf:Bag></mm:Pantry>\
         </rdf:Description>",
    );
    assert_eq!((metadata.rating, metadata.times.len()), (None, 0));
}

#[test]
fn absurd_values_are_left_out() {
    let metadata = read(
        "<rdf:Description xap:Rating='1e20' e:GPSLatitude='999,0N' e:GPSLongitude='NaN' e:FNumber='1/0' \
         e:ExposureTime='-1' xap:CreateDate='0000-00-00'/>",
    );
    assert_eq!((metadata.rating, metadata.position, metadata.camera.f_number), (None, None, None));
    assert_eq!((metadata.camera.exposure_s, metadata.times.len()), (None, 0));
}

#[test]
fn bombs_and_depths_end_early() {
    let laughs = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>".to_owned()
        + &wrap("<rdf:Description><dc:description>&a;</dc:description></rdf:Description>");
    let metadata = read_bytes(laughs.as_bytes());
    assert!(metadata.words.caption.is_none() && metadata.notes[0].contains("entity"), "{:?}", metadata.notes);
    let metadata = read(&"<rdf:Description>".repeat(100_000));
    assert!(metadata.notes[0].contains("deep"), "{:?}", metadata.notes);
    let long =
        format!("<rdf:Description><dc:description>{}</dc:description></rdf:Description>", "€".repeat(90_000));
    assert_eq!(read(&long).words.caption.map(|text| text.chars().count()), Some(super::text::PARAGRAPHS));
}

#[test]
fn utf_16_is_understood() {
    let text = wrap("<rdf:Description xap:Rating='5'/>");
    let bytes: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_bytes(&bytes).rating, Some(5));
}

#[test]
fn positions_are_read_as_adobe_and_as_apple_write_them() {
    for (latitude, longitude) in [
        ("e:GPSLatitude='47,40.524N'", "e:GPSLongitude='122,19.044W'"),
        ("e:GPSLatitude='47.6754' e:GPSLatitudeRef='N'", "e:GPSLongitude='122.3174' e:GPSLongitudeRef='W'"),
        ("e:GPSLatitude='47.6754'", "e:GPSLongitude='-122.3174'"),
    ] {
        let place = read(&format!("<rdf:Description {latitude} {longitude}/>")).position.unwrap();
        assert!(
            (place.latitude - 47.6754).abs() < 1e-6 && (place.longitude + 122.3174).abs() < 1e-6,
            "{place:?}"
        );
    }
}

#[test]
fn each_keyword_is_kept_once_with_what_is_above_it() {
    let mut metadata = read(
        "<rdf:Description><dc:subject><rdf:Bag><rdf:li>Lisbon</rdf:li><rdf:li>beach</rdf:li></rdf:Bag></dc:subject>\
         <lr:hierarchicalSubject><rdf:Bag><rdf:li>Places|Portugal|Lisbon</rdf:li></rdf:Bag></lr:hierarchicalSubject>\
         <dk:TagsList><rdf:Seq><rdf:li>Places/Portugal/Lisbon</rdf:li></rdf:Seq></dk:TagsList></rdf:Description>",
    );
    let kept = domain::metadata::keywords::tidy(std::mem::take(&mut metadata.words.keywords));
    let kept: Vec<&str> = kept.iter().map(domain::metadata::keywords::Keyword::as_str).collect();
    assert_eq!(kept, ["Places|Portugal|Lisbon", "beach"]);
}

/// The same list in the spellings of Picasa (fields as a resource), digiKam (a description) and Lightroom (attributes).
#[test]
fn faces_are_read_in_all_spellings_of_a_list() {
    let area = "area:x='0.5' area:y='0.25' area:w='0.1' area:h='0.2'";
    let fields = "<rg:Name>Ana</rg:Name><rg:Type>Face</rg:Type>";
    for item in [
        format!("<rdf:li rdf:parseType='Resource'>{fields}<rg:Area {area}/></rdf:li>"),
        format!(
            "<rdf:li><rdf:Description rg:Name='Ana' rg:Type='Face'><rg:Area {area}/></rdf:Description></rdf:li>"
        ),
        format!(
            "<rdf:li><rdf:Description>{fields}<rg:Area><rdf:Description {area}/></rg:Area></rdf:Description></rdf:li>"
        ),
    ] {
        let other =
            format!("<rdf:li rdf:parseType='Resource'><rg:Type>Pet</rg:Type><rg:Area {area}/></rdf:li>");
        let list = format!("<rg:RegionList><rdf:Bag>{other}{item}</rdf:Bag></rg:RegionList>");
        let metadata = read(&format!(
            "<rdf:Description><rg:Regions rdf:parseType='Resource'>{list}</rg:Regions></rdf:Description>"
        ));
        let face = domain::metadata::FaceRegion {
            name: Some("Ana".into()),
            area: Some(Area { x: 0.5, y: 0.25, width: 0.1, height: 0.2 }),
        };
        assert_eq!(metadata.faces, [face], "{item}");
    }
}

#[test]
fn the_film_behind_a_picture_is_found_in_both_spellings() {
    assert_eq!(read("<rdf:Description gc:MicroVideoOffset='4000'/>").film_bytes, Some(4000));
    let off = read("<rdf:Description gc:MicroVideoOffset='4000' gc:MotionPhoto='0'/>");
    assert_eq!(off.film_bytes, None);
    let item = |semantic: &str, length: u32| {
        format!(
            "<rdf:li rdf:parseType='Resource'><co:Item it:Semantic='{semantic}' it:Length='{length}'/></rdf:li>"
        )
    };
    let items =
        [item("Primary", 0), item("GainMap", 10), item("MotionPhoto", 5000), item("Other", 7)].concat();
    let list = format!("<co:Directory><rdf:Seq>{items}</rdf:Seq></co:Directory>");
    assert_eq!(read(&format!("<rdf:Description>{list}</rdf:Description>")).film_bytes, Some(5007));
}

#[test]
fn an_offset_that_only_xmp_states_is_that_of_the_same_second() {
    let original = |body: &str| {
        let metadata = read_with(tiff(&[ascii(0x9003, "2024:05:17 12:00:00")]), body);
        let times: Vec<_> = metadata.times.iter().map(|time| (time.local, time.offset_minutes)).collect();
        assert_eq!(times.len(), 1, "{times:?}");
        (times[0].0.to_string(), times[0].1)
    };
    let same = "<rdf:Description e:DateTimeOriginal='2024-05-17T12:00:00.25+02:00'/>";
    assert_eq!(original(same), ("2024-05-17 12:00:00.250".to_owned(), Some(120)));
    let other = "<rdf:Description e:DateTimeOriginal='2024-05-17T12:00:01+02:00'/>";
    assert_eq!(original(other), ("2024-05-17 12:00:00".to_owned(), None));
    let placed = same.replace("e:Date", "e:GPSLatitude='38,43.2N' e:GPSLongitude='9,8.1W' e:Date");
    assert_eq!(original(&placed), ("2024-05-17 12:00:00".to_owned(), None));
}

#[test]
fn a_sidecar_says_which_file_it_was_made_for() {
    let for_raw = read("<rdf:Description ps:SidecarForExtension='CR3'/>");
    assert_eq!(for_raw.sidecar_for.as_deref(), Some("CR3"));
    assert_eq!(read("<rdf:Description xap:Rating='4'/>").sidecar_for, None);
}

#[test]
fn each_creator_is_one_and_a_day_is_only_a_day() {
    let body = "<rdf:Description ps:DateCreated='2021-05-06'><dc:creator><rdf:Seq><rdf:li>Doe, Jane</rdf:li>\
                <rdf:li>Smith &amp; Sons, Ltd.</rdf:li></rdf:Seq></dc:creator></rdf:Description>";
    let metadata = read(body);
    let names: Vec<&str> = metadata.words.creator.iter().flat_map(|kept| creators::each(kept)).collect();
    assert_eq!(names, ["Doe, Jane", "Smith & Sons, Ltd."]);
    assert_eq!(metadata.times[0].precision, Precision::Day);
}

#[test]
fn a_whole_date_is_taken_before_a_part_of_one() {
    let date = |body: &str| {
        read(body).times.iter().map(|time| (time.local.to_string(), time.is_partial())).collect()
    };
    let whole: Vec<(String, bool)> =
        date("<rdf:Description ps:DateCreated='1975' xap:CreateDate='1975-06-12T10:00'/>");
    assert_eq!(whole, [("1975-06-12 10:00:00".to_owned(), false)]);
    let part: Vec<(String, bool)> = date("<rdf:Description ps:DateCreated='1975'/>");
    assert_eq!(part, [("1975-01-01 00:00:00".to_owned(), true)]);
    let insta360 = date("<rdf:Description gp:SourceImageCreateTime='2021:03:04 05:06:07'/>");
    assert_eq!(insta360, [("2021-03-04 05:06:07".to_owned(), false)]);
}

/// Marked at the upper left of the picture as it lies in the file.
#[test]
fn faces_are_turned_upright_with_their_picture() {
    let region = "<rdf:li rdf:parseType='Resource'><rg:Name>Ana</rg:Name>\
                  <rg:Area area:x='0.125' area:y='0.25' area:w='0.0625' area:h='0.5'/></rdf:li>";
    let of = |orientation, applied: &str| {
        let regions = format!(
            "<rdf:Description><rg:Regions rdf:parseType='Resource'><rg:AppliedToDimensions {applied} dim:unit='pixel'/>\
             <rg:RegionList><rdf:Bag>{region}</rdf:Bag></rg:RegionList></rg:Regions></rdf:Description>"
        );
        let faces = read_with(turned(orientation), &regions).faces;
        assert_eq!((faces.len(), faces[0].name.as_deref()), (1, Some("Ana")));
        faces[0].area
    };
    let at = |x, y, width, height| Some(Area { x, y, width, height });
    let upright = [
        at(0.125, 0.25, 0.0625, 0.5),
        at(0.875, 0.25, 0.0625, 0.5),
        at(0.875, 0.75, 0.0625, 0.5),
        at(0.125, 0.75, 0.0625, 0.5),
        at(0.25, 0.125, 0.5, 0.0625),
        at(0.75, 0.125, 0.5, 0.0625),
        at(0.75, 0.875, 0.5, 0.0625),
        at(0.25, 0.875, 0.5, 0.0625),
    ];
    for (orientation, expected) in (1..=8).zip(upright) {
        assert_eq!(of(orientation, "dim:w='3000' dim:h='2000'"), expected, "{orientation}");
        assert_eq!(of(orientation, "dim:w='3000' dim:h='3000'"), None, "{orientation}: cropped");
        assert_eq!(of(orientation, "dim:w='0' dim:h='0'"), expected, "{orientation}: not told");
    }
}

#[test]
fn a_part_of_a_panorama_is_placed_in_the_whole() {
    // As a phone writes it (Xiaomi), with a first view added.
    let whole = "gp:FullPanoWidthPixels='14828' gp:FullPanoHeightPixels='7414' \
                 gp:CroppedAreaImageWidthPixels='6872' gp:CroppedAreaImageHeightPixels='2398'";
    let view = "gp:PoseHeadingDegrees='207.0' gp:PosePitchDegrees='900' gp:InitialViewHeadingDegrees='-90' \
                gp:InitialHorizontalFOVDegrees='70'";
    let panorama = |more: &str| {
        let metadata = read(&format!("<rdf:Description gp:ProjectionType='equirectangular' {more}/>"));
        assert_eq!(metadata.projection.as_deref(), Some("equirectangular"));
        (metadata.panorama, metadata.notes.len())
    };
    let crop =
        Crop { full_width: 14828, full_height: 7414, width: 6872, height: 2398, left: 4120, top: 2488 };
    let expected = Panorama {
        crop: Some(crop),
        pose: Some(Pose { heading: Some(207.0), pitch: None, roll: None }),
        view: Some(View { heading: Some(270.0), pitch: None, fov: Some(70.0) }),
    };
    let placed = "gp:CroppedAreaLeftPixels='4120' gp:CroppedAreaTopPixels='2488'";
    assert_eq!(panorama(&format!("{whole} {placed} {view}")), (Some(expected), 0));
    // More to the right than there is of the world.
    assert_eq!(panorama(&format!("{whole} gp:CroppedAreaLeftPixels='7957'")), (None, 1));
    for absurd in ["-1", "NaN", "1e300", "inf"] {
        assert_eq!(
            panorama(&format!("gp:FullPanoWidthPixels='{absurd}' gp:PoseRollDegrees='{absurd}'")).1,
            0
        );
    }
    assert_eq!(panorama(""), (None, 0));
}

/// As cameras write it, and as `exiftool` does.
#[test]
fn films_that_look_around_say_how() {
    let thing = "<rdf:SphericalVideo xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
                 xmlns:GSpherical='http://ns.google.com/videos/1.0/spherical/'>\
                 <GSpherical:Spherical>true</GSpherical:Spherical>\
                 <GSpherical:ProjectionType>equirectangular</GSpherical:ProjectionType></rdf:SphericalVideo>";
    for before in ["", "<?xml version=\"1.0\"?>"] {
        let metadata = read_bytes(format!("{before}{thing}").as_bytes());
        assert_eq!((metadata.projection.as_deref(), metadata.notes.len()), (Some("equirectangular"), 0));
    }
}

#[test]
fn a_flash_that_only_xmp_tells_of_is_read() {
    for (fired, expected) in [("True", Some(true)), ("False", Some(false)), ("perhaps", None)] {
        let flash = format!("<e:Flash rdf:parseType='Resource'><e:Fired>{fired}</e:Fired></e:Flash>");
        let metadata = read(&format!("<rdf:Description>{flash}</rdf:Description>"));
        assert_eq!(metadata.camera.flash, expected, "{fired}");
    }
}

/// Of a picture of 1200 × 900, whose faces are counted in pixels.
#[test]
fn regions_in_pixels_are_parts_of_the_picture() {
    let face = |size: &str| {
        let region = "<rdf:li rdf:parseType='Resource'><rg:Area area:x='300' area:y='300' area:w='120' \
                      area:h='90' area:unit='pixel'/><rg:Type>Face</rg:Type></rdf:li>";
        let list = format!("<rg:RegionList><rdf:Bag>{region}</rdf:Bag></rg:RegionList>");
        let regions = format!("<rg:Regions rdf:parseType='Resource'>{size}{list}</rg:Regions>");
        read(&format!("<rdf:Description>{regions}</rdf:Description>")).faces
    };
    let faces = face("<rg:AppliedToDimensions dim:w='1200' dim:h='900' dim:unit='pixel'/>");
    let [area] = faces.iter().filter_map(|face| face.area).collect::<Vec<_>>()[..] else {
        panic!("{faces:?}")
    };
    let expected = [0.25, 1.0 / 3.0, 0.1, 0.1];
    for (found, expected) in [area.x, area.y, area.width, area.height].into_iter().zip(expected) {
        assert!((found - expected).abs() < 1e-6, "{area:?}");
    }
    // Of a picture of unknown size, a number of pixels tells nothing.
    assert!(face("").is_empty());
}

#[test]
fn pictures_of_one_burst_are_tied() {
    for field in ["gc:BurstID", "cr:CameraBurstID"] {
        let metadata = read(&format!("<rdf:Description {field}='1aada2e4-4833'/>"));
        assert_eq!(ties(&metadata, "a.jpg", None), [Tie::Burst("1aada2e4-4833".into())], "{field}");
    }
}
