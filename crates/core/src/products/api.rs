//! Products for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Operation, Posted, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failures::{NAME, TAKEN};
use super::{Product, ProductError, ProductId};
use crate::actor::Actor;

const PART: &str = "Money";

/// What the company sells.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Product")]
pub struct ProductDocument {
    /// Its id.
    id: ProductId,
    /// Its name.
    name: String,
    /// Grows by one with every change.
    version: i64,
}

/// What a program says about a product.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductInput {
    /// Its name; no other product has it, whatever the capitals.
    #[schemars(length(min = 1, max = 100))]
    name: String,
}

impl From<Product> for ProductDocument {
    fn from(product: Product) -> Self {
        Self {
            id: product.id,
            name: product.name,
            version: product.version,
        }
    }
}

impl Sample for ProductDocument {
    fn sample() -> Self {
        Self {
            id: "prd_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Team plan".to_owned(),
            version: 1,
        }
    }
}

impl Sample for ProductInput {
    fn sample() -> Self {
        Self {
            name: "Team plan".to_owned(),
        }
    }
}

/// `GET /api/v1/products`
pub const LIST: Operation =
    Operation::new(PART, "List products", "All products by name.").gives::<Listed<ProductDocument>>();

/// `POST /api/v1/products`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a product",
    "Names differ, so a request sent twice is refused the second time unless it has an Idempotency-Key.",
)
.takes::<ProductInput>()
.makes::<ProductDocument>()
.fails(&[&NAME, &TAKEN]);

/// `GET /api/v1/products/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a product",
    "Its ETag is what a change names with If-Match.",
)
.of::<ProductId>()
.shows::<ProductDocument>();

/// `PUT /api/v1/products/{id}`
pub const RENAME: Operation =
    Operation::new(PART, "Rename a product", "Its subscriptions stay what they are.")
        .of::<ProductId>()
        .takes::<ProductInput>()
        .shows::<ProductDocument>()
        .held_by(Precondition::Required)
        .fails(&[&NAME, &TAKEN]);

/// `GET /api/v1/products`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<ProductDocument>, Failure> {
    let products = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(
        products.into_iter().map(Into::into).collect(),
        None,
    ))
}

/// `POST /api/v1/products`
///
/// # Errors
/// A name that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<ProductInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let product = super::add(tx, &actor, &input.name)?;
        let location = format!("/api/v1/products/{}", product.id);
        Ok(Single::made(&ProductDocument::from(product), location))
    })
    .await
}

/// `GET /api/v1/products/{id}`
///
/// # Errors
/// No such product here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<ProductId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(found.ok_or(ProductError::Unknown)?))
}

/// `PUT /api/v1/products/{id}`
///
/// # Errors
/// An older state, a name that does not fit, no such product here, or the database's.
pub async fn rename(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ProductId>,
    state: IfMatch,
    Sent(input): Sent<ProductInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(ProductError::Unknown)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::rename(tx, &actor, id, version, &input.name)?))
    })
    .await
}

fn single(product: Product) -> Single {
    Single::of(&ProductDocument::from(product))
}
