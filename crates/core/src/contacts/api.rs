//! Contacts for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::id::TypedId;
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Limit, Listed, Posted, Sent, Single, cursor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::finding;
use super::identities::api::{IdentityDocument, IdentityInput};
use super::memberships::ContactRole;
use super::memberships::api::{MembershipDocument, MembershipInput};
use super::{
    Contact, ContactError, ContactId, ContactText, Cursor, Introduction, LIST, NOUN, identities, memberships,
};
use crate::actor::Actor;
use crate::nouns::Marks;
use crate::tags::TagId;

/// A contact: a person at accounts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Contact")]
pub struct ContactDocument {
    /// Their id.
    pub(super) id: ContactId,
    /// The contact who stands for them; their own id unless they were merged.
    pub(super) stands_for: ContactId,
    /// Their name.
    pub(super) name: String,
    /// The language they are written to in (BCP 47); null for the workspace's.
    pub(super) language: Option<String>,
    /// Their time zone (IANA); null for the workspace's.
    pub(super) time_zone: Option<String>,
    /// What everybody should know before speaking to them.
    pub(super) note: String,
    /// Grows by one with every change of what is written about them.
    pub(super) version: i64,
    /// When they came: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When what is written about them last changed: microseconds since 1970-01-01 UTC.
    pub(super) changed_at: i64,
}

/// A contact with what they are known by and where they are.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WholeContact")]
pub struct WholeDocument {
    /// The contact.
    #[serde(flatten)]
    pub(super) contact: ContactDocument,
    /// By what they are known.
    pub(super) identities: Vec<IdentityDocument>,
    /// Where they are and were.
    pub(super) memberships: Vec<MembershipDocument>,
    /// Their tags.
    pub(super) tags: Vec<String>,
    /// What stands in the workspace's own fields, by their keys; null where a field is empty.
    pub(super) fields: BTreeMap<String, Value>,
}

impl From<Contact> for ContactDocument {
    fn from(contact: Contact) -> Self {
        Self {
            id: contact.id,
            stands_for: contact.root,
            name: contact.text.name,
            language: contact.text.language,
            time_zone: contact.text.time_zone,
            note: contact.text.note,
            version: contact.version,
            created_at: contact.created_at.0,
            changed_at: contact.changed_at.0,
        }
    }
}

/// Where to go on in the list, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactsQuery {
    /// The cursor of the part before: its `next`.
    after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    limit: Limit,
    /// A part of the name.
    #[serde(default)]
    q: String,
    /// An account's id, or how its name begins; `none` for those who are at no account.
    #[serde(default)]
    account: String,
    /// A role at an account: `champion`, `decision_maker`, `user` or `billing`.
    role: Option<ContactRole>,
    /// A tag that they have.
    tag: Option<TagId>,
}

/// What a program says about a contact.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactInput {
    /// Their name; blanks around it are taken away.
    #[schemars(length(min = 1, max = 200))]
    pub(super) name: String,
    /// The language they are written to in (BCP 47); nothing for the workspace's.
    #[schemars(length(max = 35))]
    pub(super) language: Option<String>,
    /// Their time zone (IANA); nothing for the workspace's.
    #[schemars(length(max = 100))]
    pub(super) time_zone: Option<String>,
    /// What everybody should know before speaking to them.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub(super) note: String,
    /// Their tags, in place of those they have; left out they stay.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(super) tags: Option<Vec<String>>,
    /// Values of the workspace's own fields by their keys; null takes one away, what is left out stays.
    #[serde(default)]
    pub(super) fields: BTreeMap<String, Value>,
}

/// A new contact, with what they are known by and where they are.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContactInput {
    /// Their name; blanks around it are taken away.
    #[schemars(length(min = 1, max = 200))]
    pub(super) name: String,
    /// The language they are written to in (BCP 47); nothing for the workspace's.
    #[schemars(length(max = 35))]
    pub(super) language: Option<String>,
    /// Their time zone (IANA); nothing for the workspace's.
    #[schemars(length(max = 100))]
    pub(super) time_zone: Option<String>,
    /// What everybody should know before speaking to them.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub(super) note: String,
    /// By what they are known.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(super) identities: Vec<IdentityInput>,
    /// The account they are at.
    pub(super) membership: Option<MembershipInput>,
    /// Their tags, in place of those they have; left out they stay.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(super) tags: Option<Vec<String>>,
    /// Values of the workspace's own fields by their keys; null takes one away, what is left out stays.
    #[serde(default)]
    pub(super) fields: BTreeMap<String, Value>,
}

impl ContactInput {
    fn text(&self) -> ContactText {
        ContactText {
            name: self.name.clone(),
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
            note: self.note.clone(),
        }
    }
}

impl NewContactInput {
    fn text(&self) -> ContactText {
        ContactText {
            name: self.name.clone(),
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
            note: self.note.clone(),
        }
    }

    fn introduction(&self) -> Result<Introduction, Failure> {
        let membership = self.membership.as_ref();
        Ok(Introduction {
            identities: self.identities.iter().map(IdentityInput::asked).collect(),
            membership: membership
                .map(|input| Ok::<_, Failure>((input.account, input.text()?)))
                .transpose()?,
        })
    }
}

/// `GET /api/v1/contacts`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<ContactsQuery>,
) -> Result<Listed<ContactDocument>, Failure> {
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let wishes = finding::Wishes {
        q: query.q,
        account: query.account,
        role: query
            .role
            .map(|role| role.as_str().to_owned())
            .unwrap_or_default(),
        tag: query.tag.map(|tag| tag.to_string()).unwrap_or_default(),
    };
    let contacts = db
        .read(move |tx| finding::found(tx, &actor, &wishes, from.as_ref(), query.limit.and_one()))
        .await?;
    let listed = Listed::of(contacts, query.limit, |last| last.cursor().encode());
    Ok(listed.linked(&address))
}

/// `POST /api/v1/contacts`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<NewContactInput>,
) -> Result<Response, Failure> {
    let (text, introduction) = (input.text(), input.introduction()?);
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let contact = super::add(tx, &actor, &text, &introduction)?;
        keep(tx, &actor, contact.root, input.tags.as_deref(), &input.fields)?;
        let location = format!("/api/v1/contacts/{}", contact.id);
        let whole = whole(tx, &actor, contact)?;
        Ok(Single::made(&whole, location))
    })
    .await
}

/// `GET /api/v1/contacts/{id}`
///
/// # Errors
/// No such contact here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<ContactId>) -> Result<Single, Failure> {
    db.read(move |tx| {
        let contact = super::find(tx, &actor, id)?.ok_or(ContactError::Unknown)?;
        Ok(Single::of(&whole(tx, &actor, contact)?))
    })
    .await
}

/// `PUT /api/v1/contacts/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such contact here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ContactId>,
    state: IfMatch,
    Sent(input): Sent<ContactInput>,
) -> Result<Single, Failure> {
    let text = input.text();
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(ContactError::Unknown)?;
        let version = now.version;
        state.must_hold(&Single::of(&whole(tx, &actor, now)?))?;
        let contact = super::change(tx, &actor, id, version, &text)?;
        keep(tx, &actor, contact.root, input.tags.as_deref(), &input.fields)?;
        Ok(Single::of(&whole(tx, &actor, contact)?))
    })
    .await
}

/// Keeps what other features know of a contact.
fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ContactId,
    tags: Option<&[String]>,
    fields: &BTreeMap<String, Value>,
) -> Result<(), Failure> {
    if let Some(tags) = tags {
        crate::tags::api::set(tx, actor, &NOUN, id.into(), tags)?;
    }
    if !fields.is_empty() {
        crate::fields::api::fill(tx, actor, &NOUN, id.into(), fields)?;
    }
    Ok(())
}

/// A contact as programs see it.
pub(super) fn whole(tx: &mut Tx<'_>, actor: &Actor, contact: Contact) -> Result<WholeDocument, ContactError> {
    let known = identities::of(tx, actor, contact.root)?;
    let there = memberships::of_contact(tx, actor, contact.root)?;
    let root = contact.root.uuid();
    let mut marks = Marks::of(tx, actor, &NOUN, &[root])?;
    let marks = marks.remove(&root).unwrap_or_default();
    Ok(WholeDocument {
        tags: marks.tags,
        fields: marks.fields,
        contact: contact.into(),
        identities: known.into_iter().map(Into::into).collect(),
        memberships: there
            .into_iter()
            .map(|(membership, _)| membership.into())
            .collect(),
    })
}
