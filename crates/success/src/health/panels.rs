//! What other places show of health.

use axum::extract::{Path, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, known};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::currencies;
use tandem_core::metrics;
use tandem_core::panels::{Panel, Place, Width};
use tandem_core::permissions::Permission;

use super::risk::{HomePanel, risk};
use super::views::{Seen, SummaryPanel};
use super::{Band, Filter, HealthError, LIST, explain, list, tallies};

/// Accounts in the panel of the home page.
const MOST: i64 = 5;

/// The panel of the account's page: the score, and why.
pub const OF_ACCOUNT: Panel = Panel::new(
    "health",
    Place::Account,
    Permission::AccountsRead,
    "/accounts/{id}/health/summary",
);

/// The panel of the home page: what is at risk in the own book.
pub const AT_HOME: Panel = Panel {
    width: Width::Line,
    lines: 5,
    first_for: &[Permission::MoneyWrite],
    ..Panel::new(
        "health-home",
        Place::Home,
        Permission::AccountsRead,
        "/home/health",
    )
};

/// The score of an account in a few lines.
///
/// # Errors
/// No such account here, or the database's.
pub async fn of_account(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: AccountId = known(&id)?;
    let reader = actor.clone();
    let (explained, currency) = db
        .read(move |tx| {
            let explained = explain(tx, &reader, id, None)?;
            Ok::<_, HealthError>((explained, currencies::reporting(tx, reader.workspace)?))
        })
        .await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let name = explained.name.clone();
    let view = SummaryPanel {
        t: &t,
        account: id,
        explained,
        seen: Seen::new(&t, &producers, &actor, currency),
    };
    Ok(Page::new(t.say("panel-health"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

/// What is at risk in the own book; in everybody's where one has none.
///
/// # Errors
/// The database's.
pub async fn at_home(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (lines, tallies, is_own, risk, currency) = db
        .report(move |tx| {
            let mine = reader.agent();
            let own = tallies(tx, &reader, mine)?;
            let is_own = own.iter().any(|(_, accounts, _)| *accounts > 0);
            let owner = mine.filter(|_| is_own);
            let all = if is_own { own } else { tallies(tx, &reader, None)? };
            let mut lines = Vec::new();
            for band in [Band::Red, Band::Amber] {
                let filter = Filter {
                    band: Some(band),
                    owner,
                };
                lines.extend(list(tx, &reader, filter, None, MOST - lines.len() as i64)?);
            }
            let currency = currencies::reporting(tx, reader.workspace)?;
            let risk = risk(tx, &reader, owner)?;
            Ok::<_, HealthError>((lines, all, is_own, risk, currency))
        })
        .await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let view = HomePanel {
        t: &t,
        lines,
        tallies,
        is_own,
        risk,
        seen: Seen::new(&t, &producers, &actor, currency),
    };
    Ok(Page::new(t.say("panel-health-home"), &view)
        .place("home")
        .live(LIST))
}
