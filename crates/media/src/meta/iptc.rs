//! IPTC: what agencies and old programs wrote.

use domain::metadata::{Metadata, StatedTime, TimeSource};

use super::{text, time};

const DATE_CREATED: (u8, u8) = (2, 55);
const TIME_CREATED: (u8, u8) = (2, 60);
const CAPTION: (u8, u8) = (2, 120);

/// Fills what is still empty from records of `1C record dataset length value`.
pub(super) fn apply(bytes: &[u8], metadata: &mut Metadata) {
    let (mut date, mut clock) = (None, None);
    let mut rest = bytes;
    while let [0x1C, record, dataset, high, low, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // Lengths of 32 KiB and more are written in another way, which no text we want needs.
        let Some((value, tail)) = tail.split_at_checked(length) else { break };
        rest = tail;
        match (*record, *dataset) {
            DATE_CREATED => date = text::from_bytes(value, text::LINE),
            TIME_CREATED => clock = text::from_bytes(value, text::LINE),
            CAPTION if metadata.caption.is_none() => {
                metadata.caption = text::from_bytes(value, text::PARAGRAPHS);
            }
            _ => {}
        }
    }
    let stated = date.and_then(|date| time::parse_compact(&date, clock.as_deref()));
    let has_date = metadata.times.iter().any(|time| time.source == TimeSource::Document);
    if let Some((local, offset_minutes)) = stated
        && (!has_date || offset_minutes.is_some())
    {
        metadata.times.push(StatedTime { local, offset_minutes, source: TimeSource::Document });
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn records_are_read_until_they_make_no_sense() {
        let mut metadata = crate::meta::assemble(domain::metadata::Format::Jpeg, Default::default());
        let mut bytes = Vec::new();
        for (dataset, value) in [(55, "20010512"), (60, "101500+0100"), (120, "A café")] {
            bytes.extend([0x1C, 2, dataset, 0, u8::try_from(value.len()).unwrap()]);
            bytes.extend(value.as_bytes());
        }
        bytes.extend([0x1C, 2, 120, 0xFF, 0xFF, b'x']);
        super::apply(&bytes, &mut metadata);
        assert_eq!(metadata.caption.as_deref(), Some("A café"));
        assert_eq!(metadata.times[0].local.to_string(), "2001-05-12 10:15:00");
        assert_eq!(metadata.times[0].offset_minutes, Some(60));
    }
}
