//! The usage of a contact: a panel of their page.

use axum::extract::State;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Page};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces;

use super::views::ContactUsagePanel;
use crate::usage::TOPIC;

/// What the contact does with the product.
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ContactId>,
) -> Result<Page, Failure> {
    let usage = db
        .read(move |tx| {
            let today = workspaces::today(tx, actor.workspace)?;
            super::of(tx, &actor, id, today)
        })
        .await?;
    let view = ContactUsagePanel { t: &t, usage: &usage };
    Ok(Page::new(t.say("panel-contact-usage"), &view)
        .place("contacts")
        .crumb(t.say("contacts-title"), "/contacts")
        .crumb(usage.name.clone(), format!("/contacts/{id}"))
        .live(id.to_string())
        .live(TOPIC))
}
