//! What a sidecar says is newer than what the file says: people write it afterwards.

use super::{Camera, Metadata};

impl Metadata {
    /// What a sidecar states takes the place of what the file states; the rest stays.
    #[must_use]
    pub fn corrected_by(mut self, sidecar: Self) -> Self {
        let stated = |source| sidecar.times.iter().any(|time| time.source == source);
        self.times.retain(|time| !stated(time.source));
        self.times.extend(sidecar.times);
        self.position = sidecar.position.or(self.position);
        self.direction = sidecar.direction.or(self.direction);
        let words = sidecar.words;
        self.words.title = words.title.or(self.words.title);
        self.words.caption = words.caption.or(self.words.caption);
        self.words.creator = words.creator.or(self.words.creator);
        self.words.copyright = words.copyright.or(self.words.copyright);
        if !words.keywords.is_empty() {
            self.words.keywords = words.keywords;
        }
        if !sidecar.faces.is_empty() {
            self.faces = sidecar.faces;
        }
        self.rating = sidecar.rating.or(self.rating);
        // With what it was taken, the file itself knows better, where it knows.
        self.camera = self.camera.or(sidecar.camera);
        self.notes.extend(sidecar.notes);
        self
    }
}

impl Camera {
    /// What is known, and what another says beyond that.
    fn or(self, other: Self) -> Self {
        Self {
            make: self.make.or(other.make),
            model: self.model.or(other.model),
            lens: self.lens.or(other.lens),
            f_number: self.f_number.or(other.f_number),
            exposure_s: self.exposure_s.or(other.exposure_s),
            iso: self.iso.or(other.iso),
            focal_mm: self.focal_mm.or(other.focal_mm),
            focal_35mm: self.focal_35mm.or(other.focal_35mm),
            flash: self.flash.or(other.flash),
            serial: self.serial.or(other.serial),
        }
    }
}
