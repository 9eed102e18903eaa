//! From XML to a tree of values: the part of RDF that XMP uses. Entities are not expanded and nothing recurses.

use std::borrow::Cow;

use quick_xml::{
    XmlVersion,
    events::{BytesRef, BytesStart, Event},
    name::{Namespace, ResolveResult},
    reader::NsReader,
};

use super::tree::{Fields, Node, Space};

/// What was found, and the first thing that was odd.
#[derive(Debug, Default)]
pub(super) struct Packet {
    pub fields: Fields,
    pub odd: Option<String>,
}

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// Longest packet that is read, in bytes.
const LONGEST: usize = 4 << 20;
/// No packet that means well is nested deeper.
const DEEPEST: usize = 40;
/// Most values of a packet: a crowd of faces fits.
const MOST: usize = 20_000;
/// Longest value kept, in bytes.
const VALUE: usize = 64 << 10;

/// Reads what can be read, up to the first mistake.
pub(super) fn read(bytes: &[u8]) -> Packet {
    let text = decode(&bytes[..bytes.len().min(LONGEST)]);
    let mut walk = Walk::default();
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().check_end_names = false;
    loop {
        let step = match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => walk.step(&reader, event),
            Err(error) => Err(error.to_string()),
        };
        if let Err(odd) = step {
            walk.packet.odd = Some(odd);
            break;
        }
    }
    walk.packet
}

/// Where the reader is.
#[derive(Default)]
struct Walk {
    open: Vec<Level>,
    values: usize,
    packet: Packet,
}

/// An open element.
struct Level {
    kind: Kind,
    /// What has been read of it.
    text: String,
    fields: Fields,
    items: Option<Vec<Node>>,
}

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Outside,
    Rdf,
    /// `rdf:Description`, or an element that names the type of what it describes.
    Thing,
    /// A property; its content is one thing's fields (`rdf:parseType="Resource"`).
    Fields(Option<Space>, String),
    /// A property with a text, a list or a thing in it.
    Property(Option<Space>, String),
    /// Alt, Seq, Bag.
    List,
    /// `rdf:li`; the same with `rdf:parseType="Resource"`.
    Item {
        fields: bool,
    },
}

impl Walk {
    fn step(&mut self, reader: &NsReader<&[u8]>, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(element) => self.open(reader, &element)?,
            Event::Empty(element) => {
                self.open(reader, &element)?;
                self.close();
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let wanted = || format!("it wants the entity “{}”", reference.xml10_content());
                self.text(&character(&reference).ok_or_else(wanted)?);
            }
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, reader: &NsReader<&[u8]>, element: &BytesStart<'_>) -> Result<(), String> {
        self.values += 1;
        if self.open.len() >= DEEPEST || self.values > MOST {
            return Err("it is nested too deep, or has too many values".into());
        }
        let (space, name) = reader.resolver().resolve_element(element.name());
        let kind = self.kind(space_of(&space), name.as_ref());
        let mut level = Level { kind, text: String::new(), fields: Fields::default(), items: None };
        for attribute in element.attributes().with_checks(false).flatten() {
            let (space, name) = reader.resolver().resolve_attribute(attribute.key);
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
            level.attribute(space_of(&space), name.as_ref(), &value);
        }
        self.open.push(level);
        Ok(())
    }

    fn kind(&self, space: &str, name: &str) -> Kind {
        let property = || Kind::Property(Space::of(space), name.to_owned());
        match self.open.last().map_or(&Kind::Outside, |level| &level.kind) {
            Kind::Outside if (space, name) == (RDF, "RDF") => Kind::Rdf,
            // Films that look around have one thing alone ("Spherical Video RFC", Google).
            Kind::Outside if (space, name) == (RDF, "SphericalVideo") => Kind::Thing,
            Kind::Outside => Kind::Outside,
            Kind::Rdf => Kind::Thing,
            Kind::Thing | Kind::Fields(..) | Kind::Item { fields: true } => property(),
            Kind::Property(..) | Kind::Item { fields: false } => match (space, name) {
                (RDF, "Alt" | "Seq" | "Bag") => Kind::List,
                _ => Kind::Thing,
            },
            Kind::List if (space, name) == (RDF, "li") => Kind::Item { fields: false },
            Kind::List => Kind::Outside,
        }
    }

    fn close(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        let Some(above) = self.open.last_mut() else {
            self.packet.fields.merge(closed.fields);
            return;
        };
        match closed.kind.clone() {
            Kind::Thing if matches!(above.kind, Kind::Rdf | Kind::Outside) => {
                self.packet.fields.merge(closed.fields);
            }
            Kind::Thing => above.fields.merge(closed.fields),
            Kind::List => above.items = closed.items.or(Some(Vec::new())),
            Kind::Item { .. } => above.items.get_or_insert_default().extend(closed.node()),
            Kind::Property(space, name) | Kind::Fields(space, name) => {
                above.fields.keep(space, &name, closed.node());
            }
            Kind::Rdf | Kind::Outside => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some(level) = self.open.last_mut() else { return };
        let room = VALUE.saturating_sub(level.text.len());
        let end = (0..=room.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        level.text.push_str(&text[..end]);
    }
}

impl Level {
    /// Attributes are fields in another spelling, but those of RDF and of XML itself.
    fn attribute(&mut self, space: &str, name: &str, value: &str) {
        match (space, name) {
            (RDF, "parseType") if value == "Resource" => {
                self.kind = match std::mem::replace(&mut self.kind, Kind::Outside) {
                    Kind::Property(space, name) => Kind::Fields(space, name),
                    Kind::Item { .. } => Kind::Item { fields: true },
                    other => other,
                };
            }
            (RDF, "resource") => self.text = value.to_owned(),
            _ if matches!(self.kind, Kind::Outside | Kind::Rdf | Kind::List) => {}
            _ => self.fields.keep(Space::of(space), name, Node::text(value)),
        }
    }

    /// What it holds: a list, fields or a text.
    fn node(self) -> Option<Node> {
        match self.items {
            Some(items) => Some(Node::List(items)),
            None if self.fields.is_empty() => Node::text(&self.text),
            None => Some(Node::Fields(self.fields)),
        }
    }
}

/// The character that a reference means, if it needs no declaration.
pub(super) fn character(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string()),
        _ => quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned),
    }
}

fn space_of<'a>(space: &'a ResolveResult<'_>) -> &'a str {
    match space {
        ResolveResult::Bound(Namespace(name)) => name,
        _ => "",
    }
}

/// UTF-8, or UTF-16 with a byte order mark.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |convert: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| convert([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes {
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes).into(),
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes).into(),
        _ => String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
    }
}
