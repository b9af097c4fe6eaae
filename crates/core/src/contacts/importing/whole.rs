//! A contact as a row found them: what undoing puts back, and how it is seen that nobody has touched them since.

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use serde::{Deserialize, Serialize};

use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::contacts::identities::{self, Identity, IdentityId};
use crate::contacts::memberships::{self, ContactRole, Membership, MembershipId, MembershipText};
use crate::contacts::nouns::NOUN;
use crate::contacts::{Contact, ContactError, ContactId, ContactText};
use crate::fields::FieldId;
use crate::imports::marks;
use crate::imports::target;
use crate::tags;

/// Everything about a contact that a row can change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Whole {
    pub(super) id: ContactId,
    pub(super) version: i64,
    pub(super) is_merged: bool,
    name: String,
    language: Option<String>,
    time_zone: Option<String>,
    note: String,
    pub(super) identities: Vec<(IdentityId, String)>,
    pub(super) memberships: Vec<Standing>,
    /// The names of their tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) tags: Vec<String>,
    /// What stands in the workspace's own fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) fields: BTreeMap<FieldId, serde_json::Value>,
}

/// Where a contact is, as [`Whole`] keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Standing {
    pub(super) id: MembershipId,
    pub(super) account: AccountId,
    title: String,
    roles: Vec<ContactRole>,
    since: Option<jiff::civil::Date>,
    until: Option<jiff::civil::Date>,
}

impl Whole {
    pub(super) fn find(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Option<Self>, DbError> {
        match crate::contacts::store::find(tx, actor.workspace, id)? {
            Some(contact) => Self::of(tx, actor, &contact).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn of(tx: &mut Tx<'_>, actor: &Actor, contact: &Contact) -> Result<Self, DbError> {
        let trouble = |error| match error {
            ContactError::Db(error) => Some(error),
            _ => None,
        };
        let (known, standing) = (
            identities::of(tx, actor, contact.id),
            memberships::of_contact(tx, actor, contact.id),
        );
        // Whoever may write contacts may read them.
        let known = known.or_else(|error| trouble(error).map_or(Ok(Vec::new()), Err))?;
        let standing = standing.or_else(|error| trouble(error).map_or(Ok(Vec::new()), Err))?;
        let text = contact.text.clone();
        let tags = tags::of(tx, actor.workspace, &NOUN, contact.root.uuid())?;
        Ok(Self {
            tags: tags.into_iter().map(|tag| tag.name).collect(),
            fields: marks::values(tx, actor, &NOUN, contact.root.uuid())?,
            id: contact.id,
            version: contact.version,
            is_merged: contact.is_merged(),
            name: text.name,
            language: text.language,
            time_zone: text.time_zone,
            note: text.note,
            identities: known.into_iter().map(identity).collect(),
            memberships: standing
                .into_iter()
                .map(|(membership, _)| membership.into())
                .collect(),
        })
    }

    pub(super) fn text(&self) -> ContactText {
        ContactText {
            name: self.name.clone(),
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
            note: self.note.clone(),
        }
    }

    /// A number that another state would not have.
    pub(super) fn mark(&self) -> i64 {
        target::mark(&serde_json::to_string(self).expect("texts are always JSON"))
    }
}

fn identity(identity: Identity) -> (IdentityId, String) {
    let Identity {
        id,
        kind,
        value,
        verified,
        ..
    } = identity;
    (id, format!("{} {value} {}", kind.as_str(), verified.is_some()))
}

impl From<Membership> for Standing {
    fn from(membership: Membership) -> Self {
        let MembershipText {
            title,
            roles,
            since,
            until,
        } = membership.text;
        Self {
            id: membership.id,
            account: membership.account,
            title,
            roles,
            since,
            until,
        }
    }
}

impl Standing {
    pub(super) fn text(&self) -> MembershipText {
        MembershipText {
            title: self.title.clone(),
            roles: self.roles.clone(),
            since: self.since,
            until: self.until,
        }
    }
}
