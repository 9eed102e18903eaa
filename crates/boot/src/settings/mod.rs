//! Typed settings of both programs.
//!
//! One table ([`TABLE`]) says everything there is to say about a setting; its struct, its documentation, its
//! reading and its listing come from there. Sources, each over the one before: defaults, the settings file
//! (TOML), the environment. All problems are found in one go, and a name that is not known is refused.

use std::ffi::OsString;
use std::time::Duration;

mod docs;
mod file;
mod layers;
mod problem;
mod report;
mod secret;
mod suggest;
mod table;
mod types;
mod value;
mod web;

pub use docs::docs;
pub use problem::{Problem, Problems};
pub use report::{Report, check_config};
pub use secret::{DatabaseUrl, RedisUrl, SmtpUrl};
pub use table::{Fallback, Settings, TABLE};
pub use types::{Filter, LogFormat, Metrics, Networks, Origin, Prefix};
pub use web::{MailAddress, Origins, StyleUrl};

/// What begins the name of every environment variable that is a setting.
pub const PREFIX: &str = "TESSERA_";

/// Names the settings file; without it, `tessera.toml` in the data folder is read where it exists.
pub const CONFIG: &str = "TESSERA_CONFIG";

/// What stands before the names of the programs where they are not on the path, `bin/`.
pub const COMMANDS: &str = "TESSERA_COMMANDS";

/// Variables that begin like settings but belong to scripts and tests: name or beginning, and what they are for.
pub const NOT_SETTINGS: &[(&str, &str)] = &[
    (
        COMMANDS,
        "what messages put before the names of the programs, where they are not on the path (`bin/up`)",
    ),
    ("TESSERA_PORT", "port at which `bin/up` listens, where `TESSERA_LISTEN` names none"),
    ("TESSERA_TESTDATA", "folder of the test library (`bin/test`, tests)"),
    ("TESSERA_TESTMODELS", "folder of the models that tests use (`bin/test`, tests)"),
    ("TESSERA_TEST_*", "whatever a test needs to tell the processes that it starts"),
];

/// One row of the table.
#[derive(Debug)]
pub struct Setting {
    /// Name in the settings file; in capitals after `TESSERA_` it is the variable's name.
    pub name: &'static str,
    /// What it does, in a sentence or two.
    pub help: &'static str,
    /// What may be written, "whole number".
    pub kind: &'static str,
    /// Least and greatest number allowed.
    pub range: Option<(u64, u64)>,
    /// What holds where nothing is said.
    pub fallback: Fallback,
    /// Whether it takes a list: a TOML array, or words separated by commas.
    pub list: bool,
    /// Whether it may be read from a file of its own (`…_FILE`) and is masked when shown.
    pub secret: bool,
}

impl Setting {
    /// Name of the environment variable.
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.to_uppercase())
    }
}

impl Settings {
    /// Reads the settings of this process.
    ///
    /// # Errors
    /// All that is wrong with them, at once.
    pub fn load() -> Result<Self, Problems> {
        Self::from_vars(std::env::vars_os())
    }

    /// Reads settings from given variables instead of the process's own.
    ///
    /// # Errors
    /// All that is wrong with them, at once.
    pub fn from_vars<N, V>(vars: impl IntoIterator<Item = (N, V)>) -> Result<Self, Problems>
    where
        N: Into<OsString>,
        V: Into<OsString>,
    {
        Report::from_vars(vars).into_settings()
    }

    /// How long running work may take to end after somebody asked to stop.
    pub fn shutdown_grace(&self) -> Duration {
        Duration::from_secs(self.shutdown_grace_s.into())
    }
}
