//! How samples lie beside each other.

use super::directory::Directory;

/// Rows of samples, each row from a whole byte on.
pub(super) struct Layout {
    width: usize,
    height: usize,
    /// 1, 2, 4, 8, 16 or 32.
    bits: usize,
    /// Of a pixel.
    samples: usize,
    /// Each sample is a picture of its own, one after the other.
    planar: bool,
}

impl Layout {
    pub(super) fn new(directory: &Directory) -> Self {
        let (width, height) = (directory.size.0 as usize, directory.size.1 as usize);
        let Directory { bits, samples, planar, .. } = *directory;
        Self { width, height, bits, samples, planar }
    }

    /// Bytes of all rows.
    pub(super) fn bytes(&self) -> u64 {
        let planes = if self.planar { self.samples } else { 1 };
        (self.row() as u64).saturating_mul(self.height as u64).saturating_mul(planes as u64)
    }

    /// Adds a row's samples, one byte each, the first `kept` ones of each pixel.
    pub(super) fn add_row(&self, stored: &[u8], y: usize, kept: usize, to: &mut Vec<u8>) {
        let rows = |plane: usize| {
            let at = (plane * self.height + y) * self.row();
            stored.get(at..at + self.row()).unwrap_or_default()
        };
        let row = rows(0);
        if self.planar {
            let planes: Vec<&[u8]> = (0..kept).map(rows).collect();
            to.extend((0..self.width).flat_map(|x| planes.iter().map(move |row| sample(row, x, self.bits))));
        } else if self.bits == 8 && kept == self.samples {
            to.extend_from_slice(row);
        } else {
            let first = (0..self.width).map(|x| x * self.samples);
            to.extend(first.flat_map(|first| (first..first + kept).map(|n| sample(row, n, self.bits))));
        }
    }

    /// Bytes of a row.
    pub(super) fn row(&self) -> usize {
        let samples = if self.planar { 1 } else { self.samples };
        (self.width * samples * self.bits).div_ceil(8)
    }
}

/// One of a row's samples; of sixteen bits or more the upper eight.
fn sample(row: &[u8], n: usize, bits: usize) -> u8 {
    match bits {
        8 => row.get(n).copied().unwrap_or(0),
        16 => row.as_chunks().0.get(n).map_or(0, |two| u16::from_ne_bytes(*two).to_be_bytes()[0]),
        32 => row.as_chunks().0.get(n).map_or(0, |four| u32::from_ne_bytes(*four).to_be_bytes()[0]),
        _ => {
            let (byte, first) = (n * bits / 8, n * bits % 8);
            let byte = row.get(byte).copied().unwrap_or(0);
            (byte >> (8 - bits - first)) & ((1 << bits) - 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(bits: usize, samples: usize, planar: bool, kept: usize, stored: &[u8]) -> Vec<u8> {
        let layout = Layout { width: 3, height: 2, bits, samples, planar };
        assert_eq!(layout.bytes(), stored.len() as u64, "{bits} bits of {samples} samples");
        let mut samples = Vec::new();
        layout.add_row(stored, 1, kept, &mut samples);
        samples
    }

    #[test]
    fn samples_of_all_sizes_become_bytes() {
        assert_eq!(row(1, 1, false, 1, &[0, 0b1010_0000]), [1, 0, 1]);
        assert_eq!(row(2, 1, false, 1, &[0, 0b1101_1000]), [3, 1, 2]);
        assert_eq!(row(4, 1, false, 1, &[0, 0, 0xA5, 0xC0]), [10, 5, 12]);
        assert_eq!(row(8, 2, false, 1, &[0, 0, 0, 0, 0, 0, 7, 1, 8, 1, 9, 1]), [7, 8, 9]);
        assert_eq!(row(8, 2, true, 2, &[0, 0, 0, 1, 2, 3, 0, 0, 0, 4, 5, 6]), [1, 4, 2, 5, 3, 6]);
        let deep = [0_u16, 0, 0, 0x1234, 0x5678, 0x9ABC].map(u16::to_ne_bytes);
        assert_eq!(row(16, 1, false, 1, deep.as_flattened()), [0x12, 0x56, 0x9A]);
        let deeper = [0_u32, 0, 0, 0x1234_5678, 0xFFFF_FFFF, 0x7F80_0000].map(u32::to_ne_bytes);
        assert_eq!(row(32, 1, false, 1, deeper.as_flattened()), [0x12, 0xFF, 0x7F]);
    }
}
