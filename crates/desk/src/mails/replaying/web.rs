//! The buttons of replays on the page of mails.

use axum::extract::State as Shared;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice};
use tandem_core::actor::Actor;

use super::Replay;
use crate::mailboxes::MailboxId;
use crate::mails::MailError;
use crate::mails::web::ADDRESS;

/// Begins to read the mail of a mailbox again.
///
/// # Errors
/// No such mailbox here, a missing permission, or the database's.
pub async fn begin(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
) -> Result<Response, Failure> {
    turned(&db, &t, "mails-replay-begun", move |tx| {
        super::begin(tx, &actor, id)
    })
    .await
}

/// Begins to read the mail of all mailboxes again.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn begin_all(Shared(db): Shared<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    db.write(move |tx| super::begin_all(tx, &actor)).await?;
    Ok(back(&t, "mails-replay-all-begun"))
}

/// Pauses it.
///
/// # Errors
/// Nothing is being read again; as of [`begin`].
pub async fn pause(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
) -> Result<Response, Failure> {
    turned(&db, &t, "mails-replay-was-paused", move |tx| {
        super::pause(tx, &actor, id)
    })
    .await
}

/// Goes on with it.
///
/// # Errors
/// As of [`pause`].
pub async fn resume(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
) -> Result<Response, Failure> {
    turned(&db, &t, "mails-replay-goes-on", move |tx| {
        super::resume(tx, &actor, id)
    })
    .await
}

/// Ends it where it is.
///
/// # Errors
/// As of [`pause`].
pub async fn cancel(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailboxId>,
) -> Result<Response, Failure> {
    turned(&db, &t, "mails-replay-was-cancelled", move |tx| {
        super::cancel(tx, &actor, id)
    })
    .await
}

async fn turned(
    db: &Db,
    t: &Text,
    word: &str,
    verb: impl FnMut(&mut Tx<'_>) -> Result<Replay, MailError> + Send + 'static,
) -> Result<Response, Failure> {
    db.write(verb).await?;
    Ok(back(t, word))
}

fn back(t: &Text, word: &str) -> Response {
    (Notice::new(t.say(word)), Redirect::to(ADDRESS)).into_response()
}
