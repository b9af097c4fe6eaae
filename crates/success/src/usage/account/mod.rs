//! What an account does with the product: who is active, what they use, when they were last seen, and how that moves.

pub mod api;
mod documents;
mod store;
mod taken;
mod views;
pub mod web;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::web::{Code, Failure};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::contacts::{self, ContactError, ContactId};
use tandem_core::panels::{Panel, Place, Width};
use tandem_core::permissions::Permission;
use tandem_core::subscriptions;

use super::counts;
use super::measures::{self, Trend};
use super::people::{self, NameId};

pub use taken::{Taken, taken};

/// How many days of features and people are shown.
pub const WINDOW: i64 = 30;
/// How many weeks the line shows.
pub const WEEKS: i64 = 13;
/// How many features and people are shown.
const SHOWN: i64 = 20;

/// After how many seconds a program asks again while numbers rest.
const AGAIN: u32 = 5;
const RESTING: Code = Code::new(
    "usage-resting",
    http::StatusCode::SERVICE_UNAVAILABLE,
    "usage-account-resting",
);

/// The panel of the account's page.
pub const PANEL: Panel = Panel {
    width: Width::Line,
    lines: 5,
    ..Panel::new(
        "usage",
        Place::Account,
        Permission::UsageRead,
        "/accounts/{id}/usage",
    )
};

/// What an account does with the product.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    /// Different people who did something that counts in the last seven days, today with them.
    pub active_7: i64,
    /// The same in thirty.
    pub active_30: i64,
    /// Events in thirty days.
    pub events_30: i64,
    /// When anybody was last seen.
    pub last: Option<Timestamp>,
    /// The same in each of the last weeks, the oldest first.
    pub weeks: Vec<i64>,
    /// Which way they go; none where too few weeks are known.
    pub trend: Option<Trend>,
    /// Seats that are paid for; none where none are known.
    pub seats: i64,
    /// What was used in thirty days, by most people first.
    pub features: Vec<Feature>,
    /// Who was there in thirty days, the last seen first.
    pub people: Vec<PersonUse>,
}

/// What was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// The call: `track`, `page` or `screen`.
    pub call: String,
    /// Its name.
    pub name: String,
    /// How many different people used it.
    pub people: i64,
    /// How often.
    pub events: i64,
    /// When last.
    pub last: Timestamp,
}

/// Who was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonUse {
    /// The contact that they are, if one is known.
    pub contact: Option<ContactId>,
    /// What they are called.
    pub name: String,
    /// How often they did something.
    pub events: i64,
    /// When they were last seen.
    pub last: Timestamp,
}

/// Why nothing is shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such account here.
    #[error("there is no such account")]
    Unknown,
    /// What was done is being put down to another account, so far of so much.
    #[error("the usage of the account is being put together: {0} of {1}")]
    Resting(i64, i64),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<UsageError> for Failure {
    fn from(error: UsageError) -> Self {
        match error {
            UsageError::Forbidden(missing) => {
                Self::of(http::StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            UsageError::Unknown => Self::of(http::StatusCode::NOT_FOUND),
            UsageError::Resting(..) => Self::new(&RESTING).retry_after(AGAIN),
            UsageError::Db(error) => error.into(),
        }
    }
}

/// What an account did with the product until `today`.
///
/// # Errors
/// [`UsageError::Unknown`] for an account of no or another workspace; [`UsageError::Resting`] while half of it would be seen.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, today: Day) -> Result<Usage, UsageError> {
    actor.must(Permission::UsageRead)?;
    let workspace = actor.workspace;
    if !accounts::exists(tx, workspace, account)? {
        return Err(UsageError::Unknown);
    }
    if let Some((done, total)) = people::shifting::resting(tx, workspace, account)? {
        return Err(UsageError::Resting(done, total));
    }
    let since = today.plus_days(1 - 7 * WEEKS);
    let rows = store::presence(tx, workspace, account, (since, today))?;
    let mut usage = summed(&rows, today);
    if let Some(keys) = counts::keys(tx, workspace)? {
        let active = store::active(tx, workspace, account, (since, today), &keys)?;
        let active = summed(&active, today);
        (usage.active_7, usage.active_30, usage.weeks) = (active.active_7, active.active_30, active.weeks);
    }
    usage.trend = measures::trend_of(tx, workspace, account, (&usage.weeks, today))?;
    usage.last = store::last(tx, workspace, account)?;
    let mut paid = subscriptions::of(tx, workspace, account)?;
    paid.retain(|one| one.is_active_on(today));
    usage.seats = paid.iter().map(|one| one.price_on(today).seats).sum();
    let window = (today.plus_days(1 - WINDOW), today);
    usage.features = store::features(tx, workspace, account, window, SHOWN)?;
    let people = store::people(tx, workspace, account, window, SHOWN)?;
    let ids: Vec<Uuid> = people.iter().map(|(who, ..)| *who).collect();
    let (contacts, titles) = called(tx, actor, &ids)?;
    usage.people = people
        .into_iter()
        .map(|(who, events, last)| PersonUse {
            contact: Some(ContactId::from_uuid(who)).filter(|id| contacts.contains_key(id)),
            name: contacts
                .get(&ContactId::from_uuid(who))
                .or_else(|| titles.get(&NameId::from_uuid(who)))
                .cloned()
                .unwrap_or_default(),
            events,
            last,
        })
        .collect();
    Ok(usage)
}

/// Somebody was there on a day, and did so much.
pub(super) struct Presence {
    pub(super) who: Uuid,
    pub(super) day: Day,
    pub(super) events: i64,
}

/// The figures of who was there when.
fn summed(rows: &[Presence], today: Day) -> Usage {
    let within = |days: i64| {
        let people: BTreeSet<Uuid> = rows
            .iter()
            .filter(|row| row.day.days_until(today) < days)
            .map(|row| row.who)
            .collect();
        i64::try_from(people.len()).unwrap_or(i64::MAX)
    };
    let mut weeks: BTreeMap<i64, BTreeSet<Uuid>> = BTreeMap::new();
    for row in rows {
        let week = WEEKS - 1 - row.day.days_until(today) / 7;
        weeks.entry(week).or_default().insert(row.who);
    }
    let count = |week: i64| weeks.get(&week).map_or(0, |people| people.len() as i64);
    let recent = rows.iter().filter(|row| row.day.days_until(today) < WINDOW);
    Usage {
        active_7: within(7),
        active_30: within(WINDOW),
        events_30: recent.map(|row| row.events).sum(),
        weeks: (0..WEEKS).map(count).collect(),
        ..Usage::default()
    }
}

type Called = (HashMap<ContactId, String>, HashMap<NameId, String>);

/// What people are called, who are contacts or not.
fn called(tx: &mut Tx<'_>, actor: &Actor, ids: &[Uuid]) -> Result<Called, DbError> {
    let as_contacts: Vec<ContactId> = ids.iter().copied().map(ContactId::from_uuid).collect();
    let as_names: Vec<NameId> = ids.iter().copied().map(NameId::from_uuid).collect();
    let contacts = match contacts::names(tx, actor, &as_contacts) {
        Ok(names) => names,
        // Who may not see contacts sees that somebody was there.
        Err(ContactError::Forbidden(_)) => HashMap::new(),
        Err(ContactError::Db(error)) => return Err(error),
        Err(_) => HashMap::new(),
    };
    let titles = people::titles(tx, actor.workspace, &as_names)?;
    Ok((contacts, titles.into_iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_counts_once_in_each_window() {
        let today: Day = "2026-11-22".parse().unwrap();
        let row = |who: u128, ago: i64| Presence {
            who: Uuid::from_u128(who),
            day: today.plus_days(-ago),
            events: 2,
        };
        let usage = summed(
            &[
                row(1, 0),
                row(1, 6),
                row(2, 7),
                row(3, 29),
                row(3, 30),
                row(4, 90),
            ],
            today,
        );
        assert_eq!((usage.active_7, usage.active_30, usage.events_30), (1, 3, 8));
        assert_eq!(usage.weeks.len(), 13);
        assert_eq!(
            (usage.weeks[12], usage.weeks[11], usage.weeks[8], usage.weeks[0]),
            (1, 1, 1, 1)
        );
        assert_eq!(usage.weeks.iter().sum::<i64>(), 4);
    }
}
