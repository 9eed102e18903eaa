use super::*;

fn boxed(kind: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let size = u32::try_from(content.len() + 8).unwrap();
    [&size.to_be_bytes()[..], kind, &content].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// A track as muxers write them.
fn track(number: u32, handler: &[u8; 4], clock: u32, entry: &[u8]) -> Vec<u8> {
    let table = boxed(b"stsd", &[&words(&[0, 1]), entry]);
    boxed(
        b"trak",
        &[
            &boxed(b"tkhd", &[&words(&[3, 0, 0, number, 0, 0])]),
            &boxed(
                b"mdia",
                &[
                    &boxed(b"mdhd", &[&words(&[0, 0, 0, clock, 0, 0])]),
                    &boxed(b"hdlr", &[&words(&[0, 0]), handler, &words(&[0, 0, 0])]),
                    &boxed(b"minf", &[&boxed(b"stbl", &[&table])]),
                ],
            ),
        ],
    )
}

fn film() -> Vec<u8> {
    film_of(90_000)
}

/// A film whose pictures' clock ticks so often a second.
fn film_of(clock: u32) -> Vec<u8> {
    let mut about = vec![0; 78];
    about[24..28].copy_from_slice(&[0x05, 0x00, 0x02, 0xd0]);
    let pictures = boxed(b"avc1", &[&about, &boxed(b"avcC", &[&[1, 0x64, 0, 0x1f, 0xff]])]);
    let sound = boxed(b"mp4a", &[&[0; 28]]);
    [
        track(1, b"vide", clock, &pictures),
        track(2, b"soun", 48_000, &sound),
        boxed(
            b"mvex",
            &[
                &boxed(b"trex", &[&words(&[0, 1, 1, 0, 0, 0])]),
                &boxed(b"trex", &[&words(&[0, 2, 1, 1024, 0, 0])]),
            ],
        ),
    ]
    .concat()
}

fn fragment() -> Vec<u8> {
    // Of pictures, each says how long it lasts and how large it is; of sound, nothing but that there are 3.
    let pictures = words(&[0x00_0301, 3, 0, 3_600, 9, 3_600, 9, 7_200, 9]);
    let sound = words(&[0x00_0201, 3, 0, 9, 9, 9]);
    [
        boxed(b"mfhd", &[&words(&[0, 1])]),
        boxed(b"traf", &[&boxed(b"tfhd", &[&words(&[0x02_0000, 1])]), &boxed(b"trun", &[&pictures])]),
        boxed(b"traf", &[&boxed(b"tfhd", &[&words(&[0x02_0000, 2])]), &boxed(b"trun", &[&sound])]),
    ]
    .concat()
}

#[test]
fn tracks_and_lengths_are_read() {
    let header = Header::read(&film()).unwrap();
    assert_eq!((header.size, header.codecs.as_str()), ((1280, 720), "avc1.64001f,mp4a.40.2"));
    assert_eq!(header.moment(&fragment()), Some(Moment { lasts_us: 160_000, pictures: 3 }));
    // Sound alone: 3 × 1024 ÷ 48,000, or as long as the fragment says.
    let only = |about: &[u32]| {
        let run = boxed(b"trun", &[&words(&[0, 3])]);
        header.moment(&boxed(b"traf", &[&boxed(b"tfhd", &[&words(about)]), &run])).unwrap().lasts_us
    };
    assert_eq!(only(&[0, 2]), 64_000);
    assert_eq!(only(&[0x3b, 2, 0, 0, 1, 480, 0, 0]), 30_000);
}

#[test]
fn heads_are_never_shorter_than_themselves() {
    let cases: &[(&[u8], Option<u64>)] = &[
        (b"\0\0\0\x08moof", Some(8)),
        (b"\0\0\0\x07moof", None),
        (b"\0\0\0\0mdat", None),
        (b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x10", Some(16)),
        (b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x0f", None),
        (b"\0\0\0\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff", Some(u64::MAX)),
        (b"\0\0\0\x01mdat", None),
        (b"\0\0\0\x09moo", None),
    ];
    for (bytes, size) in cases {
        assert_eq!(head(bytes).map(|head| head.size), *size, "{bytes:?}");
    }
}

#[test]
fn what_is_cut_off_is_no_film() {
    let (film, fragment) = (film(), fragment());
    let header = Header::read(&film).unwrap();
    assert!((0..film.len()).all(|length| Header::read(&film[..length]).is_none()));
    for length in 1..fragment.len() {
        let told = header.moment(&fragment[..length]);
        // A box after the first track may be missing altogether.
        assert!(told.is_none_or(|told| told.lasts_us == 160_000), "{length}");
    }
}

#[test]
fn no_bytes_make_it_panic_and_no_number_is_believed() {
    let (film, fragment) = (film(), fragment());
    let header = Header::read(&film).unwrap();
    for value in [0, 1, 7, 8, 0x7f, 0x80, 0xff] {
        for (at, bytes) in [&film, &fragment].into_iter().flat_map(|of| (0..of.len()).map(move |at| (at, of)))
        {
            let mut hostile = bytes.clone();
            hostile[at..(at + 4).min(bytes.len())].fill(value);
            let _ = (Header::read(&hostile), header.moment(&hostile));
        }
    }
    // A fragment of a day is believed, and nothing longer: lengths are added up, and no film is so long.
    let lasting = |ticks: u32, clock: u32| {
        let header = Header::read(&film_of(clock)).unwrap();
        let run = boxed(b"trun", &[&words(&[0x100, 1, ticks])]);
        header.moment(&boxed(b"traf", &[&boxed(b"tfhd", &[&words(&[0, 1])]), &run]))
    };
    assert_eq!(lasting(86_401, 1), None);
    assert_eq!(lasting(u32::MAX, 1), None);
    assert_eq!(lasting(86_400, 1).map(|moment| moment.lasts_us), Some(86_400_000_000));
    // Four thousand million samples in no bytes at all last as long as that, and cost nothing to count.
    let run = boxed(b"trun", &[&words(&[0, u32::MAX])]);
    let told = boxed(b"traf", &[&boxed(b"tfhd", &[&words(&[8, 1, u32::MAX])]), &run]);
    assert_eq!(header.moment(&told), None);
    let run = boxed(b"trun", &[&words(&[0x100, u32::MAX, 1])]);
    assert_eq!(header.moment(&boxed(b"traf", &[&boxed(b"tfhd", &[&words(&[0, 1])]), &run])), None);
}
