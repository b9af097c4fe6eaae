//! Who asks, where nobody but they themselves says so: the writer of a mail, whoever fills in a form.

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};

/// The contact with an address, known by it or made by it; called so where they are new. An address that is none leaves nobody.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn who(
    tx: &mut Tx<'_>,
    actor: &Actor,
    address: &str,
    name: &str,
) -> Result<Option<ContactId>, DbError> {
    let Ok(identity) = NewIdentity::email(address).checked() else {
        return Ok(None);
    };
    if let Some(known) = identities::who_is(tx, actor.workspace, &identity)? {
        return Ok(Some(known.root));
    }
    let name = match name.trim() {
        "" => address.split('@').next().unwrap_or(address),
        name => name,
    };
    let text = ContactText {
        name: name.chars().take(200).collect(),
        ..ContactText::default()
    };
    let introduction = Introduction {
        identities: vec![identity],
        membership: None,
    };
    match tx.attempt(|tx| contacts::add(tx, actor, &text, &introduction)) {
        Ok(contact) => Ok(Some(contact.root)),
        Err(contacts::ContactError::Db(error)) => Err(error),
        Err(_) => Ok(None),
    }
}
