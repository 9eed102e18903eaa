//! What a sidecar says is newer than what the file says: people write it afterwards.

use super::{Camera, Metadata};

impl Metadata {
    /// What a sidecar states takes the place of what the file states; the rest stays.
    #[must_use]
    pub fn corrected_by(mut self, sidecar: Self) -> Self {
        let stated: Vec<_> = sidecar.times.iter().map(|time| time.completed_by(&self.times)).collect();
        self.times.retain(|time| stated.iter().all(|said| said.source != time.source));
        self.times.extend(stated);
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
            self.faces = self.upright(sidecar.faces, sidecar.faces_size);
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

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::metadata::{Area, FaceRegion, Format, Metadata, Precision, StatedTime, TimeSource};

    fn at(milli: u32, offset_minutes: Option<i32>, source: TimeSource) -> StatedTime {
        let local = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap().and_hms_milli_opt(10, 0, 0, milli).unwrap();
        StatedTime { local, offset_minutes, source, precision: Precision::Moment }
    }

    fn of(times: &[StatedTime]) -> Metadata {
        Metadata { times: times.to_vec(), ..Metadata::silent(Format::Jpeg) }
    }

    /// darktable writes `2023:01:01 10:00:00.000` of what a camera wrote with an offset.
    #[test]
    fn the_same_reading_keeps_the_offset_that_a_sidecar_leaves_out() {
        use TimeSource::{Document, Gps, Original};
        let camera = at(250, Some(120), Original);
        let said = |time| of(&[camera]).corrected_by(of(&[time])).times;
        assert_eq!(said(at(0, None, Original)), [camera]);
        assert_eq!(said(at(500, None, Original)), [at(500, Some(120), Original)]);
        assert_eq!(said(at(0, None, Document)), [camera, at(250, Some(120), Document)]);
        assert_eq!(said(at(0, Some(60), Original)), [at(0, Some(60), Original)]);
        let later =
            StatedTime { local: camera.local + chrono::TimeDelta::seconds(1), ..at(0, None, Original) };
        assert_eq!(said(later), [later]);
        // Satellites know nothing of the clock on the wall.
        let file = of(&[at(0, Some(0), Gps)]);
        assert_eq!(file.corrected_by(of(&[at(0, None, Original)])).times[1].offset_minutes, None);
    }

    #[test]
    fn faces_of_a_sidecar_are_turned_as_the_picture_is() {
        let area = Area { x: 0.25, y: 0.5, width: 0.1, height: 0.2 };
        let face = |area| vec![FaceRegion { name: None, area: Some(area) }];
        let sidecar = Metadata { faces: face(area), faces_size: Some((300, 200)), ..of(&[]) };
        let picture =
            Metadata { width: Some(200), height: Some(300), orientation: 6, exif_orientation: 6, ..of(&[]) };
        let upright = Area { x: 0.5, y: 0.25, width: 0.2, height: 0.1 };
        assert_eq!(picture.corrected_by(sidecar).faces, face(upright));
    }
}
