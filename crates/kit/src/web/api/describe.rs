//! What the API's document says about an address, beside the handler that it describes.
//!
//! Schemas come from the types that handlers read and write, and examples from samples of those types, so that neither
//! can say something else than the program does. Path, method and permission stand in the table of routes.

use http::StatusCode;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

use crate::web::Code;

/// A document of the API that can show itself.
pub trait Sample: JsonSchema + Serialize {
    /// One as it might be.
    fn sample() -> Self;
}

/// A type as the document needs it: its schema and an example.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Puts the type's schema among the generator's and gives a reference to it.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// An example, as JSON.
    pub sample: fn() -> Value,
}

impl Shape {
    /// The shape of `T`.
    pub const fn of<T: Sample>() -> Self {
        Self {
            schema: SchemaGenerator::subschema_for::<T>,
            sample: || serde_json::to_value(T::sample()).expect("a sample has plain fields and text keys"),
        }
    }
}

/// Whether a change has to name the state it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// It can't.
    None,
    /// It may, with `If-Match`.
    Optional,
    /// It must, with `If-Match`.
    Required,
}

/// What an address is for.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The part of the API it belongs to: `Accounts`.
    pub part: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// What else there is to know.
    pub text: &'static str,
    /// The id in the path.
    pub id: Option<fn(&mut SchemaGenerator) -> Schema>,
    /// The query.
    pub query: Option<fn(&mut SchemaGenerator) -> Schema>,
    /// The body that it takes.
    pub body: Option<Shape>,
    /// The answer when all is well, and its body if it has one.
    pub answer: (StatusCode, Option<Shape>),
    /// Whether the answer is one object with an `ETag`.
    pub has_tag: bool,
    /// Whether a change names the state it was made from.
    pub precondition: Precondition,
    /// The failures of its own; the general ones follow from what it takes.
    pub failures: &'static [&'static Code],
}

impl Operation {
    /// An operation that gives nothing back (204) until more is said.
    pub const fn new(part: &'static str, summary: &'static str, text: &'static str) -> Self {
        Self {
            part,
            summary,
            text,
            id: None,
            query: None,
            body: None,
            answer: (StatusCode::NO_CONTENT, None),
            has_tag: false,
            precondition: Precondition::None,
            failures: &[],
        }
    }

    /// The path holds the id of a `T`.
    #[must_use]
    pub const fn of<T: JsonSchema>(mut self) -> Self {
        self.id = Some(SchemaGenerator::subschema_for::<T>);
        self
    }

    /// Takes the fields of `T` as query.
    #[must_use]
    pub const fn asks<T: JsonSchema>(mut self) -> Self {
        self.query = Some(inline_schema::<T>);
        self
    }

    /// Takes a `T` as body.
    #[must_use]
    pub const fn takes<T: Sample>(mut self) -> Self {
        self.body = Some(Shape::of::<T>());
        self
    }

    /// Gives a `T`: a list, or something that has no state of its own.
    #[must_use]
    pub const fn gives<T: Sample>(mut self) -> Self {
        self.answer = (StatusCode::OK, Some(Shape::of::<T>()));
        self
    }

    /// Gives a file as it is.
    #[must_use]
    pub const fn gives_bytes(mut self) -> Self {
        self.answer = (StatusCode::OK, None);
        self
    }

    /// Gives one object with its `ETag`.
    #[must_use]
    pub const fn shows<T: Sample>(mut self) -> Self {
        self.has_tag = true;
        self.gives::<T>()
    }

    /// Makes a `T` (201).
    #[must_use]
    pub const fn makes<T: Sample>(mut self) -> Self {
        self.has_tag = true;
        self.answer = (StatusCode::CREATED, Some(Shape::of::<T>()));
        self
    }

    /// The answer comes before the work is done (202).
    #[must_use]
    pub const fn begins(mut self) -> Self {
        self.answer.0 = StatusCode::ACCEPTED;
        self
    }

    /// The answer has no `ETag`.
    #[must_use]
    pub const fn without_tag(mut self) -> Self {
        self.has_tag = false;
        self
    }

    /// A change may or must name the state it was made from.
    #[must_use]
    pub const fn held_by(mut self, precondition: Precondition) -> Self {
        self.precondition = precondition;
        self
    }

    /// Failures of its own.
    #[must_use]
    pub const fn fails(mut self, failures: &'static [&'static Code]) -> Self {
        self.failures = failures;
        self
    }
}

impl<T: Sample> Sample for super::Listed<T> {
    fn sample() -> Self {
        Self::whole(vec![T::sample()], Some("x7Gk2Q9bWyJhY21lIiwi".to_owned()))
    }
}

/// The schema of `T` itself, not a reference to it: a query has no body to refer to.
fn inline_schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    T::json_schema(generator)
}
