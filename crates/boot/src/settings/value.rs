//! How the text of a setting becomes a value, and a value becomes text again.

use std::ffi::OsStr;
use std::net::SocketAddr;
use std::path::PathBuf;

use chrono_tz::Tz;

/// A type that a setting can have.
pub trait Value: Sized {
    /// What may be written, as it stands in the documentation.
    const KIND: &'static str;
    /// Whether it takes a list.
    const LIST: bool = false;
    /// Whether it must never be shown as it is.
    const SECRET: bool = false;

    /// Reads what was written; never empty. An error is the rest of a sentence that begins with the place.
    ///
    /// # Errors
    /// What is wrong and how to write it.
    fn read(given: &OsStr) -> Result<Self, String>;

    /// Writes the value for people, with secrets masked.
    fn show(&self) -> String;

    /// The value where nothing was written and nothing need be.
    fn absent() -> Option<Self> {
        None
    }

    /// The number, for types that have a range.
    fn number(&self) -> Option<u64> {
        None
    }
}

/// The text of a setting that is no path.
pub(super) fn text(given: &OsStr) -> Result<&str, String> {
    given.to_str().map(str::trim).ok_or_else(|| "is not valid UTF-8".to_owned())
}

impl<T: Value> Value for Option<T> {
    const KIND: &'static str = T::KIND;
    const LIST: bool = T::LIST;
    const SECRET: bool = T::SECRET;

    fn read(given: &OsStr) -> Result<Self, String> {
        T::read(given).map(Some)
    }

    fn show(&self) -> String {
        self.as_ref().map_or_else(|| "(none)".to_owned(), T::show)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn number(&self) -> Option<u64> {
        self.as_ref().and_then(T::number)
    }
}

/// Paths are bytes: they need not be text. They are made absolute, so that they mean the same for ever.
impl Value for PathBuf {
    const KIND: &'static str = "path";

    fn read(given: &OsStr) -> Result<Self, String> {
        if given == "~" || given.as_encoded_bytes().starts_with(b"~/") {
            return Err("'~' means nothing outside of a shell; write the whole path".to_owned());
        }
        std::path::absolute(given).map_err(|e| format!("can't be made an absolute path: {e}"))
    }

    fn show(&self) -> String {
        self.display().to_string()
    }
}

impl Value for bool {
    const KIND: &'static str = "true or false";

    fn read(given: &OsStr) -> Result<Self, String> {
        match text(given)?.to_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Ok(true),
            "false" | "no" | "off" | "0" => Ok(false),
            other => Err(format!("'{other}' is neither true nor false")),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

macro_rules! whole_numbers {
    ($($type:ty),+) => {$(
        impl Value for $type {
            const KIND: &'static str = "whole number";

            fn read(given: &OsStr) -> Result<Self, String> {
                let text = text(given)?;
                text.parse().map_err(|_| format!("'{text}' is not a whole number, or is out of bounds"))
            }

            fn show(&self) -> String {
                self.to_string()
            }

            fn number(&self) -> Option<u64> {
                u64::try_from(*self).ok()
            }
        }
    )+};
}

whole_numbers!(u32, u64, usize);

impl Value for SocketAddr {
    const KIND: &'static str = "IP address and port";

    fn read(given: &OsStr) -> Result<Self, String> {
        let text = text(given)?;
        text.parse().map_err(|_| {
            format!("'{text}' is not an IP address with a port; write it like 127.0.0.1:2283, 0.0.0.0:2283 or [::1]:2283")
        })
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for Tz {
    const KIND: &'static str = "IANA time zone";

    fn read(given: &OsStr) -> Result<Self, String> {
        let text = text(given)?;
        text.parse().map_err(|_| {
            let near = super::suggest::nearest(text, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
            let hint =
                near.map_or("write it like Europe/Lisbon".to_owned(), |zone| format!("did you mean {zone}?"));
            format!("'{text}' is not a time zone of the IANA list; {hint}")
        })
    }

    fn show(&self) -> String {
        self.name().to_owned()
    }
}
