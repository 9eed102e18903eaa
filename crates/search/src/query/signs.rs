//! The signs of terms, which automata are given byte by byte. Terms are valid UTF-8.

/// The sign whose bytes are being read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs {
    bits: u32,
    bytes_left: u8,
}

impl Signs {
    /// Takes a byte, and gives the sign that it ends.
    pub fn push(self, byte: u8) -> (Self, Option<char>) {
        let (bits, bytes_left) = match (self.bytes_left, byte) {
            (0, 0..=0x7F) => (u32::from(byte), 0),
            (0, 0xC0..=0xDF) => (u32::from(byte & 0x1F), 1),
            (0, 0xE0..=0xEF) => (u32::from(byte & 0x0F), 2),
            (0, _) => (u32::from(byte & 0x07), 3),
            (left, _) => (self.bits << 6 | u32::from(byte & 0x3F), left - 1),
        };
        let sign = (bytes_left == 0).then(|| char::from_u32(bits).unwrap_or(char::REPLACEMENT_CHARACTER));
        (Self { bits, bytes_left }, sign)
    }

    /// Whether no sign has been begun.
    pub fn is_between(self) -> bool {
        self.bytes_left == 0
    }
}
