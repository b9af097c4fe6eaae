//! Marking a ticket as unread on pages.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Sent, known};
use tandem_core::actor::Actor;

use super::super::TicketId;
use super::super::listing::View;

/// Marks it, and leads back to the list: whoever stays has it before them.
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn mark(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketId = known(&id)?;
    let ticket = db.write(move |tx| super::mark(tx, &actor, id)).await?;
    let view = sent.one("view").parse().unwrap_or(View::Mine);
    let said = t.say_with("unread-marked", kit::args!(number = ticket.number));
    Ok((Notice::new(said), Redirect::to(&format!("/inbox/{view}"))))
}
