//! API inboxes for programs: setting them up, and the two ways that messages take. What the addresses are for stands in
//! [`super::operations`].

use std::convert::Infallible;

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use futures::stream;
use http::Uri;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};
use tandem_core::actor::Actor;
use tandem_core::webhooks::OVERLAP;

use super::documents::{
    AgainDocument, AnswerDocument, AnswersQuery, InboxDocument, InboxInput, InboxSecretDocument,
    MessageInput, NewInboxDocument, ReceiptInput, TakenDocument, contents,
};
use super::taking::{self, Incoming};
use super::{Answer, ApiInboxError, ApiInboxId, InboxText, Told, carrying};
use crate::tickets::files::{self, MOST};
use crate::tickets::{MessageId, TicketError, turn};

/// The name of the list of answers in cursors.
const ANSWERS: &str = "api_answers";

/// `GET /api/v1/api-inboxes`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<InboxDocument>, Failure> {
    let reader = actor.clone();
    let all = db.read(move |tx| super::all(tx, &reader)).await?;
    let seen = |pair| InboxDocument::seen_by(&actor, pair);
    Ok(Listed::whole(all.into_iter().map(seen).collect(), None))
}

/// `POST /api/v1/api-inboxes`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<InboxInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (InboxText::from(input), (&actor).into());
    once.run(&db, owner, move |tx| {
        let (inbox, secret) = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/api-inboxes/{}", inbox.id);
        let document = NewInboxDocument {
            inbox: super::known(tx, &actor, inbox.id)?.into(),
            secret: secret.expose(),
        };
        Ok(Single::made(&document, location).without_tag())
    })
    .await
}

/// `GET /api/v1/api-inboxes/{id}`
///
/// # Errors
/// No such inbox here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<ApiInboxId>) -> Result<Single, Failure> {
    Ok(db.read(move |tx| single(tx, &actor, id)).await?)
}

/// `PUT /api/v1/api-inboxes/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such inbox here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ApiInboxId>,
    state: IfMatch,
    Sent(input): Sent<InboxInput>,
) -> Result<Single, Failure> {
    let text = InboxText::from(input);
    db.write(move |tx| {
        let (now, _) = super::known(tx, &actor, id)?;
        state.must_hold(&single(tx, &actor, id)?)?;
        super::change(tx, &actor, id, now.version, &text)?;
        Ok(single(tx, &actor, id)?)
    })
    .await
}

/// `POST /api/v1/api-inboxes/{id}/secrets`
///
/// # Errors
/// No such inbox here, a missing permission, or the database's.
pub async fn rotate(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ApiInboxId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let document = InboxSecretDocument {
                secret: super::rotate(tx, &actor, id)?.1.expose(),
                overlap_seconds: OVERLAP.as_secs(),
            };
            Ok(Single::of(&document).without_tag())
        })
        .await
}

/// `PUT /api/v1/api-inboxes/{id}/closing`
///
/// # Errors
/// Another state than the one named; as of [`rotate`].
pub async fn close(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ApiInboxId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(tx, &actor, id)?)?;
        super::close(tx, &actor, id)?;
        Ok(single(tx, &actor, id)?)
    })
    .await
}

/// `DELETE /api/v1/api-inboxes/{id}/closing`
///
/// # Errors
/// As of [`close`].
pub async fn reopen(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ApiInboxId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(tx, &actor, id)?)?;
        super::reopen(tx, &actor, id)?;
        Ok(single(tx, &actor, id)?)
    })
    .await
}

/// `DELETE /api/v1/api-inboxes/{id}/stop`
///
/// # Errors
/// The inbox is closed; as of [`rotate`].
pub async fn start(State(db): State<Db>, actor: Actor, At(id): At<ApiInboxId>) -> Result<Single, Failure> {
    let started = db.write(move |tx| {
        super::start(tx, &actor, id)?;
        single(tx, &actor, id)
    });
    Ok(started.await?)
}

/// `POST /api/v1/api-inboxes/{id}/test`
///
/// # Errors
/// Answers are switched off; as of [`rotate`].
pub async fn test(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ApiInboxId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            super::test(tx, &actor, id)?;
            let document = InboxDocument::from(super::known(tx, &actor, id)?);
            Ok(Single::begun(&document).without_tag())
        })
        .await
}

/// `POST /api/v1/api-inboxes/{id}/replay`
///
/// # Errors
/// As of [`test`].
pub async fn replay(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ApiInboxId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let deliveries = carrying::again_all(tx, &actor, id)?;
            Ok(Single::begun(&AgainDocument { deliveries }).without_tag())
        })
        .await
}

/// `GET /api/v1/api-inboxes/{id}/answers`
///
/// # Errors
/// A cursor that is none, no such inbox here, or the database's.
pub async fn answers(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    At(id): At<ApiInboxId>,
    Asked(query): Asked<AnswersQuery>,
) -> Result<Listed<AnswerDocument>, Failure> {
    let before: Option<MessageId> = cursor::wanted(ANSWERS, query.after.as_deref())?;
    let limit = query.limit;
    let found = db
        .read(move |tx| carrying::list(tx, &actor, (id, before), limit.and_one()))
        .await?;
    let listed = Listed::of(found, limit, |last: &Answer| {
        cursor::write(ANSWERS, &last.message)
    });
    Ok(listed.linked(&address))
}

/// `POST /api/v1/api-inboxes/{id}/messages`
///
/// # Errors
/// The inbox is closed, a message or an author that does not fit, no such inbox here, trouble of the store.
pub async fn bring(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ApiInboxId>,
    Posted { input, once }: Posted<MessageInput>,
) -> Result<Response, Failure> {
    let reader = actor.clone();
    db.read(move |tx| super::known(tx, &reader, id)).await?;
    let incoming = incoming(&db, input).await?;
    let (turn, owner) = (turn(actor.workspace), (&actor).into());
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let taken = taking::take(tx, &actor, id, &incoming)?;
        let location = format!("/api/v1/tickets/{}", taken.ticket.id);
        Ok(Single::made(&TakenDocument::from(&taken), location).without_tag())
    })
    .await
}

/// `POST /api/v1/api-inboxes/{id}/receipts`
///
/// # Errors
/// An answer of no or another inbox, a missing permission, or the database's.
pub async fn tell(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ApiInboxId>,
    Posted { input, once }: Posted<ReceiptInput>,
) -> Result<Response, Failure> {
    let (message, told, owner) = (input.message, Told::from(input), (&actor).into());
    once.run(&db, owner, move |tx| {
        let answer = carrying::told(tx, &actor, (id, message), &told)?;
        Ok(Single::of(&AnswerDocument::from(answer)).without_tag())
    })
    .await
}

/// `POST /api/v1/api-answers/{id}/replay`
///
/// # Errors
/// The program has it, answers are switched off, no such answer here, or the database's.
pub async fn again(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MessageId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let answer = carrying::again(tx, &actor, id)?;
            Ok(Single::begun(&AnswerDocument::from(answer)).without_tag())
        })
        .await
}

/// What was sent, with its files in the store; those of a message that is refused are swept later.
async fn incoming(db: &Db, input: MessageInput) -> Result<Incoming, Failure> {
    if input.files.len() > MOST {
        return Err(TicketError::BadFile.into());
    }
    let mut stored = Vec::with_capacity(input.files.len());
    for (name, media_type, bytes) in contents(&input.files)? {
        let content = stream::iter([Ok::<_, Infallible>(Bytes::from(bytes))]);
        stored.push((name, media_type, files::take(db, content).await?));
    }
    Ok(Incoming {
        conversation: input.conversation,
        name: input.id,
        subject: input.subject,
        body: input.text,
        html: input.html,
        author: input.author.into(),
        files: stored,
    })
}

fn single(tx: &mut Tx<'_>, actor: &Actor, id: ApiInboxId) -> Result<Single, ApiInboxError> {
    let found = super::known(tx, actor, id)?;
    Ok(Single::of(&InboxDocument::seen_by(actor, found)))
}
