//! The tasks that run side by side.

use tokio::task::JoinSet;

use crate::cx::Cx;
use crate::{index, lanes, sweep};

/// Everything but the scans: answers rings, looks for what is due, follows the feed, tells of changes. It ends when
/// somebody asks to stop and the work in hand is done.
pub struct Crew {
    tasks: JoinSet<()>,
    telling: JoinSet<()>,
}

impl Crew {
    /// Begins to work.
    pub fn start(cx: &Cx) -> Self {
        let mut tasks = JoinSet::new();
        tasks.spawn(lanes::run(cx.clone()));
        tasks.spawn(sweep::run(cx.clone()));
        tasks.spawn(index::run(cx.clone()));
        let mut telling = JoinSet::new();
        let teller = cx.clone();
        telling.spawn(async move { teller.bell.tell_of_changes().await });
        Self { tasks, telling }
    }

    /// Takes on another task, which ends when somebody asks to stop.
    pub fn join(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// Waits until all have ended. If one breaks off before anybody asked to stop, all stop, and that is an error.
    ///
    /// # Errors
    /// Which task broke off.
    pub async fn ended(mut self, cx: &Cx) -> anyhow::Result<()> {
        let mut broken = None;
        while let Some(ended) = self.tasks.join_next().await {
            if let Err(error) = ended {
                broken = Some(anyhow::anyhow!("a part of the program broke off: {error}"));
            } else if !cx.shutdown.is_requested() {
                broken = Some(anyhow::anyhow!("a part of the program ended by itself"));
            }
            if broken.is_some() {
                cx.shutdown.request();
            }
        }
        self.telling.abort_all();
        cx.decoder.close();
        cx.transcoder.close();
        cx.streamer.close();
        cx.store.close().await;
        broken.map_or(Ok(()), Err)
    }
}
