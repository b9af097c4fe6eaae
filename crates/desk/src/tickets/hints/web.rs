//! Accepting what a hint says of whom to tell: a note that names them, begun and not yet written.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, known};
use tandem_core::actor::Actor;

use super::super::drafts::{self, NewDraft};
use super::super::{MessageKind, TicketError, TicketId};

/// Begins a note to whoever looks after the account, with the reasons; nobody hears of it before it is sent.
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn tell(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<(Notice, Redirect), Failure> {
    let id: TicketId = known(&id)?;
    let filled: Filled = sent.into_iter().collect();
    let voice = t.clone();
    let begun = db
        .write(move |tx| {
            let ticket = super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            let Some(hint) = super::of(tx, &actor, &ticket)? else {
                return Ok(None);
            };
            let Some((_, name)) = &hint.owner else {
                return Ok(None);
            };
            let new = NewDraft {
                kind: MessageKind::Note,
                body: format!("@{name} {}", super::said(&voice, &hint)),
                html: None,
                form: None,
            };
            // What was begun before stays: taking back would throw it away too.
            let is_new = drafts::mine(tx, &actor, id)?.is_none();
            drafts::append(tx, &actor, id, new)?;
            Ok::<_, TicketError>(Some(is_new))
        })
        .await?;
    let to = super::super::acts::back(id, filled.value("view"));
    // Whoever it was has been told meanwhile.
    let notice = match begun {
        Some(true) => Notice::new(t.say("hints-begun")).undo(format!("/tickets/{id}/draft/end")),
        Some(false) => Notice::new(t.say("hints-begun")),
        None => Notice::new(t.say("hints-known")),
    };
    Ok((notice, Redirect::to(&format!("{to}#composer"))))
}
