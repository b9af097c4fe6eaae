//! What the pages of subscriptions share: finding the one in the address, the page around it, and what is said when
//! something was done.

use axum::response::{IntoResponse, Redirect, Response};
use kit::day::Day;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Page, known};

use super::{Subscription, SubscriptionError, SubscriptionId};
use crate::actor::Actor;
use crate::workspaces;

pub(super) const PLACE: &str = "accounts";

/// The subscription in the address, and the day it is.
pub(super) async fn find(db: &Db, actor: Actor, id: &str) -> Result<(Subscription, Day), Failure> {
    let id: SubscriptionId = known(id)?;
    let found = db
        .read(move |tx| {
            let subscription = super::find(tx, &actor, id)?.ok_or(SubscriptionError::Unknown)?;
            Ok::<_, SubscriptionError>((subscription, workspaces::today(tx, actor.workspace)?))
        })
        .await?;
    Ok(found)
}

/// Back to the subscription, saying what was done; `undo` takes it back.
pub(super) fn done(t: &Text, key: &str, subscription: &Subscription, undo: Option<&str>) -> Response {
    let args = kit::args!(
        product = subscription.product_name.as_str(),
        renews = t.day_long(subscription.renewal.day)
    );
    let address = format!("/subscriptions/{}", subscription.id);
    let notice = Notice::new(t.say_with(key, args));
    let notice = match undo {
        Some(path) => notice.undo(format!("{address}/{path}")),
        None => notice,
    };
    (notice, Redirect::to(&address)).into_response()
}

/// A page of the subscription.
pub(super) fn page(t: &Text, title: &str, view: &impl askama::Template, of: &Subscription) -> Page {
    Page::new(title, view)
        .place(PLACE)
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(&of.account_name, format!("/accounts/{}", of.account))
}
