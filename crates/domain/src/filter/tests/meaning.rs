use super::super::{Filter, Grant, Scope, matches, parse, relevance};
use super::clock;
use crate::asset::{AssetLife, ContentHash};
use crate::film::Tracks;
use crate::metadata::Camera;
use crate::metadata::keywords::Keyword;
use crate::metadata::{AssetType, Format, Position, Words};
use crate::place::Place;
use crate::search_doc::{FileState, SearchDoc};
use crate::{AlbumId, AssetId, LibraryId};

/// A picture in Lisbon, Saturday 17 June 2023, half past nine in the evening.
pub(super) fn doc() -> SearchDoc {
    let some = |text: &str| Some(text.to_owned());
    SearchDoc {
        asset: AssetId(7),
        library: LibraryId(1),
        albums: vec![AlbumId(5), AlbumId(8)],
        kind: AssetType::Image,
        format: Format::Jpeg,
        taken: 1_687_033_800,
        local: 1_687_037_400,
        guessed: false,
        zone: some("Europe/Lisbon"),
        // Tuesday 14 November 2023, 22:13:20.
        added: 1_700_000_000,
        camera: Camera {
            make: some("FUJIFILM"),
            model: some("X-T5"),
            lens: some("XF35mmF1.4 R"),
            f_number: Some(1.4),
            exposure_s: Some(1.0 / 250.0),
            iso: Some(1600),
            focal_mm: Some(35.0),
            focal_35mm: Some(53.0),
            flash: Some(false),
            serial: some("42A01234"),
        },
        width: Some(4000),
        height: Some(3000),
        duration_ms: None,
        tracks: None,
        live: true,
        panorama: false,
        faces: 2,
        size: 5_000_000,
        place: Some(Place {
            city: some("Lisbon"),
            region: some("Lisboa"),
            country: "Portugal".to_owned(),
            country_code: "PT".to_owned(),
        }),
        position: Some(Position { latitude: 38.7223, longitude: -9.1393, altitude: Some(-2.4) }),
        direction: Some(359.96),
        cell: None,
        name: "IMG_1234.JPG".to_owned(),
        path: "Holidays/2019 São João/IMG_1234.JPG".to_owned(),
        file: FileState {
            hash: Some(ContentHash { blake3: [0xAB; 32], sha1: [0x1C; 20] }),
            modified: Some(1_687_100_000),
            copies: 2,
            sidecar: true,
            ..FileState::default()
        },
        words: Words {
            title: some("Lunch break"),
            caption: some("Tram 28 in the old town"),
            keywords: Keyword::new(["Places", "Portugal", "Lisbon"].map(str::to_owned)).into_iter().collect(),
            creator: some("Ana Silva"),
            copyright: None,
        },
        rating: Some(4),
        edited: true,
        stack: 2,
        life: AssetLife::Active,
        unreadable: false,
    }
}

pub(super) fn scope(paths: bool, trash: bool) -> Scope {
    let grant = |name: &str| Grant { name: name.to_owned(), paths, trash, shelves: true };
    Scope { grants: [(LibraryId(1), grant("Family photos"))].into(), ..Scope::default() }
}

#[test]
fn a_filter_holds_for_what_it_describes() {
    let (doc, scope) = (doc(), scope(true, false));
    let holds = |text: &str| matches(&parse(text, &clock()).unwrap(), &doc, &scope);
    for text in [
        "",
        "lisbon",
        "LISBÓN",
        "portugal tram",
        "\"old town\"",
        "img_1234",
        "img1234",
        "1234",
        "june 2023",
        "jun 2023",
        "\"june 2023\"",
        "fuji*",
        "35mm",
        "holidays",
        "\"sao joao\"",
        "camera:fuji",
        "camera:\"fujifilm x-t5\"",
        "camera:=\"fujifilm x-t5\"",
        "camera:xt5,x-t5",
        "lens:35",
        "place:port",
        "city:lisbon country:pt",
        "country:portug",
        "region:lisboa",
        "taken:2023",
        "taken:2023-06-17",
        "taken:<=2023-06",
        "when:june",
        "iso:1600",
        "iso:>=1600",
        "iso:100..1600",
        "aperture:1.4",
        "f:<2",
        "exposure:1/250",
        "exposure:<1/100",
        "focal:35mm",
        "megapixels:12",
        "size:5MB",
        "width:4000 height:<4000",
        "type:image",
        "format:jpg",
        "ext:jpg",
        "name:img_12",
        "name:*12*",
        "name:=img_1234.jpg",
        "path:holidays",
        "caption:tram",
        "title:lunch",
        "lunch",
        "tag:portugal",
        "tag:=lisbon",
        "tag:=\"Places|Portugal|Lisbon\"",
        "creator:silva",
        "copyright:none",
        "rating:4",
        "rating:>=3",
        "-rating:-1..2",
        "has:tag",
        "library:family",
        "library:=library_1",
        "has:gps,duration",
        "duration:none",
        "lens:any",
        "aspect:landscape",
        "state:active",
        "unreadable:no",
        "near:38.72,-9.14,1km",
        "-dog",
        "dog or tram",
        "(dog or tram) -cat",
        "lisbn",
        "libson",
        "portguaal tram",
        "\"lisbon\"",
        "2-of:(lisbon, dog, tram)",
        "2-of:(lisbon, -dog, cat, iso:<100)",
        "3-of:(lisbon portugal, dog or tram, cat, type:image,video)",
        "-2-of:(dog, cat, tram)",
        "taken:summer-2023 taken:2020s taken:june-2023",
        "taken:3-years-ago..today",
        "taken:summer",
        "taken:june",
        "taken:06-17",
        "taken:\"every 17 june\"",
        "taken:saturday",
        "taken:weekend",
        "taken:2019,june",
        "month:6",
        "season:summer",
        "weekday:sat",
        "weekday:weekend",
        "on:06-01..06-17",
        "on:06-17..01-01",
        "monthday:17",
        "week:24",
        "hour:21",
        "hour:20..4",
        "guessed:no",
        "added:2023-11-14",
        "modified:2023-06-18 modified:any",
        "zone:lisbon",
        "zone:=europe/lisbon",
        "continent:europe",
        "bbox:38,-10,39,-9",
        "bbox:38,170,39,-9",
        "altitude:-2",
        "altitude:<0",
        "altitude:-5..100",
        "direction:n",
        "direction:360",
        "direction:355",
        "direction:350..360",
        "direction:nw..ne",
        "make:fujifilm model:x-t5",
        "serial:42a*",
        "flash:no flash:any",
        "focal35:53",
        "folder:2019",
        "folder:=\"Holidays/2019 Sao Joao\"",
        "id:asset_7",
        "id:3,7",
        "hash:1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c",
        "hash:ABABAB*",
        "copies:2",
        "offline:no managed:no sidecar:yes noted:no",
        "live:yes raw:no animated:no panorama:no hdr:no interlaced:no",
        "stack:yes stacksize:2",
        "edited:yes faces:2 tagcount:1",
        "is:live is:edited is:duplicate is:geotagged is:landscape is:photo",
        "is:raw,stack",
        "has:faces has:sidecar has:film has:flash has:zone has:continent",
        "codec:none audio:none fps:none bitdepth:none",
    ] {
        assert!(holds(text), "{text}");
    }
    for text in [
        "lisb",
        "tram*x",
        "porto",
        "lisbon tram dog",
        "\"town old\"",
        "\"lisbon portugal\"",
        "img_12",
        "july",
        "camera:canon",
        "camera:\"fuji\"",
        "camera:=fujifilm",
        "city:portugal",
        "country:es",
        "country:\"port\"",
        "taken:2022",
        "taken:>2023-06",
        "taken:<2023-06-17",
        "when:2022",
        "iso:1601",
        "iso:>1600",
        "aperture:1.8",
        "exposure:1/500",
        "megapixels:24",
        "type:video",
        "format:png",
        "ext:jp",
        "name:=img_1234",
        "name:?img*",
        "caption:trams",
        "tag:spain",
        "tag:=portug",
        "rating:rejected",
        "rating:5",
        "has:copyright",
        "library:club",
        "has:duration",
        "duration:any",
        "lens:none",
        "aspect:panorama,square",
        "state:trashed",
        "unreadable:yes",
        "near:48.85,2.35,100km",
        "-tram",
        "dog or cat",
        "tram -lisbon",
        "\"lisbn\"",
        "lizbn",
        "jisbon",
        "trma",
        "x-t6",
        "2-of:(lisbon, dog, cat)",
        "3-of:(lisbon, tram)",
        "2-of:(lisbon portugal dog, tram, cat)",
        "taken:summer-2022",
        "taken:2010s",
        "taken:winter",
        "taken:july",
        "taken:06-18",
        "taken:workday",
        "taken:last-30-days",
        "month:july",
        "season:winter",
        "weekday:workday",
        "on:06-18..12-31",
        "on:12-24..06-16",
        "monthday:16",
        "hour:22..4",
        "guessed:yes",
        "added:2023-11-15",
        "modified:none",
        "zone:porto",
        "continent:asia",
        "bbox:38,-9,39,170",
        "altitude:2",
        "altitude:0..",
        "direction:s",
        "direction:10",
        "make:x-t5",
        "serial:42a0",
        "flash:yes",
        "focal35:35",
        "folder:img_1234",
        "id:asset_8",
        "hash:1c1c",
        "copies:>2",
        "offline:yes",
        "managed:yes",
        "sidecar:no",
        "noted:yes",
        "raw:yes",
        "stacksize:1",
        "edited:no",
        "faces:>2",
        "tagcount:0",
        "is:raw",
        "is:trashed",
        "has:codec",
        "codec:any",
        "bitdepth:8",
    ] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn whole_words_count_more_than_beginnings_and_places_more_than_names() {
    let (doc, scope) = (doc(), scope(true, true));
    let score = |filter: Filter| relevance(&filter, &doc, &scope).unwrap();
    assert_eq!(score(Filter::words("lisbon")), 12);
    assert_eq!(score(Filter::roughly("lisbon")), 12);
    assert_eq!(score(Filter::prefix("lisbon")), 12);
    assert_eq!(score(Filter::prefix("lisb")), 8);
    assert_eq!(score(Filter::roughly("lisbn")), 4);
    assert_eq!(score(Filter::words("img")), 11);
    assert_eq!(score(Filter::words("holidays")), 9);
    assert_eq!(score(Filter::roughly("holydays")), 1);
    assert_eq!(score(parse("lisbon img iso:>100 -dog", &clock()).unwrap()), 23);
    assert_eq!(score(parse("img or lisbon", &clock()).unwrap()), 12);
    assert_eq!(score(parse("2-of:(img, dog, lisbon, cat)", &clock()).unwrap()), 23);
}

#[test]
fn films_and_pictures_that_move_are_told_by_their_tracks_and_length() {
    let mut doc = doc();
    let find =
        |text: &str, doc: &SearchDoc| matches(&parse(text, &clock()).unwrap(), doc, &scope(true, true));
    doc.duration_ms = Some(1200);
    doc.live = false;
    assert!(find("is:animated live:no", &doc));
    doc.kind = AssetType::Video;
    doc.format = Format::Mp4;
    doc.tracks = Some(Tracks {
        video_codec: "hevc".to_owned(),
        audio_codec: Some("aac".to_owned()),
        frame_rate: Some(29.97),
        pixel_format: Some("yuv420p10le".to_owned()),
        hdr: true,
        interlaced: false,
    });
    for text in ["codec:HEVC", "audio:aac", "fps:30", "fps:29.97fps", "bitdepth:10", "is:hdr", "animated:no"]
    {
        assert!(find(text, &doc), "{text}");
    }
    for text in ["codec:h26", "audio:none", "fps:25", "bitdepth:8", "is:interlaced", "is:animated"] {
        assert!(!find(text, &doc), "{text}");
    }
}

#[test]
fn runs_of_letters_without_spaces_are_found_by_their_parts() {
    let mut doc = doc();
    doc.words.title = Some("東京タワー 2020".to_owned());
    let find = |text: &str| matches(&parse(text, &clock()).unwrap(), &doc, &scope(true, true));
    for text in ["東京", "京", "タワー", "title:京タ", "ﾀﾜｰ", "タワー2020", "title:\"東\""]
    {
        assert!(find(text), "{text}");
    }
    for text in ["京東", "東タ", "タワ2020", "title:ワタ"] {
        assert!(!find(text), "{text}");
    }
}
