//! The last touch, as a column of the list of accounts.

use kit::web::table::Shown;

use super::measures::LAST_TOUCH;
use crate::accounts::columns::{Column, Shows};
use crate::metrics;
use crate::permissions::Permission;

/// When somebody there and somebody here last had to do with each other.
pub const LAST: Column = Column {
    key: "touch",
    text: "deeds-column-touch",
    needs: Permission::AccountsRead,
    shown: Shown::Aside,
    numeric: false,
    in_files: true,
    read: |tx, actor, accounts| {
        let last = metrics::one(tx, actor.workspace, accounts, &LAST_TOUCH)?;
        let shown = |(account, day)| (account, vec![Shows::Day(metrics::day(day))]);
        Ok(last.into_iter().map(shown).collect())
    },
};
