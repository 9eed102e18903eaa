//! Numbers with units: each key counts in one unit, as a whole number small enough for what it
//! measures (hundredths of an f-number, microseconds of exposure …).

mod circle;

/// What a key's numbers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Plain whole numbers.
    Count,
    /// Whole numbers from one to another.
    Within(i64, i64),
    /// Hours of the day, 0 to 23; after the last comes the first again.
    Hour,
    /// Days of the year, month × 100 + day, written `12-24`; after the last comes the first again.
    DayOfYear,
    /// Tenths of a degree clockwise from north, written `90`, `90.5` or `e`; after the last comes the first again.
    Degrees,
    /// Metres above the sea, negative below; `m`, `km` or `ft` may follow.
    Metres,
    /// Thousandths of a picture a second; `fps` may follow.
    Rate,
    /// Stars, 1 to 5; −1 or `rejected` for what is not wanted.
    Stars,
    /// Pixels; `px` may follow.
    Pixels,
    /// Pixels in all, written in millions; `mp` may follow.
    Megapixels,
    /// Hundredths of an f-number, written `2.8`, `f2.8` or `f/2.8`.
    FNumber,
    /// Hundredths of a millimetre, written in millimetres; `mm` may follow.
    Millimetres,
    /// Microseconds, written in seconds: `1/250`, `0.5`, `2s`.
    Exposure,
    /// Milliseconds, written `90`, `90s`, `1m30s`, `2h`, `500ms`.
    Duration,
    /// Bytes, written `500`, `20kB`, `5MB`, `1.5GB`, `2MiB`.
    Bytes,
}

/// No number of a filter is larger; every whole number up to it is exact in a float.
const LARGEST: f64 = 1e15;
/// Nothing is higher or lower, in metres.
const HIGHEST: u64 = 1_000_000;

const SIZES: &[(&str, f64)] = &[
    ("", 1.0),
    ("b", 1.0),
    ("k", 1e3),
    ("kb", 1e3),
    ("m", 1e6),
    ("mb", 1e6),
    ("g", 1e9),
    ("gb", 1e9),
    ("t", 1e12),
    ("tb", 1e12),
    ("kib", 1024.0),
    ("mib", 1_048_576.0),
    ("gib", 1_073_741_824.0),
    ("tib", 1_099_511_627_776.0),
];
const HEIGHTS: &[(&str, f64)] = &[("", 1.0), ("m", 1.0), ("km", 1e3), ("ft", 0.3048)];
const TIMES: &[(&str, f64)] =
    &[("", 1e3), ("ms", 1.0), ("s", 1e3), ("sec", 1e3), ("m", 6e4), ("min", 6e4), ("h", 3.6e6)];

impl Unit {
    /// How its values are written, for messages.
    pub fn expects(self) -> String {
        let fixed = match self {
            Self::Count => "a whole number",
            Self::Within(from, to) => return format!("a whole number from {from} to {to}"),
            Self::Hour => "an hour from 0 to 23",
            Self::DayOfYear => "a month and a day such as 12-24",
            Self::Degrees => "degrees from 0 to 360, or n, ne, e …,",
            Self::Metres => "metres such as 1200 or -5",
            Self::Rate => "pictures a second such as 25 or 29.97",
            Self::Stars => "stars from 1 to 5 (-1 is rejected)",
            Self::Pixels => "a whole number of pixels",
            Self::Megapixels => "megapixels such as 12",
            Self::FNumber => "an f-number such as 2.8",
            Self::Millimetres => "millimetres such as 50",
            Self::Exposure => "seconds such as 1/250 or 0.5",
            Self::Duration => "a duration such as 90s, 5m or 1h30m",
            Self::Bytes => "a size such as 500kB, 20MB or 1.5GB",
        };
        fixed.to_owned()
    }

    /// Whether a filter may have this number.
    pub fn holds(self, number: i64) -> bool {
        match self {
            Self::Within(from, to) => (from..=to).contains(&number),
            Self::Hour | Self::DayOfYear | Self::Degrees => self.is_on_circle(number),
            Self::Metres => number.unsigned_abs() <= HIGHEST,
            Self::Stars => (-1..=5).contains(&number),
            _ => number >= 0,
        }
    }

    /// Reads what one number or name stands for: mostly a single number, else the first and last.
    pub(super) fn read_stretch(self, text: &str) -> Option<(i64, i64)> {
        let sector = || if self == Self::Degrees { circle::sector(text) } else { None };
        self.read(text).map(|number| (number, number)).or_else(sector)
    }

    /// Reads one number.
    pub(super) fn read(self, text: &str) -> Option<i64> {
        self.read_unchecked(&text.to_lowercase()).filter(|number| self.holds(*number))
    }

    fn read_unchecked(self, text: &str) -> Option<i64> {
        let plain =
            |suffix: &str, scale: f64| scaled(decimal(text.strip_suffix(suffix).unwrap_or(text))?, scale);
        match self {
            Self::Count | Self::Within(..) => whole(text),
            Self::Hour => whole(text.strip_suffix('h').unwrap_or(text)),
            Self::DayOfYear => circle::read_day(text),
            Self::Degrees => scaled(decimal(text.trim_end_matches('°').trim_end_matches("deg"))?, 10.0),
            Self::Metres => metres(text),
            Self::Rate => plain("fps", 1000.0),
            Self::Stars if text == "rejected" => Some(-1),
            Self::Stars => text.parse().ok(),
            Self::Pixels => whole(text.strip_suffix("px").unwrap_or(text)),
            Self::Megapixels => plain("mp", 1e6),
            Self::FNumber => scaled(decimal(text.trim_start_matches('f').trim_start_matches('/'))?, 100.0),
            Self::Millimetres => plain("mm", 100.0),
            Self::Exposure => exposure(text.strip_suffix('s').unwrap_or(text)),
            Self::Duration => duration(text),
            Self::Bytes => with_suffix(text, SIZES),
        }
    }

    /// Writes one number so that `read` gives it back.
    pub(super) fn write(self, value: i64) -> String {
        match self {
            Self::Count | Self::Within(..) | Self::Hour | Self::Metres | Self::Stars | Self::Pixels => {
                value.to_string()
            }
            Self::DayOfYear => format!("{:02}-{:02}", value / 100, value % 100),
            Self::Degrees => write_decimal(value, 10),
            Self::Rate => write_decimal(value, 1000),
            Self::Megapixels => write_decimal(value, 1_000_000),
            Self::FNumber | Self::Millimetres => write_decimal(value, 100),
            Self::Exposure => write_exposure(value),
            Self::Duration => {
                write_largest(value, &[(3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms")])
            }
            Self::Bytes => {
                write_largest(value, &[(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB"), (1, "")])
            }
        }
    }
}

fn whole(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?.filter(|&number: &i64| (number as f64) <= LARGEST)
}

/// Digits with at most one point; no signs, exponents or names that a float would take.
fn decimal(text: &str) -> Option<f64> {
    let plain =
        text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && text.bytes().any(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

fn scaled(number: f64, scale: f64) -> Option<i64> {
    let value = (number * scale).round();
    // Checked against LARGEST, so the cast is exact.
    (value <= LARGEST).then_some(value as i64)
}

fn with_suffix(text: &str, units: &[(&str, f64)]) -> Option<i64> {
    let digits = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, suffix) = text.split_at(digits);
    let (_, scale) = units.iter().find(|(name, _)| *name == suffix.trim())?;
    scaled(decimal(number.trim())?, *scale)
}

/// Whole metres, with a sign where they are below the sea.
fn metres(text: &str) -> Option<i64> {
    let metres = with_suffix(text.strip_prefix('-').unwrap_or(text), HEIGHTS)?;
    Some(if text.starts_with('-') { -metres } else { metres })
}

fn exposure(text: &str) -> Option<i64> {
    match text.split_once('/') {
        Some((above, below)) => {
            let below = decimal(below)?;
            (below > 0.0).then(|| scaled(decimal(above)? / below, 1e6))?
        }
        None => scaled(decimal(text)?, 1e6),
    }
}

/// One number with a unit, or several after each other: `1h30m`.
fn duration(text: &str) -> Option<i64> {
    let mut rest = text;
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let unit = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let after = rest[unit..].find(|c: char| !c.is_ascii_alphabetic()).map_or(rest.len(), |at| unit + at);
        let (part, next) = rest.split_at(after);
        total = total.checked_add(with_suffix(part, TIMES)?)?;
        rest = next;
    }
    (!text.is_empty() && total as f64 <= LARGEST).then_some(total)
}

fn write_decimal(value: i64, scale: i64) -> String {
    let fraction = value % scale;
    if fraction == 0 {
        return (value / scale).to_string();
    }
    let places = scale.ilog10() as usize;
    let digits = format!("{}.{fraction:0places$}", value / scale);
    digits.trim_end_matches('0').to_owned()
}

fn write_exposure(micros: i64) -> String {
    if micros > 0 && micros < 1_000_000 {
        let below = (1e6 / micros as f64).round();
        if scaled(1.0 / below, 1e6) == Some(micros) {
            return format!("1/{below}");
        }
    }
    write_decimal(micros, 1_000_000)
}

fn write_largest(value: i64, units: &[(i64, &str)]) -> String {
    units
        .iter()
        .find(|(size, _)| value != 0 && value % size == 0)
        .map_or_else(|| value.to_string(), |(size, name)| format!("{}{name}", value / size))
}

#[cfg(test)]
mod tests;
