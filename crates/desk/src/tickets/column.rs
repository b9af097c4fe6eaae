//! How many tickets are open, as a column of the list of accounts.

use kit::web::table::Shown;
use tandem_core::accounts::columns::{Column, Shows};
use tandem_core::metrics;
use tandem_core::permissions::Permission;

use super::measures::OPEN as OPEN_METRIC;

/// How many tickets of an account are not solved.
pub const OPEN: Column = Column {
    key: "tickets",
    text: "deeds-column-tickets",
    needs: Permission::TicketsRead,
    shown: Shown::Aside,
    numeric: true,
    in_files: true,
    read: |tx, actor, accounts| {
        let open = metrics::one(tx, actor.workspace, accounts, &OPEN_METRIC)?;
        let shown = |(account, open): (_, f64)| (account, vec![Shows::Number(open as i64)]);
        Ok(open.into_iter().map(shown).collect())
    },
};
