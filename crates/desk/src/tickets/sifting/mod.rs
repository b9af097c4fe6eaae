//! Sifting tickets for programs: by what stands in their fields and since when, in parts that go on after one another.

mod store;

use kit::clock::Timestamp;
use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use kit::web::api::Limit;
use schemars::JsonSchema;
use serde::Deserialize;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::permissions::Permission;
use tandem_core::tags::TagId;
use tandem_core::teams::TeamId;
use tandem_core::touchpoints::Channel;

use super::listing::Cursor;
use super::{Kind, Priority, Status, Ticket, TicketError};
use crate::statuses::StatusId;

/// Which tickets, and which part of them.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketsQuery {
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
    /// A view: `mine`, `unassigned`, `open`, `waiting`, `on_hold`, `snoozed`, `solved`, `all`, `spam`, `trash`, the id of a
    /// team, or that of a view that somebody made. `all` unless told, which leaves out what is spam or in the trash.
    pub(super) view: Option<String>,
    /// Those of this account alone; then `view` is not asked.
    pub(super) account: Option<AccountId>,
    /// Those of this contact alone; then `view` is not asked.
    pub(super) contact: Option<ContactId>,
    /// Those that have come so far. With this or any of the following, `view` is not asked, and all of them have to fit.
    pub(super) status: Option<Status>,
    /// Those with this status of the workspace's own.
    pub(super) own_status: Option<StatusId>,
    /// Those of this agent.
    pub(super) agent: Option<AgentId>,
    /// Those of this team.
    pub(super) team: Option<TeamId>,
    /// Those with this tag.
    pub(super) tag: Option<TagId>,
    /// Those that press so much.
    pub(super) priority: Option<Priority>,
    /// Those of this sort.
    pub(super) kind: Option<Kind>,
    /// Those that came this way.
    pub(super) channel: Option<Channel>,
    /// Those in which somebody wrote at this moment or later: microseconds since 1970-01-01 UTC, as in `touched_at`.
    pub(super) updated_since: Option<i64>,
    /// Those that were opened at this moment or later: microseconds since 1970-01-01 UTC.
    pub(super) opened_since: Option<i64>,
}

impl TicketsQuery {
    /// What the tickets have to be like, where more is asked than whose they are.
    pub fn sieve(&self) -> Option<Sieve> {
        let word = |word: Option<&'static str>| word.unwrap_or_default();
        let sieve = Sieve {
            status: word(self.status.map(Status::as_str)),
            priority: word(self.priority.map(Priority::as_str)),
            kind: word(self.kind.map(Kind::as_str)),
            channel: word(self.channel.map(Channel::as_str)),
            own_status: id(self.own_status),
            agent: id(self.agent),
            team: id(self.team),
            tag: id(self.tag),
            updated_since: Timestamp(self.updated_since.unwrap_or(i64::MIN)),
            opened_since: Timestamp(self.opened_since.unwrap_or(i64::MIN)),
            account: Uuid::nil(),
            contact: Uuid::nil(),
        };
        let whose = Sieve {
            account: id(self.account),
            contact: id(self.contact),
            ..sieve
        };
        (sieve != Sieve::default()).then_some(whose)
    }
}

fn id<T: TypedId>(id: Option<T>) -> Uuid {
    id.map_or_else(Uuid::nil, TypedId::uuid)
}

/// What tickets have to be like: an empty word, the nil id and the earliest moment ask nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sieve {
    status: &'static str,
    priority: &'static str,
    kind: &'static str,
    channel: &'static str,
    own_status: Uuid,
    agent: Uuid,
    team: Uuid,
    tag: Uuid,
    account: Uuid,
    contact: Uuid,
    updated_since: Timestamp,
    opened_since: Timestamp,
}

impl Default for Sieve {
    fn default() -> Self {
        Self {
            status: "",
            priority: "",
            kind: "",
            channel: "",
            own_status: Uuid::nil(),
            agent: Uuid::nil(),
            team: Uuid::nil(),
            tag: Uuid::nil(),
            account: Uuid::nil(),
            contact: Uuid::nil(),
            updated_since: Timestamp(i64::MIN),
            opened_since: Timestamp(i64::MIN),
        }
    }
}

/// A part of the tickets that are so, what was written in last first.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    sieve: &Sieve,
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::part(tx, actor.workspace, sieve, from, limit)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_tickets_are_is_no_sieve_by_itself_and_goes_with_one() {
        let account: AccountId = "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().unwrap();
        let whose = TicketsQuery {
            account: Some(account),
            ..TicketsQuery::default()
        };
        assert_eq!(whose.sieve(), None);
        let urgent = TicketsQuery {
            priority: Some(Priority::Urgent),
            ..whose
        };
        let sieve = urgent.sieve().unwrap();
        assert_eq!((sieve.priority, sieve.account), ("urgent", account.uuid()));
    }
}
