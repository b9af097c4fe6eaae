//! `tandem serve`

use axum::Router;

use super::{Call, Failure, wait};
use crate::{
    drain::Drain,
    edge::Edge,
    operations::{Metrics, Readiness, disk},
    serve::{self, Listeners, Served},
};

pub(super) fn run(call: &Call) -> Result<(), Failure> {
    wait(async {
        let config = &call.config;
        let listeners = Listeners::bind(config).await?;
        let metrics = Metrics::start();
        let drain = Drain::new();
        let (data, reserve) = (config.data.clone(), config.disk_reserve);
        let readiness = Readiness::new(drain.clone()).with("disk", move || {
            let data = data.clone();
            async move { disk::has_room(&data, reserve) }
        });
        let app = Edge::new(config, || 0).around(Router::new());
        serve::run(
            listeners,
            Served {
                app,
                readiness,
                metrics,
                drain,
                limit: config.drain,
            },
        )
        .await?;
        Ok(())
    })
}
