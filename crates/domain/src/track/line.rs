//! Ways with so few points that a map can draw them.

use crate::metadata::Position;
use crate::place::near;

/// Most points of all ways of a track together.
pub const MOST_ON_LINE: usize = 2_000;

/// Points that are nearer to the one before than this say nothing on any map, in metres.
const FINEST: f64 = 2.0;

/// Leaves out points that lie near the one before, and ways that are nothing but such points; as few as needed.
pub(super) fn thinned(mut ways: Vec<Vec<Position>>) -> Vec<Vec<Position>> {
    let mut step = FINEST;
    loop {
        for way in &mut ways {
            thin(way, step);
        }
        ways.retain(|way| way.len() > 1);
        // Steps come to more than any way on the Earth is long, so this ends.
        if ways.iter().map(Vec::len).sum::<usize>() <= MOST_ON_LINE {
            return ways;
        }
        step *= 2.0;
    }
}

/// Keeps the first point and each that is a step away from the one kept before; the way ends where it did.
fn thin(way: &mut Vec<Position>, step: f64) {
    let last = way.last().copied();
    let mut kept: Option<Position> = None;
    way.retain(|position| {
        let far = kept.is_none_or(|kept| near::metres(kept, *position) >= step);
        if far {
            kept = Some(*position);
        }
        far
    });
    if way.len() > 1
        && let (Some(last), Some(end)) = (last, way.last_mut())
    {
        *end = last;
    }
}
