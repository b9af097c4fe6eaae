//! What the templates of subscriptions take.

use askama::Template;
use kit::day::Day;
use kit::i18n::Text;
use kit::money::Money;
use kit::web::table::Arrangement;
use kit::web::{Choice, Filled, Tab};

use super::renewals::Calendar;
use super::{End, EndReason, Price, Subscription};
use crate::accounts::AccountId;
use crate::currencies::Sum;

/// How many months one price usually pays for.
const PERIODS: [i64; 5] = [1, 3, 6, 12, 24];

#[derive(Template)]
#[template(path = "subscriptions/views/panel.html")]
pub(super) struct PanelView<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) today: Day,
    pub(super) mrr: Sum,
    pub(super) arr: Sum,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "subscriptions/views/subscription.html")]
pub(super) struct SubscriptionPage<'a> {
    pub(super) t: &'a Text,
    pub(super) subscription: &'a Subscription,
    pub(super) today: Day,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "subscriptions/views/subscription_actions.html")]
pub(super) struct SubscriptionActions<'a> {
    t: &'a Text,
    subscription: &'a Subscription,
}

impl SubscriptionPage<'_> {
    pub(super) fn actions(&self) -> SubscriptionActions<'_> {
        SubscriptionActions {
            t: self.t,
            subscription: self.subscription,
        }
    }

    fn end_words(&self, end: &End) -> String {
        let key = if end.day > self.today {
            "subscriptions-until-day"
        } else {
            "subscriptions-ended-day"
        };
        self.t.say_with(key, kit::args!(day = self.t.day_long(end.day)))
    }

    fn mrr_of(&self, price: &Price) -> Money {
        self.subscription
            .money(price.mrr(self.subscription.period_months))
    }
}

#[derive(Template)]
#[template(path = "subscriptions/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) form: &'a Filled,
    /// What is changed; none for a new one.
    pub(super) now: Option<&'a Subscription>,
    pub(super) products: Vec<Choice>,
    pub(super) currencies: Vec<Choice>,
    pub(super) whole: Option<String>,
}

impl FormPage<'_> {
    fn periods(&self) -> Vec<Choice> {
        let chosen = self.form.value("period_months");
        let period = |months: i64| {
            let value = months.to_string();
            let is_chosen = value == chosen;
            Choice::new(value, self.t.count("subscriptions-months", months)).chosen_if(is_chosen)
        };
        PERIODS.into_iter().map(period).collect()
    }

    fn version(&self) -> i64 {
        self.now.map_or(0, |now| now.version)
    }
}

#[derive(Template)]
#[template(path = "subscriptions/views/end.html")]
pub(super) struct EndPage<'a> {
    pub(super) t: &'a Text,
    pub(super) subscription: &'a Subscription,
    pub(super) form: &'a Filled,
}

impl EndPage<'_> {
    fn reasons(&self) -> Vec<Choice> {
        let reason = |reason: &EndReason| {
            Choice::new(reason.as_str(), self.t.say(reason.text()))
                .chosen_if(reason.as_str() == self.form.value("reason"))
        };
        EndReason::ALL.iter().map(reason).collect()
    }
}

/// The renewals of one month.
pub(super) struct Month<'a> {
    pub(super) first: Day,
    pub(super) renewals: Vec<&'a Subscription>,
    pub(super) sum: Sum,
}

#[derive(Template)]
#[template(path = "subscriptions/views/renewals.html")]
pub(super) struct RenewalsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) months: Vec<Month<'a>>,
    pub(super) tabs: Vec<Tab>,
    pub(super) now: String,
    pub(super) earlier: String,
    pub(super) later: String,
    pub(super) arrangement: Arrangement,
    pub(super) calendar: &'a Calendar,
}

#[derive(Template)]
#[template(path = "subscriptions/views/renewals_actions.html")]
pub(super) struct RenewalsActions<'a> {
    pub(super) t: &'a Text,
    pub(super) from: Day,
    pub(super) owner: &'a str,
}

impl RenewalsPage<'_> {
    fn month(&self, month: &Month<'_>) -> String {
        let (year, number) = month.first.year_and_month();
        self.t.month(year, number)
    }

    /// What is said of the day on which notice must be given: how it stands, its icon and its words.
    fn notice(&self, one: &Subscription) -> (&'static str, &'static str, String) {
        let by = one.notice_by();
        let text = self.t.day(by);
        if one.renewal.notice_days == 0 {
            ("", "minus", self.t.say("renewals-no-notice"))
        } else if by < self.calendar.today {
            (
                "",
                "check",
                self.t.say_with("renewals-notice-over", kit::args!(day = text)),
            )
        } else if self.calendar.today.days_until(by) <= 30 {
            (
                "warn",
                "hourglass",
                self.t.say_with("renewals-notice-by", kit::args!(day = text)),
            )
        } else {
            (
                "",
                "calendar",
                self.t.say_with("renewals-notice-by", kit::args!(day = text)),
            )
        }
    }
}

/// A sum in the words of the reader, with what it leaves out.
pub(crate) fn sum_written(t: &Text, sum: &Sum) -> String {
    let total = t.money(sum.total.minor, sum.total.currency.code());
    if sum.missing.is_empty() {
        return total;
    }
    let missing: Vec<&str> = sum.missing.iter().map(kit::money::Currency::code).collect();
    let missing = t.list(&missing);
    t.say_with(
        "currencies-sum-without",
        kit::args!(total = total, missing = missing),
    )
}
