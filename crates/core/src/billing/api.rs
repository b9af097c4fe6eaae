//! Billing for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};

use super::documents::{
    BillingSecretInput, ConnectionDocument, ConnectionInput, CustomerInput, EventsQuery, MappingDocument,
    NewConnectionInput, PriceInput, ReceiptDocument, ReplayInput, checked,
};
use super::{BillingError, Connection, ConnectionId, Cursor, Gate, mapping};
use crate::actor::Actor;

/// `GET /api/v1/billing`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<ConnectionDocument>, Failure> {
    let reader = actor.clone();
    let all = db.read(move |tx| super::all(tx, &reader)).await?;
    let documents = all.into_iter().map(|one| document(&actor, one));
    Ok(Listed::whole(documents.collect(), None))
}

/// `POST /api/v1/billing`
///
/// # Errors
/// A name or a secret that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<NewConnectionInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let made = super::connect(tx, &actor, &input.name, &input.secret)?;
        let location = format!("/api/v1/billing/{}", made.id);
        Ok(Single::made(&document(&actor, made), location))
    })
    .await
}

/// `GET /api/v1/billing/{id}`
///
/// # Errors
/// No such connection here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<ConnectionId>) -> Result<Single, Failure> {
    db.read(move |tx| {
        let now = known(tx, &actor, id)?;
        Ok(single(&actor, now))
    })
    .await
}

/// `PUT /api/v1/billing/{id}`
///
/// # Errors
/// An older state, a name that does not fit, no such connection here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ConnectionId>,
    state: IfMatch,
    Sent(input): Sent<ConnectionInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(&actor, now))?;
        let changed = super::change(tx, &actor, id, version, (&input.name, input.adds_accounts))?;
        Ok(single(&actor, changed))
    })
    .await
}

/// `DELETE /api/v1/billing/{id}`
///
/// # Errors
/// No such connection here, a missing permission, or the database's.
pub async fn remove(State(db): State<Db>, actor: Actor, At(id): At<ConnectionId>) -> Result<Single, Failure> {
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

/// `POST /api/v1/billing/{id}/secrets`
///
/// # Errors
/// A secret that does not fit, no such connection here, or the database's.
pub async fn add_secret(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ConnectionId>,
    Posted { input, once }: Posted<BillingSecretInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let now = super::add_secret(tx, &actor, id, &input.secret)?;
        Ok(single(&actor, now))
    })
    .await
}

/// `GET /api/v1/billing/{id}/mapping`
///
/// # Errors
/// No such connection here, or the database's.
pub async fn mapping(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ConnectionId>,
) -> Result<Single, Failure> {
    db.read(move |tx| mapped(tx, &actor, id)).await
}

/// `PUT /api/v1/billing/{id}/customers`
///
/// # Errors
/// A code or an account that is none, no such connection here, or the database's.
pub async fn map_customer(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ConnectionId>,
    Sent(input): Sent<CustomerInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        checked(&input.code)?;
        mapping::link_customer(tx, &actor, id, &input.code, &input.account.to_string())?;
        mapped(tx, &actor, id)
    })
    .await
}

/// `PUT /api/v1/billing/{id}/prices`
///
/// # Errors
/// A code or a product that is none, no such connection here, or the database's.
pub async fn map_price(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ConnectionId>,
    Sent(input): Sent<PriceInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        checked(&input.code)?;
        mapping::link_product(tx, &actor, id, &input.code, input.product)?;
        mapped(tx, &actor, id)
    })
    .await
}

/// `POST /api/v1/billing/{id}/replay`
///
/// # Errors
/// A code that is none, no such connection here, or the database's.
pub async fn replay(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ConnectionId>,
    Posted { input, once }: Posted<ReplayInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        input.object.as_deref().map_or(Ok(()), checked)?;
        let now = super::replay(tx, &actor, id, input.object.as_deref())?;
        Ok(single(&actor, now))
    })
    .await
}

/// `GET /api/v1/billing/{id}/events`
///
/// # Errors
/// No such connection here, a cursor that is none, or the database's.
pub async fn events(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    At(id): At<ConnectionId>,
    Asked(query): Asked<EventsQuery>,
) -> Result<Listed<ReceiptDocument>, Failure> {
    let name = format!("billing {id}");
    let after: Option<Cursor> = cursor::wanted(&name, query.after.as_deref())?;
    let log = db
        .read(move |tx| {
            known(tx, &actor, id)?;
            super::log(tx, &actor, id, (query.outcome, after), query.limit.and_one())
        })
        .await?;
    let documents = log.into_iter().map(ReceiptDocument::from).collect();
    let listed = Listed::of(documents, query.limit, |last: &ReceiptDocument| {
        cursor::write(&name, &Cursor { id: last.id })
    });
    Ok(listed.linked(&address))
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: ConnectionId) -> Result<Connection, BillingError> {
    super::find(tx, actor, id)?.ok_or(BillingError::Unknown)
}

fn mapped(tx: &mut Tx<'_>, actor: &Actor, id: ConnectionId) -> Result<Single, Failure> {
    let mapping = mapping::of(tx, actor, id)?;
    Ok(Single::of(&MappingDocument::from(mapping)))
}

fn single(actor: &Actor, connection: Connection) -> Single {
    Single::of(&document(actor, connection))
}

/// A connection with the address to which its events are sent.
fn document(actor: &Actor, connection: Connection) -> ConnectionDocument {
    let gate = Gate {
        workspace: actor.workspace,
        connection: connection.id,
    };
    ConnectionDocument::of(connection, format!("/hooks/stripe/{}", gate.written()))
}
