//! IPTC: what agencies and old programs wrote.

use domain::metadata::keywords::Keyword;
use domain::metadata::{Metadata, TimeSource, creators};

use super::{text, time};

const DATE_CREATED: (u8, u8) = (2, 55);
const TIME_CREATED: (u8, u8) = (2, 60);
const TITLE: (u8, u8) = (2, 5);
const KEYWORD: (u8, u8) = (2, 25);
const CREATOR: (u8, u8) = (2, 80);
const COPYRIGHT: (u8, u8) = (2, 116);
const CAPTION: (u8, u8) = (2, 120);

/// Fills what is still empty from records of `1C record dataset length value`.
pub(super) fn apply(bytes: &[u8], metadata: &mut Metadata) {
    let (mut date, mut clock) = (None, None);
    let (mut keywords, mut creators) = (Vec::new(), Vec::new());
    let mut rest = bytes;
    while let [0x1C, record, dataset, high, low, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // Lengths of 32 KiB and more are written in another way, which no text we want needs.
        let Some((value, tail)) = tail.split_at_checked(length) else { break };
        rest = tail;
        match (*record, *dataset) {
            DATE_CREATED => date = text::from_bytes(value, text::LINE),
            TIME_CREATED => clock = text::from_bytes(value, text::LINE),
            CAPTION => fill(&mut metadata.words.caption, value, text::PARAGRAPHS),
            TITLE => fill(&mut metadata.words.title, value, text::LINE),
            CREATOR => creators.extend(text::from_bytes(value, text::LINE)),
            COPYRIGHT => fill(&mut metadata.words.copyright, value, text::LINE),
            KEYWORD => {
                let text = text::from_bytes(value, text::PARAGRAPHS).unwrap_or_default();
                keywords.extend(Keyword::list(&text));
            }
            _ => {}
        }
    }
    if metadata.words.keywords.is_empty() {
        metadata.words.keywords = keywords;
    }
    let creators = creators::together(creators);
    metadata.words.creator = metadata.words.creator.take().or(creators);
    let stated = date.and_then(|date| time::parse_compact(&date, clock.as_deref()));
    let has_date =
        metadata.times.iter().any(|time| time.source == TimeSource::Document && !time.is_partial());
    if let Some(stamp) = stated
        && (!has_date || (stamp.offset_minutes.is_some() && !stamp.precision.is_partial()))
    {
        metadata.times.push(stamp.by(TimeSource::Document));
    }
}

fn fill(known: &mut Option<String>, value: &[u8], longest: usize) {
    if known.is_none() {
        *known = text::from_bytes(value, longest);
    }
}

#[cfg(test)]
mod tests {
    fn read(records: &[(u8, &str)], more: &[u8]) -> domain::metadata::Metadata {
        let mut metadata = crate::meta::assemble(domain::metadata::Format::Jpeg, Default::default());
        let mut bytes = Vec::new();
        for (dataset, value) in records {
            bytes.extend([0x1C, 2, *dataset, 0, u8::try_from(value.len()).unwrap()]);
            bytes.extend(value.as_bytes());
        }
        bytes.extend(more);
        super::apply(&bytes, &mut metadata);
        metadata
    }

    #[test]
    fn records_are_read_until_they_make_no_sense() {
        let records = [(55, "20010512"), (60, "101500+0100"), (120, "A café")];
        let metadata = read(&records, &[0x1C, 2, 120, 0xFF, 0xFF, b'x']);
        assert_eq!(metadata.words.caption.as_deref(), Some("A café"));
        assert_eq!(metadata.times[0].local.to_string(), "2001-05-12 10:15:00");
        assert_eq!(metadata.times[0].offset_minutes, Some(60));
    }

    #[test]
    fn each_creator_is_one() {
        let words = read(&[(80, "Doe, Jane"), (80, "Joe")], &[]).words;
        let names: Vec<&str> = words.creator.iter().flat_map(|kept| super::creators::each(kept)).collect();
        assert_eq!(names, ["Doe, Jane", "Joe"]);
    }

    /// "Where month or day are not known, they are 00" (IPTC-NAA IIM 4.2, 2:55).
    #[test]
    fn a_year_without_a_day_is_a_part_of_a_date() {
        let times = read(&[(55, "19750000"), (60, "000000+0000")], &[]).times;
        assert_eq!(
            (times[0].local.to_string().as_str(), times[0].is_partial()),
            ("1975-01-01 00:00:00", true)
        );
    }
}
