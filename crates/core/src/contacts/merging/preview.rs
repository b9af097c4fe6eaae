//! What a merge of two contacts would bring together, before it is done.

use kit::db::Tx;
use kit::id::TypedId;

use crate::actor::Actor;
use crate::contacts::identities::{self, Identity};
use crate::contacts::memberships::{self, Membership};
use crate::contacts::{Contact, ContactError, ContactId, NOUN};
use crate::tags::{self, Tag};

/// What is known of one of the two.
#[derive(Debug)]
pub(in crate::contacts) struct Side {
    /// By what they are known.
    pub(in crate::contacts) identities: Vec<Identity>,
    /// Where they are and were, with the accounts' names.
    pub(in crate::contacts) memberships: Vec<(Membership, String)>,
    /// Their tags.
    pub(in crate::contacts) tags: Vec<Tag>,
    /// Who was merged into them before.
    pub(in crate::contacts) parts: Vec<Contact>,
}

/// Two contacts beside each other.
#[derive(Debug)]
pub(in crate::contacts) struct Preview {
    /// Who would stand for both.
    pub(in crate::contacts) kept: Contact,
    /// Who would be shown under the other.
    pub(in crate::contacts) gone: Contact,
    /// What is known of the first.
    pub(in crate::contacts) ours: Side,
    /// What is known of the other; all of it is shown at the first from then on.
    pub(in crate::contacts) theirs: Side,
}

impl Preview {
    /// What is known of both, as who stands for them.
    ///
    /// # Errors
    /// [`ContactError::BadMerge`] when they are one already or the other is none of this workspace;
    /// [`ContactError::Unknown`], or the database's.
    pub(in crate::contacts) fn of(
        tx: &mut Tx<'_>,
        actor: &Actor,
        kept: ContactId,
        gone: ContactId,
    ) -> Result<Self, ContactError> {
        let kept = root(tx, actor, kept)?.ok_or(ContactError::Unknown)?;
        let gone = root(tx, actor, gone)?.ok_or(ContactError::BadMerge)?;
        if kept.id == gone.id {
            return Err(ContactError::BadMerge);
        }
        Ok(Self {
            ours: side(tx, actor, kept.id)?,
            theirs: side(tx, actor, gone.id)?,
            kept,
            gone,
        })
    }
}

fn root(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Option<Contact>, ContactError> {
    match crate::contacts::find(tx, actor, id)? {
        Some(contact) if contact.is_merged() => crate::contacts::find(tx, actor, contact.root),
        found => Ok(found),
    }
}

fn side(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Side, ContactError> {
    Ok(Side {
        identities: identities::of(tx, actor, id)?,
        memberships: memberships::of_contact(tx, actor, id)?,
        tags: tags::of(tx, actor.workspace, &NOUN, id.uuid())?,
        parts: super::merged_into(tx, actor, id)?,
    })
}
