//! The order of the stages.

use crate::job::Stage;

/// What a new asset, or a new version of one, begins with.
pub const START: &[Stage] = &[Stage::Metadata];

/// What becomes possible when a stage is done. Each stage comes after exactly one other
/// (or stands in [`START`]), so that finishing a stage never has to ask whether the rest is ready.
pub const fn after(stage: Stage) -> &'static [Stage] {
    match stage {
        Stage::Metadata => &[Stage::Renditions],
        Stage::Renditions => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_reached_exactly_once() {
        let mut reached = START.to_vec();
        let mut next = 0;
        while let Some(stage) = reached.get(next) {
            reached.extend(after(*stage));
            next += 1;
            assert!(next <= Stage::ALL.len(), "a stage is reached twice: {reached:?}");
        }
        reached.sort_unstable();
        assert_eq!(reached, Stage::ALL);
    }
}
