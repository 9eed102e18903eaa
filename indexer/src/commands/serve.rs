//! The service: everything, until asked to stop.

use boot::{Settings, Shutdown};

use super::Ended;
use crate::crew::Crew;
use crate::cx::Cx;
use crate::{albums, metrics, outbox, purge, scan, sidecars};

/// Works until asked to stop.
///
/// # Errors
/// If it can't begin, or if a part of it breaks off.
pub async fn serve(settings: Settings) -> Ended {
    let _counts = boot::metrics::init(settings.metrics)?;
    boot::metrics::describe(metrics::METRICS);
    let shutdown = Shutdown::on_signals(settings.shutdown_grace())?;
    let cx = Cx::open(settings, shutdown).await?;
    tracing::info!(version = boot::version(), workers = cx.settings.workers_cpu, "the indexer is at work");
    let mut crew = Crew::start(&cx);
    crew.join(scan::run(cx.clone()));
    crew.join(sidecars::follow::run(cx.clone()));
    crew.join(purge::run(cx.clone()));
    crew.join(albums::run(cx.clone()));
    crew.join(outbox::run(cx.clone()));
    crew.ended(&cx).await?;
    tracing::info!("the indexer has stopped");
    Ok(true)
}
