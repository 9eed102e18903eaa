use super::*;

/// Some of what a Sony writes; `exiftool` reads it in the same way (tests/decoding/avchd.rs).
fn message(zone: u8, status: u8) -> Vec<u8> {
    let packs: &[(u8, &[u8; 4])] = &[
        (0x13, &[1, 2, 3, 4]),
        (0x18, &[zone, 0x20, 0x12, 0x08]),
        (0x19, &[0x11, 0x15, 0x31, 0x26]),
        (0xB1, b"N\0\0\0"),
        (0xB2, &[0, 48, 0, 1]),
        (0xB3, &[0, 51, 0, 1]),
        (0xB4, &[0, 24, 0, 1]),
        (0xB5, b"W\0\0\0"),
        (0xB6, &[0, 2, 0, 1]),
        (0xB7, &[0, 21, 0, 1]),
        (0xB8, &[0, 72, 0, 10]),
        (0xB9, &[0; 4]),
        (0xBA, &[1, 94, 0, 10]),
        (0xBB, &[0, 13, 0, 1]),
        (0xBC, &[0, 31, 0, 1]),
        (0xBD, &[0, 51, 0, 2]),
        (0xBE, &[status, 0, 0, 0]),
        (0xCA, b"2012"),
        (0xCB, b":08:"),
        (0xCC, b"11\0\0"),
        (0xE0, &[0x01, 0x08, 0, 0]),
        (0xE4, b"HDR-"),
        (0xE5, b"CX11"),
        (0xE6, b"0\0\0\0"),
    ];
    let mut message = vec![u8::try_from(packs.len()).unwrap()];
    message.extend(packs.iter().flat_map(|(number, value)| [&[*number], value.as_slice()].concat()));
    message
}

/// As it lies in the stream: with threes behind two zeros, and a beginning of something else behind it.
fn escaped(message: &[u8]) -> Vec<u8> {
    let mut escaped = MARK.to_vec();
    let mut zeros = 0;
    for byte in message {
        if zeros >= 2 && *byte <= 3 {
            escaped.push(3);
            zeros = 0;
        }
        escaped.push(*byte);
        zeros = if *byte == 0 { zeros + 1 } else { 0 };
    }
    [&escaped, b"\x80\0\0\0\x01\x65".as_slice()].concat()
}

/// Packets of two streams in turn; those of the first hold few bytes and much padding.
fn transport(stream: &[u8], stamp: usize) -> Vec<u8> {
    let mut file = Vec::new();
    for piece in stream.chunks(50) {
        let padding = PACKET - 5 - piece.len();
        file.extend(vec![0x11; stamp]);
        file.extend([SYNC, 0x10, 0x11, 0x30, u8::try_from(padding).unwrap()]);
        file.extend(vec![0xFF; padding]);
        file.extend(piece);
        file.extend(vec![0x11; stamp]);
        file.extend([SYNC, 0x11, 0x00, 0x10]);
        file.extend([0x17; PACKET - 4]);
    }
    file
}

#[test]
fn a_message_is_found_across_packets() {
    let stream = escaped(&message(0x42, b'A'));
    for stamp in [0, STAMP] {
        let said = read(&transport(&stream, stamp)).unwrap();
        let time = said.time.unwrap();
        assert_eq!(
            (time.local.to_string().as_str(), time.offset_minutes),
            ("2012-08-11 15:31:26", Some(120))
        );
        let place = said.position.unwrap();
        assert!((place.latitude - 48.856_667).abs() < 1e-6 && (place.longitude + 2.352).abs() < 1e-6);
        assert_eq!(place.altitude, Some(35.0));
        assert_eq!(said.utc.unwrap().to_string(), "2012-08-11 13:31:25.500");
        assert_eq!((said.make, said.model.as_deref()), (Some("Sony"), Some("HDR-CX110")));
    }
    assert_eq!(find(&escaped(&message(0x42, b'V'))).unwrap().position, None);
    assert_eq!(read(b""), None);
}

#[test]
fn zones_are_told_by_bits() {
    let cases = [
        (0x00, Some(0)),
        (0x02, Some(60)),
        (0x42, Some(120)),
        (0x2A, Some(-300)),
        (0x6A, Some(-240)),
        (0x0B, Some(330)),
        (0x27, Some(-210)),
        (0xFF, None),
        (0x82, None),
        (0x1E, None),
    ];
    for (zone, minutes) in cases {
        let said = find(&escaped(&message(zone, b'A'))).unwrap();
        assert_eq!(said.time.unwrap().offset_minutes, minutes, "{zone:#x}");
    }
}

#[test]
fn what_is_bent_says_less_and_never_panics() {
    let file = transport(&escaped(&message(0x42, b'A')), STAMP);
    for at in 0..file.len() {
        read(&file[..at]);
        for byte in [0, 0x17, 0xFF] {
            let mut bent = file.clone();
            bent[at] = byte;
            read(&bent);
        }
    }
}
