//! The metrics of this process, in Prometheus' text format.

use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Upper bounds of the buckets of every duration, in seconds: from a point read to a lost request.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// The metrics this crate records, with what they mean.
const DESCRIPTIONS: [(&str, &str); 2] = [
    (
        "http_requests_total",
        "Requests answered, by method, route and status.",
    ),
    (
        "http_request_seconds",
        "Time until an answer began, by method and route.",
    ),
];

/// The recorder of all metrics of this process.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Metrics {
    /// Starts recording. A second recorder in one process stays without records.
    #[must_use]
    pub fn start() -> Self {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
            .expect("there is at least one bucket")
            .build_recorder();
        let handle = recorder.handle();
        if ::metrics::set_global_recorder(recorder).is_ok() {
            for (name, meaning) in DESCRIPTIONS {
                describe(name, meaning);
            }
        }
        Self(handle)
    }

    /// The page for the collector.
    #[must_use]
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Frees what old samples hold; to be called every few seconds.
    pub async fn keep_up(self) {
        let mut beat = tokio::time::interval(Duration::from_secs(5));
        loop {
            beat.tick().await;
            self.0.run_upkeep();
        }
    }
}

fn describe(name: &'static str, meaning: &'static str) {
    if name.ends_with("_seconds") {
        ::metrics::describe_histogram!(name, ::metrics::Unit::Seconds, meaning);
    } else {
        ::metrics::describe_counter!(name, meaning);
    }
}
