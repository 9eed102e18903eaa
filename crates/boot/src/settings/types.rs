//! Types of settings that are more than a number, a path or an address.

use std::ffi::OsStr;
use std::net::{IpAddr, SocketAddr};

use domain::film::{Transcode, VideoCodec};
use ipnet::IpNet;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use url::Url;

use super::value::{Value, text};

/// The address at which people reach the server: scheme, host and port, with nothing behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// As text, `https://photos.example.org`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is reached by TLS, so that cookies may be marked as secure.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }
}

impl Value for Origin {
    const KIND: &'static str = "web address without a path";

    fn read(given: &OsStr) -> Result<Self, String> {
        let text = text(given)?;
        let plain = |url: &Url| {
            matches!(url.scheme(), "http" | "https")
                && url.path() == "/"
                && (url.query(), url.fragment(), url.password(), url.username()) == (None, None, None, "")
        };
        match Url::parse(text) {
            Ok(url) if plain(&url) => Ok(Self(url.origin().ascii_serialization())),
            _ => Err(format!(
                "'{text}' must be a web address with nothing behind the host; write it like https://photos.example.org"
            )),
        }
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// What stands before every key in Redis, so that one Redis can serve several programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// As text, without the colon that follows it in keys.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for Prefix {
    const KIND: &'static str = "up to 32 of a-z, 0-9, - and _";

    fn read(given: &OsStr) -> Result<Self, String> {
        let text = text(given)?;
        let fits = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b));
        if fits && text.len() <= 32 {
            return Ok(Self(text.to_owned()));
        }
        Err(format!("'{text}' may have up to 32 characters, of a-z, 0-9, - and _ only"))
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// Which log lines are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter(String);

impl Filter {
    /// As text, `info,store=debug`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a command writes into the terminal of whoever called it: these lines alone, unless another level than the
    /// ordinary one was asked for.
    pub fn quiet(&self, lines: &str) -> Self {
        Self(if self.0 == "info" { lines.to_owned() } else { self.0.clone() })
    }
}

impl Value for Filter {
    const KIND: &'static str = "level, or levels by part of the program";

    fn read(given: &OsStr) -> Result<Self, String> {
        let parts = text(given)?.split(',').map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.collect();
        // A word that stands alone and is no level would pass for a part of the program, of which everything is written.
        let is_level = |word: &str| word.parse::<LevelFilter>().is_ok();
        if let Some(word) = parts.iter().find(|part| !part.contains(['=', '[']) && !is_level(part)) {
            return Err(format!(
                "'{word}' is no level; write error, warn, info, debug, trace or off, also by part, like info,store=debug"
            ));
        }
        let filter = parts.join(",");
        match EnvFilter::try_new(&filter) {
            Ok(_) => Ok(Self(filter)),
            Err(error) => Err(format!(
                "'{filter}' is not a log filter ({error}); write it like info or info,store=debug"
            )),
        }
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// A line for people.
    Text,
    /// A JSON object per line, for collectors.
    Json,
}

impl Value for LogFormat {
    const KIND: &'static str = "`text` or `json`";

    fn read(given: &OsStr) -> Result<Self, String> {
        match text(given)? {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            other => Err(format!("'{other}' is neither text nor json")),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Json => "json".to_owned(),
        }
    }
}

/// Addresses and networks, such as those of proxies that may say for whom they ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// Whether an address lies in one of them. `::ffff:10.0.0.1` is the same as `10.0.0.1`.
    pub fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl Value for Networks {
    const KIND: &'static str = "IP addresses or networks";
    const LIST: bool = true;

    fn read(given: &OsStr) -> Result<Self, String> {
        let words = text(given)?.split(',').map(str::trim).filter(|word| !word.is_empty());
        let network = |word: &str| {
            let single = word.parse::<IpAddr>().map(IpNet::from);
            single.or_else(|_| word.parse::<IpNet>()).map_err(|_| {
                format!(
                    "'{word}' is neither an IP address nor a network; write it like 10.0.0.5 or 172.16.0.0/12"
                )
            })
        };
        words.map(network).collect::<Result<_, _>>().map(Self)
    }

    fn show(&self) -> String {
        if self.0.is_empty() {
            return "(none)".to_owned();
        }
        self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

/// Where counts are offered to Prometheus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metrics {
    /// Nowhere: nothing is counted.
    Off,
    /// At `/metrics` of the program's own address, for programs that have one.
    On,
    /// At an address of their own.
    Listen(SocketAddr),
}

impl Value for Metrics {
    const KIND: &'static str = "`off`, `on`, or IP address and port";

    fn read(given: &OsStr) -> Result<Self, String> {
        let text = text(given)?;
        match bool::read(given) {
            Ok(true) => Ok(Self::On),
            Ok(false) => Ok(Self::Off),
            Err(_) => text.parse().map(Self::Listen).map_err(|_| {
                format!("'{text}' is neither on nor off nor an address; write an address like 127.0.0.1:9464")
            }),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Off => "off".to_owned(),
            Self::On => "on".to_owned(),
            Self::Listen(address) => address.to_string(),
        }
    }
}

macro_rules! words {
    ($type:ty, $kind:literal) => {
        impl Value for $type {
            const KIND: &'static str = $kind;

            fn read(given: &OsStr) -> Result<Self, String> {
                let text = text(given)?;
                text.parse().map_err(|_| format!("'{text}' is none of {}", $kind.replace('`', "'")))
            }

            fn show(&self) -> String {
                self.to_string()
            }
        }
    };
}

words!(Transcode, "`never`, `needed` or `always`");
words!(VideoCodec, "`h264`, `hevc`, `vp9` or `av1`");
