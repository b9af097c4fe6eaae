//! Health in the list of accounts: the score with how it went, and what costs the most.

use kit::web::table::Shown;
use tandem_core::accounts::columns::{Column, Shows};
use tandem_core::metrics;
use tandem_core::permissions::Permission;

use super::{book, store};

/// The score, its band, and its course over the last quarter.
pub const SCORE: Column = Column {
    key: "health",
    text: "health-title",
    needs: Permission::AccountsRead,
    shown: Shown::Aside,
    numeric: false,
    in_files: true,
    read: |tx, actor, accounts| {
        let mut courses = book::courses(tx, actor.workspace, accounts)?;
        let all = store::of(tx, actor.workspace, accounts)?.into_iter();
        let shown = all.map(|(account, now)| {
            let mut shows = vec![Shows::Badge {
                tone: now.shown.tone(),
                icon: now.shown.icon(),
                points: now.score,
                text: now.shown.text(),
            }];
            shows.extend(courses.remove(&account).map(|values| Shows::Course {
                values,
                range: (0.0, 100.0),
                text: "health-course-says",
            }));
            (account, shows)
        });
        Ok(shown.collect())
    },
};

/// The metric that costs the most points, where the reader may see it.
pub const REASON: Column = Column {
    key: "reason",
    text: "health-reason",
    needs: Permission::AccountsRead,
    shown: Shown::Aside,
    numeric: false,
    in_files: false,
    read: |tx, actor, accounts| {
        let producers = metrics::producers(tx, actor.workspace)?;
        let all = store::of(tx, actor.workspace, accounts)?.into_iter();
        let seen = all.filter(|(_, now)| {
            let metric = producers.find(&now.reason);
            metric.is_some_and(|metric| actor.may(metric.needs))
        });
        let shown = seen.map(|(account, now)| {
            let title = producers.find(&now.reason).and_then(|metric| metric.title);
            let said = match title {
                Some(title) => Shows::Words(title.to_owned()),
                None => Shows::Said(metrics::text(&now.reason)),
            };
            (account, vec![said])
        });
        Ok(shown.collect())
    },
};
