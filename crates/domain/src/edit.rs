//! What people say of an asset themselves. It is laid over what its files say, which stays beneath and comes to light
//! again when an edit is taken back.

mod change;
#[cfg(test)]
mod tests;
mod undo;

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::metadata::keywords::Keyword;
use crate::metadata::{Metadata, Position, Precision, TimeSource, Words};
use crate::time::{self, Taken};
use crate::zone;

pub use change::{Change, EditChange, TimeChange};
pub use undo::{Step, Undoing};

/// Longest text, in characters: captions of crowds and of scans are long.
pub const LONGEST_TEXT: usize = 10_000;
/// Most keywords of one asset.
pub const MOST_KEYWORDS: usize = 500;
/// No clock in use is further from UTC, in minutes.
const MOST_OFFSET: i32 = 14 * 60;

/// What is told of an asset, as far as people can change it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    /// When it was taken.
    pub taken: Taken,
    /// Where.
    pub position: Option<Position>,
    /// Degrees clockwise from north in which the camera looked.
    pub direction: Option<f64>,
    /// What is written about it.
    pub words: Words,
    /// Stars, −1 (rejected) to 5.
    pub rating: Option<i16>,
}

/// What people have said of an asset; what is left out is as its files say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// When it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<EditedTime>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<EditedPosition>,
    /// Title; empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Caption; empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Creators, as they are kept ([`crate::metadata::creators`]); empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<String>,
    /// Copyright; empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copyright: Option<String>,
    /// All its keywords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keywords: Option<Vec<Keyword>>,
    /// Stars, −1 (rejected) to 5; 0 for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<i16>,
}

/// When something was taken, as a person says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedTime {
    /// What a clock on the wall showed.
    pub local: NaiveDateTime,
    /// Minutes that clock was ahead of UTC.
    pub offset_minutes: i32,
    /// IANA name of the time zone, where one was named.
    pub zone: Option<String>,
    /// How much of it is known: of what was moved by whole days, no more than before.
    #[serde(default)]
    pub precision: Precision,
    /// Nobody has said which clock it was, see [`Taken::assumed`].
    #[serde(default)]
    pub assumed: bool,
}

/// Where something was taken, as a person says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditedPosition {
    /// Nowhere that is to be known.
    Nowhere,
    /// There.
    At(Position),
}

/// Which clock a reading is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// That of a time zone.
    Zone(Tz),
    /// One that is so many minutes ahead of UTC.
    Offset(i32),
}

/// What can't be said of an asset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// A date that cannot be.
    #[error("photographs are not older than 1826 and not from the future; this one would be of {0}")]
    Date(NaiveDateTime),
    /// An offset that no clock has.
    #[error("clocks are at most 14 hours from UTC")]
    Offset,
    /// A position off the globe.
    #[error("a latitude lies between -90 and 90, a longitude between -180 and 180")]
    Position,
    /// Stars that there are not.
    #[error("a rating is 1 to 5 stars, 0 for none, or -1 for rejected")]
    Rating,
    /// A text that is too long, and which.
    #[error("a text has at most {LONGEST_TEXT} characters")]
    Text(&'static str),
    /// Too many keywords.
    #[error("an asset has at most {MOST_KEYWORDS} keywords")]
    Keywords,
}

impl EditError {
    /// What it is about, as everything that is said of assets is named.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Date(_) | Self::Offset => "taken",
            Self::Position => "position",
            Self::Rating => "rating",
            Self::Text(field) => field,
            Self::Keywords => "keywords",
        }
    }
}

impl Edit {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl EditedTime {
    /// A reading of a clock; `now` is the present.
    ///
    /// # Errors
    /// Where it cannot be the date of a photograph, or no clock shows it.
    pub fn new(local: NaiveDateTime, clock: Clock, now: DateTime<Utc>) -> Result<Self, EditError> {
        let year = local.year();
        // Leaves room for the sum of a date and an offset.
        if !(1000..=9000).contains(&year) {
            return Err(EditError::Date(local));
        }
        let (offset_minutes, zone) = match clock {
            Clock::Zone(zone) => (zone::minutes_when_showing(zone, local), Some(zone.name().to_owned())),
            Clock::Offset(minutes) if minutes.abs() <= MOST_OFFSET => (minutes, None),
            Clock::Offset(_) => return Err(EditError::Offset),
        };
        let edited = Self { local, offset_minutes, zone, precision: Precision::Moment, assumed: false };
        if time::plausible(edited.utc(), now) { Ok(edited) } else { Err(EditError::Date(local)) }
    }

    /// The instant.
    pub fn utc(&self) -> DateTime<Utc> {
        self.local.and_utc() - TimeDelta::minutes(i64::from(self.offset_minutes))
    }
}

impl From<&EditedTime> for Taken {
    fn from(edited: &EditedTime) -> Self {
        Self {
            utc: edited.utc(),
            local: edited.local,
            offset_minutes: edited.offset_minutes,
            zone: edited.zone.clone(),
            source: TimeSource::Edited,
            guessed: false,
            precision: edited.precision,
            assumed: edited.assumed,
        }
    }
}

impl EditedPosition {
    /// A position on the globe, in degrees.
    ///
    /// # Errors
    /// Where it is off it.
    pub fn at(latitude: f64, longitude: f64) -> Result<Self, EditError> {
        let there = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        let position = Position { latitude, longitude, altitude: None };
        if there { Ok(Self::At(position)) } else { Err(EditError::Position) }
    }
}

impl Telling {
    /// What files tell.
    pub fn of(metadata: &Metadata, taken: Taken) -> Self {
        Self {
            taken,
            position: metadata.position,
            direction: metadata.direction,
            words: metadata.words.clone(),
            rating: metadata.rating,
        }
    }

    /// This, with what people have said over it.
    #[must_use]
    pub fn edited(&self, edit: &Edit) -> Self {
        let text = |said: &Option<String>, beneath: &Option<String>| match said {
            Some(said) => Some(said.clone()).filter(|said| !said.is_empty()),
            None => beneath.clone(),
        };
        let words = &self.words;
        Self {
            taken: edit.taken.as_ref().map_or_else(|| self.taken.clone(), Taken::from),
            position: match edit.position {
                Some(EditedPosition::Nowhere) => None,
                Some(EditedPosition::At(position)) => Some(position),
                None => self.position,
            },
            // Where it looked is nothing without where it stood.
            direction: self.direction.filter(|_| edit.position.is_none()),
            words: Words {
                title: text(&edit.title, &words.title),
                caption: text(&edit.caption, &words.caption),
                creator: text(&edit.creator, &words.creator),
                copyright: text(&edit.copyright, &words.copyright),
                keywords: edit.keywords.clone().unwrap_or_else(|| words.keywords.clone()),
            },
            rating: edit.rating.map_or(self.rating, |stars| Some(stars).filter(|stars| *stars != 0)),
        }
    }
}

impl Metadata {
    /// With this told of it instead.
    #[must_use]
    pub fn telling(self, telling: &Telling) -> Self {
        let Telling { taken: _, position, direction, words, rating } = telling.clone();
        Self { position, direction, words, rating, ..self }
    }
}
