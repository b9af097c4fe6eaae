//! Spam and trash for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Operation, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::super::documents::TicketDocument;
use super::super::failures::{APART, MERGED};
use super::super::{TicketId, turn};
use super::Bin;

const PART: &str = "Tickets";

/// How a ticket is marked as spam.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketSpamInput")]
#[serde(deny_unknown_fields)]
pub struct SpamInput {
    /// Whether further mail of whoever wrote it is held back.
    #[serde(default)]
    block_sender: bool,
}

impl Sample for SpamInput {
    fn sample() -> Self {
        Self { block_sender: false }
    }
}

/// `PUT /api/v1/tickets/{id}/spam`
pub const MARK: Operation = Operation::new(
    PART,
    "Mark a ticket as spam",
    "It leaves all views and numbers, and nothing can be written into it until that is taken back. Mail that answers it stays with \
     it. To block its sender one needs `mails.write`.",
)
.of::<TicketId>()
.takes::<SpamInput>()
.shows::<TicketDocument>()
.fails(&[&APART, &MERGED]);

/// `DELETE /api/v1/tickets/{id}/spam`
pub const UNMARK: Operation = Operation::new(
    PART,
    "Say that a ticket is no spam",
    "It is as far as it was. Whoever was blocked with it is not any more.",
)
.of::<TicketId>();

/// `PUT /api/v1/tickets/{id}/trash`
pub const THROW_AWAY: Operation = Operation::new(
    PART,
    "Put a ticket into the trash",
    "It leaves all views and numbers. After thirty days it is removed for good, with its files and mails. Whoever writes to it until \
     then takes it out.",
)
.of::<TicketId>()
.shows::<TicketDocument>()
.fails(&[&APART, &MERGED]);

/// `DELETE /api/v1/tickets/{id}/trash`
pub const TAKE_OUT: Operation =
    Operation::new(PART, "Take a ticket out of the trash", "It is as far as it was.").of::<TicketId>();

/// `PUT /api/v1/tickets/{id}/spam`
///
/// # Errors
/// It is in the trash or merged, no such ticket here, a missing permission, or the database's.
pub async fn mark(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Sent(input): Sent<SpamInput>,
) -> Result<Single, Failure> {
    let turn = turn(actor.workspace);
    db.write_in_turn(&turn, move |tx| {
        let (ticket, _) = super::mark(tx, &actor, id, input.block_sender)?;
        Ok(Single::of(&TicketDocument::from(ticket)))
    })
    .await
}

/// `DELETE /api/v1/tickets/{id}/spam`
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn unmark(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    restored(&db, actor, (id, Bin::Spam)).await
}

/// `PUT /api/v1/tickets/{id}/trash`
///
/// # Errors
/// It is merged, no such ticket here, a missing permission, or the database's.
pub async fn throw_away(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    let turn = turn(actor.workspace);
    db.write_in_turn(&turn, move |tx| {
        let (ticket, _) = super::throw_away(tx, &actor, id)?;
        Ok(Single::of(&TicketDocument::from(ticket)))
    })
    .await
}

/// `DELETE /api/v1/tickets/{id}/trash`
///
/// # Errors
/// No such ticket here, a missing permission, or the database's.
pub async fn take_out(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    restored(&db, actor, (id, Bin::Trash)).await
}

async fn restored(db: &Db, actor: Actor, (id, bin): (TicketId, Bin)) -> Result<Single, Failure> {
    let turn = turn(actor.workspace);
    db.write_in_turn(&turn, move |tx| super::restore(tx, &actor, id, bin).map(drop))
        .await?;
    Ok(Single::nothing())
}
