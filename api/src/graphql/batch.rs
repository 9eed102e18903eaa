//! The loads of one request, run in its own task: what all resolvers have asked for by the time that they wait is
//! loaded at once.
//!
//! In tasks of their own the loads would begin while the resolvers are still asking, on another core, and a hundred
//! rows would be loaded in as many pieces as that takes.

use std::pin::pin;
use std::task::Poll;

use futures_util::StreamExt;
use futures_util::future::{BoxFuture, poll_fn};
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The loads that a request has begun.
pub struct Loads(UnboundedReceiver<BoxFuture<'static, ()>>);

/// What begins a load, and what runs it.
pub fn loads() -> (impl Fn(BoxFuture<'static, ()>) + Send + Sync + 'static, Loads) {
    let (begin, begun) = unbounded_channel();
    // Nobody runs it any more when the request is over, and nobody waits for it.
    let begin = move |load| drop(begin.send(load));
    (begin, Loads(begun))
}

impl Loads {
    /// Runs the answer to its end, and whatever it asks to be loaded.
    pub async fn drive<T>(mut self, answer: impl Future<Output = T>) -> T {
        let mut answer = pin!(answer);
        let mut running = FuturesUnordered::new();
        poll_fn(|context| {
            loop {
                if let Poll::Ready(answered) = answer.as_mut().poll(context) {
                    return Poll::Ready(answered);
                }
                let mut went_on = false;
                while let Ok(load) = self.0.try_recv() {
                    running.push(load);
                    went_on = true;
                }
                while let Poll::Ready(Some(())) = running.poll_next_unpin(context) {
                    went_on = true;
                }
                if !went_on {
                    return Poll::Pending;
                }
            }
        })
        .await
    }
}
