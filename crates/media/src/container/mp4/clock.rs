//! The clock of a film, or of one of its tracks: `mvhd` and `mdhd` begin alike (ISO/IEC 14496-12, 8.2.2 and 8.4.2).

use crate::container::bytes;

/// Bytes of such a header in which all of it stands.
pub(crate) const LENGTH: u64 = 32;

/// What a header says of time.
pub(crate) struct Clock {
    /// When it was made, in seconds of QuickTime's clock.
    pub made: Option<u64>,
    /// Ticks a second.
    pub scale: Option<u32>,
    /// How long it plays, in ticks, if that is known.
    ticks: Option<u64>,
}

impl Clock {
    /// Reads a header's content.
    pub(crate) fn read(header: &[u8]) -> Self {
        if header.first() == Some(&1) {
            let ticks = bytes::be64(header, 24).filter(|ticks| *ticks != u64::MAX);
            return Self { made: bytes::be64(header, 4), scale: bytes::be32(header, 20), ticks };
        }
        let short = |at| bytes::be32(header, at);
        let ticks = short(16).filter(|ticks| *ticks != u32::MAX).map(u64::from);
        Self { made: short(4).map(u64::from), scale: short(12), ticks }
    }

    /// How long it plays, in milliseconds; none if it does not say.
    pub(crate) fn length_ms(&self) -> Option<i64> {
        let length = (u128::from(self.ticks?) * 1000).checked_div(self.scale?.into())?;
        i64::try_from(length).ok().filter(|length| *length > 0)
    }
}
