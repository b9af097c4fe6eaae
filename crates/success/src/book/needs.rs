//! Who needs one: accounts with what presses there, the most pressing first.
//!
//! An account presses by its worst open alert (critical 4, high 3, medium 2, low 1; good news 1), by one more for a task that is
//! late, by one more where support left somebody unhappy, and by one more where nobody turned to it within the cadence of its
//! tier. Among equals the one that brings more comes first.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::Tx;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::metrics;
use tandem_core::permissions::Permission;
use tandem_core::tiers::service::measures::NEXT_TOUCH;
use tandem_core::{workspaces, worth};

use super::{BookError, store};
use crate::alerts::{self, Alert, Filter, Severity, State, Way, Whose};
use crate::tasks::{self, Task};

/// Alerts and tasks that are looked at, the most pressing of each.
const LOOKED_AT: i64 = 200;
/// What says that support left somebody unhappy.
const UNHAPPY: [&str; 3] = ["tickets.urgent", "tickets.reopened_90d", "surveys.unhappy_90d"];

/// A number of an account that says that somebody is unhappy: the metric and its value.
pub type Unhappy = (String, f64);

/// An account that needs somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Its open alerts, the worst first.
    pub alerts: Vec<Alert>,
    /// One's own tasks for it that are due, and whether they are late.
    pub tasks: Vec<(Task, bool)>,
    /// What says that somebody there is unhappy.
    pub unhappy: Vec<Unhappy>,
    /// The last day of its tier's cadence, where that is past.
    pub touch: Option<Day>,
    /// What it brings in a month, in minor units of the reporting currency; 0 for readers who may not see money.
    pub mrr: i64,
}

impl Need {
    fn of(account: AccountId, name: String) -> Self {
        Self {
            account,
            name,
            alerts: Vec::new(),
            tasks: Vec::new(),
            unhappy: Vec::new(),
            touch: None,
            mrr: 0,
        }
    }

    /// The worst alert.
    pub fn worst(&self) -> Option<&Alert> {
        self.alerts.first()
    }

    /// How much it presses.
    pub fn pressure(&self) -> i64 {
        let worst = self.alerts.iter().map(weight).max().unwrap_or(0);
        let is_late = self.tasks.iter().any(|(_, is_late)| *is_late);
        worst + i64::from(is_late) + i64::from(!self.unhappy.is_empty()) + i64::from(self.touch.is_some())
    }
}

fn weight(alert: &Alert) -> i64 {
    match (alert.way, alert.severity()) {
        (Way::Chance, _) | (Way::Risk, Severity::Low) => 1,
        (Way::Risk, Severity::Medium) => 2,
        (Way::Risk, Severity::High) => 3,
        (Way::Risk, Severity::Critical) => 4,
    }
}

/// The accounts that need the actor, the most pressing first.
///
/// # Errors
/// [`BookError`].
pub fn needs(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Need>, BookError> {
    actor.must(Permission::AccountsRead)?;
    let agent = actor.agent().ok_or(BookError::NoAgent)?;
    let mut all: BTreeMap<AccountId, Need> = BTreeMap::new();
    if actor.may(Permission::AlertsRead) {
        let filter = Filter {
            way: None,
            state: State::Open,
            owner: Whose::Of(agent),
            account: None,
        };
        for line in alerts::list(tx, actor, filter, None, LOOKED_AT)? {
            let id = line.alert.account;
            let need = all.entry(id).or_insert_with(|| Need::of(id, line.name));
            need.alerts.push(line.alert);
        }
    }
    if actor.may(Permission::TasksRead) {
        let today = workspaces::today(tx, actor.workspace)?;
        for line in tasks::due_today(tx, actor, LOOKED_AT)? {
            let (Some(id), Some(name)) = (line.task.account, line.account_name) else {
                continue;
            };
            let is_late = line.task.due.is_some_and(|due| due < today);
            let need = all.entry(id).or_insert_with(|| Need::of(id, name));
            need.tasks.push((line.task, is_late));
        }
    }
    let producers = metrics::producers(tx, actor.workspace)?;
    let may = |metric: &&str| producers.find(metric).is_some_and(|one| actor.may(one.needs));
    let metrics: Vec<&str> = UNHAPPY.into_iter().filter(may).collect();
    for (id, name, metric, value) in store::unhappy(tx, actor.workspace, agent, &metrics)? {
        let need = all.entry(id).or_insert_with(|| Need::of(id, name));
        need.unhappy.push((metric, value));
    }
    let today = workspaces::today(tx, actor.workspace)?;
    for (id, name, day) in store::overdue(tx, actor.workspace, agent, (NEXT_TOUCH.name, today), LOOKED_AT)? {
        let need = all.entry(id).or_insert_with(|| Need::of(id, name));
        need.touch = Some(day);
    }
    let ids: Vec<AccountId> = all.keys().copied().collect();
    // An order by what accounts bring would tell it.
    if actor.may(Permission::MoneyRead) {
        for (id, worth) in worth::of(tx, actor.workspace, &ids)? {
            if let Some(need) = all.get_mut(&id) {
                need.mrr = worth.mrr;
            }
        }
    }
    Ok(ordered(all.into_values().collect()))
}

fn ordered(mut needs: Vec<Need>) -> Vec<Need> {
    for need in &mut needs {
        need.alerts
            .sort_by_key(|alert| (-weight(alert), alert.opened_at, alert.id));
        need.tasks
            .sort_by_key(|(task, is_late)| (!is_late, task.due, task.id));
    }
    needs.sort_by(|one, other| {
        let place = |need: &Need| (-need.pressure(), -need.mrr);
        place(one)
            .cmp(&place(other))
            .then_with(|| (&one.name, one.account).cmp(&(&other.name, other.account)))
    });
    needs
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::id::{TypedId, Uuid};

    fn need(number: u128, unhappy: bool, mrr: i64) -> Need {
        let mut need = Need::of(AccountId::from_uuid(Uuid::from_u128(number)), format!("{number}"));
        need.mrr = mrr;
        if unhappy {
            need.unhappy.push(("tickets.urgent".to_owned(), 1.0));
        }
        need
    }

    #[test]
    fn what_presses_more_comes_first_and_among_equals_what_brings_more() {
        let found = ordered(vec![need(1, false, 900), need(2, true, 10), need(3, true, 500)]);
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["3", "2", "1"]);
    }
}
