//! What other places show of early warning.

use axum::extract::{Path, State};
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Page, known};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::metrics;
use tandem_core::panels::{Panel, Place, Width};
use tandem_core::permissions::Permission;

use super::views::AlertsPanel;
use super::web::Basis;
use super::{AlertError, Filter, LIST, Tallies, Whose, list, of_account as at, tallies};
use crate::book;

/// Alerts in the panel of the home page.
const MOST: i64 = 6;

/// The panel of the account's page: what rules found there.
pub const OF_ACCOUNT: Panel = Panel::new(
    "alerts",
    Place::Account,
    Permission::AlertsRead,
    "/accounts/{id}/alerts",
);

/// The panel of the home page: what early warning found. Whoever looks after accounts sees who needs them instead.
pub const AT_HOME: Panel = Panel {
    width: Width::Line,
    lines: 6,
    is_wanted: Some(without_book),
    first_for: &[Permission::MoneyWrite],
    ..Panel::new("alerts-home", Place::Home, Permission::AlertsRead, "/home/alerts")
};

fn without_book(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    Ok(!book::has_any(tx, actor)?)
}

/// What is open and snoozed at an account.
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
    let (name, lines, basis) = db
        .read(move |tx| {
            let (name, lines) = at(tx, &reader, id)?;
            Ok::<_, AlertError>((name, lines, Basis::read(tx, &reader)?))
        })
        .await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let view = AlertsPanel {
        t: &t,
        lines,
        account: Some(id),
        is_own: true,
        tallies: Tallies::default(),
        seen: basis.seen(&t, &actor, &producers),
    };
    Ok(Page::new(t.say("panel-alerts"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(name, format!("/accounts/{id}"))
        .live(id.to_string()))
}

/// The own open alerts with the most at stake; everybody's where one has none.
///
/// # Errors
/// The database's.
pub async fn at_home(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (lines, counts, is_own, basis) = db
        .read(move |tx| {
            let mine = reader.agent();
            let own = tallies(tx, &reader, mine)?;
            let is_own = own != Tallies::default();
            let owner = mine.filter(|_| is_own);
            let counts = if is_own {
                own
            } else {
                tallies(tx, &reader, Whose::Anybodys)?
            };
            let filter = Filter {
                way: None,
                state: super::State::Open,
                owner: owner.into(),
                account: None,
            };
            let lines = list(tx, &reader, filter, None, MOST)?;
            Ok::<_, AlertError>((lines, counts, is_own, Basis::read(tx, &reader)?))
        })
        .await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let view = AlertsPanel {
        t: &t,
        lines,
        account: None,
        is_own,
        tallies: counts,
        seen: basis.seen(&t, &actor, &producers),
    };
    Ok(Page::new(t.say("panel-alerts-home"), &view)
        .place("home")
        .live(LIST))
}
