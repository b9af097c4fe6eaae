//! What is counted of tickets of a past that is made up, many at once; and packing what is stale.

mod store;

use std::collections::BTreeSet;

use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use tandem_core::accounts::AccountId;
use tandem_core::tiers;
use tandem_core::workspaces::WorkspaceId;

use super::fact::{Around, Fact};
use super::{reading, store as facts};
use crate::tickets::{Ticket, TicketId};
use crate::working;

/// How many days are packed in one transaction.
const DAYS: i64 = 100;

/// Counts tickets that were not counted before, as [`super::follow`] would one by one.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    lived: &[(&Ticket, Around)],
) -> Result<(), DbError> {
    let calendar = working::calendar(tx, workspace)?;
    let accounts: BTreeSet<AccountId> = lived.iter().filter_map(|(ticket, _)| ticket.account).collect();
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let tiers = tiers::of(tx, workspace, &accounts)?;
    let tier = |ticket: &Ticket| {
        let standing = tiers.get(&ticket.account?)?;
        Some(standing.tier.as_ref()?.id.uuid())
    };
    let lived: Vec<Fact> = lived
        .iter()
        .map(|(ticket, around)| {
            let around = Around {
                tier: tier(ticket),
                ..around.clone()
            };
            Fact::of(ticket, around, &calendar)
        })
        .collect();
    store::insert(tx, workspace, &lived)?;
    let opened: BTreeSet<_> = lived.iter().map(|fact| fact.opened_day).collect();
    for day in opened {
        facts::mark(tx, workspace, (facts::Side::Opened, day))?;
    }
    let solved: BTreeSet<_> = lived.iter().filter_map(|fact| fact.solved_day).collect();
    for day in solved {
        facts::mark(tx, workspace, (facts::Side::Solved, day))?;
    }
    Ok(())
}

/// Counts a ticket no more: it is going away.
pub(crate) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<(), DbError> {
    let Some(fact) = facts::find(tx, workspace, ticket)? else {
        return Ok(());
    };
    store::delete(tx, workspace, ticket)?;
    facts::mark(tx, workspace, (facts::Side::Opened, fact.opened_day))?;
    match fact.solved_day {
        Some(day) => facts::mark(tx, workspace, (facts::Side::Solved, day)),
        None => Ok(()),
    }
}

/// Packs all days that are stale now, without waiting for the clock.
///
/// # Errors
/// The database's.
pub async fn pack(db: &Db) -> Result<(), DbError> {
    loop {
        let packed = db
            .write(|tx| {
                let stale = facts::stale(tx, DAYS)?;
                for (workspace, side, day) in &stale {
                    let side = facts::Side::BOTH.into_iter().find(|one| one.as_str() == side);
                    if let Some(side) = side {
                        reading::pack(tx, *workspace, (side, *day))?;
                    }
                }
                Ok::<_, DbError>(stale.len())
            })
            .await?;
        if packed == 0 {
            return Ok(());
        }
    }
}
