//! From XML to the few properties that are wanted. Entities are not expanded and nothing recurses.

use std::{borrow::Cow, collections::BTreeMap};

use quick_xml::{
    XmlVersion,
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
    reader::NsReader,
};

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Property {
    Make,
    Model,
    Lens,
    LensModel,
    Description,
    Rating,
    FNumber,
    ExposureTime,
    FocalLength,
    Iso,
    Original,
    Digitized,
    DateCreated,
    CreateDate,
    Latitude,
    Longitude,
    Altitude,
    AltitudeRef,
}

/// What was found, and the first thing that was odd.
#[derive(Debug, Default)]
pub(super) struct Packet {
    pub values: BTreeMap<Property, String>,
    pub odd: Option<String>,
}

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// Longest packet that is read, in bytes.
const LONGEST: usize = 4 << 20;
/// No packet that means well is nested deeper.
const DEEPEST: usize = 40;
/// Longest value kept, in bytes.
const VALUE: usize = 64 << 10;

fn property(space: &str, name: &str) -> Option<Property> {
    Some(match (space, name) {
        ("http://ns.adobe.com/tiff/1.0/", "Make") => Property::Make,
        ("http://ns.adobe.com/tiff/1.0/", "Model") => Property::Model,
        ("http://ns.adobe.com/exif/1.0/aux/", "Lens") => Property::Lens,
        ("http://cipa.jp/exif/1.0/", "LensModel") => Property::LensModel,
        ("http://purl.org/dc/elements/1.1/", "description") => Property::Description,
        ("http://ns.adobe.com/xap/1.0/", "Rating") => Property::Rating,
        ("http://ns.adobe.com/xap/1.0/", "CreateDate") => Property::CreateDate,
        ("http://ns.adobe.com/photoshop/1.0/", "DateCreated") => Property::DateCreated,
        ("http://ns.adobe.com/exif/1.0/", name) => match name {
            "FNumber" => Property::FNumber,
            "ExposureTime" => Property::ExposureTime,
            "FocalLength" => Property::FocalLength,
            "ISOSpeedRatings" => Property::Iso,
            "DateTimeOriginal" => Property::Original,
            "DateTimeDigitized" => Property::Digitized,
            "GPSLatitude" => Property::Latitude,
            "GPSLongitude" => Property::Longitude,
            "GPSAltitude" => Property::Altitude,
            "GPSAltitudeRef" => Property::AltitudeRef,
            _ => return None,
        },
        _ => return None,
    })
}

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
    /// For each open element: RDF's own ones by name, others as the property they are, if wanted.
    open: Vec<Level>,
    value: String,
    packet: Packet,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Rdf,
    Description,
    /// Alt, Seq, Bag, li.
    List,
    Wanted(Property),
    Other,
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
                let name = reference.xml10_content();
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
                };
                self.text(&character.ok_or_else(|| format!("it wants the entity “{name}”"))?);
            }
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, reader: &NsReader<&[u8]>, element: &BytesStart<'_>) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err("it is nested too deep".into());
        }
        let (space, name) = reader.resolver().resolve_element(element.name());
        let level = match (space_of(&space), name.as_ref()) {
            (RDF, "RDF") => Level::Rdf,
            (RDF, "Description") => Level::Description,
            (RDF, "Alt" | "Seq" | "Bag" | "li") => Level::List,
            (space, name) => property(space, name).map_or(Level::Other, Level::Wanted),
        };
        self.open.push(level);
        self.value.clear();
        // Only of the thing described itself, not of what it was derived from.
        if self.open.ends_with(&[Level::Rdf, Level::Description]) {
            for attribute in element.attributes().with_checks(false).flatten() {
                let (space, name) = reader.resolver().resolve_attribute(attribute.key);
                if let Some(property) = property(space_of(&space), name.as_ref()) {
                    let value = attribute
                        .normalized_value(XmlVersion::Implicit1_0)
                        .map_err(|error| error.to_string())?;
                    self.keep(property, &value);
                }
            }
        }
        Ok(())
    }

    fn close(&mut self) {
        let value = std::mem::take(&mut self.value);
        let mut path = self.open.iter().rev().skip_while(|level| **level == Level::List);
        if let (Some(Level::Wanted(property)), Some(Level::Description), Some(Level::Rdf)) =
            (path.next().copied(), path.next(), path.next())
        {
            self.keep(property, &value);
        }
        self.open.pop();
    }

    fn text(&mut self, text: &str) {
        let room = VALUE.saturating_sub(self.value.len());
        let end = (0..=room.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        self.value.push_str(&text[..end]);
    }

    /// The first that says something.
    fn keep(&mut self, property: Property, value: &str) {
        let value = value.trim();
        if !value.is_empty() && value.len() <= VALUE {
            self.packet.values.entry(property).or_insert_with(|| value.to_owned());
        }
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
