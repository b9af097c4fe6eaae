//! How long first value took, account by account, as a table for files.

use tandem_core::sheets::{Cell, Sheet};

use super::{Account, Overview};

/// Every account that was watched from its start on.
pub(super) fn accounts(overview: &Overview) -> Sheet {
    let head = ["account", "name", "start", "state", "days", "first_value", "tier"];
    let row = |one: &Account| {
        let state = match (one.reached, one.is_over) {
            (true, _) => "reached",
            (false, true) => "over",
            (false, false) => "waiting",
        };
        vec![
            Cell::text(one.account),
            Cell::Text(one.name.clone()),
            Cell::text(one.start),
            Cell::text(state),
            Cell::Number(one.days as f64),
            Cell::Text(one.day().map(|day| day.to_string()).unwrap_or_default()),
            Cell::text(one.tier().unwrap_or_default()),
        ]
    };
    Sheet::new("time-to-value", head, overview.accounts.iter().map(row).collect())
}
