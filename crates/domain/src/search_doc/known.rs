//! The words that hold of a document, by key, and whether it has a value at all.

use super::SearchDoc;
use crate::asset::AssetLife;
use crate::filter::{Key, Kind};
use crate::metadata::{AssetType, Format};
use crate::place::{Continent, continent};

impl SearchDoc {
    /// The choices of a key that hold, in their main spelling.
    pub fn choices(&self, key: Key) -> Vec<&'static str> {
        if let Some(holds) = self.yes_no(key) {
            return vec![if holds { "yes" } else { "no" }];
        }
        match key {
            Key::Type => vec![self.kind.as_str()],
            Key::Format => vec![self.format.as_str()],
            Key::State => vec![self.life.as_str()],
            Key::Month | Key::Season | Key::Weekday => self.moment_names(key),
            Key::Continent => {
                let code = self.place.as_ref().map(|place| place.country_code.as_str());
                code.and_then(continent).map(Continent::as_str).into_iter().collect()
            }
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
        match key.info().kind {
            Kind::Number { .. } => self.number(key).is_some(),
            Kind::Choice(_) => !self.choices(key).is_empty(),
            Kind::Days => self.moment(key).is_some(),
            _ => !self.texts(key).is_empty(),
        }
    }

    /// What a key says that knows only yes and no; none for others, and where it is not known.
    fn yes_no(&self, key: Key) -> Option<bool> {
        let picture = self.kind == AssetType::Image;
        let tracks = self.tracks.as_ref();
        Some(match key {
            Key::Guessed => self.guessed,
            Key::Flash => return self.camera.flash,
            Key::Raw => self.format == Format::Raw,
            Key::Animated => picture && self.duration_ms.is_some_and(|duration| duration > 0),
            Key::Live => picture && self.live,
            Key::Panorama => self.panorama,
            Key::Hdr => tracks.is_some_and(|tracks| tracks.hdr),
            Key::Interlaced => tracks.is_some_and(|tracks| tracks.interlaced),
            Key::Offline => self.file.offline,
            Key::Managed => self.file.managed,
            Key::Sidecar => self.file.sidecar,
            Key::Noted => self.file.noted,
            Key::Unreadable => self.unreadable,
            Key::Edited => self.edited,
            Key::Stack => self.stack > 1,
            Key::Archived => self.life == AssetLife::Archived,
            Key::Trashed => self.life == AssetLife::Trashed,
            _ => return None,
        })
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
