//! ACDSee's categories: XML within a text, a tree of names of which some are assigned to the picture.

use domain::metadata::keywords::Keyword;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::{packet, words};

/// No tree of names is deeper.
const DEEPEST: usize = 40;
/// Most that are kept of a picture.
const MOST: usize = 1_000;
/// Longest name, in bytes.
const NAME: usize = 1_000;

/// A category that is open.
struct Category {
    name: String,
    assigned: bool,
}

/// Those that are assigned, each with those above it, up to the first mistake.
pub(super) fn read(text: &str) -> Vec<Keyword> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut open, mut found) = (Vec::<Category>::new(), Vec::new());
    while let Ok(event) = reader.read_event()
        && open.len() < DEEPEST
        && found.len() < MOST
    {
        match event {
            Event::Eof => break,
            Event::Start(element) => {
                open.push(Category { name: String::new(), assigned: is_assigned(&element) });
            }
            Event::Text(letters) => name(&mut open, &letters.xml10_content()),
            Event::GeneralRef(reference) => {
                name(&mut open, &packet::character(&reference).unwrap_or_default());
            }
            Event::End(_) => {
                if open.last().is_some_and(|category| category.assigned) {
                    let path: Vec<&str> = open.iter().map(|category| category.name.as_str()).collect();
                    found.extend(words::keyword(&path));
                }
                open.pop();
            }
            _ => {}
        }
    }
    found
}

fn name(open: &mut [Category], more: &str) {
    if let Some(category) = open.last_mut().filter(|category| category.name.len() + more.len() <= NAME) {
        category.name.push_str(more);
    }
}

fn is_assigned(element: &BytesStart<'_>) -> bool {
    element.attributes().with_checks(false).flatten().any(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let key: &str = attribute.key.as_ref();
        key == "Assigned" && value.is_ok_and(|value| value.trim() == "1")
    })
}
