//! How large a document is once its fragments are put in where they are named.
//!
//! Fragments that name each other ten times, twenty deep, stand for more fields than anybody can visit. So each is
//! measured once and remembered, and what it adds up to is arithmetic.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};

/// Fields of introspection that answer lists of types, from which the next list can be reached.
const TYPE_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// What a selection adds up to, fragments put in. Numbers that are too large for a number stay the largest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Fields, spreads and inline fragments.
    pub selections: usize,
    /// Fields that are asked for under another name.
    pub aliases: usize,
    /// Fields at the top.
    pub roots: usize,
    /// Levels below.
    pub nesting: usize,
    /// Lists of introspection within each other.
    pub type_lists: usize,
}

/// Why a document has no size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endless {
    /// Fragments name each other in a circle.
    Circle,
    /// More levels than were to be looked at.
    Nested,
}

/// Measures all operations of a document together. Fragments that none of them names are looked at, too: whoever
/// visits the document later may follow them.
pub fn measure(document: &ExecutableDocument, most_nested: usize) -> Result<Size, Endless> {
    let mut walk = Walk { document, most_nested, known: HashMap::new() };
    let mut all = Size::default();
    for (_, operation) in document.operations.iter() {
        all = all.and(walk.set(&operation.node.selection_set.node, 0)?);
    }
    for name in document.fragments.keys() {
        walk.fragment(name, 1)?;
    }
    Ok(all)
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    most_nested: usize,
    /// Fragments by name; none while one is being measured.
    known: HashMap<&'a str, Option<Size>>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, depth: usize) -> Result<Size, Endless> {
        if depth > self.most_nested {
            return Err(Endless::Nested);
        }
        let mut sum = Size::default();
        for selection in &set.items {
            let one = match &selection.node {
                Selection::Field(field) => self.field(&field.node, depth)?,
                Selection::InlineFragment(inline) => {
                    self.set(&inline.node.selection_set.node, depth + 1)?.wrapped()
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node, depth + 1)?.wrapped()
                }
            };
            sum = sum.and(one);
        }
        Ok(sum)
    }

    fn field(&mut self, field: &'a Field, depth: usize) -> Result<Size, Endless> {
        let below = &field.selection_set.node;
        let inner = if below.items.is_empty() {
            Size { selections: 1, ..Size::default() }
        } else {
            self.set(below, depth + 1)?.wrapped()
        };
        let renamed = field.alias.as_ref().is_some_and(|alias| alias.node != field.name.node);
        let lists = TYPE_LISTS.contains(&field.name.node.as_str());
        Ok(Size {
            aliases: inner.aliases.saturating_add(usize::from(renamed)),
            type_lists: inner.type_lists + usize::from(lists),
            roots: 1,
            ..inner
        })
    }

    /// The size of a fragment's own selection, which stands at this depth.
    fn fragment(&mut self, name: &'a str, depth: usize) -> Result<Size, Endless> {
        match self.known.get(name) {
            Some(None) => return Err(Endless::Circle),
            Some(Some(size)) if depth + size.nesting > self.most_nested => return Err(Endless::Nested),
            Some(Some(size)) => return Ok(*size),
            None => {}
        }
        // A name without a fragment is refused by validation, with words.
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Size::default()) };
        self.known.insert(name, None);
        let size = self.set(&fragment.node.selection_set.node, depth)?;
        self.known.insert(name, Some(size));
        Ok(size)
    }
}

impl Size {
    /// Side by side.
    fn and(self, other: Self) -> Self {
        Self {
            selections: self.selections.saturating_add(other.selections),
            aliases: self.aliases.saturating_add(other.aliases),
            roots: self.roots.saturating_add(other.roots),
            nesting: self.nesting.max(other.nesting),
            type_lists: self.type_lists.max(other.type_lists),
        }
    }

    /// One level further down, in something that counts itself.
    fn wrapped(self) -> Self {
        Self { selections: self.selections.saturating_add(1), nesting: self.nesting + 1, ..self }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn of(text: &str) -> Result<Size, Endless> {
        measure(&parse_query(text).unwrap(), 32)
    }

    /// Counted by hand.
    #[test]
    fn fragments_count_as_often_as_they_are_named() {
        let size = |selections, aliases, roots, nesting, type_lists| {
            Ok(Size { selections, aliases, roots, nesting, type_lists })
        };
        for (text, wanted) in [
            ("{ a b: b }", size(2, 0, 2, 0, 0)),
            ("{ x: a y: a { z: c } }", size(3, 3, 2, 1, 0)),
            ("{ ... on Q { ... on Q { x: a } } }", size(3, 1, 1, 2, 0)),
            ("{ ...f ...f } fragment f on Q { x: a b { c } }", size(8, 2, 4, 2, 0)),
            ("{ ...nowhere }", size(1, 0, 0, 1, 0)),
            ("{ types { fields { args { type { fields { name } } } } } }", size(6, 0, 1, 5, 2)),
            ("query A { a } query B { b }", size(2, 0, 2, 0, 0)),
        ] {
            assert_eq!(of(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_nobody_can_visit_is_measured_at_once() {
        let bomb = |leaf: &str| {
            let spreads = |n: usize| format!("...f{n} ").repeat(10);
            let fragments: String =
                (0..25).map(|n| format!("fragment f{n} on Q {{ {} }} ", spreads(n + 1))).collect();
            format!("{{ ...f0 }} {fragments} {leaf}")
        };
        for leaf in ["fragment f25 on Q { x: a }", ""] {
            let size = of(&bomb(leaf)).unwrap();
            assert_eq!((size.selections, size.nesting >= 25), (usize::MAX, true), "{leaf}");
        }
    }

    #[test]
    fn circles_and_endless_chains_end() {
        for text in [
            "{ ...a } fragment a on Q { ...b } fragment b on Q { x { ...a } }",
            "{ a } fragment a on Q { ...a }",
        ] {
            assert_eq!(of(text), Err(Endless::Circle), "{text}");
        }
        let chain: String = (0..3_000).map(|n| format!("fragment f{n} on Q {{ ...f{} }} ", n + 1)).collect();
        for start in ["{ ...f0 }", "{ a }", "{ ...f2999 ...f2990 ...f2980 ...f2970 ...f2960 }"] {
            assert_eq!(of(&format!("{start} {chain}")), Err(Endless::Nested), "{start}");
        }
    }
}
