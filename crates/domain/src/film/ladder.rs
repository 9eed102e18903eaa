//! In which sizes a film is made to be streamed, and how many bits a second each may take.

/// The largest short side of a film that is streamed.
const TOP: u32 = 1080;
/// The short sides below it.
const STEPS: &[u32] = &[720, 480, 360, 240, 144];
/// Sizes of a film, where it is as large as the largest.
const SIZES: usize = 3;
/// A film that does not say how large it is.
const UNKNOWN: (u32, u32) = (853, 480);
/// Pictures a second above which there is more to encode.
const FAST: f64 = 40.0;

/// The short sides of a film in so many pixels, the largest first: its own, 1080 at most, and those below that are at
/// most three quarters of the one before; two in all for films that begin lower.
pub fn short_sides((width, height): (u32, u32)) -> Vec<u32> {
    let own = width.min(height).max(2);
    let mut sides = vec![(own & !1).min(TOP)];
    let most = if own >= TOP { SIZES } else { SIZES - 1 };
    for &step in STEPS {
        if sides.len() < most && sides.last().is_some_and(|last| step * 4 <= last * 3) {
            sides.push(step);
        }
    }
    sides
}

/// The same of a film as it is kept, which may not say how large it is.
pub fn short_sides_of(width: Option<i32>, height: Option<i32>) -> Vec<u32> {
    let side = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok()).filter(|side| *side > 0);
    short_sides(side(width).zip(side(height)).unwrap_or(UNKNOWN))
}

/// The bits that the pictures of a film of this size may take in any second.
pub fn most_bits((width, height): (u32, u32), rate: f64) -> u64 {
    let bits = 300_000 + u64::from(width) * u64::from(height) * 11 / 4;
    if rate > FAST { bits * 7 / 5 } else { bits }
}

/// What a film of this size is announced with before it can be measured: any four seconds of it, with sound.
pub fn announced_bits(size: (u32, u32), rate: f64) -> u64 {
    // A second's worth may come on top of four; the rest is sound, and the boxes around it all.
    most_bits(size, rate) * 5 / 4 + 150_000
}

#[cfg(test)]
mod tests {
    use super::super::fit;
    use super::*;

    #[test]
    fn a_film_is_streamed_in_its_own_size_and_clearly_smaller_ones() {
        let cases: &[((u32, u32), &[u32])] = &[
            ((3840, 2160), &[1080, 720, 480]),
            ((1080, 1920), &[1080, 720, 480]),
            ((1600, 900), &[900, 480]),
            ((1280, 720), &[720, 480]),
            ((960, 600), &[600, 360]),
            ((853, 480), &[480, 360]),
            ((640, 360), &[360, 240]),
            ((480, 270), &[270, 144]),
            ((160, 121), &[120]),
            ((1, 1), &[2]),
        ];
        for (film, sides) in cases {
            assert_eq!(short_sides(*film), *sides, "{film:?}");
            assert!(sides.iter().all(|side| fit(*film, *side).0 <= film.0.max(2)), "{film:?}");
        }
    }

    #[test]
    fn larger_and_faster_films_may_take_more() {
        let megabits = |size, rate| most_bits(size, rate) / 100_000;
        assert_eq!([(1920, 1080), (1280, 720), (854, 480)].map(|size| megabits(size, 30.0)), [60, 28, 14]);
        assert_eq!(megabits((1920, 1080), 60.0), 84);
    }
}
