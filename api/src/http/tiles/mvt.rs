//! Mapbox vector tiles (<https://github.com/mapbox/vector-tile-spec/tree/master/2.1>), as far as points with texts and
//! whole numbers need them: a hundred lines, where the libraries bring a code generator along.

use std::collections::HashMap;

use domain::mapview::tile::EXTENT;

/// Numbers of fields, as `vector_tile.proto` has them.
mod field {
    pub const TILE_LAYER: u64 = 3;
    pub const LAYER_NAME: u64 = 1;
    pub const LAYER_FEATURE: u64 = 2;
    pub const LAYER_KEY: u64 = 3;
    pub const LAYER_VALUE: u64 = 4;
    pub const LAYER_EXTENT: u64 = 5;
    pub const LAYER_VERSION: u64 = 15;
    pub const FEATURE_TAGS: u64 = 2;
    pub const FEATURE_TYPE: u64 = 3;
    pub const FEATURE_GEOMETRY: u64 = 4;
    pub const VALUE_TEXT: u64 = 1;
    pub const VALUE_NUMBER: u64 = 5;
}

const VERSION: u64 = 2;
const POINT: u64 = 1;
/// The command to move to one place.
const MOVE_TO_ONE: u64 = 1 | (1 << 3);

/// What is said of a feature.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// A text.
    Text(&'a str),
    /// A whole number.
    Number(u64),
}

/// A layer that is being written.
pub struct Layer {
    name: &'static str,
    features: Vec<u8>,
    keys: Vec<&'static str>,
    /// Written values, and their numbers.
    values: HashMap<Vec<u8>, u64>,
    /// The same in their order, as fields of the layer.
    written: Vec<u8>,
}

impl Layer {
    /// An empty one.
    pub fn new(name: &'static str) -> Self {
        Self { name, features: Vec::new(), keys: Vec::new(), values: HashMap::new(), written: Vec::new() }
    }

    /// Adds a point, in units from the tile's north-west corner.
    pub fn point(&mut self, (x, y): (u32, u32), properties: &[(&'static str, Value<'_>)]) {
        let mut tags = Vec::new();
        for (key, value) in properties {
            varint(&mut tags, self.key(key));
            varint(&mut tags, self.value(*value));
        }
        let mut geometry = Vec::new();
        // Steps to the north and west are odd numbers; these all lead south and east.
        for number in [MOVE_TO_ONE, u64::from(x) << 1, u64::from(y) << 1] {
            varint(&mut geometry, number);
        }
        let mut feature = Vec::new();
        bytes(&mut feature, field::FEATURE_TAGS, &tags);
        number(&mut feature, field::FEATURE_TYPE, POINT);
        bytes(&mut feature, field::FEATURE_GEOMETRY, &geometry);
        bytes(&mut self.features, field::LAYER_FEATURE, &feature);
    }

    /// The layer as a part of a tile: tiles are their layers, one after the other. Nothing without features.
    pub fn finish(self) -> Vec<u8> {
        if self.features.is_empty() {
            return Vec::new();
        }
        let mut layer = Vec::new();
        number(&mut layer, field::LAYER_VERSION, VERSION);
        bytes(&mut layer, field::LAYER_NAME, self.name.as_bytes());
        layer.extend_from_slice(&self.features);
        for key in &self.keys {
            bytes(&mut layer, field::LAYER_KEY, key.as_bytes());
        }
        layer.extend_from_slice(&self.written);
        number(&mut layer, field::LAYER_EXTENT, EXTENT.into());
        let mut tile = Vec::new();
        bytes(&mut tile, field::TILE_LAYER, &layer);
        tile
    }

    fn key(&mut self, key: &'static str) -> u64 {
        let known = self.keys.iter().position(|known| *known == key);
        known.unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        }) as u64
    }

    fn value(&mut self, value: Value<'_>) -> u64 {
        let mut written = Vec::new();
        match value {
            Value::Text(text) => bytes(&mut written, field::VALUE_TEXT, text.as_bytes()),
            Value::Number(value) => number(&mut written, field::VALUE_NUMBER, value),
        }
        let next = self.values.len() as u64;
        if let Some(known) = self.values.get(&written) {
            return *known;
        }
        bytes(&mut self.written, field::LAYER_VALUE, &written);
        self.values.insert(written, next);
        next
    }
}

/// Seven bits at a time, the lowest first.
fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

fn bytes(out: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, value.len() as u64);
    out.extend_from_slice(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification (4.4): two points at (25, 17), written by hand from `vector_tile.proto`; but for
    /// its decimal number and its ids.
    #[test]
    fn a_tile_is_written_as_the_specification_has_it() {
        let mut layer = Layer::new("points");
        let world = Value::Text("world");
        layer.point((25, 17), &[("hello", world), ("h", world), ("count", Value::Number(300))]);
        layer.point((25, 17), &[("hello", Value::Text("again")), ("count", Value::Number(2))]);
        #[rustfmt::skip]
        let expected: &[&[u8]] = &[
            &[0x1A, 89],                                              // layer: 89 bytes
            &[0x78, 2],                                               // version: 2
            &[0x0A, 6], b"points",                                    // name
            &[0x12, 15],                                              // feature: 15 bytes
            &[0x12, 6, 0, 0, 1, 0, 2, 1],                             //   tags: 0 0 1 0 2 1
            &[0x18, 1],                                               //   type: POINT
            &[0x22, 3, 9, 50, 34],                                    //   geometry: 9 50 34
            &[0x12, 13],                                              // feature: 13 bytes
            &[0x12, 4, 0, 2, 2, 3],                                   //   tags: 0 2 2 3
            &[0x18, 1],                                               //   type: POINT
            &[0x22, 3, 9, 50, 34],                                    //   geometry: 9 50 34
            &[0x1A, 5], b"hello", &[0x1A, 1], b"h", &[0x1A, 5], b"count", // keys
            &[0x22, 7, 0x0A, 5], b"world",                            // values
            &[0x22, 3, 0x28, 0xAC, 0x02],                             //   300
            &[0x22, 7, 0x0A, 5], b"again",
            &[0x22, 2, 0x28, 2],
            &[0x28, 0x80, 0x20],                                      // extent: 4096
        ];
        assert_eq!(layer.finish(), expected.concat());
    }

    #[test]
    fn far_places_take_more_bytes_and_nothing_takes_none() {
        let mut layer = Layer::new("p");
        layer.point((4095, 0), &[]);
        let tile = layer.finish();
        // 2 × 4095 = 0x1FFE
        assert!(tile.windows(6).any(|part| part == [0x22, 4, 9, 0xFE, 0x3F, 0]), "{tile:x?}");
        assert!(Layer::new("p").finish().is_empty());
    }
}
