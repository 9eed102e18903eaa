//! The texts of a document, by key.

use std::borrow::Cow;

use super::SearchDoc;
use crate::filter::Key;
use crate::metadata::creators;

impl SearchDoc {
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
            Key::Make => given([self.camera.make.as_deref()]),
            Key::Model => given([self.camera.model.as_deref()]),
            Key::Serial => given([self.camera.serial.as_deref()]),
            Key::Lens => self.camera.lens.as_deref().map(lens_names).unwrap_or_default(),
            Key::Name => vec![Cow::from(&self.name)],
            Key::Ext => self.extension().map(Cow::from).into_iter().collect(),
            Key::Path if !self.path.is_empty() => vec![Cow::from(&self.path)],
            Key::Folder => given([self.folder()]),
            Key::Zone => given([self.zone.as_deref()]),
            Key::Codec => given([self.tracks.as_ref().map(|tracks| tracks.video_codec.as_str())]),
            Key::Audio => given([self.tracks.as_ref().and_then(|tracks| tracks.audio_codec.as_deref())]),
            Key::Hash => self.hashes(),
            Key::Title => given([self.words.title.as_deref()]),
            Key::Caption => given([self.words.caption.as_deref()]),
            Key::Tag => self.tags(),
            Key::Creator => self.creators(),
            Key::Copyright => given([self.words.copyright.as_deref()]),
            _ => Vec::new(),
        }
    }

    fn creators(&self) -> Vec<Cow<'_, str>> {
        self.words.creator.iter().flat_map(|kept| creators::each(kept)).map(Cow::from).collect()
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

    fn folder(&self) -> Option<&str> {
        self.path.rsplit_once('/').map(|(folder, _)| folder)
    }

    fn hashes(&self) -> Vec<Cow<'_, str>> {
        let hashes = self.file.hash.iter();
        hashes.flat_map(|hash| [hexadecimal(&hash.sha1), hexadecimal(&hash.blake3)]).map(Cow::from).collect()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
