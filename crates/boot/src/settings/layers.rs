//! Lays the sources one over the other, and finds names that no setting has.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::table::DATA;
use super::{CONFIG, NOT_SETTINGS, PREFIX, Problem, Setting, TABLE, file, suggest};

/// What was written for a setting.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) text: OsString,
    /// Variable, or file and line.
    pub(super) place: String,
}

/// The uppermost of what was written, by the setting's name.
#[derive(Debug, Default)]
pub(super) struct Layers {
    pub(super) given: HashMap<&'static str, Given>,
    /// The settings file, where there is one.
    pub(super) file: Option<PathBuf>,
}

impl Layers {
    pub(super) fn read(
        vars: impl Iterator<Item = (OsString, OsString)>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let vars: Vec<(String, OsString)> = vars
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value))
            .filter(|(name, value)| name.starts_with(PREFIX) && !value.is_empty())
            .collect();
        let mut layers = Self::default();
        let named = vars.iter().find(|(name, _)| name == CONFIG).map(|(_, path)| PathBuf::from(path));
        let found = named.clone().or_else(|| beside_data(&vars));
        if let Some(path) = found {
            layers.read_file(&path, named.is_some(), problems);
            layers.file = Some(path);
        }
        layers.read_vars(vars, problems);
        layers
    }

    fn read_file(&mut self, path: &Path, named: bool, problems: &mut Vec<Problem>) {
        let mut layer = HashMap::new();
        for entry in file::entries(path, problems) {
            let Some((setting, by_file)) = recognise(&entry.name) else {
                problems.push(unknown(entry.place, &entry.name, |row| row.name.to_owned()));
                continue;
            };
            if setting.name == "data" && !named {
                let message = format!(
                    "this file was found in the data folder; move that by TESSERA_DATA, or name this file by {CONFIG}"
                );
                problems.push(Problem::new(entry.place, message));
                continue;
            }
            match entry.value {
                Err(message) => problems.push(Problem::new(entry.place, message)),
                Ok(_) if entry.list && !setting.list => {
                    problems.push(Problem::new(entry.place, "takes one value, not a list"));
                }
                Ok(text) if text.is_empty() => {}
                Ok(text) => put(
                    &mut layer,
                    setting,
                    by_file,
                    Given { text: text.into(), place: entry.place },
                    problems,
                ),
            }
        }
        self.given.extend(layer);
    }

    fn read_vars(&mut self, vars: Vec<(String, OsString)>, problems: &mut Vec<Problem>) {
        let mut layer = HashMap::new();
        for (name, text) in vars {
            if name == CONFIG || NOT_SETTINGS.iter().any(|(other, _)| is(&name, other)) {
                continue;
            }
            let tail = name.strip_prefix(PREFIX).unwrap_or_default().to_lowercase();
            // Names are in capitals throughout: `TESSERA_data` is none.
            let capitals = !name.contains(char::is_lowercase);
            match recognise(&tail).filter(|_| capitals) {
                Some((setting, by_file)) => {
                    put(&mut layer, setting, by_file, Given { text, place: name }, problems);
                }
                None => problems.push(unknown(name, &tail, Setting::variable)),
            }
        }
        self.given.extend(layer);
    }
}

/// `tessera.toml` in the data folder, if there is one.
fn beside_data(vars: &[(String, OsString)]) -> Option<PathBuf> {
    let data = vars.iter().find(|(name, _)| name == "TESSERA_DATA").map(|(_, path)| PathBuf::from(path));
    let path = data.unwrap_or_else(|| PathBuf::from(DATA)).join("tessera.toml");
    path.exists().then_some(path)
}

/// The setting of a name in small letters, and whether the name is that of a file which holds it.
fn recognise(name: &str) -> Option<(&'static Setting, bool)> {
    let find = |name: &str| TABLE.iter().find(|row| row.name == name);
    let by_file = || name.strip_suffix("_file").and_then(find).filter(|row| row.secret);
    find(name).map(|row| (row, false)).or_else(|| by_file().map(|row| (row, true)))
}

fn put(
    layer: &mut HashMap<&'static str, Given>,
    setting: &Setting,
    by_file: bool,
    mut given: Given,
    problems: &mut Vec<Problem>,
) {
    if by_file {
        match std::fs::read_to_string(&given.text) {
            Ok(secret) => given.text = secret.trim().into(),
            Err(error) => {
                let message = format!("the file {} can't be read: {error}", given.text.display());
                return problems.push(Problem::new(given.place, message));
            }
        }
    }
    if let Some(other) = layer.get(setting.name) {
        let message = format!("says the same as {}; leave one of them out", other.place);
        return problems.push(Problem::new(given.place, message));
    }
    layer.insert(setting.name, given);
}

/// `naming` turns a setting into the name that should have been written there.
fn unknown(place: String, name: &str, naming: fn(&Setting) -> String) -> Problem {
    let name = name.strip_suffix("_file").unwrap_or(name);
    let near = suggest::nearest(name, TABLE.iter().map(|row| row.name));
    let message = match near.and_then(|near| TABLE.iter().find(|row| row.name == near)) {
        Some(row) => format!("is no setting; did you mean {}?", naming(row)),
        None => "is no setting; docs/SETTINGS.md lists them all".to_owned(),
    };
    Problem::new(place, message)
}

/// Whether a variable is the one named, or begins as `NAME_*` says.
fn is(name: &str, pattern: &str) -> bool {
    pattern.strip_suffix('*').map_or(name == pattern, |beginning| name.starts_with(beginning))
}
