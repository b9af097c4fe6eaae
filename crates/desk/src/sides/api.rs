//! Side conversations for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Single};
use tandem_core::actor::Actor;

use super::documents::{SideDocument, SideEntryDocument, SideEntryInput, SideInput, WholeSideDocument};
use super::{Forward, NewEntry, NewSide, SideError, SideId, forwarded, quoted};
use crate::tickets::{self, MessageId, TicketId};

/// `GET /api/v1/tickets/{id}/side-conversations`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn of_ticket(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<SideDocument>, Failure> {
    let found = db.read(move |tx| super::of_ticket(tx, &actor, id)).await?;
    Ok(Listed::whole(found.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/tickets/{id}/side-conversations`
///
/// # Errors
/// Addresses, words, messages or files that do not fit, no mailbox that sends, no such ticket here, a missing permission, or the
/// database's.
pub async fn open(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Posted { input, once }: Posted<SideInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    let turn = tickets::turn(actor.workspace);
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let new = wanted(tx, &actor, id, &input)?;
        let (side, _) = super::open(tx, &actor, id, &new)?;
        let location = format!("/api/v1/side-conversations/{}", side.id);
        let people = super::find(tx, &actor, side.id)?.people;
        Ok(Single::made(&SideDocument::from((side, people)), location))
    })
    .await
}

/// What is to be begun, with the messages that are passed on as text and their files.
fn wanted(tx: &mut Tx<'_>, actor: &Actor, id: TicketId, input: &SideInput) -> Result<NewSide, SideError> {
    let mut files = input.files.clone();
    let mut text = String::new();
    if !input.forwards.is_empty() {
        let (mut messages, mut carried) = forwarded(tx, actor, id, Forward::All)?;
        let is_there = |one: MessageId| messages.iter().any(|message| message.id == one);
        if !input.forwards.iter().copied().all(is_there) {
            return Err(SideError::NoMessage);
        }
        messages.retain(|message| input.forwards.contains(&message.id));
        carried.retain(|file| {
            file.message
                .is_some_and(|message| input.forwards.contains(&message))
        });
        text = quoted(tx, actor, &messages)?;
        for file in carried {
            if !files.contains(&file.id) {
                files.push(file.id);
            }
        }
    }
    Ok(NewSide {
        subject: input.subject.clone(),
        is_forward: !text.is_empty(),
        first: NewEntry {
            to: input.to.clone(),
            body: input.body.clone(),
            quoted: text,
            files,
            brought: Vec::new(),
        },
    })
}

/// `GET /api/v1/side-conversations/{id}`
///
/// # Errors
/// No such side conversation here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<SideId>) -> Result<Single, Failure> {
    let whole = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(Single::of(&WholeSideDocument::from(whole)))
}

/// `POST /api/v1/side-conversations/{id}/messages`
///
/// # Errors
/// Addresses, words or files that do not fit, no mailbox that sends, no such side conversation here, a missing permission, or the
/// database's.
pub async fn write(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SideId>,
    Posted { input, once }: Posted<SideEntryInput>,
) -> Result<Response, Failure> {
    let (new, owner) = (NewEntry::from(input), (&actor).into());
    let turn = tickets::turn(actor.workspace);
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let (_, entry) = super::write(tx, &actor, id, &new)?;
        let location = format!("/api/v1/side-conversations/{id}");
        Ok(Single::made(&SideEntryDocument::from(entry), location))
    })
    .await
}

/// `PUT /api/v1/side-conversations/{id}/closure`
///
/// # Errors
/// Another state than the one named, no such side conversation here, a missing permission, or the database's.
pub async fn close(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SideId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(tx, &actor, id)?)?;
        super::close(tx, &actor, id)?;
        Ok(single(tx, &actor, id)?)
    })
    .await
}

/// `DELETE /api/v1/side-conversations/{id}/closure`
///
/// # Errors
/// As of [`close`].
pub async fn reopen(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SideId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(tx, &actor, id)?)?;
        super::reopen(tx, &actor, id)?;
        Ok(single(tx, &actor, id)?)
    })
    .await
}

fn single(tx: &mut Tx<'_>, actor: &Actor, id: SideId) -> Result<Single, SideError> {
    let whole = super::find(tx, actor, id)?;
    Ok(Single::of(&SideDocument::from((whole.side, whole.people))))
}
