//! The touch model and the next touch, as columns of the list of accounts.

use kit::web::table::Shown;

use super::measures::NEXT_TOUCH;
use crate::accounts::columns::{Column, Shows};
use crate::metrics;
use crate::permissions::Permission;

/// How an account is looked after.
pub const MODEL: Column = Column {
    key: "touch_model",
    text: "service-model",
    needs: Permission::AccountsRead,
    shown: Shown::Seldom,
    numeric: false,
    in_files: true,
    read: |tx, actor, accounts| {
        let services = super::of(tx, actor.workspace, accounts)?;
        let shown = services.into_iter().map(|(account, service)| {
            let (word, text) = (service.model.as_str(), service.model.text());
            (account, vec![Shows::Word { word, text }])
        });
        Ok(shown.collect())
    },
};

/// Until when somebody is to turn to it.
pub const NEXT: Column = Column {
    key: "next_touch",
    text: "service-next",
    needs: Permission::AccountsRead,
    shown: Shown::Seldom,
    numeric: false,
    in_files: true,
    read: |tx, actor, accounts| {
        let next = metrics::one(tx, actor.workspace, accounts, &NEXT_TOUCH)?;
        let shown = |(account, day)| (account, vec![Shows::Day(metrics::day(day))]);
        Ok(next.into_iter().map(shown).collect())
    },
};
