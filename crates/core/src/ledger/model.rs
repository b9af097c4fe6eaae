//! Movements of revenue: what they are, and how they follow from subscriptions.

use std::collections::{BTreeMap, BTreeSet};

use kit::day::Day;
use kit::money::Currency;

use crate::accounts::AccountId;
use crate::subscriptions::Subscription;

/// A change of what an account brings in a month, in one currency on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The day from which the new amount holds.
    pub day: Day,
    /// In what.
    pub currency: Currency,
    /// What it means for the account.
    pub kind: Kind,
    /// By how much, in minor units; negative when it fell.
    pub amount: i64,
    /// What the account brings in this currency from then on.
    pub closing: i64,
    /// Whether the account has any subscription from then on.
    pub is_active: bool,
}

/// A movement and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountMovement {
    /// Whose.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// What moved.
    pub movement: Movement,
}

/// By how much the accounts of a basis changed in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The month of the basis.
    pub start: Day,
    /// The month of the change.
    pub month: Day,
    /// In what; none for a change of the number of accounts.
    pub currency: Option<Currency>,
    /// Accounts, or revenue.
    pub change: i64,
    /// Revenue up to what there was at the start.
    pub kept: i64,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $word:literal $text:literal;)*) => {
        /// What a movement means for an account.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $($(#[$doc])* $name,)*
        }

        impl Kind {
            /// Every kind, in the order of a waterfall.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in tables and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The key of its name.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

kinds! {
    /// The account had never subscribed before.
    New "new" "ledger-new";
    /// It had left and came back.
    Reactivation "reactivation" "ledger-reactivation";
    /// It stays and brings more.
    Expansion "expansion" "ledger-expansion";
    /// It stays and brings less.
    Contraction "contraction" "ledger-contraction";
    /// It has no subscription any more.
    Churn "churn" "ledger-churn";
}

impl Kind {
    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

/// What an account brings on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct State {
    is_active: bool,
    amounts: BTreeMap<Currency, i64>,
}

/// Every movement of one account, in the order of days and currencies. What its subscriptions bring on a day is the sum of
/// the movements until then, to the cent, in each currency.
pub fn movements(subscriptions: &[Subscription]) -> Vec<Movement> {
    let mut days = BTreeSet::new();
    for one in subscriptions {
        days.insert(one.starts);
        days.extend(one.prices.iter().map(|price| price.since));
        days.extend(one.end.as_ref().map(|end| end.day));
    }
    let mut movements = Vec::new();
    let (mut before, mut was_there) = (State::default(), false);
    for day in days {
        let after = State::of(subscriptions, day);
        before.moves_to(&after, day, was_there, &mut movements);
        was_there |= after.is_active;
        before = after;
    }
    movements
}

impl State {
    fn of(subscriptions: &[Subscription], day: Day) -> Self {
        let mut state = Self::default();
        for one in subscriptions.iter().filter(|one| one.is_active_on(day)) {
            state.is_active = true;
            *state.amounts.entry(one.currency).or_default() += one.mrr_on(day).minor;
        }
        state
    }

    fn amount(&self, currency: Currency) -> i64 {
        self.amounts.get(&currency).copied().unwrap_or(0)
    }

    fn moves_to(&self, after: &Self, day: Day, was_there: bool, movements: &mut Vec<Movement>) {
        let currencies: BTreeSet<Currency> =
            self.amounts.keys().chain(after.amounts.keys()).copied().collect();
        let first = movements.len();
        for currency in &currencies {
            let amount = after.amount(*currency) - self.amount(*currency);
            let kind = match (self.is_active, after.is_active) {
                (false, _) if was_there => Kind::Reactivation,
                (false, _) => Kind::New,
                (true, false) => Kind::Churn,
                (true, true) if amount > 0 => Kind::Expansion,
                (true, true) => Kind::Contraction,
            };
            // Who comes or goes without paying is a movement too: of nothing.
            let comes_or_goes = self.is_active != after.is_active;
            let is_last = Some(currency) == currencies.last();
            if amount != 0 || (comes_or_goes && is_last && movements.len() == first) {
                movements.push(Movement {
                    day,
                    currency: *currency,
                    kind,
                    amount,
                    closing: after.amount(*currency),
                    is_active: after.is_active,
                });
            }
        }
    }
}
