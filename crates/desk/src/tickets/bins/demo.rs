//! Sample data: a ticket that nobody asked for.

use kit::db::Tx;
use tandem_core::actor::Actor;

use super::super::{NewTicket, TicketError, opening};

/// Opens it and marks it as spam.
///
/// # Errors
/// The database's.
pub(crate) fn fill(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), TicketError> {
    let new = NewTicket {
        subject: "Your parcel waits: confirm the address".to_owned(),
        body: "We could not deliver your parcel. Open the link within 24 hours and confirm where you live."
            .to_owned(),
        ..NewTicket::default()
    };
    let ticket = opening::open(tx, actor, &new)?;
    super::mark(tx, actor, ticket.id, false).map(drop)
}
