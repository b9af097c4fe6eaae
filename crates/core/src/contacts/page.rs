//! The page of one contact, with a form on it that may have been refused.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::id::TypedId;
use kit::web::{Failure, Filled, Page};

use super::identities::{self, Identity};
use super::views::ContactPage;
use super::web::{PLACE, to};
use super::{Contact, ContactError, ContactId, memberships, merging};
use crate::actor::Actor;
use crate::panels::{self, PanelFrames, Place};
use crate::permissions::Permission;
use crate::tags::line::Tags;

/// How many possible doubles the page shows.
const ALIKE: i64 = 5;

/// What the page of a contact shows.
pub(super) struct Shown {
    pub(super) contact: Contact,
    pub(super) identities: Vec<Identity>,
    pub(super) memberships: Vec<(memberships::Membership, String)>,
    pub(super) parts: Vec<Contact>,
    pub(super) alike: Vec<(Contact, merging::Likeness)>,
}

fn shown(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Shown, ContactError> {
    let contact = super::find(tx, actor, id)?.ok_or(ContactError::Unknown)?;
    let root = contact.root;
    let alike = if contact.is_merged() {
        Vec::new()
    } else {
        merging::alike(tx, actor, &contact, ALIKE)?
    };
    Ok(Shown {
        identities: identities::of(tx, actor, root)?,
        memberships: memberships::of_contact(tx, actor, root)?,
        parts: merging::merged_into(tx, actor, root)?,
        alike,
        contact,
    })
}

/// The page of a contact with the form for another identity as it was filled in.
pub(super) async fn page_of(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: ContactId,
    form: &Filled,
) -> Result<Response, Failure> {
    let reader = actor.clone();
    let (shown, tags) = db
        .read(move |tx| {
            let shown = shown(tx, &reader, id)?;
            let tags = Tags::of(tx, &reader, &super::NOUN, shown.contact.root.uuid())?;
            Ok::<_, ContactError>((shown, tags))
        })
        .await?;
    if shown.contact.is_merged() {
        return Ok(to(shown.contact.root));
    }
    let (name, subject) = (shown.contact.text.name.clone(), id.to_string());
    let open = panels::of(db, Place::Contact, actor).await?;
    let view = ContactPage {
        t,
        shown,
        tags: tags.line(t, actor, &super::NOUN, &subject),
        form,
        panels: PanelFrames::new(t, open, &subject),
        may_write: actor.may(Permission::ContactsWrite),
        may_erase: actor.may(Permission::ContactsErase),
    };
    let page = Page::new(name, &view)
        .place(PLACE)
        .crumb(t.say("contacts-title"), "/contacts")
        .live(&*subject)
        .actions(&view.actions());
    let status = if form.is_good() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(page.status(status).into_response())
}
