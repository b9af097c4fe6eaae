//! The usage of an account: a panel of its page.

use axum::extract::State;
use kit::day::Day;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Page};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;

use super::views::UsagePanel;
use crate::usage::TOPIC;

/// What the account does with the product.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<AccountId>,
) -> Result<Page, Failure> {
    let today = Day::of(t.now(), t.zone());
    let usage = db.read(move |tx| super::of(tx, &actor, id, today)).await?;
    let page = Page::new(t.say("panel-usage"), &UsagePanel { t: &t, usage: &usage });
    Ok(page
        .place("accounts")
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(t.say("subscriptions-account"), format!("/accounts/{id}"))
        .live(id.to_string())
        .live(TOPIC))
}
