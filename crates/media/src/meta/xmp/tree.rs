//! What XMP is about: fields that hold texts, lists and fields in turn, whatever their spelling in XML was.

use std::collections::BTreeMap;

/// A vocabulary of which something is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    Tiff,
    Exif,
    /// EXIF 2.3's newer tags.
    ExifEx,
    Aux,
    Dublin,
    Xap,
    Photoshop,
    Pdf,
    Lightroom,
    DigiKam,
    Acdsee,
    /// Of Windows.
    Microsoft,
    /// Of the Metadata Working Group: who is where in the picture.
    Regions,
    Area,
    Dimensions,
    /// Google's: panoramas, bursts, and films within pictures.
    Panorama,
    Camera,
    Creations,
    Container,
    ContainerItem,
    /// Google's: films that look around.
    Spherical,
    /// RDF itself: the value of what has qualifiers.
    Rdf,
}

impl Space {
    /// By its address; whatever is not wanted has none.
    pub(super) fn of(address: &str) -> Option<Self> {
        Some(match address {
            "http://ns.adobe.com/tiff/1.0/" => Self::Tiff,
            "http://ns.adobe.com/exif/1.0/" => Self::Exif,
            "http://cipa.jp/exif/1.0/" => Self::ExifEx,
            "http://ns.adobe.com/exif/1.0/aux/" => Self::Aux,
            "http://purl.org/dc/elements/1.1/" => Self::Dublin,
            "http://ns.adobe.com/xap/1.0/" => Self::Xap,
            "http://ns.adobe.com/photoshop/1.0/" => Self::Photoshop,
            "http://ns.adobe.com/pdf/1.3/" => Self::Pdf,
            "http://ns.adobe.com/lightroom/1.0/" => Self::Lightroom,
            "http://www.digikam.org/ns/1.0/" => Self::DigiKam,
            "http://ns.acdsee.com/iptc/1.0/" => Self::Acdsee,
            // exiftool and others write it without the last slash.
            "http://ns.microsoft.com/photo/1.0/" | "http://ns.microsoft.com/photo/1.0" => Self::Microsoft,
            "http://www.metadataworkinggroup.com/schemas/regions/" => Self::Regions,
            "http://ns.adobe.com/xmp/sType/Area#" => Self::Area,
            "http://ns.adobe.com/xap/1.0/sType/Dimensions#" => Self::Dimensions,
            "http://ns.google.com/photos/1.0/panorama/" => Self::Panorama,
            "http://ns.google.com/photos/1.0/camera/" => Self::Camera,
            "http://ns.google.com/photos/1.0/creations/" => Self::Creations,
            "http://ns.google.com/photos/1.0/container/" => Self::Container,
            "http://ns.google.com/photos/1.0/container/item/" => Self::ContainerItem,
            "http://ns.google.com/videos/1.0/spherical/" => Self::Spherical,
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#" => Self::Rdf,
            _ => return None,
        })
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    List(Vec<Node>),
    Fields(Fields),
}

/// Values by the name of their field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields(BTreeMap<(Space, String), Node>);

impl Node {
    /// A text that says something.
    pub(super) fn text(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self::Text(text.to_owned()))
    }

    /// The text it is, or the first of a list, or what its qualifiers qualify.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(items) => match items.first()? {
                Self::Text(text) => Some(text),
                Self::Fields(fields) => fields.plain(Space::Rdf, "value"),
                Self::List(_) => None,
            },
            Self::Fields(fields) => fields.plain(Space::Rdf, "value"),
        }
    }

    /// The fields it has.
    pub(super) fn fields(&self) -> Option<&Fields> {
        match self {
            Self::Fields(fields) => Some(fields),
            _ => None,
        }
    }
}

impl Fields {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps a value, if the field is wanted and none was found before.
    pub(super) fn keep(&mut self, space: Option<Space>, name: &str, value: Option<Node>) {
        if let (Some(space), Some(value)) = (space, value) {
            self.0.entry((space, name.to_owned())).or_insert(value);
        }
    }

    /// Keeps what another description of the same thing says beyond this one.
    pub(super) fn merge(&mut self, other: Self) {
        for (name, value) in other.0 {
            self.0.entry(name).or_insert(value);
        }
    }

    pub(super) fn get(&self, space: Space, name: &str) -> Option<&Node> {
        // The key owns its name, and looking up is rare.
        self.0.get(&(space, name.to_owned()))
    }

    /// The text of a field, or the first of its list.
    pub(super) fn text(&self, space: Space, name: &str) -> Option<&str> {
        self.get(space, name)?.as_text()
    }

    /// All texts of a field, in their order.
    pub(super) fn texts(&self, space: Space, name: &str) -> impl Iterator<Item = &str> {
        self.items(space, name).filter_map(Node::as_text)
    }

    /// All values of a field, in their order: of a list its own, else the one.
    pub(super) fn items(&self, space: Space, name: &str) -> impl Iterator<Item = &Node> {
        match self.get(space, name) {
            Some(Node::List(items)) => items.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        }
        .iter()
    }

    /// Fields within a field.
    pub(super) fn within(&self, space: Space, name: &str) -> Option<&Self> {
        self.get(space, name)?.fields()
    }

    fn plain(&self, space: Space, name: &str) -> Option<&str> {
        match self.get(space, name)? {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }
}
