//! The packs of a message, and what they mean.

use chrono::{NaiveDateTime, TimeDelta};
use domain::metadata::{Position, StatedTime, TimeSource};

use super::Said;
use crate::{
    container::bytes,
    meta::{gps, position, text, time},
};

const DATE: [u8; 2] = [0x18, 0x19];
const NORTH_OR_SOUTH: u8 = 0xB1;
const LATITUDE: [u8; 3] = [0xB2, 0xB3, 0xB4];
const EAST_OR_WEST: u8 = 0xB5;
const LONGITUDE: [u8; 3] = [0xB6, 0xB7, 0xB8];
const BELOW_THE_SEA: u8 = 0xB9;
const ALTITUDE: u8 = 0xBA;
/// Hours, minutes and seconds by the satellites' clock, and how many milliseconds each is.
const CLOCK: [(u8, i64); 3] = [(0xBB, 3_600_000), (0xBC, 60_000), (0xBD, 1000)];
/// `A` if there is a fix, `V` if not.
const STATUS: u8 = 0xBE;
const DAY: [u8; 3] = [0xCA, 0xCB, 0xCC];
const MAKE: u8 = 0xE0;
const MODEL: [u8; 3] = [0xE4, 0xE5, 0xE6];

/// Values by their numbers.
pub(super) struct Packs([Option<[u8; 4]>; 256]);

impl Packs {
    /// How many there are, then each with its number, in their order.
    pub(super) fn of(message: &[u8]) -> Option<Self> {
        let (count, rest) = message.split_first()?;
        let (all, _) = rest.as_chunks::<5>();
        let mut packs = Self([None; 256]);
        let mut next = 0;
        for [number, value @ ..] in all.iter().take(usize::from(*count)) {
            let number = usize::from(*number);
            if number < next {
                break;
            }
            next = number + 1;
            packs.0[number] = Some(*value);
        }
        Some(packs)
    }

    pub(super) fn said(&self) -> Said {
        let make = self.get(MAKE).and_then(|value| maker(bytes::be16(&value, 0)?));
        // Others have other things there.
        let model = || text::from_bytes(&self.joined(&MODEL)?, text::LINE);
        Said {
            time: self.time(),
            position: self.position(),
            utc: self.utc(),
            make,
            model: if make == Some("Sony") { model() } else { None },
        }
    }

    fn get(&self, number: u8) -> Option<[u8; 4]> {
        self.0.get(usize::from(number)).copied().flatten()
    }

    /// The bytes of packs that continue each other.
    fn joined(&self, numbers: &[u8]) -> Option<Vec<u8>> {
        let first = self.get(*numbers.first()?)?;
        let further = numbers.iter().skip(1).map_while(|number| self.get(*number)).flatten();
        Some(first.into_iter().chain(further).collect())
    }

    fn letter(&self, number: u8) -> Option<String> {
        text::from_bytes(&self.get(number)?, text::LINE)
    }

    fn fraction(&self, number: u8) -> Option<(u16, u16)> {
        let value = self.get(number)?;
        bytes::be16(&value, 0).zip(bytes::be16(&value, 2).filter(|below| *below > 0))
    }

    fn number(&self, number: u8) -> Option<f64> {
        self.fraction(number).map(|(above, below)| f64::from(above) / f64::from(below))
    }

    /// Two decimal digits in each byte, but the first: that is the zone.
    fn time(&self) -> Option<StatedTime> {
        let [[zone, century, year, month], [day, hour, minute, second]] =
            [self.get(DATE[0])?, self.get(DATE[1])?];
        let digits =
            format!("{century:02x}{year:02x}-{month:02x}-{day:02x}T{hour:02x}:{minute:02x}:{second:02x}");
        let stamp = time::parse(&digits)?;
        Some(StatedTime { offset_minutes: offset(zone), ..stamp.by(TimeSource::Original) })
    }

    fn position(&self) -> Option<Position> {
        if self.letter(STATUS).is_some_and(|status| status == "V") {
            return None;
        }
        let degrees = |numbers: [u8; 3], side: u8| {
            let parts: Vec<f64> = numbers.iter().map_while(|number| self.number(*number)).collect();
            gps::degrees(&parts, &self.letter(side)?)
        };
        let below = self.get(BELOW_THE_SEA).is_some_and(|value| value != [0; 4]);
        let altitude = self.number(ALTITUDE).map(|metres| if below { -metres } else { metres });
        position(degrees(LATITUDE, NORTH_OR_SOUTH)?, degrees(LONGITUDE, EAST_OR_WEST)?, altitude)
    }

    fn utc(&self) -> Option<NaiveDateTime> {
        let day = time::parse(&text::from_bytes(&self.joined(&DAY)?, text::LINE)?)?.local;
        let part = |(number, unit): (u8, i64)| {
            self.fraction(number).map(|(above, below)| i64::from(above) * unit / i64::from(below))
        };
        let milliseconds: i64 = CLOCK.into_iter().map(part).sum::<Option<i64>>()?;
        let in_a_day = (0..86_400_000).contains(&milliseconds);
        in_a_day.then(|| day.date().and_time(chrono::NaiveTime::MIN) + TimeDelta::milliseconds(milliseconds))
    }
}

/// From the highest bit: not known; summer, an hour more; west; four bits of hours; half an hour more.
fn offset(zone: u8) -> Option<i32> {
    let east = i32::from(zone >> 1 & 0x0F) * 60 + i32::from(zone & 1) * 30;
    let standard = if zone & 0x20 == 0 { east } else { -east };
    let offset = standard + if zone & 0x40 == 0 { 0 } else { 60 };
    (zone & 0x80 == 0 && (-12 * 60..=14 * 60).contains(&offset)).then_some(offset)
}

fn maker(number: u16) -> Option<&'static str> {
    Some(match number {
        0x0103 => "Panasonic",
        0x0108 => "Sony",
        0x1011 => "Canon",
        0x1104 => "JVC",
        _ => return None,
    })
}
