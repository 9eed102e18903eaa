//! What died where, and how far the work was by then.

use std::time::Duration;

use crate::house::{House, Work};
use crate::plan::Kill;
use crate::running::Running;

/// How long the work may take to get as far as the next death is planned for.
const TO_THE_SHARE: u32 = 75_000;

/// The deaths of one import.
pub struct Ledger<'a> {
    house: &'a House,
    work: Work,
    /// In hundredths of the work, as they happened.
    shares: Vec<u32>,
    /// Children that lived when their parents were killed.
    orphans: usize,
}

impl<'a> Ledger<'a> {
    pub fn new(house: &'a House, work: Work) -> Self {
        Self { house, work, shares: Vec::new(), orphans: 0 }
    }

    /// Sees to it that a process dies as planned, its children with it.
    pub async fn death(&mut self, kill: Kill, mut process: Running) {
        match kill {
            Kill::At(point, time) => process.dies_at(point, time).await,
            Kill::When(share, later_ms) => {
                self.waits_until(share, &mut process).await;
                tokio::time::sleep(Duration::from_millis(later_ms)).await;
                self.orphans += process.children();
                process.kill().await;
            }
        }
        let share = self.house.progress(self.work).await;
        eprintln!("{share:>3} % of the work was done at the death {kill:?}");
        self.shares.push(share);
    }

    /// Deaths in every fifth of the work, the fifths beginning at these shares.
    pub fn is_spread_over(&self, fifths: [u32; 5]) {
        let ends = fifths.iter().skip(1).copied().chain([100]);
        for (from, to) in fifths.into_iter().zip(ends) {
            let some = self.shares.iter().any(|share| (from..=to).contains(share));
            assert!(some, "nothing died between {from} % and {to} % of the work: {:?}", self.shares);
        }
    }

    /// That children died with their parents shows something only if there were any.
    pub fn had_orphans(&self) {
        assert!(self.orphans > 0, "no child lived when its parent was killed");
    }

    async fn waits_until(&self, share: u32, process: &mut Running) {
        let mut waited = 0;
        loop {
            let now = self.house.progress(self.work).await;
            if now >= share {
                return;
            }
            if let Some(status) = process.ended() {
                panic!(
                    "it ended ({status}) at {now} %, before it could be killed:\n{}",
                    process.last_words()
                );
            }
            let words = || process.last_words();
            assert!(
                waited < TO_THE_SHARE,
                "the work stands still at {now} %, {share} % were waited for:\n{}",
                words()
            );
            tokio::time::sleep(Duration::from_millis(4)).await;
            waited += 4;
        }
    }
}
