//! A directory of tags, read where it lies. Whatever points outside is not there.

/// A directory.
#[derive(Clone, Copy)]
pub(super) struct Ifd<'a> {
    /// What its offsets count from the beginning of.
    pub data: &'a [u8],
    /// Where it begins.
    pub at: usize,
    /// Whether small ends come first.
    pub little: bool,
}

/// Longest value, in bytes.
const LONGEST: usize = 4096;
const ENTRY: usize = 12;

impl<'a> Ifd<'a> {
    fn u16_at(&self, at: usize) -> Option<u16> {
        let bytes = *self.data.get(at..)?.first_chunk()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    pub(super) fn u32_at(&self, at: usize) -> Option<u32> {
        let bytes = *self.data.get(at..)?.first_chunk()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// The type of a tag's values, how many there are, and where they lie.
    fn find(&self, tag: u16) -> Option<(u16, usize, usize)> {
        let entries = usize::from(self.u16_at(self.at)?);
        let first = self.at.checked_add(2)?;
        let entry = (0..entries)
            .map_while(|n| first.checked_add(n * ENTRY))
            .find(|at| self.u16_at(*at) == Some(tag))?;
        let kind = self.u16_at(entry + 2)?;
        let count = usize::try_from(self.u32_at(entry + 4)?).ok()?;
        let bytes = count.checked_mul(size_of(kind)?)?;
        let inline = bytes <= 4;
        let place = if inline { entry + 8 } else { usize::try_from(self.u32_at(entry + 8)?).ok()? };
        (bytes <= LONGEST).then_some((kind, count, place))
    }

    /// A text, or bytes.
    pub(super) fn text(&self, tag: u16) -> Option<&'a [u8]> {
        let (kind, count, at) = self.find(tag)?;
        matches!(kind, 1 | 2 | 7).then(|| self.data.get(at..at.checked_add(count)?))?
    }

    /// A directory that a tag points to, or, as of old, is.
    pub(super) fn directory(&self, tag: u16) -> Option<Self> {
        let (kind, _, place) = self.find(tag)?;
        let at = if kind == 7 { place } else { usize::try_from(self.number(tag)?).ok()? };
        Some(Self { at, ..*self })
    }

    /// The first of its whole numbers.
    pub(super) fn number(&self, tag: u16) -> Option<u32> {
        let (kind, _, at) = self.find(tag)?;
        match kind {
            3 => self.u16_at(at).map(u32::from),
            4 | 13 => self.u32_at(at),
            _ => None,
        }
    }

    /// All of its 16-bit numbers.
    pub(super) fn shorts(&self, tag: u16) -> Option<Vec<u16>> {
        let (kind, count, at) = self.find(tag)?;
        (matches!(kind, 3 | 8)).then(|| (0..count).map(|n| self.u16_at(at + 2 * n)).collect())?
    }

    /// All of its fractions.
    pub(super) fn rationals(&self, tag: u16) -> Option<Vec<f64>> {
        let (kind, count, at) = self.find(tag)?;
        let one = |n: usize| {
            let at = at.checked_add(8 * n)?;
            Some(f64::from(self.u32_at(at)?) / f64::from(self.u32_at(at.checked_add(4)?)?))
        };
        (kind == 5).then(|| (0..count).map(one).collect())?
    }
}

fn size_of(kind: u16) -> Option<usize> {
    Some(match kind {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => return None,
    })
}
