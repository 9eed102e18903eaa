//! What a change of assets says.

use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::TimeDelta;
use chrono_tz::Tz;
use domain::edit::{Change, Clock, EditChange, EditedPosition, TimeChange};
use domain::metadata::keywords::{Keyword, SEPARATOR};

use crate::graphql::scalars::LocalDateTime;
use crate::graphql::types::user_error::{UserError, UserErrorCode};

/// What becomes of assets. What is left out stays; null is what the files say.
#[derive(InputObject)]
pub struct AssetUpdateInput {
    /// At most 500.
    pub asset_ids: Vec<ID>,
    /// When they were taken.
    taken: MaybeUndefined<TakenInput>,
    /// Where they were taken.
    position: MaybeUndefined<PositionInput>,
    /// They were taken nowhere that is to be known. Not together with `position`.
    #[graphql(default)]
    without_position: bool,
    /// Title; empty for none.
    title: MaybeUndefined<String>,
    /// Caption; empty for none.
    caption: MaybeUndefined<String>,
    /// Creator; empty for none.
    creator: MaybeUndefined<String>,
    /// Copyright; empty for none.
    copyright: MaybeUndefined<String>,
    /// All keywords, parts apart by `|`: `Places|Portugal|Lisbon`.
    keywords: MaybeUndefined<Vec<String>>,
    /// Keywords that come to those that are there.
    #[graphql(default)]
    add_keywords: Vec<String>,
    /// Keywords that go.
    #[graphql(default)]
    remove_keywords: Vec<String>,
    /// Stars, 1 to 5; 0 for none, -1 for rejected.
    rating: MaybeUndefined<i32>,
}

/// When something was taken. What is left out stays as it is; all is done in the order of the fields.
#[derive(InputObject)]
pub struct TakenInput {
    /// What a clock on the wall showed.
    local: Option<LocalDateTime>,
    /// So many seconds later (or earlier): for a camera whose clock was wrong.
    shift_seconds: Option<i32>,
    /// IANA name of the time zone of that clock. The reading stays, the instant moves.
    time_zone: Option<String>,
    /// Minutes that the clock was ahead of UTC. Not together with `timeZone`.
    offset_minutes: Option<i32>,
}

/// A point on the Earth, WGS 84, in degrees.
#[derive(InputObject)]
pub struct PositionInput {
    /// Degrees north.
    latitude: f64,
    /// Degrees east.
    longitude: f64,
}

impl AssetUpdateInput {
    /// As the domain knows it, or what is wrong with it.
    pub fn change(self) -> Result<EditChange, UserError> {
        let position = match (self.position, self.without_position) {
            (MaybeUndefined::Value(_), true) => {
                return Err(invalid("withoutPosition", "either a position or none, not both"));
            }
            (_, true) => Change::Set(EditedPosition::Nowhere),
            (position, false) => change(position).try_map(PositionInput::read)?,
        };
        Ok(EditChange {
            taken: change(self.taken).try_map(TakenInput::read)?,
            position,
            title: change(self.title).map(|text| line(&text)),
            caption: change(self.caption).map(|text| text.trim().to_owned()),
            creator: change(self.creator).map(|text| line(&text)),
            copyright: change(self.copyright).map(|text| line(&text)),
            keywords: change(self.keywords).try_map(|words| keywords("keywords", words))?,
            add_keywords: keywords("addKeywords", self.add_keywords)?,
            remove_keywords: keywords("removeKeywords", self.remove_keywords)?,
            move_keyword: None,
            rating: change(self.rating).try_map(stars)?,
        })
    }
}

impl TakenInput {
    fn read(self) -> Result<TimeChange, UserError> {
        let clock = match (self.time_zone, self.offset_minutes) {
            (Some(_), Some(_)) => {
                return Err(invalid("taken", "either a time zone or an offset, not both"));
            }
            (Some(name), None) => {
                let zone: Option<Tz> = name.parse().ok();
                let words = format!("there is no time zone {name}; name it as in Europe/Lisbon");
                Some(Clock::Zone(zone.ok_or_else(|| invalid("taken", &words))?))
            }
            (None, offset) => offset.map(Clock::Offset),
        };
        let shift = TimeDelta::seconds(i64::from(self.shift_seconds.unwrap_or_default()));
        Ok(TimeChange { local: self.local.map(|local| local.0), shift, clock })
    }
}

impl PositionInput {
    fn read(self) -> Result<EditedPosition, UserError> {
        EditedPosition::at(self.latitude, self.longitude)
            .map_err(|error| invalid("position", &error.to_string()))
    }
}

fn change<T>(given: MaybeUndefined<T>) -> Change<T> {
    match given {
        MaybeUndefined::Undefined => Change::Leave,
        MaybeUndefined::Null => Change::Revert,
        MaybeUndefined::Value(value) => Change::Set(value),
    }
}

/// One line, without what is around it.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn keywords(field: &str, words: Vec<String>) -> Result<Vec<Keyword>, UserError> {
    let word = |text: String| {
        let parts = text.split(SEPARATOR).map(line);
        Keyword::new(parts).ok_or_else(|| invalid(field, "a keyword has at least one letter"))
    };
    words.into_iter().map(word).collect()
}

fn stars(given: i32) -> Result<i16, UserError> {
    i16::try_from(given).map_err(|_| invalid("rating", &domain::edit::EditError::Rating.to_string()))
}

fn invalid(field: &str, words: &str) -> UserError {
    UserError::of(field, UserErrorCode::Invalid, words)
}
