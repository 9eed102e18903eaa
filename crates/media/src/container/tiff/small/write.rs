//! Directories of a plain TIFF.

use super::{Entry, Order, size_of};

/// Number kinds of 64 bits: plain ones, and where directories lie.
const WIDE: [u16; 2] = [16, 18];

/// The head of a file whose first directory is written later.
pub(super) fn head(order: Order) -> Vec<u8> {
    if order.little { b"II\x2A\0\0\0\0\0".to_vec() } else { b"MM\0\x2A\0\0\0\0".to_vec() }
}

/// Writes a directory with its values behind it, and says where it begins. What does not fit into 32 bits is left out.
pub(super) fn directory(entries: &[Entry], file: &mut Vec<u8>, order: Order) -> [u8; 4] {
    let start = file.len();
    let entries: Vec<_> = entries.iter().filter_map(|entry| order.narrow(entry)).collect();
    let behind = start + 2 + 12 * entries.len() + 4;
    let mut values = Vec::new();
    file.extend(order.two(entries.len()));
    for Entry { tag, kind, value } in &entries {
        let size = size_of(*kind).and_then(|size| usize::try_from(size).ok()).unwrap_or(1);
        file.extend([order.two(usize::from(*tag)), order.two(usize::from(*kind))].concat());
        file.extend(order.four(value.len() / size));
        if value.len() <= 4 {
            file.extend(value.iter().copied().chain([0; 4]).take(4));
        } else {
            file.extend(order.four(behind + values.len()));
            values.extend(value);
            // Values begin at even offsets.
            values.resize(values.len().next_multiple_of(2), 0);
        }
    }
    file.extend([0; 4]);
    file.extend(values);
    order.four(start)
}

impl Order {
    /// With 32 bits for each of its numbers; none if they are too few, or there is no such kind.
    fn narrow(self, entry: &Entry) -> Option<Entry> {
        let Entry { tag, kind, value } = entry;
        if !WIDE.contains(kind) {
            return (*kind <= 13).then(|| Entry { tag: *tag, kind: *kind, value: value.clone() });
        }
        let one = |bytes: &[u8]| u32::try_from(self.number(bytes)).ok();
        let numbers: Vec<u32> = value.chunks_exact(8).map(one).collect::<Option<_>>()?;
        let value = numbers.into_iter().flat_map(|number| self.bytes(number)).collect();
        Some(Entry { tag: *tag, kind: 4, value })
    }

    fn two(self, number: usize) -> [u8; 2] {
        let number = u16::try_from(number).unwrap_or(0);
        if self.little { number.to_le_bytes() } else { number.to_be_bytes() }
    }

    fn four(self, number: usize) -> [u8; 4] {
        self.bytes(u32::try_from(number).unwrap_or(0))
    }

    fn bytes(self, number: u32) -> [u8; 4] {
        if self.little { number.to_le_bytes() } else { number.to_be_bytes() }
    }
}
