//! What the templates of retention take.

use askama::Template;
use kit::day::Day;
use kit::i18n::{Args, Text, Value};
use kit::money::{Currency, Money};
use kit::web::{Choice, Filled, Tab, address};

use super::export::{ORDERED, ORDERED_AGAIN};
use super::repeating::ordering_at;
use super::{Backing, Behind, Month, Numbers, Period};
use crate::currencies::Rates;
use crate::ledger::{Kind, Movement};
use crate::orders::repeating::{Repeater, Repeats};
use crate::subscriptions::sum_written;

#[derive(Template)]
#[template(path = "retention/views/page.html")]
pub(super) struct RetentionPage<'a> {
    pub(super) t: &'a Text,
    pub(super) numbers: &'a Numbers,
    pub(super) from: Vec<Choice>,
    pub(super) last: Vec<Choice>,
    pub(super) tabs: Vec<Tab>,
    pub(super) of: &'static str,
    pub(super) waterfall: String,
    pub(super) cohorts: String,
    pub(super) repeats: Repeats,
}

#[derive(Template)]
#[template(path = "retention/views/page_actions.html")]
pub(super) struct PageActions<'a> {
    t: &'a Text,
    period: Period,
}

#[derive(Template)]
#[template(path = "retention/views/accounts.html")]
pub(super) struct AccountsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) behind: Behind,
    pub(super) period: Period,
    pub(super) currency: Currency,
    pub(super) found: Vec<Backing>,
    pub(super) next: Option<String>,
}

#[derive(Template)]
#[template(path = "retention/views/accounts_actions.html")]
pub(super) struct AccountsActions<'a> {
    t: &'a Text,
    behind: Behind,
    period: Period,
}

impl RetentionPage<'_> {
    pub(super) fn actions(&self) -> PageActions<'_> {
        PageActions {
            t: self.t,
            period: self.numbers.period,
        }
    }

    fn share(&self, share: Option<f64>) -> String {
        share.map_or_else(|| "—".to_owned(), |share| self.t.percent(share, 1))
    }

    fn amount(&self, minor: impl Value<i64>) -> String {
        self.t.money_whole(minor, self.currency().code())
    }

    fn currency(&self) -> Currency {
        self.numbers.rates.to
    }

    fn kinds(&self) -> &'static [Kind] {
        Kind::ALL
    }

    fn month(&self, month: &Month) -> String {
        let (year, number) = month.month.year_and_month();
        self.t.month(year, number)
    }

    /// The numbers of a month, each with the accounts behind it: what there was at its start, what moved, what there was at
    /// its end.
    fn cells(&self, month: &Month) -> Vec<(String, i64)> {
        let one = Period {
            from: month.month,
            until: month.month.plus_months(1),
        };
        let moved = Kind::ALL.iter().map(|kind| Behind::Moved(*kind));
        let moved = moved.zip(month.moved.iter().copied());
        let all = std::iter::once((Behind::Start, month.opening)).chain(moved);
        all.chain([(Behind::End, month.closing())])
            .map(|(behind, amount)| (accounts_at(behind, one), amount))
            .collect()
    }

    fn at(&self, word: &str) -> String {
        let behind = Behind::named(word).unwrap_or(Behind::Start);
        accounts_at(behind, self.numbers.period)
    }

    fn ordering(&self, only_again: bool) -> String {
        ordering_at(self.numbers.period, only_again, "")
    }

    /// Of how many accounts the repeat-order rate is, and between what it may be.
    fn repeats_of(&self) -> String {
        let (again, all) = (self.repeats.again, self.repeats.accounts);
        let args = between(self.t, again, all).with_number("n", all);
        self.t.say_with("retention-repeat-n", args)
    }

    /// How many accounts are gone of how many, and between what their share may be.
    fn lost_of(&self) -> String {
        let (lost, all) = (self.numbers.lost, self.numbers.accounts);
        if all == 0 {
            return self.t.count("retention-lost", lost);
        }
        let args = between(self.t, lost, all).with_number("n", lost);
        let args = args.with("all", self.t.number(all));
        self.t.say_with("retention-lost-n", args)
    }

    fn missing(&self) -> String {
        let codes: Vec<&str> = self.numbers.opening.missing.iter().map(Currency::code).collect();
        self.t.list(&codes)
    }
}

impl AccountsPage<'_> {
    pub(super) fn actions(&self) -> AccountsActions<'_> {
        AccountsActions {
            t: self.t,
            behind: self.behind,
            period: self.period,
        }
    }

    /// The page's name; of a cohort with its month.
    pub(super) fn title(&self) -> String {
        let month = match self.behind {
            Behind::Came(month) | Behind::Stayed(month, _) => month,
            behind => return self.t.say(behind.text()),
        };
        let (year, number) = month.year_and_month();
        let args = Args::new().with("month", self.t.month(year, number));
        let args = match self.behind {
            Behind::Stayed(_, age) => args.with_number("n", age),
            _ => args,
        };
        self.t.say_with(self.behind.text(), args)
    }

    fn money(&self, minor: impl Value<i64>, currency: &Currency) -> String {
        self.t.money(minor, currency.code())
    }
}

#[derive(Template)]
#[template(path = "retention/views/ordering.html")]
pub(super) struct OrderingPage<'a> {
    pub(super) t: &'a Text,
    pub(super) period: Period,
    pub(super) only_again: bool,
    pub(super) found: Vec<Repeater>,
    pub(super) next: Option<String>,
}

#[derive(Template)]
#[template(path = "retention/views/ordering_actions.html")]
pub(super) struct OrderingActions<'a> {
    t: &'a Text,
    period: Period,
    of: &'static str,
}

impl OrderingPage<'_> {
    pub(super) fn actions(&self) -> OrderingActions<'_> {
        OrderingActions {
            t: self.t,
            period: self.period,
            of: if self.only_again { ORDERED_AGAIN } else { ORDERED },
        }
    }

    /// The key of the page's name.
    pub(super) fn title(&self) -> &'static str {
        if self.only_again {
            "retention-ordered-again"
        } else {
            "retention-ordering"
        }
    }
}

#[derive(Template)]
#[template(path = "retention/views/revenue.html")]
pub(super) struct RevenuePage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a Filled,
    pub(super) day: Day,
    pub(super) sums: Vec<(Currency, i64, i64)>,
    pub(super) rates: Rates,
}

impl RevenuePage<'_> {
    fn mrr(&self) -> String {
        self.total(|(currency, mrr, _)| (*currency, *mrr))
    }

    fn arr(&self) -> String {
        self.total(|(currency, _, arr)| (*currency, *arr))
    }

    fn total(&self, of: fn(&(Currency, i64, i64)) -> (Currency, i64)) -> String {
        let money = self.sums.iter().map(of);
        let money = money.map(|(currency, minor)| Money { minor, currency });
        sum_written(self.t, &self.rates.sum(money))
    }
}

#[derive(Template)]
#[template(path = "retention/views/movements.html")]
pub(super) struct MovementsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) movements: Vec<Movement>,
}

/// The ends of Wilson's 95 % interval of a share.
fn between(t: &Text, part: i64, all: i64) -> Args<'static> {
    let (low, high) = kit::stats::wilson(part.unsigned_abs(), all.unsigned_abs(), 0.95);
    let args = Args::new().with("low", t.percent(low, 0));
    args.with("high", t.percent(high, 0))
}

/// The address of the numbers of a period.
pub(super) fn retention_at(period: Period, by: &str) -> String {
    let (from, last) = (period.from.to_string(), period.last().to_string());
    address("/retention", &[("from", &from), ("last", &last), ("by", by)])
}

/// The address of the accounts behind a number.
pub(super) fn accounts_at(behind: Behind, period: Period) -> String {
    let (from, last) = (period.from.to_string(), period.last().to_string());
    address(
        "/retention/accounts",
        &[("of", &behind.word()), ("from", &from), ("last", &last)],
    )
}

/// Months to choose from, the newest first.
pub(super) fn month_choices(t: &Text, today: Day, chosen: Day) -> Vec<Choice> {
    let month = |back: i64| {
        let month = today.month().plus_months(-back);
        let (year, number) = month.year_and_month();
        Choice::new(month.to_string(), t.month(year, number)).chosen_if(month == chosen)
    };
    (0..72).map(month).collect()
}
