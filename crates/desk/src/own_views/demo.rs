//! Sample views.

use kit::db::Tx;
use tandem_core::actor::Actor;

use super::{Conditions, Order, ViewError, ViewText};
use crate::replies::Audience;
use crate::tickets::Priority;

/// Makes them for everyone.
///
/// # Errors
/// The database's.
pub fn fill(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), ViewError> {
    let open = || Conditions {
        shelves: vec!["open".to_owned()],
        ..Conditions::default()
    };
    let views = [
        (
            "High and urgent",
            Order::Urgent,
            Conditions {
                priorities: vec![Priority::High, Priority::Urgent],
                ..open()
            },
        ),
        (
            "Quiet for two days",
            Order::Oldest,
            Conditions {
                shelves: vec!["on_hold".to_owned(), "open".to_owned(), "waiting".to_owned()],
                quiet_hours: Some(48),
                ..Conditions::default()
            },
        ),
        (
            "Mine that wait",
            Order::Oldest,
            Conditions {
                shelves: vec!["on_hold".to_owned(), "waiting".to_owned()],
                agent: "me".to_owned(),
                ..Conditions::default()
            },
        ),
    ];
    for (name, order, conditions) in views {
        let text = ViewText {
            name: name.to_owned(),
            audience: Audience::Everyone,
            conditions,
            order,
        };
        super::add(tx, actor, &text)?;
    }
    Ok(())
}
