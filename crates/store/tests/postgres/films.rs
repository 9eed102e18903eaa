//! Films that were made by another plan are made again, and the old ones are there until then.

use domain::film::Transcode;
use domain::job::{Job, Lane, Priority, Stage};
use domain::metadata::{Format, Metadata};
use domain::{AssetId, LibraryId};
use store::{Described, Settled, TranscodingState, WANTED};

use crate::house::{House, claim, taken};

impl House {
    /// A film that was made anew by a plan.
    async fn made(&self, library: LibraryId, policy: Option<&str>, plan: Option<&str>) -> AssetId {
        let metadata = Metadata { duration_ms: Some(1_000), ..Metadata::silent(Format::Mp4) };
        let asset = self.described(library, &Described { metadata, ..taken(0, 0, None) }).await;
        let claim = claim(&self.store, asset, Stage::Transcode).await.unwrap();
        assert!(self.store.settle(&claim, &Settled::Done, policy, plan).await.unwrap());
        asset
    }

    async fn apply(&self, plan: &str, policy: Transcode) -> u64 {
        self.store.apply_plan(plan, policy).await.unwrap()
    }

    /// Where each stands, and whether a film is there.
    async fn films(&self, assets: &[AssetId]) -> Vec<(TranscodingState, bool)> {
        let all = self.store.transcodings(assets).await.unwrap();
        let of = |asset: &AssetId| all.iter().find(|one| one.asset == *asset).unwrap();
        assets.iter().map(of).map(|one| (one.state, one.made)).collect()
    }
}

#[tokio::test]
async fn films_of_another_plan_are_made_again_while_the_old_ones_play() {
    use TranscodingState::{Buried, Done, Pending, Skipped};
    let house = House::new().await;
    let library = house.library("one").await;
    let store = &house.store;
    // By the plan, at somebody's wish, and of a time before plans were kept.
    let films = [
        house.made(library, None, Some("small")).await,
        house.made(library, Some(WANTED), Some("small")).await,
        house.made(library, None, None).await,
    ];
    assert_eq!(house.apply("small", Transcode::Needed).await, 0);
    assert_eq!(house.films(&films).await, [(Done, true); 3]);

    // Where none are to be made, what was made stays; what somebody wants follows the plan.
    assert_eq!(house.apply("large", Transcode::Never).await, 1);
    assert_eq!(house.films(&films).await, [(Done, true), (Pending, true), (Done, true)]);
    let waits = store.due(Lane::Video, Priority::Bulk, 10).await.unwrap();
    assert_eq!(waits, [Job { asset: films[1], stage: Stage::Transcode }]);
    assert!(claim(store, films[1], Stage::Transcode).await.unwrap().wanted, "the wish is forgotten");
    house.db.execute("UPDATE stages SET lease_by = NULL, lease_until = NULL").await.unwrap();

    // Who takes the new plan back has nothing made.
    assert_eq!(house.apply("small", Transcode::Needed).await, 0);
    assert_eq!(house.films(&films).await, [(Done, true); 3]);

    assert_eq!(house.apply("large", Transcode::Needed).await, 3);
    assert_eq!(house.films(&films).await, [(Pending, true); 3]);
    let made = claim(store, films[0], Stage::Transcode).await.unwrap();
    assert!(store.settle(&made, &Settled::Done, None, Some("large")).await.unwrap());
    let failed = claim(store, films[2], Stage::Transcode).await.unwrap();
    assert!(store.settle(&failed, &Settled::Buried("broken".into()), None, None).await.unwrap());
    store.stop_transcoding(&films[1..2], "stopped", "needed").await.unwrap();
    assert_eq!(house.apply("large", Transcode::Needed).await, 0);
    assert_eq!(house.films(&films).await, [(Done, true), (Skipped, true), (Buried, true)]);

    // Where all is made anew, the old ones play meanwhile, though their plan is the one that counts.
    store.redo_all(10).await.unwrap();
    assert_eq!(house.apply("large", Transcode::Needed).await, 0);
    assert_eq!(house.films(&films).await, [(Pending, true); 3]);
    let made = claim(store, films[0], Stage::Transcode).await.unwrap();
    assert!(store.settle(&made, &Settled::Done, None, Some("large")).await.unwrap());
    assert_eq!(house.apply("large", Transcode::Needed).await, 0);
    assert_eq!(house.films(&films).await, [(Done, true), (Pending, true), (Pending, true)]);

    // What is lost is there no longer, whatever it waits for.
    for film in films {
        store.redo(film, Stage::Transcode).await.unwrap();
    }
    assert_eq!(house.films(&films).await, [(Pending, false); 3]);
}
