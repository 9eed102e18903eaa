//! The order of the stages.

use crate::job::Stage;
use crate::metadata::AssetType;

/// What a new asset, or a new version of one, begins with.
pub const START: &[Stage] = &[Stage::Metadata];

/// Until these are done, an asset can't be seen. What is done besides makes it better, and is not waited for.
pub const SHOWN_BY: &[Stage] = &[Stage::Metadata, Stage::Renditions];

/// What nobody comes to by itself: these are done when somebody asks for them.
pub const ON_DEMAND: &[Stage] = &[Stage::Stream];

/// What becomes possible when a stage of an asset of this type is done. Each stage comes after exactly one other
/// (or stands in [`START`] or [`ON_DEMAND`]), so that finishing a stage never has to ask whether the rest is ready.
pub const fn after(stage: Stage, kind: AssetType) -> &'static [Stage] {
    match (stage, kind) {
        (Stage::Metadata, AssetType::Video) => &[Stage::Renditions, Stage::Transcode],
        (Stage::Metadata, _) => &[Stage::Renditions],
        (Stage::Renditions | Stage::Transcode | Stage::Stream, _) => &[],
    }
}

/// What becomes possible besides where a film stands behind a picture in its own file.
pub const AFTER_METADATA_OF_LIVE: &[Stage] = &[Stage::Transcode];

/// The stage that comes after this one for every type of asset and needs the same lane.
pub fn next_of_lane(stage: Stage) -> Option<Stage> {
    let all = |next: &Stage| AssetType::ALL.iter().all(|kind| after(stage, *kind).contains(next));
    after(stage, AssetType::Other).iter().copied().find(|next| next.lane() == stage.lane() && all(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_of_a_film_is_reached_exactly_once_and_no_other_asset_has_more() {
        for &kind in AssetType::ALL {
            let mut reached = START.to_vec();
            let mut next = 0;
            while let Some(stage) = reached.get(next) {
                reached.extend(after(*stage, kind));
                next += 1;
                assert!(next <= Stage::ALL.len(), "a stage is reached twice: {reached:?}");
            }
            assert!(ON_DEMAND.iter().all(|stage| !reached.contains(stage)), "{reached:?}");
            reached.extend(ON_DEMAND);
            reached.sort_unstable();
            if kind == AssetType::Video {
                assert_eq!(reached, Stage::ALL);
            } else {
                reached.dedup();
                assert!(
                    reached.len() == next + ON_DEMAND.len() && reached.len() < Stage::ALL.len(),
                    "{reached:?}"
                );
            }
        }
    }
}
