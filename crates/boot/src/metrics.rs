//! Counts for Prometheus.
//!
//! Other rooms count with the macros of the `metrics` crate and describe what they count in a list of [`Metric`]s.
//! Names are `tessera_<noun>_<unit>` (`_total` for counters); times are histograms in seconds.

use std::time::Duration;

use ::metrics::{describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use crate::Error;
use crate::settings::Metrics;

/// Bounds of the buckets in which times are counted: 0.5 ms to two minutes.
const SECONDS: [f64; 16] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0];

/// Old samples are folded into their buckets this often, or they would pile up while nobody asks.
const UPKEEP: Duration = Duration::from_secs(5);

/// What has been counted so far.
#[derive(Clone)]
pub struct Handle(Option<PrometheusHandle>);

impl Handle {
    /// Everything in Prometheus's text format, for a `/metrics` of one's own; `None` unless the setting is `on`.
    pub fn render(&self) -> Option<String> {
        self.0.as_ref().map(PrometheusHandle::render)
    }
}

/// Begins to count for the whole process, and serves the counts where they have an address of their own.
/// Call it once, within the async runtime.
///
/// # Errors
/// If the address is taken, or counting was begun before.
pub fn init(metrics: Metrics) -> Result<Handle, Error> {
    let failed = |e: BuildError| Error::Metrics(e.to_string());
    let buckets = Matcher::Suffix("_seconds".to_owned());
    let builder = PrometheusBuilder::new().set_buckets_for_metric(buckets, &SECONDS).map_err(failed)?;
    match metrics {
        Metrics::Off => Ok(Handle(None)),
        Metrics::On => {
            let handle = builder.install_recorder().map_err(failed)?;
            let counts = handle.clone();
            tokio::spawn(async move {
                loop {
                    tokio::time::sleep(UPKEEP).await;
                    counts.run_upkeep();
                }
            });
            Ok(Handle(Some(handle)))
        }
        Metrics::Listen(address) => {
            builder.with_http_listener(address).upkeep_timeout(UPKEEP).install().map_err(failed)?;
            Ok(Handle(None))
        }
    }
}

/// How a number moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only up.
    Counter,
    /// Up and down.
    Gauge,
    /// Many samples, counted by size.
    Histogram,
}

/// What a number means.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Name, unit last: `tessera_job_seconds`.
    pub name: &'static str,
    /// How it moves.
    pub kind: Kind,
    /// What it means, in a sentence.
    pub help: &'static str,
}

/// Tells Prometheus what each number means; call it after [`init`].
pub fn describe(metrics: &[Metric]) {
    for metric in metrics {
        match metric.kind {
            Kind::Counter => describe_counter!(metric.name, metric.help),
            Kind::Gauge => describe_gauge!(metric.name, metric.help),
            Kind::Histogram => describe_histogram!(metric.name, metric.help),
        }
    }
}
