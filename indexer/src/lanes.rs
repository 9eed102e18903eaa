//! How many jobs of each kind run at once.

use std::sync::Arc;

use domain::job::Lane;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::cx::{Cx, FILMS_AT_ONCE};
use crate::{away, worker};

/// The lanes that have stages, and how many of their jobs run at once.
fn lanes(cx: &Cx) -> [(Lane, usize); 3] {
    let cpu = (Lane::Cpu, cx.settings.workers_cpu);
    [cpu, (Lane::Video, FILMS_AT_ONCE), (Lane::Stream, FILMS_AT_ONCE)]
}

/// Answers rings until asked to stop, then lets the work in hand end.
pub async fn run(cx: Cx) {
    let mut running = JoinSet::new();
    for (lane, width) in lanes(&cx) {
        running.spawn(run_lane(cx.clone(), lane, width));
    }
    running.join_all().await;
}

async fn run_lane(cx: Cx, lane: Lane, width: usize) {
    let slots = Arc::new(Semaphore::new(width));
    let mut receiver = cx.queue.receiver(&[lane]);
    let mut working = JoinSet::new();
    let mut silent = false;
    loop {
        // A slot first: what is heard is begun at once, or another process could have done it.
        let slot = tokio::select! {
            slot = Arc::clone(&slots).acquire_owned() => slot,
            () = cx.shutdown.requested() => break,
        };
        let heard = tokio::select! {
            heard = receiver.next() => heard,
            () = cx.shutdown.requested() => break,
        };
        match heard {
            Ok(delivery) => {
                silent = false;
                let cx = cx.clone();
                working.spawn(async move {
                    worker::answer(cx, delivery).await;
                    drop(slot);
                });
            }
            Err(error) if silent => tracing::debug!(%error, "still no jobs"),
            Err(error) => {
                away::tell!(warn, &error, %error, "no jobs can be heard; trying again");
                silent = true;
            }
        }
        while let Some(done) = working.try_join_next() {
            if let Err(error) = done {
                tracing::error!(%error, "a job broke off");
            }
        }
    }
    working.join_all().await;
    if let Err(error) = receiver.close().await {
        tracing::debug!(%error, "the receiver could not sign off; others take over in a minute");
    }
}

/// Every lane that has stages.
pub fn all(cx: &Cx) -> impl Iterator<Item = Lane> + use<> {
    lanes(cx).into_iter().map(|(lane, _)| lane)
}
