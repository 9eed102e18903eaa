use super::*;

#[test]
fn numbers_are_read_in_their_unit() {
    for (unit, text, expected) in [
        (Unit::Count, "1600", Some(1600)),
        (Unit::Count, "1.5", None),
        (Unit::Count, "-5", None),
        (Unit::Count, "99999999999999999999", None),
        (Unit::Pixels, "4000px", Some(4000)),
        (Unit::Stars, "-1", Some(-1)),
        (Unit::Stars, "Rejected", Some(-1)),
        (Unit::Stars, "6", None),
        (Unit::Megapixels, "12.5MP", Some(12_500_000)),
        (Unit::FNumber, "f/2.8", Some(280)),
        (Unit::FNumber, "1.78", Some(178)),
        (Unit::Millimetres, "50mm", Some(5000)),
        (Unit::Exposure, "1/250", Some(4000)),
        (Unit::Exposure, "0.5s", Some(500_000)),
        (Unit::Exposure, "1/0", None),
        (Unit::Duration, "1h30m", Some(5_400_000)),
        (Unit::Duration, "90", Some(90_000)),
        (Unit::Duration, "1x", None),
        (Unit::Bytes, "1.5GB", Some(1_500_000_000)),
        (Unit::Bytes, "2MiB", Some(2_097_152)),
        (Unit::Bytes, "nan", None),
        (Unit::Bytes, ".", None),
        (Unit::Bytes, "", None),
        (Unit::Within(1, 31), "31", Some(31)),
        (Unit::Within(1, 31), "32", None),
        (Unit::Within(1, 31), "0", None),
        (Unit::Hour, "23h", Some(23)),
        (Unit::Hour, "24", None),
        (Unit::DayOfYear, "12-24", Some(1224)),
        (Unit::DayOfYear, "2-29", Some(229)),
        (Unit::DayOfYear, "2-30", None),
        (Unit::DayOfYear, "12", None),
        (Unit::DayOfYear, "2019-12-24", None),
        (Unit::Degrees, "90.5", Some(905)),
        (Unit::Degrees, "360°", Some(3600)),
        (Unit::Degrees, "361", None),
        (Unit::Degrees, "-1", None),
        (Unit::Metres, "-430", Some(-430)),
        (Unit::Metres, "1.2km", Some(1200)),
        (Unit::Metres, "-10ft", Some(-3)),
        (Unit::Metres, "--5", None),
        (Unit::Metres, "2000km", None),
        (Unit::Rate, "29.97fps", Some(29_970)),
    ] {
        assert_eq!(unit.read(text), expected, "{unit:?} {text}");
    }
}

#[test]
fn numbers_are_written_as_people_write_them() {
    for (unit, value, expected) in [
        (Unit::FNumber, 280, "2.8"),
        (Unit::FNumber, 178, "1.78"),
        (Unit::FNumber, 1600, "16"),
        (Unit::Exposure, 4000, "1/250"),
        (Unit::Exposure, 400_000, "0.4"),
        (Unit::Exposure, 30_000_000, "30"),
        (Unit::Duration, 90_000, "90s"),
        (Unit::Bytes, 20_000_000, "20MB"),
        (Unit::Bytes, 1025, "1025"),
        (Unit::Megapixels, 12_500_000, "12.5"),
        (Unit::DayOfYear, 106, "01-06"),
        (Unit::Degrees, 3375, "337.5"),
        (Unit::Metres, -5, "-5"),
        (Unit::Rate, 29_970, "29.97"),
    ] {
        assert_eq!(unit.write(value), expected, "{unit:?} {value}");
        assert_eq!(unit.read(expected), Some(value), "{unit:?} {expected}");
    }
}
