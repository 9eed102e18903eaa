//! The table of settings: what there is to set, and nothing else.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono_tz::Tz;
use domain::film::{Transcode, VideoCodec};

use super::report::Reading;
use super::value::Value;
use super::{
    DatabaseUrl, Filter, LogFormat, MailAddress, Metrics, Networks, Origin, Origins, Prefix, RedisUrl,
    Setting, SmtpUrl, StyleUrl,
};

/// What holds where nothing is said.
#[derive(Debug)]
pub enum Fallback {
    /// As if this had been written.
    Text(&'static str),
    /// What this machine has: in words, and how to find it.
    Machine(&'static str, fn() -> String),
    /// Nothing: the setting may be left out.
    Nothing,
    /// It must be said; the words are an example.
    Required(&'static str),
}

use Fallback::{Machine, Nothing, Required, Text};

/// Where the data folder is unless something else is said; the settings file is looked for there.
pub(super) const DATA: &str = "data";

macro_rules! settings {
    ($( $(#[doc = $help:literal])+ $name:ident: $type:ty $([$low:literal to $high:literal])? = $fallback:expr; )+) => {
        /// Every setting, read and checked. The documentation of a field is the setting's own.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Settings { $( $(#[doc = $help])+ pub $name: $type, )+ }

        /// Every setting there is, in the order of the documentation.
        pub static TABLE: &[Setting] = &[ $( Setting {
            name: stringify!($name),
            help: concat!($($help),+),
            kind: <$type as Value>::KIND,
            range: range!($($low, $high)?),
            fallback: $fallback,
            list: <$type as Value>::LIST,
            secret: <$type as Value>::SECRET,
        }, )+ ];

        impl Settings {
            /// Takes each setting from what was read; goes on after a problem, to find them all.
            pub(super) fn take(reading: &mut Reading) -> Option<Self> {
                let mut rows = TABLE.iter();
                $( let $name: Option<$type> = rows.next().and_then(|row| reading.take(row)); )+
                Some(Self { $( $name: $name?, )+ })
            }
        }
    };
}

macro_rules! range {
    () => {
        None
    };
    ($low:literal, $high:literal) => {
        Some(($low, $high))
    };
}

settings! {
    /// Folder under which everything lies: originals, derivatives, uploads in progress, the search index.
    data: PathBuf = Text(DATA);
    /// Where Postgres listens.
    database_url: DatabaseUrl = Required("postgres://tessera:password@localhost/tessera");
    /// Where Redis listens.
    redis_url: RedisUrl = Required("redis://localhost:6379");
    /// What stands before every key in Redis, so that one Redis can serve several programs.
    redis_prefix: Prefix = Text("tessera");
    /// Address at which the API answers. Only this machine reaches 127.0.0.1; 0.0.0.0 is for all networks.
    listen: SocketAddr = Text("127.0.0.1:2283");
    /// Address at which people reach the server, where a proxy stands before it.
    public_url: Option<Origin> = Nothing;
    /// Proxies that are believed when they say for whom they ask (`X-Forwarded-For`).
    trusted_proxies: Networks = Nothing;
    /// Folder of the built web app.
    web_root: PathBuf = Text("webapp/build");
    /// Which log lines are written: error, warn, info, debug or trace, also by part, `info,store=debug`.
    log: Filter = Text("info");
    /// How log lines look: text for people, or a JSON object per line for collectors.
    log_format: LogFormat = Text("text");
    /// Where counts are offered to Prometheus: nowhere, at `/metrics` of the API's own address, or at an address
    /// of their own (a different one for each program). Whoever reaches the address may read them; they name nobody
    /// and nothing that is kept here.
    metrics: Metrics = Text("off");
    /// Time zone of photographs that tell neither a zone nor a place.
    default_time_zone: Tz = Machine("the machine's (`/etc/localtime`), else UTC", machine_zone);
    /// Largest file that may be uploaded, in bytes.
    upload_max_bytes: u64 [1 to 17_592_186_044_416] = Text("107374182400");
    /// Days after which an upload that stopped can no longer be continued.
    upload_expires_days: u32 [1 to 365] = Text("7");
    /// Seconds without a byte after which a request that sends a file is given up; an upload can be continued.
    upload_idle_s: u32 [1 to 3600] = Text("30");
    /// Days without a visit after which a person has to sign in again.
    session_days: u32 [1 to 3650] = Text("90");
    /// Days in which an invitation can be used.
    invitation_days: u32 [1 to 365] = Text("7");
    /// Days in which an account that was deleted can be restored. Then it goes for good, with the libraries that it alone
    /// owns and their stored originals.
    user_delete_days: u32 [0 to 365] = Text("7");
    /// Days for which it is kept what happened to accounts: who signed in, from where, and who changed what.
    audit_days: u32 [1 to 3650] = Text("365");
    /// Days after which what is in the trash is deleted for good; 0: it stays there until somebody empties the trash.
    trash_days: u32 [0 to 36500] = Text("30");
    /// Megabytes of disk that must stay free: uploads and imports stop before.
    reserve_free_mb: u64 [0 to 1_073_741_824] = Text("1024");
    /// How many files are read and rendered at once.
    workers_cpu: usize [1 to 1024] = Machine("one per processor core", machine_cores);
    /// Megabytes of memory that a child reading one file may ask for, half of it (1024 at most) for the program itself.
    child_memory_mb: u64 [256 to 1_048_576] = Text("2048");
    /// Seconds after which a child that is still busy with one file is stopped.
    child_timeout_s: u32 [1 to 3600] = Text("60");
    /// Largest picture that is decoded, in millions of pixels; larger ones show a tile that says so.
    max_megapixels: u32 [1 to 65_536] = Text("400");
    /// Which films are made anew, so that every browser plays them: those that need it, all of them, or none.
    video_transcode: Transcode = Text("needed");
    /// How the pictures of films that are made anew are encoded. Every browser plays `h264`; the others are smaller,
    /// and slower to make.
    video_codec: VideoCodec = Text("h264");
    /// Short side of films that are made anew, in pixels; none is enlarged.
    video_short_side: u32 [144 to 4320] = Text("1080");
    /// Constant rate factor of films that are made anew: 18 is hardly to be told from the original, 28 is half as large
    /// as 23.
    video_quality: u32 [1 to 60] = Text("23");
    /// Folder in which an XMP sidecar of each asset that people have changed is kept, for other programs; it must be
    /// there, outside of all folders that are imported. Nothing is written where it is not set.
    sidecar_folder: Option<PathBuf> = Nothing;
    /// Gigabytes of disk for films that are made in several sizes when somebody streams them. Those that nobody has watched
    /// for longest make room, and are made again when asked for; 0: none are made.
    stream_cache_gb: u64 [0 to 1_048_576] = Text("20");
    /// PMTiles file on this machine, with the layers of the Protomaps basemap or with pictures, that lies beneath the map in
    /// place of the outlines that come with the program. No other server learns what anybody looks at.
    map_pmtiles: Option<PathBuf> = Nothing;
    /// Address of a MapLibre style on another server, whose map lies beneath the photographs in place of the outlines that
    /// come with the program. That server, and those of `map_style_hosts`, then learn which part of the world each person
    /// looks at, when and from which address; photographs are never sent there. Whoever is signed in can read the address,
    /// with a key that stands in it. Not together with `map_pmtiles`.
    map_style_url: Option<StyleUrl> = Nothing;
    /// Servers besides that of `map_style_url` from which the style loads its parts: tiles, letters, symbols.
    map_style_hosts: Origins = Nothing;
    /// Mail server that takes letters to the people of this server: `smtps://` with TLS from the beginning, `smtp://` with
    /// `?tls=required` with TLS after a greeting, and without it in clear. Without it no letters are written.
    smtp_url: Option<SmtpUrl> = Nothing;
    /// Whom letters are from. Needed with `smtp_url`; `public_url` as well, or letters would lead nowhere.
    mail_from: Option<MailAddress> = Nothing;
    /// Push services besides those of Chrome, Edge, Firefox and Safari by which browsers may be told while the app is closed.
    push_services: Origins = Nothing;
    /// Decode files even where the kernel has no landlock. A hostile file could then read what the indexer may read.
    allow_unsandboxed: bool = Text("false");
    /// Seconds that running work may take to end after somebody asked to stop.
    shutdown_grace_s: u32 [1 to 600] = Text("8");
}

impl Settings {
    /// What each setting allows but all together don't: (setting, what is wrong).
    pub(super) fn clashes(&self) -> Vec<(&'static str, String)> {
        let mut clashes = Vec::new();
        if self.metrics == Metrics::Listen(self.listen) && self.listen.port() != 0 {
            let message =
                "is the address of 'listen' as well; write 'on' to offer them there, or choose another port";
            clashes.push(("metrics", message.to_owned()));
        }
        if self.smtp_url.is_some() && (self.mail_from.is_none() || self.public_url.is_none()) {
            let message =
                "needs 'mail_from', whom letters are from, and 'public_url', where they lead; set both";
            clashes.push(("smtp_url", message.to_owned()));
        }
        if self.map_pmtiles.is_some() && self.map_style_url.is_some() {
            let message = "can't hold beside 'map_pmtiles': a map has one ground; leave one of them out";
            clashes.push(("map_style_url", message.to_owned()));
        }
        if self.map_style_url.is_none() && self.map_style_hosts != Origins::default() {
            let message = "says where the parts of a style come from, and there is none; set 'map_style_url' or leave it out";
            clashes.push(("map_style_hosts", message.to_owned()));
        }
        clashes
    }
}

fn machine_zone() -> String {
    // A name that the time zone list here doesn't know would be a problem nobody wrote.
    let known = |name: &String| name.parse::<Tz>().is_ok();
    iana_time_zone::get_timezone().ok().filter(known).unwrap_or_else(|| "UTC".to_owned())
}

fn machine_cores() -> String {
    std::thread::available_parallelism().map_or(1, usize::from).to_string()
}
