//! The settings pages of products.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};

use super::failures::STALE;
use super::views::{FormPage, ListPage};
use super::{LIST, Product, ProductError, ProductId};
use crate::actor::Actor;
use crate::permissions::Permission;

const ADDRESS: &str = "/settings/products";

/// All products, and the form that adds one.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    listed(&db, actor, &t, &Filled::default()).await
}

/// Adds a product, or shows the list again with what is wrong.
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
    let (name, writer) = (form.value("name").to_owned(), actor.clone());
    match db.write(move |tx| super::add(tx, &writer, &name)).await {
        Ok(product) => Ok(done(&t, "products-was-added", &product)),
        Err(error) => {
            refuse(&mut form, &t, error)?;
            let page = listed(&db, actor, &t, &form).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// The form with a product in it.
///
/// # Errors
/// No such product here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let product = product(&db, actor, &id).await?;
    let mut form = Filled::default();
    form.set("name", &*product.name);
    Ok(page(&t, &product, &form, None))
}

/// Renames a product as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such product here, a missing permission, or the database's.
pub async fn rename(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let product = product(&db, actor.clone(), &id).await?;
    let mut form: Filled = sent.into_iter().collect();
    let version = form.value("version").parse().unwrap_or(0);
    let name = form.value("name").to_owned();
    let renamed = db
        .write(move |tx| super::rename(tx, &actor, product.id, version, &name))
        .await;
    match renamed {
        Ok(product) => Ok(done(&t, "products-was-renamed", &product)),
        Err(ProductError::Stale(now)) => {
            let again = page(&t, &now, &form, Some(t.say(STALE.text)));
            Ok(again.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            refuse(&mut form, &t, error)?;
            let again = page(&t, &product, &form, None);
            Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn product(db: &Db, actor: Actor, id: &str) -> Result<Product, Failure> {
    let id: ProductId = known(id)?;
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(found.ok_or(ProductError::Unknown)?)
}

/// Says beside the field what is wrong; failures of no field pass on.
fn refuse(form: &mut Filled, t: &Text, error: ProductError) -> Result<(), Failure> {
    let failure = Failure::from(error);
    match failure.fields.first() {
        Some((name, code)) => {
            form.refuse(*name, t.say(code.text));
            Ok(())
        }
        None => Err(failure),
    }
}

fn done(t: &Text, key: &str, product: &Product) -> Response {
    let said = t.say_with(key, kit::args!(name = product.name.as_str()));
    (Notice::new(said), Redirect::to(ADDRESS)).into_response()
}

async fn listed(db: &Db, actor: Actor, t: &Text, form: &Filled) -> Result<Page, Failure> {
    let may_keep = actor.may(Permission::MoneyKeep);
    let products = db.read(move |tx| super::all(tx, &actor)).await?;
    let view = ListPage {
        t,
        products,
        form,
        may_keep,
    };
    Ok(Page::new(t.say("products-title"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST))
}

fn page(t: &Text, product: &Product, form: &Filled, whole: Option<String>) -> Page {
    let view = FormPage {
        t,
        product,
        form,
        whole,
    };
    Page::new(&product.name, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("products-title"), ADDRESS)
}
