//! What search finds, and what files bring.

use desk::{sides, tickets};
use success::{alerts, playbooks, tasks};
use tandem_core::imports::target::Targets;
use tandem_core::search::Sources;
use tandem_core::{
    accounts, agents, contacts, invoices, orders, products, segments, subscriptions, touchpoints,
};

/// Everything that can be found.
pub fn sources() -> Sources {
    Sources::new(&[
        &accounts::search::SOURCE,
        &contacts::search::SOURCE,
        &touchpoints::search::SOURCE,
        &segments::search::SOURCE,
        &tickets::search::SOURCE,
        &sides::search::SOURCE,
        &tasks::search::SOURCE,
        &alerts::search::SOURCE,
        &playbooks::search::SOURCE,
        &agents::search::SOURCE,
        &products::search::SOURCE,
        &subscriptions::search::SOURCE,
        &orders::search::SOURCE,
        &invoices::search::SOURCE,
    ])
    .following(accounts::search::FOLLOWS)
    .following(contacts::search::FOLLOWS)
    .following(touchpoints::search::FOLLOWS)
    .following(tickets::search::FOLLOWS)
    .following(alerts::search::FOLLOWS)
}

/// Everything that files can bring.
pub fn targets() -> Targets {
    Targets::new(&[
        &accounts::imports::TARGET,
        &contacts::importing::TARGET,
        &subscriptions::importing::TARGET,
        &orders::importing::TARGET,
        &invoices::importing::TARGET,
        &touchpoints::importing::TARGET,
    ])
}
