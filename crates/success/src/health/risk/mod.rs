//! Revenue at risk: what the accounts in the bands below green bring, now and a week ago, and which of them moved it.
//!
//! The past counts as it was known then: the band of that day, what somebody said of it on that day, what the account brought.

pub mod api;
mod store;
mod views;
pub mod web;

use kit::day::Day;
use kit::db::Tx;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;
use tandem_core::workspaces;

use super::{Band, HealthError};

pub(super) use views::HomePanel;

/// With how many days before today it is compared.
const DAYS: i64 = 7;
const WEEK: std::time::Duration = std::time::Duration::from_secs(7 * 86_400);

/// An account that is or was at risk.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposed {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Its band now; none for one that is closed or was never scored.
    pub now: Option<Band>,
    /// Its band then.
    pub then: Option<Band>,
    /// What it brings in a month, in minor units of the reporting currency.
    pub mrr: i64,
    /// What it brought then.
    pub mrr_then: i64,
}

/// What is at risk in one band, or in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many accounts.
    pub accounts: i64,
    /// How many there were.
    pub accounts_then: i64,
    /// What they bring in a month.
    pub mrr: i64,
    /// What those of then brought.
    pub mrr_then: i64,
}

/// What is at risk, and who moved it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Risk {
    /// The day with which today is compared.
    pub since: Option<Day>,
    /// Everyone who is or was at risk, those that moved the most first.
    pub exposed: Vec<Exposed>,
}

impl Exposed {
    /// What of its revenue is at risk in a band, or in any without: now and then.
    pub fn at_risk(&self, band: Option<Band>) -> (i64, i64) {
        let counts = |one: Option<Band>| match (one, band) {
            (Some(one), Some(band)) => one == band,
            (Some(one), None) => is_at_risk(one),
            (None, _) => false,
        };
        let of = |one: Option<Band>, mrr: i64| if counts(one) { mrr } else { 0 };
        (of(self.now, self.mrr), of(self.then, self.mrr_then))
    }

    /// By how much it moved what is at risk.
    pub fn change(&self, band: Option<Band>) -> i64 {
        let (now, then) = self.at_risk(band);
        now - then
    }
}

/// Whether what an account in this band brings may be lost.
pub fn is_at_risk(band: Band) -> bool {
    matches!(band, Band::Red | Band::Amber)
}

impl Risk {
    /// What is at risk in a band, or in all of them without.
    pub fn sum(&self, band: Option<Band>) -> Sum {
        let is_in = |one: Option<Band>| {
            one.is_some_and(|one| band.map_or_else(|| is_at_risk(one), |band| one == band))
        };
        let mut sum = Sum::default();
        for one in &self.exposed {
            let (now, then) = one.at_risk(band);
            sum.mrr += now;
            sum.mrr_then += then;
            sum.accounts += i64::from(is_in(one.now));
            sum.accounts_then += i64::from(is_in(one.then));
        }
        sum
    }
}

/// What is at risk now and was a week ago, of an agent's accounts or of all.
///
/// # Errors
/// [`HealthError::Forbidden`], or the database's.
pub fn risk(tx: &mut Tx<'_>, actor: &Actor, owner: Option<AgentId>) -> Result<Risk, HealthError> {
    actor.must(Permission::AccountsRead)?;
    let day = workspaces::today(tx, actor.workspace)?.plus_days(-DAYS);
    let moment = tx.now().minus(WEEK);
    let mut exposed = match owner {
        Some(owner) => store::exposed_of(tx, actor.workspace, owner, (day, moment))?,
        None => store::exposed(tx, actor.workspace, (day, moment))?,
    };
    exposed.retain(|one| one.now.is_some_and(is_at_risk) || one.then.is_some_and(is_at_risk));
    Ok(Risk {
        since: Some(day),
        exposed: ordered(exposed, actor.may(Permission::MoneyRead)),
    })
}

/// Those that moved the most first; without money for readers who may not see it, whom the order would tell it too.
fn ordered(mut exposed: Vec<Exposed>, may_see_money: bool) -> Vec<Exposed> {
    if !may_see_money {
        for one in &mut exposed {
            (one.mrr, one.mrr_then) = (0, 0);
        }
    }
    exposed.sort_by_key(|one| (-one.change(None).abs(), -one.mrr, one.account));
    exposed
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::id::{TypedId, Uuid};

    fn account(number: u128, then: (Option<Band>, i64), now: (Option<Band>, i64)) -> Exposed {
        Exposed {
            account: AccountId::from_uuid(Uuid::from_u128(number)),
            name: String::new(),
            now: now.0,
            then: then.0,
            mrr: now.1,
            mrr_then: then.1,
        }
    }

    #[test]
    fn who_may_not_see_money_does_not_see_it_in_the_order_either() {
        let all = || {
            vec![
                account(1, (Some(Band::Red), 100), (Some(Band::Red), 100)),
                account(2, (Some(Band::Green), 900), (Some(Band::Red), 900)),
                account(3, (Some(Band::Red), 500), (Some(Band::Red), 500)),
            ]
        };
        let order = |may_see_money| {
            let found = ordered(all(), may_see_money);
            let number = |one: &Exposed| (one.account.uuid().as_u128(), one.mrr);
            found.iter().map(number).collect::<Vec<_>>()
        };
        assert_eq!(order(true), [(2, 900), (3, 500), (1, 100)]);
        assert_eq!(order(false), [(1, 0), (2, 0), (3, 0)]);
    }

    #[test]
    fn sums_are_those_of_the_accounts_and_the_change_is_the_difference() {
        let risk = Risk {
            since: None,
            exposed: vec![
                account(1, (Some(Band::Green), 100), (Some(Band::Red), 100)),
                account(2, (Some(Band::Red), 300), (Some(Band::Amber), 250)),
                account(3, (Some(Band::Amber), 50), (None, 0)),
            ],
        };
        let all = risk.sum(None);
        assert_eq!(
            (all.accounts, all.accounts_then, all.mrr, all.mrr_then),
            (2, 2, 350, 350)
        );
        let red = risk.sum(Some(Band::Red));
        assert_eq!((red.accounts, red.mrr, red.mrr_then), (1, 100, 300));
        for band in [None, Some(Band::Red), Some(Band::Amber)] {
            let changes: i64 = risk.exposed.iter().map(|one| one.change(band)).sum();
            let sum = risk.sum(band);
            assert_eq!(changes, sum.mrr - sum.mrr_then, "{band:?}");
        }
    }
}
