//! Which part of a list a page shows: so many tickets from a place on, or those of them that are unread.

use std::collections::BTreeSet;

use kit::db::Tx;
use tandem_core::actor::Actor;

use super::listing::{self, Cursor, PAGE, View};
use super::{Ticket, TicketError, TicketId, unread};
use crate::own_views::Order;

/// How many parts of a list are looked through for tickets that are unread.
const LOOKED: usize = 20;

/// Which part of a view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) view: View,
    pub(super) from: Option<Cursor>,
    pub(super) only_unread: bool,
}

impl From<View> for Asked {
    fn from(view: View) -> Self {
        Self {
            view,
            from: None,
            only_unread: false,
        }
    }
}

/// What a part holds, where the next one begins, and which of its tickets are unread.
pub(super) type Found = (Vec<Ticket>, Option<Cursor>, BTreeSet<TicketId>);

/// The tickets of a part. Of the unread ones only, up to so many parts are looked through at once; what is left is behind the
/// way on.
pub(super) fn part(tx: &mut Tx<'_>, actor: &Actor, asked: Asked) -> Result<Found, TicketError> {
    let order = listing::order(tx, actor, asked.view)?;
    let (mut found, mut from, mut unread) = (Vec::new(), asked.from, BTreeSet::new());
    let page = usize::try_from(PAGE).expect("a page is small");
    for _ in 0..LOOKED {
        let mut tickets = listing::view(tx, actor, asked.view, from, PAGE + 1)?;
        from = trim(&mut tickets, order);
        let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
        unread.extend(unread::among(tx, actor, &ids)?);
        if !asked.only_unread {
            found = tickets;
            break;
        }
        tickets.retain(|ticket| unread.contains(&ticket.id));
        found.extend(tickets);
        if from.is_none() || found.len() >= page {
            break;
        }
    }
    Ok((found, from, unread))
}

/// The address of the next part.
pub(super) fn next(view: View, cursor: Cursor, only_unread: bool) -> String {
    let more = if only_unread { "&unread=only" } else { "" };
    format!("/inbox/{view}?after={}{more}", cursor.encode())
}

/// Cuts a list that was read with one row too many to its page; gives where the next one begins.
fn trim(tickets: &mut Vec<Ticket>, order: Option<Order>) -> Option<Cursor> {
    let page = usize::try_from(PAGE).expect("a page is small");
    (tickets.len() > page).then(|| {
        tickets.truncate(page);
        listing::after(order, &tickets[page - 1])
    })
}
