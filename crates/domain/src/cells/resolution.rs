//! How fine a cell is.

use h3o::Resolution as H3;

/// How fine a cell is: 0 (122 cells on the Earth) to 15 (under a metre); each step divides a cell in seven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resolution(H3);

impl Resolution {
    /// The one that pictures are stored with.
    pub const STORED: Self = Self(H3::Twelve);

    /// The one at which it is looked who was far from home: cells of some 45 km across.
    pub const AWAY: Self = Self(H3::Four);

    /// Those that pictures are counted at, coarsest first.
    pub const MAP: [Self; 9] = [
        Self(H3::One),
        Self(H3::Two),
        Self(H3::Three),
        Self(H3::Four),
        Self(H3::Five),
        Self(H3::Six),
        Self(H3::Seven),
        Self(H3::Eight),
        Self(H3::Nine),
    ];

    /// By its number, 0 to 15.
    pub fn new(number: u8) -> Option<Self> {
        H3::try_from(number).ok().map(Self)
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0.into()
    }

    /// Are pictures counted at it?
    pub fn is_counted(self) -> bool {
        Self::MAP.contains(&self)
    }

    /// The next coarser one.
    pub fn coarser(self) -> Option<Self> {
        self.0.pred().map(Self)
    }

    /// Length of a cell's edge in metres, on average over the Earth.
    pub fn edge_metres(self) -> f64 {
        self.0.edge_length_m()
    }

    /// Area of a cell in square metres, on average over the Earth.
    pub fn area_square_metres(self) -> f64 {
        self.0.area_m2()
    }

    /// Bits to keep and bits to set: `(cell & keep) | set` is the parent, at this resolution, of a finer cell.
    pub fn mask(self) -> (i64, i64) {
        // Four bits from bit 52 on are the resolution; below them stand fifteen digits of three bits, coarsest
        // first, and those of finer resolutions are all ones.
        let unused = 3 * (15 - u32::from(self.number()));
        (!(0xF << 52), (i64::from(self.number()) << 52) | ((1 << unused) - 1))
    }
}

impl From<Resolution> for H3 {
    fn from(resolution: Resolution) -> Self {
        resolution.0
    }
}

impl From<H3> for Resolution {
    fn from(resolution: H3) -> Self {
        Self(resolution)
    }
}

impl From<Resolution> for i16 {
    fn from(resolution: Resolution) -> Self {
        Self::from(resolution.number())
    }
}
