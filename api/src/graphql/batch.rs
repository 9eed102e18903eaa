//! The loads of one request, run in its own task: what all resolvers have asked for by the time that they wait is
//! loaded at once.
//!
//! In tasks of their own the loads would begin while the resolvers are still asking, on another core, and a hundred
//! rows would be loaded in as many pieces as that takes.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake};

use futures_util::StreamExt;
use futures_util::future::{BoxFuture, poll_fn};
use futures_util::stream::FuturesUnordered;
use futures_util::task::AtomicWaker;
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
        let asking = Arc::new(Asking::default());
        let waker = Arc::clone(&asking).into();
        poll_fn(|context| {
            asking.task.register(context.waker());
            loop {
                asking.woken.store(false, Ordering::SeqCst);
                if let Poll::Ready(answered) = answer.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return Poll::Ready(answered);
                }
                while let Ok(load) = self.0.try_recv() {
                    running.push(load);
                }
                // Long lists take breaks while they are asked for; what is to be loaded of them is not all known yet.
                if asking.woken.load(Ordering::SeqCst) {
                    return Poll::Pending;
                }
                let mut loaded = false;
                while let Poll::Ready(Some(())) = running.poll_next_unpin(context) {
                    loaded = true;
                }
                if !loaded {
                    return Poll::Pending;
                }
            }
        })
        .await
    }
}

/// Whether the answer wants to go on before anything has been loaded.
#[derive(Default)]
struct Asking {
    woken: AtomicBool,
    task: AtomicWaker,
}

impl Wake for Asking {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        self.task.wake();
    }
}
