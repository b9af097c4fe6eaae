//! The tier of an account: a panel of its page that says why, and what pins it.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, address, known};

use super::TierError;
use super::views::PanelView;
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::ladders::{self, Ladder, RungId};
use crate::permissions::Permission;

/// The tier, and why.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    page(&db, &actor, &t, known(&id)?, &Filled::default()).await
}

/// Puts an account onto a tier by hand; the address may say it too, so that letting go can be taken back.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn pin(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<Vec<(String, String)>>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let mut form: Filled = back.into_iter().chain(sent).collect();
    let tier: Result<RungId, _> = form.value("tier").parse();
    let (reason, writer) = (form.value("reason").to_owned(), actor.clone());
    let pinned = match tier {
        Ok(tier) => {
            db.write(move |tx| super::pin(tx, &writer, id, tier, &reason))
                .await
        }
        Err(_) => Err(TierError::UnknownTier),
    };
    match pinned {
        Ok(standing) => {
            let name = standing.tier.map(|tier| tier.text.name).unwrap_or_default();
            let said = t.say_with("tiers-was-pinned", kit::args!(tier = name.as_str()));
            Ok(done(
                id,
                Notice::new(said).undo(format!("/accounts/{id}/tier/end")),
            ))
        }
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            let page = page(&db, &actor, &t, id, &form).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// Lets the rule decide again.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn unpin(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let before = db
        .write(move |tx| {
            let before = super::of(tx, actor.workspace, &[id])?.remove(&id);
            super::unpin(tx, &actor, id)?;
            Ok::<_, TierError>(before)
        })
        .await?;
    let notice = Notice::new(t.say("tiers-was-unpinned"));
    let pinned = before.filter(|standing| standing.is_pinned);
    let notice = match pinned.and_then(|standing| Some((standing.tier?.id.to_string(), standing.reason))) {
        Some((tier, reason)) => {
            let pairs = [("tier", tier.as_str()), ("reason", &reason)];
            notice.undo(address(&format!("/accounts/{id}/tier"), &pairs))
        }
        None => notice,
    };
    Ok(done(id, notice))
}

fn done(id: AccountId, notice: Notice) -> Response {
    (notice, Redirect::to(&format!("/accounts/{id}"))).into_response()
}

async fn page(db: &Db, actor: &Actor, t: &Text, id: AccountId, form: &Filled) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (name, why, tiers) = db
        .read(move |tx| {
            let account = accounts::find(tx, &reader, id)?.ok_or(TierError::UnknownAccount)?;
            let why = super::why(tx, reader.workspace, id)?;
            let tiers = ladders::open(tx, reader.workspace, Ladder::Tiers)?;
            Ok::<_, Failure>((account.name, why, tiers))
        })
        .await?;
    let view = PanelView {
        t,
        account: id,
        why,
        tiers,
        form,
        may_write: actor.may(Permission::AccountsWrite),
        may_see_money: actor.may(Permission::MoneyRead),
    };
    Ok(Page::new(t.say("panel-tier"), &view)
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(name, format!("/accounts/{id}"))
        .live(id.to_string()))
}
