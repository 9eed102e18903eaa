//! What a file states of the time, one tag at a time.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// A point in time as a file states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedTime {
    /// The wall-clock reading, with fractions of a second where stated; of a partial date, its first moment.
    pub local: NaiveDateTime,
    /// Minutes east of UTC, if the file says so.
    pub offset_minutes: Option<i32>,
    /// The tag it was read from.
    pub source: TimeSource,
    /// How much of it is stated.
    #[serde(default)]
    pub precision: Precision,
}

/// How much of a date is stated, or known; what is left out is its first moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The time of day, too.
    #[default]
    Moment,
    /// The day.
    Day,
    /// The month.
    Month,
    /// The year.
    Year,
}

/// Where a date came from, best first. The order is that of the peer (Immich 2.4): EXIF's original and digitized date,
/// what films, XMP and IPTC say of the creation, then satellites; before the times of files, which are guesses.
///
/// Of the peer's list these are left out: QuickTime's MediaCreateDate, which repeats the container's; and
/// SonyDateTime2, which lies enciphered in the notes of nine models, empty with flash, and in a zone that nobody knows.
/// DateTimeUTC (Olympus) tells the same as GPS does, and SourceImageCreateTime (Insta360) is a creation date of XMP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeSource {
    /// A person said so.
    Edited,
    /// EXIF DateTimeOriginal.
    Original,
    /// EXIF DateTimeDigitized (CreateDate).
    Digitized,
    /// XMP or IPTC creation date.
    Document,
    /// When a film was recorded, by the clock on the wall (QuickTime CreationDate).
    Recorded,
    /// The creation time of a film's container.
    Container,
    /// GPS date and time stamp, in UTC.
    Gps,
    /// EXIF DateTime (ModifyDate), PNG tIME: when the file was last saved, a guess.
    Modified,
    /// The file's own modification time: a guess.
    File,
}

impl StatedTime {
    /// Whether only the year, or the year and the month, are stated.
    pub fn is_partial(&self) -> bool {
        self.precision.is_partial()
    }

    /// How far it says when something was taken: 0 for that moment, 1 for a part of its date, 2 for another moment.
    pub(crate) fn doubt(&self) -> u8 {
        match (self.source, self.is_partial()) {
            (TimeSource::Modified | TimeSource::File, _) => 2,
            (_, true) => 1,
            (_, false) => 0,
        }
    }

    /// This, with the offset, and the fraction of a second, of another statement of the same second that has one.
    /// Programs copy dates into XMP and leave the offset behind.
    #[must_use]
    pub fn completed_by(self, others: &[Self]) -> Self {
        if self.precision != Precision::Moment || self.offset_minutes.is_some() {
            return self;
        }
        let lends =
            |other: &&Self| other.offset_minutes.is_some() && !other.is_partial() && self.is_read_from(other);
        // Its own tag knows best.
        let Some(other) = others.iter().filter(lends).min_by_key(|other| other.source != self.source) else {
            return self;
        };
        let whole = self.local.and_utc().timestamp_subsec_nanos() == 0;
        let local = if whole { other.local } else { self.local };
        Self { local, offset_minutes: other.offset_minutes, ..self }
    }

    /// The same second, by the same tag or by one that cameras fill. Others state zero where they do not know.
    fn is_read_from(&self, other: &Self) -> bool {
        let known = matches!(other.source, TimeSource::Original | TimeSource::Digitized);
        let seconds = |time: &Self| time.local.and_utc().timestamp();
        (known || other.source == self.source) && seconds(other) == seconds(self)
    }
}

impl Precision {
    /// Whether it is less than a day.
    pub fn is_partial(self) -> bool {
        matches!(self, Self::Month | Self::Year)
    }
}

crate::texts!(Precision { Moment = "moment", Day = "day", Month = "month", Year = "year" });
crate::texts!(TimeSource {
    Edited = "edited", Original = "original", Digitized = "digitized", Document = "document", Recorded = "recorded",
    Container = "container", Gps = "gps", Modified = "modified", File = "file",
});
