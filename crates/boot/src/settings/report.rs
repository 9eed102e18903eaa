//! Reads everything, and tells what came of it: the settings or all that is wrong, and where each value is from.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use super::layers::Layers;
use super::value::Value;
use super::{Fallback, Problem, Problems, Setting, Settings};

/// What the sources say, while settings are taken from it.
pub(super) struct Reading {
    layers: Layers,
    effective: Vec<Effective>,
    problems: Vec<Problem>,
}

/// A value as it may be shown: one that holds, or that was refused, and then its place says so.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Effective {
    name: &'static str,
    shown: String,
    place: String,
}

/// What came of reading the settings. Its text is that of `--check-config`.
#[derive(Debug)]
pub struct Report {
    settings: Option<Settings>,
    file: Option<PathBuf>,
    effective: Vec<Effective>,
    problems: Vec<Problem>,
}

impl Reading {
    /// The value of one setting; `None` after a problem was noted.
    pub(super) fn take<T: Value>(&mut self, setting: &'static Setting) -> Option<T> {
        let (text, place) = match (self.layers.given.get(setting.name), &setting.fallback) {
            (Some(given), _) => (given.text.clone(), given.place.clone()),
            (None, Fallback::Text(text)) => (OsString::from(text), "default".to_owned()),
            (None, Fallback::Machine(_, find)) => (OsString::from(find()), "this machine".to_owned()),
            (None, Fallback::Nothing) => {
                let value = T::absent()?;
                self.note(setting, value.show(), "default".to_owned());
                return Some(value);
            }
            (None, Fallback::Required(example)) => {
                self.note(setting, "(none)".to_owned(), "has to be set, see below".to_owned());
                let message = format!("has to be set; write it like {example}");
                self.problems.push(Problem::new(setting.variable(), message));
                return None;
            }
        };
        match check::<T>(setting, &text) {
            Ok(value) => {
                self.note(setting, value.show(), place);
                Some(value)
            }
            Err(message) => {
                // What was meant as a secret is one, whatever it is.
                let shown =
                    if setting.secret { "***".to_owned() } else { text.to_string_lossy().into_owned() };
                self.note(setting, shown, format!("{place}: refused, see below"));
                self.problems.push(Problem::new(place, message));
                None
            }
        }
    }

    fn note(&mut self, setting: &'static Setting, shown: String, place: String) {
        self.effective.push(Effective { name: setting.name, shown, place });
    }
}

fn check<T: Value>(setting: &Setting, text: &OsStr) -> Result<T, String> {
    let value = T::read(text)?;
    if let (Some((low, high)), Some(number)) = (setting.range, value.number())
        && !(low..=high).contains(&number)
    {
        return Err(format!("{number} is out of bounds; it has to be {low} to {high}"));
    }
    Ok(value)
}

impl Report {
    /// Reads settings from these variables and the file that they lead to.
    pub fn from_vars<N, V>(vars: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<OsString>,
        V: Into<OsString>,
    {
        let vars = vars.into_iter().map(|(name, value)| (name.into(), value.into()));
        let mut problems = Vec::new();
        let layers = Layers::read(vars, &mut problems);
        let mut reading = Reading { layers, effective: Vec::new(), problems };
        let settings = Settings::take(&mut reading);
        let Reading { layers, effective, mut problems } = reading;
        for (name, message) in settings.iter().flat_map(Settings::clashes) {
            let place = layers.given.get(name).map_or_else(|| name.to_owned(), |given| given.place.clone());
            problems.push(Problem::new(place, message));
        }
        Self { settings, file: layers.file, effective, problems }
    }

    /// The settings, or all that is wrong with them.
    ///
    /// # Errors
    /// All that is wrong with them, at once.
    pub fn into_settings(self) -> Result<Settings, Problems> {
        match self.settings {
            Some(settings) if self.problems.is_empty() => Ok(settings),
            _ => Err(Problems(self.problems)),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => writeln!(f, "settings file: {}", file.display())?,
            None => writeln!(f, "settings file: none")?,
        }
        let width =
            |part: fn(&Effective) -> &str| self.effective.iter().map(|e| part(e).chars().count()).max();
        let (name, shown) = (width(|e| e.name).unwrap_or(0), width(|e| &e.shown).unwrap_or(0));
        for row in &self.effective {
            writeln!(f, "{:name$} = {:shown$}  # {}", row.name, row.shown, row.place)?;
        }
        if !self.problems.is_empty() {
            writeln!(f, "{}", Problems(self.problems.clone()))?;
        }
        Ok(())
    }
}

/// `--check-config`: writes the settings in effect, secrets masked and what is refused marked, and every problem; succeeds
/// if there is none.
pub fn check_config() -> ExitCode {
    let report = Report::from_vars(std::env::vars_os());
    // A reader that went away (`| head`) is no problem of the settings.
    let _ = write!(std::io::stdout(), "{report}");
    if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
