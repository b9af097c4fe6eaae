//! The usage of an account: a panel of its page.

use axum::extract::{Query, State};
use kit::db::{Db, DbError, Tx};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Page};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::views::UsagePanel;
use super::{Taken, Usage, UsageError};
use crate::usage::adoption::{Window, windows};
use crate::usage::first::{self, FirstError, Standing};
use crate::usage::{TOPIC, counts};

/// What the account does with the product.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<AccountId>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let form: Filled = asked.into_iter().collect();
    let window = Window::named(form.value("window")).unwrap_or_default();
    let found = db.read(move |tx| found(tx, &actor, id, window)).await?;
    let view = UsagePanel {
        t: &t,
        usage: &found.usage,
        resting: found.resting,
        taken: found.taken,
        windows: windows(&t, &form, window, &format!("/accounts/{id}/usage")),
        first: found.first.map(|standing| first::said(&t, standing)),
    };
    let page = Page::new(t.say("panel-usage"), &view);
    Ok(page
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(
            found.name.unwrap_or_else(|| t.say("subscriptions-account")),
            format!("/accounts/{id}"),
        )
        .live(id.to_string())
        .live(TOPIC)
        .live(counts::LIST))
}

/// What the panel shows.
#[derive(Default)]
struct Found {
    usage: Usage,
    resting: Option<(i64, i64)>,
    taken: Vec<Taken>,
    first: Option<Standing>,
    name: Option<String>,
}

fn found(tx: &mut Tx<'_>, actor: &Actor, id: AccountId, window: Window) -> Result<Found, UsageError> {
    let today = workspaces::today(tx, actor.workspace)?;
    let usage = super::of(tx, actor, id, today);
    let name = name_for(tx, actor, id)?;
    if let Err(UsageError::Resting(done, total)) = usage {
        return Ok(Found {
            resting: Some((done, total)),
            name,
            ..Found::default()
        });
    }
    Ok(Found {
        usage: usage?,
        resting: None,
        taken: super::taken(tx, actor, id, (today, window))?,
        first: first::standing(tx, actor, id).map_err(told)?,
        name,
    })
}

/// What the account is called, for those who may know.
fn name_for(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Option<String>, DbError> {
    match actor.may(Permission::AccountsRead) {
        true => accounts::name(tx, actor.workspace, id),
        false => Ok(None),
    }
}

fn told(error: FirstError) -> UsageError {
    match error {
        FirstError::Forbidden(missing) => UsageError::Forbidden(missing),
        FirstError::Db(error) => UsageError::Db(error),
    }
}
