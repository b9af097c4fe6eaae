//! What home shows of one's book.

use axum::extract::{Query, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::currencies;
use tandem_core::metrics;
use tandem_core::panels::{Panel, Place, Width};
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::views::{ChangesPanel, NeedsPanel, RenewalsPanel};
use super::{BookError, changes, needs, renewals, visit};
use crate::alerts::web::Basis;

/// Accounts in a panel.
const MOST: usize = 8;
/// Renewals that one page shows at most.
const ALL: i64 = 500;
/// Changes that one page shows at most.
const CHANGES: usize = 30;

/// Who needs me.
pub const NEEDS: Panel = Panel {
    width: Width::Line,
    lines: 6,
    is_wanted: Some(super::has_any),
    first_for: &[Permission::MoneyWrite],
    ..Panel::new("needs", Place::Home, Permission::AccountsRead, "/home/needs")
};

/// What renews next.
pub const RENEWALS: Panel = Panel {
    width: Width::Line,
    lines: 6,
    is_wanted: Some(super::renews_matter),
    first_for: &[Permission::MoneyWrite],
    ..Panel::new("renewals", Place::Home, Permission::MoneyRead, "/home/renewals")
};

/// What changed since one last said that one had seen it.
pub const CHANGED: Panel = Panel {
    width: Width::Line,
    lines: 5,
    is_wanted: Some(super::has_any),
    first_for: &[Permission::MoneyWrite],
    ..Panel::new("changes", Place::Home, Permission::AccountsRead, "/home/changes")
};

/// How much of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PartQuery {
    book: String,
    all: String,
}

/// The accounts that need the reader, the most pressing first.
///
/// # Errors
/// The database's.
pub async fn at_home(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<PartQuery>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (mut lines, basis) = db
        .read(move |tx| {
            let lines = match reader.agent() {
                Some(_) => needs(tx, &reader)?,
                None => Vec::new(),
            };
            Ok::<_, BookError>((lines, Basis::read(tx, &reader)?))
        })
        .await?;
    let count = lines.len();
    if query.all.is_empty() {
        lines.truncate(MOST);
    }
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let view = NeedsPanel {
        t: &t,
        is_whole: lines.len() == count,
        count,
        lines,
        seen: basis.seen(&t, &actor, &producers),
    };
    Ok(Page::new(t.say("panel-needs"), &view)
        .place("home")
        .crumb(t.say("nav-home"), "/")
        .live(crate::alerts::LIST)
        .live(crate::tasks::LIST)
        .live(crate::health::LIST))
}

/// What renews next: in one's own book, or at all accounts.
///
/// # Errors
/// The database's.
pub async fn renewing(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<PartQuery>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (is_all, is_whole) = (query.book == "all", !query.all.is_empty());
    let limit = if is_whole { ALL } else { MOST as i64 + 1 };
    let (mut lines, is_own, today, currency) = db
        .read(move |tx| {
            // Whoever has no book begins with everybody's.
            let is_own = !is_all && super::has_any(tx, &reader)?;
            let owner = reader.agent().filter(|_| is_own);
            let lines = renewals(tx, &reader, owner, limit)?;
            let today = workspaces::today(tx, reader.workspace)?;
            let currency = currencies::reporting(tx, reader.workspace)?;
            Ok::<_, BookError>((lines, is_own, today, currency))
        })
        .await?;
    let has_more = !is_whole && lines.len() > MOST;
    if has_more {
        lines.truncate(MOST);
    }
    let view = RenewalsPanel {
        t: &t,
        lines,
        today,
        currency,
        is_own,
        may_switch: actor.agent().is_some(),
        has_more,
    };
    Ok(Page::new(t.say("panel-renewals"), &view)
        .place("home")
        .crumb(t.say("nav-home"), "/")
        .live(crate::health::LIST))
}

/// What changed at one's accounts since one last said that one had seen it.
///
/// # Errors
/// The database's.
pub async fn changed(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Query(query): Query<PartQuery>,
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let read = db
        .read(move |tx| {
            if reader.agent().is_none() {
                return Ok(None);
            }
            let visit = visit(tx, &reader)?;
            let found = changes(tx, &reader, visit.until)?;
            // What comes while the page is read is new the next time.
            Ok::<_, BookError>(Some((visit, found, tx.now(), Basis::read(tx, &reader)?)))
        })
        .await?;
    let Some((visit, mut lines, now, basis)) = read else {
        return Err(BookError::NoAgent.into());
    };
    let count = lines.len();
    if query.all.is_empty() {
        lines.truncate(CHANGES);
    }
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let view = ChangesPanel {
        t: &t,
        is_whole: lines.len() == count,
        count,
        lines,
        visit,
        now,
        seen: basis.seen(&t, &actor, &producers),
    };
    Ok(Page::new(t.say("panel-changes"), &view)
        .place("home")
        .crumb(t.say("nav-home"), "/")
        .live(crate::alerts::LIST)
        .live(crate::health::LIST))
}
