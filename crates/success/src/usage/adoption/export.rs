//! The lists as files.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use kit::clock::Timestamp;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, known};
use serde_json::json;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::currencies;
use tandem_core::sheets::{self, Cell, Sheet};

use super::web::{asked_of, wanted_of};
use super::{Adoption, AdoptionError, LIST, Use, Users, Wanted, list, users};
use crate::usage::folding::FeatureId;

/// Features of one file at most: as many as are told of a workspace at all.
const MOST: i64 = 20_000;

/// The features that the filters leave, as a file; taking it is recorded.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn features(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let wanted = wanted_of(&form, &actor);
    let sheet = db.write(move |tx| features_sheet(tx, &actor, &t, &wanted));
    sheet.await?.file(form.value("format"))
}

/// The accounts by their use of a feature, as a file; taking it is recorded.
///
/// # Errors
/// No such feature here, a missing permission, or the database's.
pub async fn accounts(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let id: FeatureId = known(&id)?;
    let asked = asked_of(&form, &actor, id);
    let sheet = db.write(move |tx| accounts_sheet(tx, &actor, &t, asked));
    sheet.await?.file(form.value("format"))
}

fn features_sheet(tx: &mut Tx<'_>, actor: &Actor, t: &Text, wanted: &Wanted) -> Result<Sheet, AdoptionError> {
    let found = list(tx, actor, wanted, None, MOST)?;
    note(tx, actor, json!({ "what": LIST }))?;
    let row = |one: &Adoption| {
        let figures = one.figures;
        vec![
            Cell::text(one.feature.id),
            Cell::text(one.feature.call.as_str()),
            Cell::text(&one.feature.name),
            Cell::Number(figures.accounts as f64),
            Cell::Number(found.active as f64),
            Cell::Number(figures.people as f64),
            Cell::Number(figures.events as f64),
            Cell::Number(figures.before as f64),
            Cell::text(moment(t, one.first)),
            Cell::text(moment(t, one.last)),
            Cell::text(marks(one)),
        ]
    };
    let head = [
        "feature",
        "call",
        "name",
        "accounts",
        "active_accounts",
        "people",
        "events",
        "events_before",
        "first",
        "last",
        "marks",
    ];
    let rows = found.lines.iter().map(row).collect();
    Ok(Sheet::new("features", head, rows))
}

fn accounts_sheet(tx: &mut Tx<'_>, actor: &Actor, t: &Text, asked: Users) -> Result<Sheet, AdoptionError> {
    let found = users(tx, actor, asked, None, sheets::ASKED)?;
    let ids: Vec<AccountId> = found.iter().map(|one| one.account).collect();
    note(
        tx,
        actor,
        json!({ "what": LIST, "feature": asked.feature, "accounts": ids.len() }),
    )?;
    let currency = currencies::reporting(tx, actor.workspace)?;
    let row = |one: &Use| {
        vec![
            Cell::text(one.account),
            Cell::text(&one.name),
            Cell::text(one.owner.as_deref().unwrap_or_default()),
            Cell::Number(one.people as f64),
            Cell::Number(one.events as f64),
            Cell::Number(one.before as f64),
            Cell::text(moment(t, one.last)),
            one.mrr
                .map_or_else(|| Cell::text(""), |mrr| Cell::Amount(mrr, currency)),
        ]
    };
    let head = [
        "account",
        "name",
        "owner",
        "people",
        "events",
        "events_before",
        "last",
        "mrr",
    ];
    Ok(Sheet::new("feature-accounts", head, found.iter().map(row).collect()).cut(t))
}

fn note(tx: &mut Tx<'_>, actor: &Actor, what: serde_json::Value) -> Result<(), AdoptionError> {
    let entry = Entry::of(Act::Exported, actor.workspace).after(what);
    Ok(audit::record(tx, actor, entry)?)
}

fn moment(t: &Text, at: Option<Timestamp>) -> String {
    at.map(|at| t.machine(at)).unwrap_or_default()
}

fn marks(one: &Adoption) -> String {
    let all = [(one.is_new, "new"), (one.figures.is_dropped(), "dropped")];
    let marks: Vec<&str> = all
        .iter()
        .filter(|(has, _)| *has)
        .map(|(_, word)| *word)
        .collect();
    marks.join(" ")
}
