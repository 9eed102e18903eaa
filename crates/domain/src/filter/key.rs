//! The keys of the search language by name. What each takes stands in [`super::table`].

use serde::{Deserialize, Serialize};

use super::kind::KeyInfo;
use super::table::KEYS;

/// A key: what stands before the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each key is described in the table that the user's documentation is made from"
)]
pub enum Key {
    Taken,
    When,
    Month,
    Season,
    Weekday,
    On,
    Monthday,
    Week,
    Hour,
    Guessed,
    Added,
    Modified,
    Place,
    City,
    Region,
    Country,
    Continent,
    Near,
    Bbox,
    Altitude,
    Direction,
    Zone,
    Camera,
    Make,
    Model,
    Serial,
    Lens,
    Iso,
    Aperture,
    Exposure,
    Focal,
    Focal35,
    Flash,
    Type,
    Format,
    Raw,
    Animated,
    Live,
    Panorama,
    Hdr,
    Interlaced,
    Aspect,
    Width,
    Height,
    Megapixels,
    Duration,
    Fps,
    Codec,
    Audio,
    Bitdepth,
    Ext,
    Name,
    Folder,
    Path,
    Size,
    Id,
    Hash,
    Copies,
    Offline,
    Managed,
    Sidecar,
    Noted,
    Unreadable,
    Title,
    Caption,
    Tag,
    Tagcount,
    Creator,
    Copyright,
    Rating,
    Faces,
    Edited,
    Library,
    Album,
    SharedWith,
    State,
    Archived,
    Trashed,
    Favourite,
    Stack,
    Stacksize,
    Has,
    Is,
}
crate::texts!(Key {
    Taken = "taken", When = "when", Month = "month", Season = "season", Weekday = "weekday", On = "on",
    Monthday = "monthday", Week = "week", Hour = "hour", Guessed = "guessed", Added = "added",
    Modified = "modified", Place = "place", City = "city", Region = "region", Country = "country",
    Continent = "continent", Near = "near", Bbox = "bbox", Altitude = "altitude", Direction = "direction",
    Zone = "zone", Camera = "camera", Make = "make", Model = "model", Serial = "serial", Lens = "lens",
    Iso = "iso", Aperture = "aperture", Exposure = "exposure", Focal = "focal", Focal35 = "focal35",
    Flash = "flash", Type = "type", Format = "format", Raw = "raw", Animated = "animated", Live = "live",
    Panorama = "panorama", Hdr = "hdr", Interlaced = "interlaced", Aspect = "aspect", Width = "width",
    Height = "height", Megapixels = "megapixels", Duration = "duration", Fps = "fps", Codec = "codec",
    Audio = "audio", Bitdepth = "bitdepth", Ext = "ext", Name = "name", Folder = "folder", Path = "path",
    Size = "size", Id = "id", Hash = "hash", Copies = "copies", Offline = "offline", Managed = "managed",
    Sidecar = "sidecar", Noted = "noted", Unreadable = "unreadable", Title = "title", Caption = "caption",
    Tag = "tag", Tagcount = "tagcount", Creator = "creator", Copyright = "copyright", Rating = "rating",
    Faces = "faces", Edited = "edited", Library = "library", Album = "album", SharedWith = "shared-with",
    State = "state", Archived = "archived", Trashed = "trashed", Favourite = "favourite", Stack = "stack",
    Stacksize = "stacksize", Has = "has", Is = "is",
});

impl Key {
    /// Its row of the table.
    pub fn info(self) -> &'static KeyInfo {
        // The table is in the order of the enum (a test holds it to that), and never empty.
        &KEYS[(self as usize).min(KEYS.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_key_in_order_and_no_name_twice() {
        assert_eq!(KEYS.iter().map(|info| info.key).collect::<Vec<_>>(), Key::ALL);
        let mut names: Vec<&str> =
            KEYS.iter().flat_map(|info| info.aliases.iter().copied().chain([info.name()])).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
