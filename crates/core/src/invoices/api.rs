//! Invoices for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State as Given;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, DbError, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};

use super::documents::{InvoiceDocument, InvoiceInput, InvoicesQuery, PaymentInput};
use super::{Cursor, Invoice, InvoiceError, InvoiceId, LIST, PaymentId};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::workspaces;

/// `GET /api/v1/invoices`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    Given(db): Given<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<InvoicesQuery>,
) -> Result<Listed<InvoiceDocument>, Failure> {
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let (filter, limit) = (query.filter(), query.limit);
    let (found, today) = db
        .read(move |tx| {
            let found = super::list(tx, &actor, &filter, from, limit.and_one())?;
            Ok::<_, InvoiceError>((found, workspaces::today(tx, actor.workspace)?))
        })
        .await?;
    let found = found.into_iter().map(|one| InvoiceDocument::on(today, one));
    let next = |last: &InvoiceDocument| {
        let (day, id) = (last.issued, last.id);
        cursor::write(LIST, &Cursor { day, id })
    };
    Ok(Listed::of(found.collect(), limit, next).linked(&address))
}

/// `POST /api/v1/accounts/{id}/invoices`
///
/// # Errors
/// A field that does not fit, no such account here, a missing permission, or the database's.
pub async fn create(
    Given(db): Given<Db>,
    actor: Actor,
    At(account): At<AccountId>,
    Posted { input, once }: Posted<InvoiceInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let new = super::add(tx, &actor, account, &input.text())?;
        let location = format!("/api/v1/invoices/{}", new.id);
        let today = workspaces::today(tx, actor.workspace)?;
        Ok(Single::made(&InvoiceDocument::on(today, new), location))
    })
    .await
}

/// `GET /api/v1/invoices/{id}`
///
/// # Errors
/// No such invoice here, or the database's.
pub async fn show(Given(db): Given<Db>, actor: Actor, At(id): At<InvoiceId>) -> Result<Single, Failure> {
    db.read(move |tx| {
        let found = super::find(tx, &actor, id)?.ok_or(InvoiceError::Unknown)?;
        Ok(single(tx, &actor, found)?)
    })
    .await
}

/// `PUT /api/v1/invoices/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such invoice here, or the database's.
pub async fn change(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<InvoiceId>,
    state: IfMatch,
    Sent(input): Sent<InvoiceInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(InvoiceError::Unknown)?;
        let version = now.version;
        state.must_hold(&single(tx, &actor, now)?)?;
        let changed = super::change(tx, &actor, id, version, &input.text())?;
        Ok(single(tx, &actor, changed)?)
    })
    .await
}

/// `PUT /api/v1/invoices/{id}/void`
///
/// # Errors
/// As of [`change`].
pub async fn void(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<InvoiceId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    acting(db, actor, (id, state), super::void).await
}

/// `DELETE /api/v1/invoices/{id}/void`
///
/// # Errors
/// As of [`change`].
pub async fn restore(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<InvoiceId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    acting(db, actor, (id, state), super::restore).await
}

/// `POST /api/v1/invoices/{id}/payments`
///
/// # Errors
/// As of [`change`]; it is void.
pub async fn pay(
    Given(db): Given<Db>,
    actor: Actor,
    At(id): At<InvoiceId>,
    Posted { input, once }: Posted<PaymentInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let paid = super::pay(tx, &actor, id, input.day, input.amount)?;
        Ok(single(tx, &actor, paid)?)
    })
    .await
}

/// `DELETE /api/v1/payments/{id}`
///
/// # Errors
/// No such payment here, a missing permission, or the database's.
pub async fn take_back(Given(db): Given<Db>, actor: Actor, At(id): At<PaymentId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        let invoice = super::take_back(tx, &actor, id)?;
        Ok(single(tx, &actor, invoice)?)
    })
    .await
}

/// One verb on an invoice in the state that the request names, if it names one.
async fn acting(
    db: Db,
    actor: Actor,
    (id, state): (InvoiceId, IfMatch),
    act: fn(&mut Tx<'_>, &Actor, InvoiceId) -> Result<Invoice, InvoiceError>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(InvoiceError::Unknown)?;
        state.hold(&single(tx, &actor, now)?)?;
        let changed = act(tx, &actor, id)?;
        Ok(single(tx, &actor, changed)?)
    })
    .await
}

fn single(tx: &mut Tx<'_>, actor: &Actor, one: Invoice) -> Result<Single, DbError> {
    let today = workspaces::today(tx, actor.workspace)?;
    Ok(Single::of(&InvoiceDocument::on(today, one)))
}
