//! A change that a person makes, to one asset or to many at once.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::{Clock, Edit, EditError, EditedPosition, EditedTime, LONGEST_TEXT, MOST_KEYWORDS, Telling};
use crate::metadata::keywords::{Keyword, KeywordMove, tidy};

/// What becomes of one thing that is told of an asset.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Change<T> {
    /// It stays.
    #[default]
    Leave,
    /// It is again as the files say.
    Revert,
    /// It is this.
    Set(T),
}

/// What becomes of the date: what is left out stays, and all is done in this order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeChange {
    /// The clock on the wall showed this.
    pub local: Option<NaiveDateTime>,
    /// It showed so much more.
    pub shift: TimeDelta,
    /// It was this clock.
    pub clock: Option<Clock>,
}

/// What becomes of an asset.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EditChange {
    /// When it was taken.
    pub taken: Change<TimeChange>,
    /// Where.
    pub position: Change<EditedPosition>,
    /// Title; empty for none.
    pub title: Change<String>,
    /// Caption; empty for none.
    pub caption: Change<String>,
    /// Creator; empty for none.
    pub creator: Change<String>,
    /// Copyright; empty for none.
    pub copyright: Change<String>,
    /// All keywords; before those that come and go.
    pub keywords: Change<Vec<Keyword>>,
    /// Keywords that come.
    pub add_keywords: Vec<Keyword>,
    /// Keywords that go.
    pub remove_keywords: Vec<Keyword>,
    /// A keyword that becomes another one, or goes, with all below it; after those that come and go.
    pub move_keyword: Option<KeywordMove>,
    /// Stars; 0 for none.
    pub rating: Change<i16>,
}

impl<T> Change<T> {
    /// With what is set made into something else.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Self::Leave => Change::Leave,
            Self::Revert => Change::Revert,
            Self::Set(value) => Change::Set(make(value)),
        }
    }

    /// The same, where that may fail.
    ///
    /// # Errors
    /// That of `make`.
    pub fn try_map<U, E>(self, make: impl FnOnce(T) -> Result<U, E>) -> Result<Change<U>, E> {
        Ok(match self {
            Self::Leave => Change::Leave,
            Self::Revert => Change::Revert,
            Self::Set(value) => Change::Set(make(value)?),
        })
    }

    fn apply(self, said: Option<T>) -> Option<T> {
        match self {
            Self::Leave => said,
            Self::Revert => None,
            Self::Set(value) => Some(value),
        }
    }
}

impl EditChange {
    /// What is said of an asset after it. `shown` is what is told of it now; `now` is the present.
    ///
    /// # Errors
    /// Where the change can't be made to this asset.
    pub fn apply(&self, said: Edit, shown: &Telling, now: DateTime<Utc>) -> Result<Edit, EditError> {
        let edit = Edit {
            taken: match &self.taken {
                Change::Leave => said.taken,
                Change::Revert => None,
                Change::Set(change) => Some(change.apply(shown, now)?),
            },
            position: self.position.clone().apply(said.position),
            title: self.title.clone().apply(said.title),
            caption: self.caption.clone().apply(said.caption),
            creator: self.creator.clone().apply(said.creator),
            copyright: self.copyright.clone().apply(said.copyright),
            keywords: self.words(said.keywords, shown),
            rating: self.rating.clone().apply(said.rating),
        };
        check(&edit)?;
        Ok(edit)
    }

    /// The keywords said after the change; none where the files' are left as they are.
    fn words(&self, said: Option<Vec<Keyword>>, shown: &Telling) -> Option<Vec<Keyword>> {
        let said = self.keywords.clone().apply(said);
        if self.add_keywords.is_empty() && self.remove_keywords.is_empty() && self.move_keyword.is_none() {
            return said.map(tidy);
        }
        let mut words = said.unwrap_or_else(|| shown.words.keywords.clone());
        words.extend(self.add_keywords.iter().cloned());
        words.retain(|word| !self.remove_keywords.contains(word));
        Some(tidy(match &self.move_keyword {
            Some(change) => change.apply(words),
            None => words,
        }))
    }
}

impl TimeChange {
    fn apply(&self, shown: &Telling, now: DateTime<Utc>) -> Result<EditedTime, EditError> {
        let taken = &shown.taken;
        let local = self.local.unwrap_or(taken.local);
        let local = local.checked_add_signed(self.shift).ok_or(EditError::Date(local))?;
        let zone = taken.zone.as_deref().and_then(|name| name.parse().ok());
        let clock = self.clock.or(zone.map(Clock::Zone)).unwrap_or(Clock::Offset(taken.offset_minutes));
        EditedTime::new(local, clock, now)
    }
}

fn check(edit: &Edit) -> Result<(), EditError> {
    let texts = [
        ("title", &edit.title),
        ("caption", &edit.caption),
        ("creator", &edit.creator),
        ("copyright", &edit.copyright),
    ];
    let texts = texts.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?)));
    let words = edit.keywords.iter().flatten().map(|word| ("keywords", word.as_str()));
    if let Some((field, _)) = texts.chain(words).find(|(_, text)| text.chars().count() > LONGEST_TEXT) {
        return Err(EditError::Text(field));
    }
    if edit.keywords.as_ref().is_some_and(|words| words.len() > MOST_KEYWORDS) {
        return Err(EditError::Keywords);
    }
    if edit.rating.is_some_and(|stars| !(-1..=5).contains(&stars)) {
        return Err(EditError::Rating);
    }
    Ok(())
}
