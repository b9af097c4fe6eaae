//! Who was faster: a field of a ticket that somebody else has changed since whoever changes it now looked at it.

use kit::db::Tx;
use kit::i18n::Text;
use tandem_core::actor::Actor;

use super::names::{Names, signed};
use super::{Change, Field, Ticket, TicketError, TicketId, history};

/// How many of a ticket's changes are looked through for the one that was faster.
const LOOKED: i64 = 100;

/// A field that somebody wants to have another value.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) field: Field,
    /// What is to stand there, as [`Ticket::value`] writes it.
    pub(super) value: String,
    /// What stood there when they looked; none where the form does not say.
    pub(super) seen: Option<String>,
}

impl Wish {
    pub(super) fn value(&self) -> (Field, String) {
        (self.field, self.value.clone())
    }

    /// Whether something else stands there now than they saw, and than they want.
    fn is_late(&self, ticket: &Ticket) -> bool {
        let now = ticket.value(self.field);
        self.seen.as_ref().is_some_and(|seen| *seen != now) && now != self.value
    }
}

/// The sentence that says who was faster at one of the fields, and what stands there now. One's own change is no news.
///
/// # Errors
/// [`TicketError`] for a missing permission or a ticket that is none here.
pub(super) fn faster(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, wishes): (TicketId, &[Wish]),
    t: &Text,
) -> Result<Option<String>, TicketError> {
    let ticket = super::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    let late: Vec<&Wish> = wishes.iter().filter(|wish| wish.is_late(&ticket)).collect();
    if late.is_empty() {
        return Ok(None);
    }
    let changes = history::store::changes(tx, actor.workspace, id, LOOKED)?;
    let own = actor.signature();
    let mut all = late
        .into_iter()
        .map(|wish| (wish, last_author(&changes, wish.field)));
    let Some((late, author)) = all.find(|(_, author)| *author != Some(own.as_str())) else {
        return Ok(None);
    };
    let names = Names::of(tx, actor, std::slice::from_ref(&ticket))?;
    let value = names.value(t, late.field, &ticket.value(late.field));
    let (name, field) = (signed(t, author.unwrap_or_default()), t.say(late.field.text()));
    let said = kit::args!(
        name = name.as_str(),
        field = field.as_str(),
        value = value.as_str()
    );
    Ok(Some(t.say_with("tickets-meanwhile", said)))
}

/// Who changed a field last.
fn last_author(changes: &[Change], field: Field) -> Option<&str> {
    let last = changes.iter().find(|change| change.field == field);
    last.map(|change| change.author.as_str())
}
