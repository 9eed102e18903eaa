//! Rows of pixels that become fewer while they come: no more is in memory than is needed afterwards.

use super::picture::{Channels, Picture};

/// Bytes of a picture above which it is made smaller than is best: to resize it may take as much again.
pub(super) const LARGE: u64 = 160 << 20;

/// A picture whose rows are still coming. Squares of its pixels become their average, those at the right and at the
/// bottom perhaps of a part of a square.
pub(super) struct Averages {
    /// Pixels of a row that comes.
    width: usize,
    /// Pixels that become one, in each direction.
    factor: usize,
    channels: Channels,
    /// Of the squares that are open, for each of their samples.
    sums: Vec<u64>,
    /// Rows that are in the sums.
    open: usize,
    pixels: Vec<u8>,
}

impl Averages {
    /// Of a picture of this size; a factor of 1 leaves it as it is.
    pub(super) fn new((width, height): (u32, u32), factor: u32, channels: Channels) -> Self {
        let length = bytes((width, height), factor, channels);
        let (width, factor) = (width as usize, (factor as usize).max(1));
        let sums = if factor > 1 { width.div_ceil(factor) * channels as usize } else { 0 };
        let pixels = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        Self { width, factor, channels, sums: vec![0; sums], open: 0, pixels }
    }

    /// The next row, of whole pixels.
    pub(super) fn add(&mut self, row: &[u8]) {
        if self.factor == 1 {
            self.pixels.extend_from_slice(row);
            return;
        }
        match self.channels {
            Channels::Grey => sum::<1>(&mut self.sums, row, self.factor),
            Channels::GreyAlpha => sum::<2>(&mut self.sums, row, self.factor),
            Channels::Rgb => sum::<3>(&mut self.sums, row, self.factor),
            Channels::Rgba => sum::<4>(&mut self.sums, row, self.factor),
        }
        self.open += 1;
        if self.open == self.factor {
            self.close();
        }
    }

    /// What has become of them.
    pub(super) fn into_picture(mut self) -> Picture {
        if self.open > 0 {
            self.close();
        }
        let width = self.width.div_ceil(self.factor);
        let height = self.pixels.len() / (width * self.channels as usize).max(1);
        let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        Picture { width: side(width), height: side(height), channels: self.channels, pixels: self.pixels }
    }

    /// The open squares become pixels.
    fn close(&mut self) {
        match self.channels {
            Channels::Grey => self.divide::<1>(),
            Channels::GreyAlpha => self.divide::<2>(),
            Channels::Rgb => self.divide::<3>(),
            Channels::Rgba => self.divide::<4>(),
        }
        self.open = 0;
    }

    fn divide<const N: usize>(&mut self) {
        for (square, sums) in self.sums.as_chunks_mut::<N>().0.iter_mut().enumerate() {
            let across = self.factor.min(self.width - square * self.factor);
            for (n, sum) in sums.iter().enumerate() {
                let count = if weighs::<N>(n) { sums[N - 1] } else { (across * self.open) as u64 };
                let value = (sum + count / 2).checked_div(count).unwrap_or(0);
                self.pixels.push(u8::try_from(value).unwrap_or(u8::MAX));
            }
            *sums = [0; N];
        }
    }
}

/// Bytes of what becomes of a picture of this size.
pub(super) fn bytes((width, height): (u32, u32), factor: u32, channels: Channels) -> u64 {
    let side = |side: u32| u64::from(side.div_ceil(factor.max(1)));
    side(width) * side(height) * channels as u64
}

/// How many pixels become one, in each direction, on the way to a size: so that twice of it is left to resize, or at
/// least as much as it where that would be very much.
pub(super) fn factor(size: (u32, u32), (width, height): (u32, u32), channels: Channels) -> u32 {
    let leaving = |times: u32| (size.0 / (width * times)).min(size.1 / (height * times)).max(1);
    let (best, most) = (leaving(2), leaving(1));
    (best..=most).find(|factor| bytes(size, *factor, channels) <= LARGE).unwrap_or(most)
}

fn sum<const N: usize>(sums: &mut [u64], row: &[u8], factor: usize) {
    let squares = row.as_chunks::<N>().0.chunks(factor);
    for (sums, square) in sums.as_chunks_mut::<N>().0.iter_mut().zip(squares) {
        for pixel in square {
            for (n, sum) in sums.iter_mut().enumerate() {
                let weight = if weighs::<N>(n) { u64::from(pixel[N - 1]) } else { 1 };
                *sum += weight * u64::from(pixel[n]);
            }
        }
    }
}

/// Does this sample weigh as much as its pixel's alpha? So transparent pixels lend no colour.
const fn weighs<const N: usize>(n: usize) -> bool {
    N.is_multiple_of(2) && n < N - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn averaged(size: (u32, u32), factor: u32, channels: Channels, pixels: &[u8]) -> Picture {
        let mut averages = Averages::new(size, factor, channels);
        pixels.chunks(size.0 as usize * channels as usize).for_each(|row| averages.add(row));
        let picture = averages.into_picture();
        assert_eq!(picture.pixels.len() as u64, bytes(size, factor, channels));
        picture
    }

    #[test]
    fn squares_become_their_average_also_at_the_edges() {
        let grey = [0, 10, 20, 30, 40, 50, 60, 70, 81];
        let small = averaged((3, 3), 2, Channels::Grey, &grey);
        // (0 + 10 + 30 + 40) / 4, (20 + 50) / 2, (60 + 70) / 2, 81
        assert_eq!((small.width, small.height, small.pixels), (2, 2, vec![20, 35, 65, 81]));
        assert_eq!(averaged((3, 3), 1, Channels::Grey, &grey).pixels, grey);
        let colours = [[0, 100, 200], [10, 110, 210]].concat();
        assert_eq!(averaged((2, 1), 2, Channels::Rgb, &colours).pixels, [5, 105, 205]);
    }

    #[test]
    fn transparent_pixels_lend_no_colour() {
        let half = [[255, 0, 0, 255], [0, 255, 0, 0]].concat();
        assert_eq!(averaged((2, 1), 2, Channels::Rgba, &half).pixels, [255, 0, 0, 128]);
        assert_eq!(averaged((2, 1), 2, Channels::GreyAlpha, &[9, 0, 7, 0]).pixels, [0, 0]);
    }

    #[test]
    fn large_pictures_are_made_smaller_than_is_best() {
        let cases = [
            ((4000, 3000), (1920, 1440), Channels::Rgba, 1),
            ((6708, 4472), (2160, 1440), Channels::Rgba, 1),
            ((8000, 5760), (2000, 1440), Channels::Rgb, 2),
            // 100 megapixels with alpha are 400 MB: twice the preview's width would be left, but not in a panorama.
            ((12_247, 8165), (2160, 1440), Channels::Rgba, 2),
            ((20_000, 5000), (5760, 1440), Channels::Rgba, 2),
            ((20_000, 5000), (5760, 1440), Channels::Grey, 1),
            ((20_000, 20_000), (1440, 1440), Channels::Rgba, 6),
            ((1, 1_000_000), (1, 5760), Channels::Grey, 1),
        ];
        for (size, target, channels, expected) in cases {
            assert_eq!(factor(size, target, channels), expected, "{size:?}");
        }
    }
}
