//! The settings pages of billing: the connections, and one with its address, what it maps, and its log.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};

use super::failures::STALE;
use super::pages::{ADDRESS, done, list_page, page, read};
use super::{BillingError, ConnectionId, mapping};
use crate::actor::Actor;

/// The connections, and the form that adds one.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let connections = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(list_page(&t, connections, &Filled::default()))
}

/// Adds a connection, or shows the list again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let (name, secret) = (form.value("name").to_owned(), form.value("secret").to_owned());
    let writer = actor.clone();
    match db
        .write(move |tx| super::connect(tx, &writer, &name, &secret))
        .await
    {
        Ok(connection) => Ok(done(&t, "billing-was-connected", connection.id)),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            // A secret is never sent back.
            form.set("secret", "");
            let connections = db.read(move |tx| super::all(tx, &actor)).await?;
            Ok(list_page(&t, connections, &form).status(status).into_response())
        }
    }
}

/// One connection.
///
/// # Errors
/// No such connection here, a cursor that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, Failure> {
    let asked: Filled = asked.into_iter().collect();
    let shown = read(&db, actor, known(&id)?, &asked).await?;
    let mut form = Filled::default();
    form.set("name", &*shown.connection.name);
    Ok(page(&t, &shown, (&form, &asked)))
}

/// Changes name and manner of a connection.
///
/// # Errors
/// No such connection here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let (name, version) = (form.value("name").to_owned(), form.version());
    let adds = form.value("adds_accounts") == "on";
    acting(
        &db,
        actor,
        &t,
        (&id, form, "billing-was-changed"),
        move |tx, actor, id| super::change(tx, actor, id, version, (&name, adds)).map(drop),
    )
    .await
}

/// Brings another signing secret.
///
/// # Errors
/// As of [`change`].
pub async fn add_secret(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let secret = form.value("secret").to_owned();
    form.set("secret", "");
    acting(
        &db,
        actor,
        &t,
        (&id, form, "billing-was-secret"),
        move |tx, actor, id| super::add_secret(tx, actor, id, &secret).map(drop),
    )
    .await
}

/// Says which account a customer is.
///
/// # Errors
/// As of [`change`].
pub async fn link_customer(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let (code, account) = (form.value("code").to_owned(), form.value("account").to_owned());
    acting(
        &db,
        actor,
        &t,
        (&id, form, "billing-was-mapped"),
        move |tx, actor, id| mapping::link_customer(tx, actor, id, &code, &account),
    )
    .await
}

/// Says which of our products a price is.
///
/// # Errors
/// As of [`change`].
pub async fn link_product(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let (code, product) = (form.value("code").to_owned(), form.value("product").parse().ok());
    acting(
        &db,
        actor,
        &t,
        (&id, form, "billing-was-mapped"),
        move |tx, actor, id| {
            super::find(tx, actor, id)?.ok_or(BillingError::Unknown)?;
            let product = product.ok_or(BillingError::BadProduct)?;
            mapping::link_product(tx, actor, id, &code, product)
        },
    )
    .await
}

/// Takes over again what waits or failed, or what one object says.
///
/// # Errors
/// As of [`change`].
pub async fn replay(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let object = Some(form.value("object").to_owned()).filter(|object| !object.is_empty());
    acting(
        &db,
        actor,
        &t,
        (&id, form, "billing-was-replayed"),
        move |tx, actor, id| super::replay(tx, actor, id, object.as_deref()).map(drop),
    )
    .await
}

/// Ends a connection.
///
/// # Errors
/// As of [`change`].
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let connection = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let said = t.say_with("billing-was-removed", kit::args!(name = connection.name.as_str()));
    Ok((Notice::new(said), Redirect::to(ADDRESS)).into_response())
}

/// Acts on a connection and goes back to it, or shows it again with what is wrong.
async fn acting(
    db: &Db,
    actor: Actor,
    t: &Text,
    (id, mut form, said): (&str, Filled, &str),
    act: impl Fn(&mut Tx<'_>, &Actor, ConnectionId) -> Result<(), BillingError> + Send + 'static,
) -> Result<Response, Failure> {
    let id: ConnectionId = known(id)?;
    let writer = actor.clone();
    match db.write(move |tx| act(tx, &writer, id)).await {
        Ok(()) => Ok(done(t, said, id)),
        Err(error) => {
            let status = match error {
                BillingError::Stale(_) => {
                    form.refuse("name", t.say(STALE.text));
                    StatusCode::CONFLICT
                }
                error => form.refuse_all(error.into(), t)?,
            };
            let asked = Filled::default();
            let shown = read(db, actor, id, &asked).await?;
            Ok(page(t, &shown, (&form, &asked)).status(status).into_response())
        }
    }
}
