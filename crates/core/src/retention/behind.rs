//! The accounts behind a number: who was there, who left, who is left of a cohort, or what moved; each with what it brought
//! then and brings now, so that anybody can add the number up.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::money::{Currency, Money};
use serde::{Deserialize, Serialize};

use super::{Period, RetentionError};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::currencies::{self, Rates};
use crate::ledger::{self, AccountMovement, Kind, Movement};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// Which accounts stand behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Those that were active at the start.
    Start,
    /// Those of them that are not at the end.
    Lost,
    /// Those that are active at the end.
    End,
    /// Those that first came in this month.
    Came(Day),
    /// Those of them that were active at the end of a month, so many months later.
    Stayed(Day, i64),
    /// Those with a movement of this kind.
    Moved(Kind),
    /// Those with a movement that gross retention counts: contraction and churn.
    Lessened,
    /// Those with a movement that net retention counts: expansion too.
    Changed,
}

/// An account behind a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backing {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// What moved, where the number is of movements.
    pub movement: Option<Movement>,
    /// What the account brought in a month at the start, of cohorts on its first day; in the reporting currency, as all that
    /// follows.
    pub then: i64,
    /// What it brings in a month at the end.
    pub now: i64,
}

/// A place in the list of accounts behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    account: AccountId,
    moved: Option<(Day, Currency)>,
}

/// What an account brought at the start of a time and at its end, in each currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    was_active: bool,
    then: BTreeMap<Currency, i64>,
    now: BTreeMap<Currency, i64>,
}

impl Backing {
    /// Its place in the list.
    pub fn place(&self) -> Place {
        Place {
            account: self.account,
            moved: self.movement.map(|movement| (movement.day, movement.currency)),
        }
    }

    /// What it still brings of what it brought at the start: what gross retention counts.
    pub fn kept(&self) -> i64 {
        self.then.min(self.now)
    }
}

impl Standing {
    /// What movements up to some day make of it, all of one account and in their order; `start` says which of them were
    /// before.
    fn of(movements: &[Movement], start: impl Fn(&Movement) -> bool) -> Self {
        let mut standing = Self::default();
        for movement in movements {
            if start(movement) {
                standing.was_active = movement.is_active;
                standing.then.insert(movement.currency, movement.closing);
            }
            standing.now.insert(movement.currency, movement.closing);
        }
        standing
    }

    /// What it brought and brings, in the reporting currency.
    fn worth(&self, rates: &Rates) -> (i64, i64) {
        (sum(rates, &self.then), sum(rates, &self.now))
    }

    /// How much more gross retention keeps of it when its currencies are taken together: who pays the same in another one has
    /// not gone.
    fn more_kept(&self, rates: &Rates) -> i64 {
        if !self.was_active {
            return 0;
        }
        let (then, now) = self.worth(rates);
        let least = |(currency, amount): (&Currency, &i64)| {
            let now = self.now.get(currency).copied().unwrap_or(0);
            (*currency, (*amount).min(now))
        };
        then.min(now) - sum(rates, &self.then.iter().map(least).collect())
    }
}

fn sum(rates: &Rates, amounts: &BTreeMap<Currency, i64>) -> i64 {
    let money = |(currency, minor): (&Currency, &i64)| Money {
        minor: *minor,
        currency: *currency,
    };
    rates.sum(amounts.iter().map(money)).total.minor
}

fn by_account(rows: Vec<(AccountId, Movement)>) -> BTreeMap<AccountId, Vec<Movement>> {
    let mut all = BTreeMap::<AccountId, Vec<Movement>>::new();
    for (account, movement) in rows {
        all.entry(account).or_default().push(movement);
    }
    all
}

/// What the roll-ups leave out of the kept revenue of a period: they know each currency by itself.
pub(super) fn more_kept(rates: &Rates, from: Day, rows: Vec<(AccountId, Movement)>) -> i64 {
    by_account(rows)
        .values()
        .map(|movements| Standing::of(movements, |movement| movement.day < from).more_kept(rates))
        .sum()
}

/// Up to `limit` accounts behind a number of `period`, after one of them.
///
/// # Errors
/// [`RetentionError::Forbidden`], or the database's.
pub fn behind(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (period, behind): (Period, Behind),
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Backing>, RetentionError> {
    actor.must(Permission::MoneyRead)?;
    actor.must(Permission::AccountsRead)?;
    let (workspace, span) = (actor.workspace, (period.from, period.until));
    let page = (after.map(|place| place.account), limit);
    let found = match behind {
        Behind::Moved(_) | Behind::Lessened | Behind::Changed => {
            return Ok(moved(tx, workspace, (behind, span), after, limit)?);
        }
        Behind::Start => ledger::active(tx, workspace, span, false, page)?,
        Behind::Lost => ledger::active(tx, workspace, span, true, page)?,
        Behind::End => ledger::active(tx, workspace, (period.until, period.until), false, page)?,
        Behind::Came(month) => ledger::came(tx, workspace, of_month(month), None, page)?,
        Behind::Stayed(month, age) => {
            let still = month.plus_months(age + 1);
            ledger::came(tx, workspace, of_month(month), Some(still), page)?
        }
    };
    let until = match behind {
        Behind::Stayed(month, age) => month.plus_months(age + 1),
        _ => period.until,
    };
    let rates = currencies::on(tx, workspace, period.until.plus_days(-1))?;
    let ids: Vec<AccountId> = found.iter().map(|(account, _)| *account).collect();
    let mut moved = ledger::of_accounts(tx, workspace, &ids)?;
    for movements in moved.values_mut() {
        movements.retain(|movement| movement.day < until);
    }
    let backing = |(account, name): (AccountId, String)| {
        let movements = moved.get(&account).map(Vec::as_slice).unwrap_or_default();
        let first = movements.first().map(|movement| movement.day);
        let standing = match behind {
            Behind::Came(_) | Behind::Stayed(..) => {
                Standing::of(movements, |movement| Some(movement.day) == first)
            }
            _ => Standing::of(movements, |movement| movement.day < period.from),
        };
        let (then, now) = standing.worth(&rates);
        Backing {
            account,
            name,
            movement: None,
            then,
            now,
        }
    };
    Ok(found.into_iter().map(backing).collect())
}

/// The movements behind a number, of all its kinds in one order.
fn moved(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (behind, span): (Behind, (Day, Day)),
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Backing>, DbError> {
    let after = after.and_then(|place| {
        let (day, currency) = place.moved?;
        Some((day, place.account, currency))
    });
    let mut found = Vec::new();
    for kind in behind.kinds() {
        // A statement for each: the movements of one kind are an index read in its order.
        found.extend(ledger::moved(tx, workspace, kind, span, (after, limit))?);
    }
    found.sort_by_cached_key(|one| {
        let movement = &one.movement;
        (movement.day, one.account, movement.currency.to_string())
    });
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found.into_iter().map(Into::into).collect())
}

fn of_month(month: Day) -> (Day, Day) {
    (month.month(), month.month().plus_months(1))
}

impl From<AccountMovement> for Backing {
    fn from(one: AccountMovement) -> Self {
        Self {
            account: one.account,
            name: one.name,
            movement: Some(one.movement),
            then: 0,
            now: 0,
        }
    }
}

impl Behind {
    /// The word in addresses: `start`, `churn`, `cohort.2026-01-01`, `cohort.2026-01-01.3`.
    pub fn word(self) -> String {
        match self {
            Self::Start => "start".to_owned(),
            Self::Lost => "lost".to_owned(),
            Self::End => "end".to_owned(),
            Self::Came(month) => format!("cohort.{month}"),
            Self::Stayed(month, age) => format!("cohort.{month}.{age}"),
            Self::Moved(kind) => kind.as_str().to_owned(),
            Self::Lessened => "lessened".to_owned(),
            Self::Changed => "changed".to_owned(),
        }
    }

    /// What has this word.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "start" => Some(Self::Start),
            "lost" => Some(Self::Lost),
            "end" => Some(Self::End),
            "lessened" => Some(Self::Lessened),
            "changed" => Some(Self::Changed),
            word => match word.strip_prefix("cohort.") {
                Some(cohort) => Self::cohort(cohort),
                None => Kind::named(word).map(Self::Moved),
            },
        }
    }

    fn cohort(word: &str) -> Option<Self> {
        let (month, age) = match word.split_once('.') {
            Some((month, age)) => (month, Some(age)),
            None => (word, None),
        };
        let month = month.parse::<Day>().ok()?.month();
        let Some(age) = age else {
            return Some(Self::Came(month));
        };
        let age = age.parse::<i64>().ok()?;
        (0..ledger::REACH)
            .contains(&age)
            .then_some(Self::Stayed(month, age))
    }

    /// The key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Start => "retention-behind-start",
            Self::Lost => "retention-behind-lost",
            Self::End => "retention-behind-end",
            Self::Came(_) => "retention-behind-came",
            Self::Stayed(..) => "retention-behind-stayed",
            Self::Moved(kind) => kind.text(),
            Self::Lessened => "retention-behind-lessened",
            Self::Changed => "retention-behind-changed",
        }
    }

    /// The kinds of movements that it is of; none where it is of accounts.
    fn kinds(self) -> Vec<Kind> {
        match self {
            Self::Moved(kind) => vec![kind],
            Self::Lessened => vec![Kind::Contraction, Kind::Churn],
            Self::Changed => vec![Kind::Expansion, Kind::Contraction, Kind::Churn],
            _ => Vec::new(),
        }
    }

    /// Whether what moved stands beside its accounts, and not what they brought then and now.
    pub fn is_of_movements(self) -> bool {
        !self.kinds().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn movement(at: &str, code: &str, closing: i64) -> Movement {
        Movement {
            day: day(at),
            currency: code.parse().unwrap(),
            kind: Kind::Expansion,
            amount: closing,
            closing,
            is_active: true,
        }
    }

    #[test]
    fn who_pays_the_same_in_another_currency_is_kept() {
        let rates = Rates::of("EUR", "2026-12-31", &[("USD", "0.5")]);
        let account: AccountId = "acc_01k0000000000000000000000z".parse().unwrap();
        let kept = |movements: &[Movement]| {
            let rows = movements.iter().map(|one| (account, *one)).collect();
            more_kept(&rates, day("2026-01-01"), rows)
        };
        let moves = [
            movement("2025-03-01", "USD", 20_000),
            movement("2026-05-01", "USD", 0),
            movement("2026-05-01", "EUR", 10_000),
        ];
        assert_eq!(
            kept(&moves),
            10_000,
            "each currency by itself would have lost all of it"
        );
        let less = [moves[0], moves[1], movement("2026-05-01", "EUR", 6_000)];
        assert_eq!(kept(&less), 6_000, "what it really brings less is lost");
        assert_eq!(kept(&moves[1..]), 0, "who came later has nothing to keep");
        assert_eq!(kept(&moves[..1]), 0, "one currency is what the roll-ups have");
    }

    #[test]
    fn every_number_has_an_address_that_is_read_back() {
        let month = day("2026-01-01");
        let all = [
            Behind::Start,
            Behind::Lost,
            Behind::End,
            Behind::Came(month),
            Behind::Stayed(month, 7),
            Behind::Lessened,
            Behind::Changed,
        ];
        let moved = Kind::ALL.iter().map(|kind| Behind::Moved(*kind));
        for behind in all.into_iter().chain(moved) {
            assert_eq!(Behind::named(&behind.word()), Some(behind));
        }
        for wrong in [
            "",
            "nothing",
            "cohort.",
            "cohort.2026-01-01.99",
            "cohort.2026-01-01.-1",
            "cohort.soon",
        ] {
            assert_eq!(Behind::named(wrong), None, "{wrong}");
        }
    }
}
