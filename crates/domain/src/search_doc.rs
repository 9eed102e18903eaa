//! What the search index holds of an asset. `store` makes it, `search` writes it, and
//! [`crate::filter::matches`] says what finds it.
//!
//! Values that belong to one person or library rather than to the asset (favourites, names of
//! people, tags, ratings) are not in here yet. They will come as pairs of an owner and a value,
//! and the index will keep them as terms that begin with the owner's id (`user_7=favourite`), so
//! that a question can only be put with the ids of owners whose values the viewer may read
//! ([`crate::filter::Scope::reads`] is where that is decided).

use std::borrow::Cow;

use chrono::{DateTime, Datelike};

use crate::asset::AssetLife;
use crate::cells::Cell;
use crate::filter::{Key, near};
use crate::metadata::Camera;
use crate::metadata::{AssetType, Format, Position, Words};
use crate::place::Place;
use crate::{AssetId, LibraryId};

/// What the search index holds of an asset.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchDoc {
    /// Which asset.
    pub asset: AssetId,
    /// Where it belongs.
    pub library: LibraryId,
    /// Picture or film.
    pub kind: AssetType,
    /// Told by content.
    pub format: Format,
    /// When it was taken: seconds since 1970 UTC.
    pub taken: i64,
    /// What the clock on the wall said: seconds since 1970 by that clock.
    pub local: i64,
    /// When it came in: seconds since 1970 UTC.
    pub added: i64,
    /// With what it was taken.
    pub camera: Camera,
    /// Pixels, upright.
    pub width: Option<u32>,
    /// Pixels, upright.
    pub height: Option<u32>,
    /// Length in milliseconds.
    pub duration_ms: Option<i64>,
    /// Bytes.
    pub size: i64,
    /// Where it was taken, in words.
    pub place: Option<Place>,
    /// Where it was taken.
    pub position: Option<Position>,
    /// Its cell of the map, at the stored resolution.
    pub cell: Option<Cell>,
    /// File name, lossy where it is not text.
    pub name: String,
    /// Folders and name of the file below what was imported, lossy where it is not text; empty if not known.
    pub path: String,
    /// What people wrote about it.
    pub words: Words,
    /// Stars, −1 to 5.
    pub rating: Option<i16>,
    /// Active or trashed.
    pub life: AssetLife,
    /// Whether it can't be shown.
    pub unreadable: bool,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SECONDS_A_DAY: i64 = 86_400;

impl SearchDoc {
    /// The day on the wall calendar, in days since 1970-01-01.
    pub fn day(&self) -> i64 {
        self.local.div_euclid(SECONDS_A_DAY)
    }

    /// The texts that a key looks in.
    pub fn texts(&self, key: Key) -> Vec<Cow<'_, str>> {
        let city = self.place.as_ref().and_then(|place| place.city.as_deref());
        let region = self.place.as_ref().and_then(|place| place.region.as_deref());
        let country = self.place.as_ref().map(|place| place.country.as_str());
        let code = self.place.as_ref().map(|place| place.country_code.as_str());
        match key {
            Key::When => self.date_words(),
            Key::Place => given([city, region, country]),
            Key::City => given([city]),
            Key::Region => given([region]),
            Key::Country => given([country, code]),
            Key::Camera => self.camera_name().into_iter().collect(),
            Key::Lens => self.camera.lens.as_deref().map(lens_names).unwrap_or_default(),
            Key::Name => vec![Cow::from(&self.name)],
            Key::Ext => self.extension().map(Cow::from).into_iter().collect(),
            Key::Path if !self.path.is_empty() => vec![Cow::from(&self.path)],
            Key::Title => given([self.words.title.as_deref()]),
            Key::Caption => given([self.words.caption.as_deref()]),
            Key::Tag => self.tags(),
            Key::Creator => given([self.words.creator.as_deref()]),
            Key::Copyright => given([self.words.copyright.as_deref()]),
            _ => Vec::new(),
        }
    }

    /// The number that a key compares, in the key's unit.
    pub fn number(&self, key: Key) -> Option<i64> {
        let scaled = |value: Option<f64>, scale: f64| value.and_then(|value| whole(value * scale));
        match key {
            Key::Iso => self.camera.iso.map(i64::from),
            Key::Aperture => scaled(self.camera.f_number, 100.0),
            Key::Exposure => scaled(self.camera.exposure_s, 1e6),
            Key::Focal => scaled(self.camera.focal_mm, 100.0),
            Key::Rating => self.rating.map(i64::from),
            Key::Size => Some(self.size),
            Key::Width => self.width.map(i64::from),
            Key::Height => self.height.map(i64::from),
            Key::Megapixels => Some(i64::from(self.width?) * i64::from(self.height?)),
            Key::Duration => self.duration_ms,
            _ => None,
        }
    }

    /// The choices of a key that hold, in their main spelling.
    pub fn choices(&self, key: Key) -> Vec<&'static str> {
        match key {
            Key::Type => vec![self.kind.as_str()],
            Key::Format => vec![self.format.as_str()],
            Key::State => vec![self.life.as_str()],
            Key::Unreadable => vec![if self.unreadable { "yes" } else { "no" }],
            Key::Aspect => self.shapes(),
            Key::Has => {
                let gps = self.position.is_some().then_some("gps");
                let keys = Key::ALL.iter().filter(|key| key.info().optional && self.has(**key));
                gps.into_iter().chain(keys.map(|key| key.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether there is a value for a key that an asset may be without.
    pub fn has(&self, key: Key) -> bool {
        self.number(key).is_some() || !self.texts(key).is_empty()
    }

    /// The position in millionths of a degree: latitude, longitude.
    pub fn micro_degrees(&self) -> Option<(i64, i64)> {
        self.position.as_ref().map(near::micro_degrees)
    }

    /// Maker and model, without saying the maker twice.
    fn camera_name(&self) -> Option<Cow<'_, str>> {
        let (make, model) = (self.camera.make.as_deref(), self.camera.model.as_deref());
        match (make, model) {
            (Some(make), Some(model)) => {
                let maker = make.split_whitespace().next().unwrap_or(make).to_lowercase();
                let said = model.to_lowercase().starts_with(&maker);
                Some(if said { Cow::from(model) } else { Cow::from(format!("{make} {model}")) })
            }
            (one, other) => one.or(other).map(Cow::from),
        }
    }

    /// Each keyword by its whole path, and by each part of it: who looks for `Portugal` finds what is below it.
    fn tags(&self) -> Vec<Cow<'_, str>> {
        let keywords = self.words.keywords.iter();
        let each = keywords.flat_map(|keyword| {
            let parts = keyword.parts().filter(|_| !keyword.is_flat());
            std::iter::once(keyword.as_str()).chain(parts)
        });
        each.map(Cow::from).collect()
    }

    fn extension(&self) -> Option<&str> {
        let (stem, extension) = self.name.rsplit_once('.')?;
        (!stem.is_empty() && !extension.is_empty()).then_some(extension)
    }

    /// Year and month, so that free words find them.
    fn date_words(&self) -> Vec<Cow<'_, str>> {
        let Some(date) = DateTime::from_timestamp(self.local, 0) else { return Vec::new() };
        let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
        let short = month.get(..3).unwrap_or(month);
        vec![Cow::from(format!("{month} {}", date.year())), Cow::from(format!("{short} {}", date.year()))]
    }

    fn shapes(&self) -> Vec<&'static str> {
        let (Some(width), Some(height)) = (self.width, self.height) else { return Vec::new() };
        let (width, height) = (u64::from(width), u64::from(height));
        if width == 0 || height == 0 {
            Vec::new()
        } else if width.abs_diff(height) * 50 <= width.max(height) {
            vec!["square"]
        } else if width < height {
            vec!["portrait"]
        } else if width * 10 >= height * 19 {
            vec!["landscape", "panorama"]
        } else {
            vec!["landscape"]
        }
    }
}

fn given<'a, const N: usize>(texts: [Option<&'a str>; N]) -> Vec<Cow<'a, str>> {
    texts.into_iter().flatten().map(Cow::from).collect()
}

/// As it is, and with the words apart that makers write together: `XF35mmF1.4` is also `XF35mm F1.4`.
fn lens_names(lens: &str) -> Vec<Cow<'_, str>> {
    let mut apart = String::with_capacity(lens.len() + 2);
    let mut after_small = false;
    for letter in lens.chars() {
        if after_small && letter.is_uppercase() {
            apart.push(' ');
        }
        after_small = letter.is_lowercase();
        apart.push(letter);
    }
    let apart = (apart.len() > lens.len()).then_some(Cow::from(apart));
    std::iter::once(Cow::from(lens)).chain(apart).collect()
}

/// Rounded, if it is a number that fits.
fn whole(value: f64) -> Option<i64> {
    let rounded = value.round();
    (rounded.abs() <= 1e15).then_some(rounded as i64)
}
