//! What a TIFF's first directory says of its pixels (TIFF 6.0, sections 8 and 16 to 21).

use std::io::{Read, Seek};

use tiff::{decoder::Decoder, tags::Tag};

use super::fax::Code;
use crate::{MediaError, render::colour::LARGEST_READ};

/// Which inks there are, if not the usual four.
const INK_SET: Tag = Tag::Unknown(332);
/// How a Group 3 fax is coded: bit 0 is for rows that are coded by those above them.
const FAX_OPTIONS: Tag = Tag::Unknown(292);
/// JPEG as it was defined later (compression).
const JPEG: u16 = 7;

/// The first directory.
pub(super) struct Directory {
    pub size: (u32, u32),
    pub photometric: u16,
    pub compression: u16,
    /// Bits of a sample.
    pub bits: usize,
    /// Samples of a pixel, those included that are no colour.
    pub samples: usize,
    /// What the first sample is that is no colour: 1 is alpha that the colours are multiplied with, 2 is plain alpha.
    pub extra: u16,
    /// Each sample is a picture of its own.
    pub planar: bool,
    /// EXIF's number.
    pub orientation: u8,
    whole_numbers: bool,
    usual_inks: bool,
    /// There are fewer colours than pixels.
    subsampled: bool,
    in_strips: bool,
    /// Rows of a fax may be coded by those above them.
    mixed: bool,
}

/// What is to be made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Fax(Code),
    Palette,
    Inks,
    /// Brightness and two differences of colours.
    Video,
    /// Red, green and blue.
    Light,
    Grey,
}

impl Directory {
    /// Of the directory that a decoder begins with; `None` if the size is not known.
    pub(super) fn read<R: Read + Seek>(decoder: &mut Decoder<R>) -> Option<Self> {
        let size = decoder.dimensions().ok()?;
        let mut number = |tag, usual| numbers(decoder, tag).first().copied().unwrap_or(usual);
        Some(Self {
            size,
            photometric: number(Tag::PhotometricInterpretation, u16::MAX),
            compression: number(Tag::Compression, 1),
            bits: number(Tag::BitsPerSample, 1).into(),
            samples: number(Tag::SamplesPerPixel, 1).into(),
            extra: number(Tag::ExtraSamples, 0),
            planar: number(Tag::PlanarConfiguration, 1) == 2 && number(Tag::SamplesPerPixel, 1) > 1,
            orientation: u8::try_from(number(Tag::Orientation, 1))
                .ok()
                .filter(|number| (1..=8).contains(number))
                .unwrap_or(1),
            whole_numbers: number(Tag::SampleFormat, 1) == 1,
            usual_inks: number(INK_SET, 1) == 1,
            mixed: number(FAX_OPTIONS, 0) & 1 == 1,
            subsampled: numbers(decoder, Tag::ChromaSubsampling) != [1, 1],
            in_strips: strips(decoder).is_some(),
        })
    }

    /// `None` for what others decode, and for what none does.
    pub(super) fn kind(&self) -> Option<Kind> {
        if !self.whole_numbers {
            return None;
        }
        Some(match (self.photometric, self.bits, self.samples) {
            (0 | 1, 1, 1) => Kind::Fax(self.code()?),
            (0 | 1, 2 | 4, 1) | (0 | 1, 8 | 16, 2..) | (0 | 1, 32, 1..) => Kind::Grey,
            // Others take them for floating numbers.
            (2, 32, 3..) => Kind::Light,
            (3, 1 | 2 | 4 | 8, 1) => Kind::Palette,
            (5, 8 | 16, 4..) if self.usual_inks => Kind::Inks,
            (6, 8, 3) if self.is_jpeg() || !self.subsampled => Kind::Video,
            _ => return None,
        })
    }

    /// What to make of those that others decode as long as they are whole.
    pub(super) fn plain_kind(&self) -> Option<Kind> {
        match (self.photometric, self.bits, self.samples) {
            _ if !self.whole_numbers => None,
            (0 | 1, 8 | 16, 1) => Some(Kind::Grey),
            (2, 8 | 16, 3..) => Some(Kind::Light),
            _ => None,
        }
    }

    /// Whether the samples are packed as JPEGs.
    pub(super) fn is_jpeg(&self) -> bool {
        self.compression == JPEG
    }

    /// Whether four inks come with alpha that they are not multiplied with.
    pub(super) fn has_alpha(&self) -> bool {
        self.samples > 4 && self.extra == 2
    }

    fn code(&self) -> Option<Code> {
        match self.compression {
            _ if !self.in_strips => None,
            2 => Some(Code::Runs),
            3 => Some(Code::Group3 { mixed: self.mixed }),
            4 => Some(Code::Group4),
            _ => None,
        }
    }
}

/// A colour profile, unless there is none, or it is larger than any that is read.
pub(super) fn profile<R: Read + Seek>(decoder: &mut Decoder<R>) -> Option<Vec<u8>> {
    let mut directory = decoder.image_ifd();
    let length = usize::try_from(directory.find_entry(Tag::IccProfile)?.count()).ok()?;
    if length > LARGEST_READ {
        return None;
    }
    let mut profile = vec![0; length];
    directory.find_tag_bytes(Tag::IccProfile, &mut profile, 0).ok()??;
    Some(profile)
}

/// The colours of a palette, red, green and blue of each.
pub(super) fn palette<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    bits: usize,
) -> Result<Vec<[u8; 3]>, MediaError> {
    let table = numbers(decoder, Tag::ColorMap);
    let (reds, others) = table.split_at(table.len() / 3);
    let (greens, blues) = others.split_at(reds.len());
    if reds.len() < 1 << bits {
        return Err(MediaError::Broken("it does not say which colours it has".into()));
    }
    // Some programs write them with eight bits where sixteen are meant.
    let narrow = table.iter().all(|value| *value < 256);
    let byte = |value: &u16| if narrow { value.to_be_bytes()[1] } else { value.to_be_bytes()[0] };
    let colours = reds.iter().zip(greens).zip(blues);
    Ok(colours.map(|((red, green), blue)| [byte(red), byte(green), byte(blue)]).collect())
}

/// Where the strips of a picture lie and how long they are, in bytes, and how many rows each has.
pub(super) fn strips<R: Read + Seek>(decoder: &mut Decoder<R>) -> Option<(Vec<(u64, u64)>, u32)> {
    let places = decoder.find_tag_unsigned_vec::<u64>(Tag::StripOffsets).ok()??;
    let lengths = decoder.find_tag_unsigned_vec::<u64>(Tag::StripByteCounts).ok()??;
    let rows = decoder.find_tag_unsigned::<u32>(Tag::RowsPerStrip).ok()?.unwrap_or(u32::MAX);
    (rows > 0).then(|| (places.into_iter().zip(lengths).collect(), rows))
}

/// A tag's values; none if it is not there or makes no sense.
fn numbers<R: Read + Seek>(decoder: &mut Decoder<R>, tag: Tag) -> Vec<u16> {
    decoder.find_tag_unsigned_vec(tag).ok().flatten().unwrap_or_default()
}
