//! What the account says of how a ticket should be treated: a priority to consider and whom to tell, with the reasons. It is
//! only said; nothing changes before somebody accepts it.
//!
//! Three things count: the account renews within sixty days; it is not well (in the worst band, ten points down in a month, or
//! with an open warning); it brings at least what an account here usually brings. Two of them make a high priority worth
//! considering; all three, with thirty days or less to go, an urgent one.

pub mod api;
mod views;
pub mod web;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::money::Money;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::bridge::{self, Standing};
use tandem_core::permissions::Permission;
use tandem_core::{assignment, workspaces, worth};

use super::{Priority, Ticket, followers};

pub(super) use views::{Line, said};

/// Days before a renewal from which on it counts.
const SOON: i64 = 60;
/// And from which on it presses.
const NEXT: i64 = 30;
/// Points down in a month that count.
const FALL: f64 = 10.0;

/// What is known of a ticket's account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// How it stands.
    pub standing: Option<Standing>,
    /// Days until it renews or ends.
    pub renews: Option<i64>,
    /// What it brings in a year.
    pub arr: Option<Money>,
    /// Who looks after it, unless they have the ticket or follow it.
    pub owner: Option<(AgentId, String)>,
}

/// A reason.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It renews in so many days.
    Renews(i64),
    /// It brings so much in a year.
    Brings(Money),
    /// Its score fell to this.
    Fell(f64),
    /// Its score is in the worst band.
    Poor(f64),
    /// So many warnings are open.
    Warned(i64),
}

/// What to consider, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    /// The reasons.
    pub why: Vec<Why>,
    /// A priority that is above the ticket's.
    pub priority: Option<Priority>,
    /// Who does not know of the ticket yet and should.
    pub owner: Option<(AgentId, String)>,
}

/// What the account says of how a ticket should be treated; nothing where it says nothing or that has been done.
pub fn hint(priority: Priority, known: &Known) -> Option<Hint> {
    let standing = known.standing.as_ref();
    let soon = known.renews.filter(|days| (0..=SOON).contains(days));
    let fell = standing.and_then(|one| Some((one.score?, one.before?)));
    let fell = fell
        .filter(|(now, before)| before - now >= FALL)
        .map(|(now, _)| now);
    let poor = standing.filter(|one| one.is_poor).and_then(|one| one.score);
    let warnings = standing.map_or(0, |one| one.warnings);
    let is_unwell = fell.is_some() || standing.is_some_and(|one| one.is_poor) || warnings > 0;
    let is_large = standing.is_some_and(|one| one.is_large);
    let counts = i64::from(soon.is_some()) + i64::from(is_unwell) + i64::from(is_large);
    if counts < 2 {
        return None;
    }
    let worth_considering = match soon {
        Some(days) if counts == 3 && days <= NEXT => Priority::Urgent,
        _ => Priority::High,
    };
    let mut why: Vec<Why> = soon.map(Why::Renews).into_iter().collect();
    why.extend(known.arr.filter(|_| is_large || soon.is_some()).map(Why::Brings));
    why.extend(match (fell, poor) {
        (Some(now), _) => Some(Why::Fell(now)),
        (None, poor) => poor.map(Why::Poor),
    });
    why.extend((warnings > 0).then_some(Why::Warned(warnings)));
    let hint = Hint {
        why,
        priority: Some(worth_considering).filter(|one| *one > priority),
        owner: known.owner.clone(),
    };
    (hint.priority.is_some() || hint.owner.is_some()).then_some(hint)
}

/// The hint of a ticket, as far as the actor may know its reasons.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<Option<Hint>, DbError> {
    let is_open = !ticket.status.is_over();
    let Some(account) = ticket
        .account
        .filter(|_| is_open && actor.may(Permission::AccountsRead))
    else {
        return Ok(None);
    };
    let mut known = Known {
        standing: bridge::standings(tx, actor, &[account])?.remove(&account),
        ..Known::default()
    };
    if actor.may(Permission::MoneyRead)
        && let Some(worth) = worth::of(tx, actor.workspace, &[account])?.remove(&account)
    {
        let today: Day = workspaces::today(tx, actor.workspace)?;
        known.renews = worth.renews.map(|day| today.days_until(day));
        known.arr = Some(worth.year());
    }
    if let Some(span) = assignment::of(tx, actor.workspace, &[account])?.remove(&account) {
        let followers = followers::ids(tx, actor.workspace, ticket.id)?;
        let knows = |agent: AgentId| {
            ticket.agent == Some(agent) || actor.agent() == Some(agent) || followers.contains(&agent)
        };
        known.owner = Some((span.agent, span.name)).filter(|(agent, _)| !knows(*agent));
    }
    Ok(hint(ticket.priority, &known))
}

#[cfg(test)]
mod tests;
