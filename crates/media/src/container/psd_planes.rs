//! The pixels of Photoshop documents: planes behind the layers, one for each channel, each row packed or not.

use std::io::{BufRead, Read, Seek, SeekFrom};

use super::psd::Document;
use crate::MediaError;

/// Reads so many channels' samples, eight bits each, those of a pixel side by side. The reader stands before the
/// layers; the caller has seen to it that the document's size is one that fits into memory.
pub(crate) fn read(
    reader: &mut (impl BufRead + Seek),
    document: &Document,
    samples: usize,
) -> Result<Vec<u8>, MediaError> {
    skip_layers(reader, document.large)?;
    Planes::begin(reader, document)?.interleaved(samples)
}

fn skip_layers(reader: &mut (impl BufRead + Seek), large: bool) -> Result<(), MediaError> {
    let mut length = [0; 8];
    reader.read_exact(&mut length[if large { 0 } else { 4 }..])?;
    let length = i64::try_from(u64::from_be_bytes(length));
    let length = length.map_err(|_| MediaError::Broken("its layers have an impossible length".into()))?;
    reader.seek(SeekFrom::Current(length))?;
    Ok(())
}

/// The composite: one plane after the other, each row packed or not.
struct Planes<'a, R> {
    reader: &'a mut R,
    width: usize,
    height: usize,
    bits: usize,
    /// The packed rows' lengths, of all planes; none if the rows are not packed.
    lengths: Option<Vec<u32>>,
}

impl<'a, R: BufRead> Planes<'a, R> {
    fn begin(reader: &'a mut R, document: &Document) -> Result<Self, MediaError> {
        let mut method = [0; 2];
        reader.read_exact(&mut method)?;
        let rows = document.height as usize * usize::from(document.channels);
        let lengths = match u16::from_be_bytes(method) {
            0 => None,
            1 => Some(lengths(reader, rows, document.large)?),
            _ => return Err(MediaError::rare("Photoshop document")),
        };
        let (width, height) = (document.width as usize, document.height as usize);
        Ok(Self { reader, width, height, bits: usize::from(document.bits), lengths })
    }

    fn interleaved(mut self, samples: usize) -> Result<Vec<u8>, MediaError> {
        let mut pixels = vec![0; self.width * self.height * samples];
        let mut row = vec![0; (self.width * self.bits).div_ceil(8)];
        for sample in 0..samples {
            for y in 0..self.height {
                self.read_row(sample * self.height + y, &mut row)?;
                let line = &mut pixels[y * self.width * samples..][..self.width * samples];
                let places = line.iter_mut().skip(sample).step_by(samples);
                match self.bits {
                    1 => places.enumerate().for_each(|(x, to)| *to = (row[x / 8] >> (7 - x % 8) & 1) * 255),
                    // The upper half of the number is enough.
                    16 => places.zip(row.iter().step_by(2)).for_each(|(to, from)| *to = *from),
                    _ => places.zip(&row).for_each(|(to, from)| *to = *from),
                }
            }
        }
        Ok(pixels)
    }

    fn read_row(&mut self, number: usize, row: &mut [u8]) -> Result<(), MediaError> {
        let Some(lengths) = &self.lengths else { return Ok(self.reader.read_exact(row)?) };
        let length = lengths.get(number).copied().unwrap_or(0);
        let mut packed = Vec::new();
        self.reader.by_ref().take(length.into()).read_to_end(&mut packed)?;
        if packed.len() < length as usize {
            return Err(MediaError::Broken("it ends too early".into()));
        }
        unpack(&packed, row);
        Ok(())
    }
}

fn lengths(reader: &mut impl BufRead, rows: usize, large: bool) -> Result<Vec<u32>, MediaError> {
    let size = if large { 4 } else { 2 };
    let mut bytes = Vec::new();
    reader.by_ref().take((rows * size) as u64).read_to_end(&mut bytes)?;
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
    Ok(bytes.chunks_exact(size).map(number).collect())
}

/// Apple's PackBits: a count of bytes that follow, or how often the next one is repeated.
fn unpack(packed: &[u8], row: &mut [u8]) {
    let mut to = row.iter_mut();
    let mut rest = packed;
    while let [count, tail @ ..] = rest {
        let count = i8::from_ne_bytes([*count]);
        rest = match (usize::try_from(count), tail) {
            (Ok(copied), _) => {
                let (bytes, tail) = tail.split_at(tail.len().min(copied + 1));
                bytes.iter().zip(to.by_ref()).for_each(|(from, to)| *to = *from);
                tail
            }
            (Err(_), [byte, tail @ ..]) if count != i8::MIN => {
                to.by_ref().take(1 + usize::from(count.unsigned_abs())).for_each(|to| *to = *byte);
                tail
            }
            _ => tail,
        };
    }
}

#[cfg(test)]
mod tests {
    /// The example of Apple's technical note 1023.
    #[test]
    fn packed_rows_are_unpacked() {
        let packed =
            [0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA, 0x03, 0x80, 0x00, 0x2A, 0x22, 0xF7, 0xAA];
        let expected = [
            0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0xAA, 0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0x22, 0xAA, 0xAA,
            0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA,
        ];
        let mut row = [0; 24];
        super::unpack(&packed, &mut row);
        assert_eq!(row, expected);
        // Rows that are longer or shorter than they should be.
        super::unpack(&[0x81, 1, 0x81, 2, 0x05], &mut row);
        assert_eq!(row, [1; 24]);
        super::unpack(&[0x80, 0x00, 9], &mut row[..2]);
        assert_eq!(row[..2], [9, 1]);
    }
}
