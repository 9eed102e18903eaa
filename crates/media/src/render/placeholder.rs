//! A small picture → what stands in its place while it loads.

use super::picture::Picture;
use crate::MediaError;

/// Sides of the picture that a placeholder is made of.
const SIDE: u32 = 64;
/// Bytes of a ThumbHash before its coefficients, where nothing shows through.
const HEAD: usize = 5;

/// The thumbhash and the average colour.
pub(super) fn placeholder(picture: Picture) -> Result<(Vec<u8>, [u8; 3]), MediaError> {
    let most = picture.width.max(picture.height);
    let side = |side: u32| if most > SIDE { (side * SIDE / most).max(1) } else { side };
    let (width, height) = (side(picture.width), side(picture.height));
    let tiny = picture.shrunk(width, height)?;
    let (pixels, _) = tiny.pixels.as_chunks::<3>();
    let rgba: Vec<u8> = pixels.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
    let mut hash = thumbhash::rgba_to_thumb_hash(tiny.width as usize, tiny.height as usize, &rgba);
    hash.iter_mut().skip(HEAD).for_each(|pair| *pair = coarse(*pair));
    let sum = pixels.iter().fold([0_usize; 3], |sum, pixel| {
        std::array::from_fn(|channel| sum[channel] + usize::from(pixel[channel]))
    });
    let average = sum.map(|sum| u8::try_from(sum / pixels.len().max(1)).unwrap_or(u8::MAX));
    Ok((hash, average))
}

/// Two coefficients of four bits, in eight steps each instead of sixteen, towards the middle (7 and 8): no eye tells
/// them apart in a blur, and a month of placeholders costs a timeline a seventh less.
fn coarse(pair: u8) -> u8 {
    let step = |four: u8| if four < 8 { four | 1 } else { four & !1 };
    step(pair >> 4) << 4 | step(pair & 15)
}

#[cfg(test)]
mod tests {
    use super::coarse;

    #[test]
    fn coefficients_move_by_one_step_at_most_and_never_away_from_the_middle() {
        let middle = |four: u8| (f32::from(four) - 7.5).abs();
        for pair in 0..=255 {
            let made = coarse(pair);
            for (before, after) in [(pair >> 4, made >> 4), (pair & 15, made & 15)] {
                assert!(before.abs_diff(after) <= 1 && middle(after) <= middle(before), "{before} → {after}");
            }
        }
        let steps: std::collections::BTreeSet<u8> = (0..16).map(|four| coarse(four) & 15).collect();
        assert_eq!(steps.len(), 8);
    }
}
