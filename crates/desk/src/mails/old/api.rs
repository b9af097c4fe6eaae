//! Imports of old mail for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::{Request, State};
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::web::api::{Asked, At, Listed, Posted, Single, cursor};
use kit::web::{Failure, plain_name};
use tandem_core::actor::Actor;

use super::documents::{
    MailFileQuery, MailImportDocument, MailImportInput, MailImportsQuery, OldMailDocument, OldMailsQuery,
};
use super::{Choices, LIST, MailImport, MailImportError, MailImportId, New};

/// `GET /api/v1/mail-imports`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<MailImportsQuery>,
) -> Result<Listed<MailImportDocument>, Failure> {
    let from: Option<MailImportId> = cursor::wanted(LIST, query.after.as_deref())?;
    let limit = query.limit;
    let imports = db
        .read(move |tx| super::list(tx, &actor, from, limit.and_one()))
        .await?;
    let listed = Listed::of(imports, limit, |last: &MailImport| cursor::write(LIST, &last.id));
    Ok(listed.linked(&address))
}

/// `PUT /api/v1/mail-imports`
///
/// # Errors
/// No such mailbox, a file that is no mbox file, trouble of the store.
pub async fn receive(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<MailFileQuery>,
    request: Request,
) -> Result<Single, Failure> {
    let new = New {
        mailbox: query.mailbox,
        file_name: plain_name(&query.file_name),
    };
    let content = request.into_body().into_data_stream();
    Ok(single(super::receive(&db, &actor, new, content).await?))
}

/// `GET /api/v1/mail-imports/{id}`
///
/// # Errors
/// No such import here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MailImportId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(found.ok_or(MailImportError::Unknown)?))
}

/// `DELETE /api/v1/mail-imports/{id}`
///
/// # Errors
/// No such file here, one from which something was taken, or the database's.
pub async fn discard(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailImportId>,
) -> Result<Single, Failure> {
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

/// `POST /api/v1/mail-imports/{id}/run`
///
/// # Errors
/// Choices that make no sense, no such import here, or the database's.
pub async fn run(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailImportId>,
    Posted { input, once }: Posted<MailImportInput>,
) -> Result<Response, Failure> {
    let (owner, choices) = ((&actor).into(), Choices::from(input));
    let effect = move |tx: &mut Tx<'_>| Ok(begun(super::start(tx, &actor, id, &choices)?));
    once.run(&db, owner, effect).await
}

/// `POST /api/v1/mail-imports/{id}/undo`
///
/// # Errors
/// No such import here, one that runs, or the database's.
pub async fn undo(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailImportId>,
    Posted { once, .. }: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    let effect = move |tx: &mut Tx<'_>| Ok(begun(super::undo(tx, &actor, id)?));
    once.run(&db, owner, effect).await
}

/// `PUT /api/v1/mail-imports/{id}/pause`
///
/// # Errors
/// No such import here that runs, or the database's.
pub async fn pause(State(db): State<Db>, actor: Actor, At(id): At<MailImportId>) -> Result<Single, Failure> {
    let paused = db.write(move |tx| super::pause(tx, &actor, id)).await?;
    Ok(single(paused))
}

/// `DELETE /api/v1/mail-imports/{id}/pause`
///
/// # Errors
/// No such import here that is paused, or the database's.
pub async fn resume(State(db): State<Db>, actor: Actor, At(id): At<MailImportId>) -> Result<Single, Failure> {
    let resumed = db.write(move |tx| super::resume(tx, &actor, id)).await?;
    Ok(single(resumed))
}

/// `GET /api/v1/mail-imports/{id}/mails`
///
/// # Errors
/// No such import here, a cursor that is none, or the database's.
pub async fn mails(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    At(id): At<MailImportId>,
    Asked(query): Asked<OldMailsQuery>,
) -> Result<Listed<OldMailDocument>, Failure> {
    let name = format!("old mails {id}");
    let after: i64 = cursor::wanted(&name, query.after.as_deref())?.unwrap_or_default();
    let (outcome, limit) = (query.outcome, query.limit);
    let lines = db
        .read(move |tx| super::lines(tx, &actor, (id, outcome), after, limit.and_one()))
        .await?;
    let documents = lines.into_iter().map(OldMailDocument::from).collect();
    let listed = Listed::of(documents, limit, |last: &OldMailDocument| {
        cursor::write(&name, &last.number)
    });
    Ok(listed.linked(&address))
}

fn single(import: MailImport) -> Single {
    Single::of(&MailImportDocument::from(import))
}

fn begun(import: MailImport) -> Single {
    Single::begun(&MailImportDocument::from(import))
}
