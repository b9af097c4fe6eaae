//! Where a person goes on when a ticket is done with: to the next one of the list in which they opened it, to the list, or
//! nowhere, as they wish.

use kit::db::Tx;
use kit::web::{Filled, Onward};
use tandem_core::actor::Actor;

use super::acts::back;
use super::listing::{self, Cursor, View};
use super::pages::beside;
use super::{Status, Ticket, TicketError, TicketId};

/// How many of a list are looked at for one that is another.
const LOOKED: i64 = 2;

/// The place of a ticket in the list beside it, before something is done with it.
pub(super) struct Place {
    view: View,
    cursor: Cursor,
}

/// The place from which somebody goes on: none for who stays, for who opened the ticket by itself, and where it is not seen.
///
/// # Errors
/// [`TicketError`] of the list.
pub(super) fn place(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    filled: &Filled,
) -> Result<Option<Place>, TicketError> {
    let view = Some(filled.value("view")).filter(|_| !filled.value("onward").is_empty());
    let Some(view) = beside(tx, actor, view)? else {
        return Ok(None);
    };
    let Some(ticket) = super::find(tx, actor, id)? else {
        return Ok(None);
    };
    let order = listing::order(tx, actor, view)?;
    let cursor = listing::after(order, &ticket);
    Ok(Some(Place { view, cursor }))
}

/// Where to go on after something was done with a ticket.
///
/// # Errors
/// As of [`place`].
pub(super) fn to(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (ticket, from): (&Ticket, Option<&Place>),
    onward: Onward,
) -> Result<Option<String>, TicketError> {
    let Some(Place { view, cursor }) = from.filter(|_| ticket.status == Status::Solved) else {
        return Ok(None);
    };
    match onward {
        Onward::Stay => Ok(None),
        Onward::List => Ok(Some(format!("/inbox/{view}"))),
        Onward::Next => {
            // Below it, else the first: whoever was at the end of the list begins again.
            let below = listing::view(tx, actor, *view, Some(*cursor), LOOKED)?;
            let next = other(below, ticket.id);
            let next = match next {
                Some(next) => Some(next),
                None => other(listing::view(tx, actor, *view, None, LOOKED)?, ticket.id),
            };
            Ok(Some(match next {
                Some(next) => back(next, &view.to_string()),
                None => format!("/inbox/{view}"),
            }))
        }
    }
}

fn other(tickets: Vec<Ticket>, id: TicketId) -> Option<TicketId> {
    tickets.into_iter().map(|ticket| ticket.id).find(|one| *one != id)
}
