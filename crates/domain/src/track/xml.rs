//! The steps through an XML file that a track is read by.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};

use super::TrackError;

/// No track that means well is nested deeper.
const DEEPEST: usize = 100;
/// No time or number is longer, in bytes.
const VALUE: usize = 128;

/// Steps through a file, up to the end of its root: what comes behind it is not looked at.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

/// One step.
pub(super) enum Step<'a> {
    /// An element begins; each one that does also ends.
    Open(BytesStart<'a>),
    /// A text, or a part of one.
    Text(Cow<'a, str>),
    /// An element of this name ends.
    Close(String),
    /// The root has ended.
    End,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The name of the root.
    pub(super) fn root(&mut self) -> Result<String, TrackError> {
        loop {
            match self.step() {
                Ok(Step::Open(element)) => return Ok(element.local_name().as_ref().to_owned()),
                // Before the root anything may stand that is no XML at all.
                Ok(Step::Text(_) | Step::Close(_)) => {}
                Ok(Step::End) | Err(TrackError::Broken { .. }) => return Err(TrackError::Other),
                Err(error) => return Err(error),
            }
        }
    }

    pub(super) fn step(&mut self) -> Result<Step<'a>, TrackError> {
        loop {
            let event = self.reader.read_event();
            match event.map_err(|error| self.broken(&error))? {
                Event::Start(element) => {
                    self.depth += 1;
                    return if self.depth > DEEPEST {
                        Err(TrackError::Deep)
                    } else {
                        Ok(Step::Open(element))
                    };
                }
                Event::End(element) => {
                    self.depth = self.depth.saturating_sub(1);
                    let name = element.local_name().as_ref().to_owned();
                    return Ok(if self.depth == 0 { Step::End } else { Step::Close(name) });
                }
                Event::Text(text) => return Ok(Step::Text(text.into_inner())),
                Event::CData(text) => return Ok(Step::Text(text.into_inner())),
                Event::DocType(_) => return Err(TrackError::Entities),
                // In names and descriptions, which nobody reads here.
                Event::GeneralRef(reference)
                    if reference.is_char_ref()
                        || resolve_predefined_entity(&reference.xml10_content()).is_some() => {}
                Event::GeneralRef(_) => return Err(TrackError::Entities),
                Event::Eof if self.depth > 0 => {
                    let (at, why) = (self.reader.buffer_position(), "it ends in the middle".to_owned());
                    return Err(TrackError::Broken { at, why });
                }
                Event::Eof => return Ok(Step::End),
                _ => {}
            }
        }
    }

    fn broken(&self, error: &Error) -> TrackError {
        TrackError::Broken { at: self.reader.error_position(), why: error.to_string() }
    }
}

/// A short text that comes in parts.
#[derive(Default)]
pub(super) struct Value(String);

impl Value {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn push(&mut self, part: &str) {
        if self.0.len() + part.len() <= VALUE {
            self.0.push_str(part);
        }
    }

    pub(super) fn text(&self) -> &str {
        self.0.trim()
    }

    pub(super) fn number(&self) -> Option<f64> {
        self.text().parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// A moment as XML Schema writes it; what has no zone is UTC, as both formats want it.
    pub(super) fn moment(&self) -> Option<DateTime<Utc>> {
        let text = self.text();
        let stated = DateTime::parse_from_rfc3339(text).map(|moment| moment.to_utc());
        let zoneless = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").map(|at| at.and_utc());
        let moment = stated.or_else(|_| zoneless()).ok()?;
        // Receivers were not there before, and sums of moments stay within the calendar.
        (1970..2200).contains(&moment.year()).then_some(moment)
    }
}
