//! What is unread, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Single};
use tandem_core::actor::Actor;

use super::super::{TicketError, TicketId};

/// `PUT /api/v1/tickets/{id}/unread`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn mark(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    db.write(move |tx| super::mark(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

/// `DELETE /api/v1/tickets/{id}/unread`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn see(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
        actor.agent().ok_or(TicketError::NoAgent)?;
        super::see(tx, &actor, id)?;
        Ok::<_, TicketError>(())
    })
    .await?;
    Ok(Single::nothing())
}
