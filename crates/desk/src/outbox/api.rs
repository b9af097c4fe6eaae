//! Outgoing mails for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};
use tandem_core::actor::Actor;

use super::documents::{MailDocument, MailLogDocument, MailsQuery, SettingsDocument, SettingsInput};
use super::model::Parcel;
use super::{LIST, OutgoingId, Settings};
use crate::tickets;

/// `GET /api/v1/outgoing-mails`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<MailsQuery>,
) -> Result<Listed<MailDocument>, Failure> {
    let before: Option<OutgoingId> = cursor::wanted(LIST, query.after.as_deref())?;
    let (state, limit) = (query.state.map(Into::into), query.limit);
    let found = db
        .read(move |tx| super::list(tx, &actor, (state, before), limit.and_one()))
        .await?;
    let listed = Listed::of(found, limit, |last: &Parcel| cursor::write(LIST, &last.mail.id));
    Ok(listed.linked(&address))
}

/// `GET /api/v1/outgoing-mails/{id}`
///
/// # Errors
/// No such mail here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<OutgoingId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(Single::of(&MailLogDocument::from(found)))
}

/// `PUT /api/v1/outgoing-mails/{id}/withdrawal`
///
/// # Errors
/// It is on its way already; no such mail here, a missing permission, or the database's.
pub async fn withdraw(State(db): State<Db>, actor: Actor, At(id): At<OutgoingId>) -> Result<Single, Failure> {
    let turn = tickets::turn(actor.workspace);
    let parcel = db
        .write_in_turn(&turn, move |tx| super::withdraw(tx, &actor, id))
        .await?;
    Ok(Single::of(&MailDocument::from(parcel)))
}

/// `POST /api/v1/outgoing-mails/{id}/again`
///
/// # Errors
/// There is nobody to send it to; no such mail here, a missing permission, or the database's.
pub async fn again(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OutgoingId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let parcel = super::again(tx, &actor, id)?;
            Ok(Single::begun(&MailDocument::from(parcel)).without_tag())
        })
        .await
}

/// `GET /api/v1/outbox-settings`
///
/// # Errors
/// The database's.
pub async fn settings(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::settings(tx, actor.workspace)).await?;
    Ok(single(found))
}

/// `PUT /api/v1/outbox-settings`
///
/// # Errors
/// An older state, a window that is too long, a missing permission, or the database's.
pub async fn change_settings(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(input): Sent<SettingsInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::settings(tx, actor.workspace)?;
        state.must_hold(&single(now))?;
        let wanted = Settings {
            undo_seconds: input.undo_seconds,
            quotes_history: input.quotes_history,
            version: now.version,
        };
        Ok(single(super::change_settings(tx, &actor, wanted)?))
    })
    .await
}

fn single(settings: Settings) -> Single {
    Single::of(&SettingsDocument::from(settings))
}
