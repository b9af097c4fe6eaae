//! Mailboxes for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use tandem_core::actor::Actor;

use super::documents::{MailboxDocument, MailboxInput};
use super::{Mailbox, MailboxError, MailboxId, MailboxText};

/// `GET /api/v1/mailboxes`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<MailboxDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, actor.workspace)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/mailboxes`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<MailboxInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (MailboxText::from(input), (&actor).into());
    once.run(&db, owner, move |tx| {
        let mailbox = super::create(tx, &actor, &text)?;
        let location = format!("/api/v1/mailboxes/{}", mailbox.id);
        Ok(Single::made(&MailboxDocument::from(mailbox), location))
    })
    .await
}

/// `GET /api/v1/mailboxes/{id}`
///
/// # Errors
/// No such mailbox here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MailboxId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/mailboxes/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such mailbox here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailboxId>,
    state: IfMatch,
    Sent(input): Sent<MailboxInput>,
) -> Result<Single, Failure> {
    let text = MailboxText::from(input);
    db.write(move |tx| {
        let now = known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/mailboxes/{id}/archiving`
///
/// # Errors
/// Another state than the one named, no such mailbox here, a missing permission, or the database's.
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailboxId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::archive(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/mailboxes/{id}/archiving`
///
/// # Errors
/// As of [`archive`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailboxId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::restore(tx, &actor, id)?))
    })
    .await
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: MailboxId) -> Result<Mailbox, MailboxError> {
    super::find(tx, actor, id)?.ok_or(MailboxError::Unknown)
}

fn single(mailbox: Mailbox) -> Single {
    Single::of(&MailboxDocument::from(mailbox))
}
