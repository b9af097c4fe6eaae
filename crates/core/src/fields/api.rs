//! Fields for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::id::AnyId;
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Field, FieldError, FieldId, FieldKind, FieldText, FieldValue, noun, nouns};
use crate::actor::Actor;
use crate::nouns::Noun;
use crate::workspaces::WorkspaceId;

/// A field: something that a workspace wants to know of a noun.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Field")]
pub struct FieldDocument {
    /// Its id.
    pub(super) id: FieldId,
    /// Of what: `account`, `contact` or `ticket`.
    pub(super) noun: &'static str,
    /// What it takes.
    pub(super) kind: FieldKind,
    /// What programs call it: the key in `fields` of the thing.
    pub(super) key: String,
    /// What people call it.
    pub(super) label: String,
    /// What helps to fill it in.
    pub(super) hint: String,
    /// Whether it has to be filled in.
    pub(super) is_required: bool,
    /// What can be chosen, where something can.
    pub(super) choices: Vec<String>,
    /// Grows by one with every change of the text.
    pub(super) version: i64,
    /// When it was archived: microseconds since 1970-01-01 UTC; null while it is not.
    pub(super) archived_at: Option<i64>,
}

impl From<Field> for FieldDocument {
    fn from(field: Field) -> Self {
        Self {
            id: field.id,
            noun: field.noun,
            kind: field.kind,
            key: field.text.key,
            label: field.text.label,
            hint: field.text.hint,
            is_required: field.text.is_required,
            choices: field.text.choices,
            version: field.version,
            archived_at: field.archiving.map(|archiving| archiving.at.0),
        }
    }
}

/// A noun that has fields.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NounWord {
    /// Accounts.
    Account,
    /// Contacts.
    Contact,
    /// Tickets.
    Ticket,
}

impl NounWord {
    const fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Ticket => "ticket",
        }
    }
}

/// Of which noun.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldsQuery {
    /// Only the fields of this noun.
    noun: Option<NounWord>,
}

/// What a program says about a new field.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFieldInput {
    /// Of what.
    pub(super) noun: NounWord,
    /// What it takes; never changes.
    pub(super) kind: FieldKind,
    /// What programs call it; made from the label unless told; never changes.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub(super) key: String,
    /// What people call it.
    #[schemars(length(min = 1, max = 80))]
    pub(super) label: String,
    /// What helps to fill it in.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(super) hint: String,
    /// Whether it has to be filled in.
    #[serde(default)]
    pub(super) is_required: bool,
    /// What can be chosen, where something can.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(super) choices: Vec<String>,
}

/// What a program says about a field.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldInput {
    /// What people call it.
    #[schemars(length(min = 1, max = 80))]
    pub(super) label: String,
    /// What helps to fill it in.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(super) hint: String,
    /// Whether it has to be filled in.
    #[serde(default)]
    pub(super) is_required: bool,
    /// What can be chosen, where something can.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(super) choices: Vec<String>,
}

/// `GET /api/v1/fields`
///
/// # Errors
/// The database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<FieldsQuery>,
) -> Result<Listed<FieldDocument>, Failure> {
    let wanted = query.noun.map(NounWord::key);
    let found = db
        .read(move |tx| {
            let mut found = Vec::new();
            for noun in nouns(tx.attached())
                .into_iter()
                .filter(|noun| wanted.is_none_or(|key| key == noun.key))
            {
                found.extend(super::all(tx, actor.workspace, noun)?);
            }
            Ok::<_, Failure>(found)
        })
        .await?;
    Ok(Listed::whole(found.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/fields`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<NewFieldInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let text = FieldText {
            key: input.key.clone(),
            label: input.label.clone(),
            hint: input.hint.clone(),
            is_required: input.is_required,
            choices: input.choices.clone(),
        };
        let noun = noun(tx.attached(), input.noun.key()).ok_or(FieldError::Unknown)?;
        let field = super::add(tx, &actor, noun, input.kind, &text)?;
        let location = format!("/api/v1/fields/{}", field.id);
        Ok(Single::made(&FieldDocument::from(field), location))
    })
    .await
}

/// `GET /api/v1/fields/{id}`
///
/// # Errors
/// No such field here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<FieldId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/fields/{id}`
///
/// # Errors
/// An older state, a text that does not fit, no such field here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<FieldId>,
    state: IfMatch,
    Sent(input): Sent<FieldInput>,
) -> Result<Single, Failure> {
    let text = FieldText {
        key: String::new(),
        label: input.label,
        hint: input.hint,
        is_required: input.is_required,
        choices: input.choices,
    };
    db.write(move |tx| {
        let now = known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/fields/{id}/archiving`
///
/// # Errors
/// Another state than the one named, no such field here, a missing permission, or the database's.
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<FieldId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::archive(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/fields/{id}/archiving`
///
/// # Errors
/// As of [`archive`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<FieldId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::restore(tx, &actor, id)?))
    })
    .await
}

/// Gives a thing the values that a program names; null takes one away, what is not named stays.
///
/// # Errors
/// Values that do not fit, with a pointer to each; keys of no field; the database's.
pub fn fill(
    tx: &mut Tx<'_>,
    actor: &Actor,
    noun: &'static Noun,
    subject: AnyId,
    wanted: &BTreeMap<String, Value>,
) -> Result<(), Failure> {
    let values = read(tx, actor.workspace, noun, wanted)?;
    super::set(tx, actor, noun, subject, &values)?;
    Ok(())
}

/// The values that a program names, of the fields that have these keys.
///
/// # Errors
/// Values of another kind, with a pointer to each; keys of no field; the database's.
pub fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    noun: &'static Noun,
    wanted: &BTreeMap<String, Value>,
) -> Result<BTreeMap<FieldId, Option<FieldValue>>, Failure> {
    let fields = super::open(tx, workspace, noun)?;
    let (mut values, mut failure) = (BTreeMap::new(), None::<Failure>);
    let mut refuse = |key: &str, reason: &str| {
        let before = failure
            .take()
            .unwrap_or_else(|| Failure::new(&super::failures::VALUES));
        failure = Some(before.pointer(format!("/fields/{key}"), reason));
    };
    for (key, value) in wanted {
        let Some(field) = fields.iter().find(|field| field.text.key == *key) else {
            refuse(key, "the key of a field in use: GET /api/v1/fields lists them");
            continue;
        };
        match FieldValue::read(field, value) {
            Ok(value) => {
                values.insert(field.id, value);
            }
            Err(trouble) => refuse(key, trouble.reason()),
        }
    }
    match failure {
        Some(failure) => Err(failure),
        None => Ok(values),
    }
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: FieldId) -> Result<Field, FieldError> {
    super::find(tx, actor, id)?.ok_or(FieldError::Unknown)
}

fn single(field: Field) -> Single {
    Single::of(&FieldDocument::from(field))
}
