//! How the compiled table of cities is laid out: shared by the build script, which writes it, and the
//! look-up, which reads it.
//!
//! | part | content |
//! | --- | --- |
//! | `cities.bin` | records of [`RECORD`] bytes, by band, then by longitude: latitude `i32`, longitude `i32`, name `u32`, region `u16` |
//! | `bands.bin` | [`BANDS`] + 1 numbers `u32`: the first record of each band, and the end |
//! | `regions.bin` | records of [`REGION`] bytes: country code (2 letters), name `u32` |
//! | `by_name.bin` | records of [`NAMED`] bytes, by folded name: number of the city's record `u32`, people `u32` (0 = fewer than anybody counted) |
//! | `other_names.bin` | records of [`OTHER`] bytes, by plain name: name `u32`, place `u32` ([`Level`] above [`NUMBER_BITS`]); for all places that have other names, their main one with them |
//! | `names.bin` | for each name one byte of length, then UTF-8; a name is the offset of its length; offset 0 is the empty name |
//!
//! Numbers are little-endian; degrees are in [`UNIT`]s.

/// Degrees that one unit of latitude or longitude stands for: 1e-5, about a metre.
pub(crate) const UNIT: f64 = 1e-5;
/// Bytes of a city.
pub(crate) const RECORD: usize = 14;
/// Bytes of a region.
pub(crate) const REGION: usize = 6;
/// Bytes of an entry by name.
pub(crate) const NAMED: usize = 8;
/// Bytes of a name among other names.
pub(crate) const OTHER: usize = 8;
/// Bands of a quarter of a degree from pole to pole; the North Pole has one of its own.
pub(crate) const BANDS: usize = 721;
/// Height of a band in units.
const HEIGHT: i32 = 25_000;
/// A quarter of a turn in units.
const POLE: i32 = 9_000_000;

/// Bits of a place's number in `other_names.bin`; above them stands its [`Level`].
pub(crate) const NUMBER_BITS: u32 = 30;

/// What a place is that has other names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// A city, town or quarter; its number is that of its record in `cities.bin`.
    City,
    /// A state, county or canton; its number is that of its record in `regions.bin`.
    Region,
    /// A country; its number is that of its row in the table of countries.
    Country,
}

/// The band a latitude, in units, lies in.
pub(crate) fn band(latitude: i32) -> usize {
    let from_south = latitude.clamp(-POLE, POLE) + POLE;
    usize::try_from(from_south / HEIGHT).unwrap_or(0)
}
