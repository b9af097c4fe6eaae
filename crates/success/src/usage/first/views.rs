//! What the template of how long first value takes takes.

use askama::Template;
use kit::i18n::{Args, Text};
use kit::web::Tab;

use super::web::at;
use super::{Account, By, Called, Group, Overview, Summary};
use crate::usage::own::event_name;

/// Accounts that wait, as many as are shown.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "usage/first/views/value.html")]
pub(super) struct ValuePage<'a> {
    pub(super) t: &'a Text,
    pub(super) by: By,
    pub(super) tabs: Vec<Tab>,
    pub(super) chart: String,
    pub(super) overview: &'a Overview,
}

#[derive(Template)]
#[template(path = "usage/first/views/value_actions.html")]
pub(super) struct ValueActions<'a> {
    pub(super) t: &'a Text,
    pub(super) view: &'a ValuePage<'a>,
}

/// What a part is called.
pub(super) fn called(t: &Text, part: &Called) -> String {
    match part {
        Called::Quarter(year, quarter) => {
            let args = Args::new().with_number("n", *quarter);
            t.say_with("first-value-quarter", args.with("year", year.to_string()))
        }
        Called::Named(name) => name.clone(),
        Called::NoTier => t.say("first-value-no-tier"),
    }
}

impl ValuePage<'_> {
    /// What first value is, in words; nothing where nobody said it.
    fn milestone(&self) -> Option<String> {
        let milestone = self.overview.counts.content.first_value.as_ref()?;
        let args = Args::new().with("event", event_name(self.t, Some(&milestone.event)));
        let args = args.with_number("n", milestone.times);
        Some(self.t.say_with("first-value-is", args))
    }

    fn since(&self) -> String {
        let Some(day) = self.overview.watched else {
            return self.t.say("first-value-unknown-since");
        };
        let args = Args::new().with("day", self.t.day(day));
        self.t.say_with("first-value-known-since", args)
    }

    fn left_out(&self) -> String {
        self.t.count("first-value-left-out", self.overview.left_out)
    }

    fn days(&self, days: &Option<i64>) -> String {
        days.map_or_else(|| "–".to_owned(), |days| self.t.count("metrics-days", days))
    }

    /// Between which days the true median lies.
    fn interval(&self, summary: &Summary) -> String {
        let day = |day: Option<i64>| day.map(|day| self.t.number(day));
        match (day(summary.low), day(summary.high)) {
            (Some(low), Some(high)) => self
                .t
                .say_with("first-value-between", kit::args!(low = low, high = high)),
            (Some(low), None) => self.t.say_with("first-value-from", kit::args!(low = low)),
            (None, _) => "–".to_owned(),
        }
    }

    /// How many were watched until they went, or until today.
    fn censored(&self, summary: &Summary) -> String {
        self.t.number((summary.accounts - summary.reached) as i64)
    }

    fn called(&self, group: &Group) -> String {
        called(self.t, &group.called)
    }

    fn href(&self, group: &Group) -> String {
        at(self.by, &group.key)
    }

    fn waiting(&self) -> Vec<&Account> {
        let mut waiting = self.overview.waiting();
        waiting.retain(|one| !one.name.is_empty());
        waiting.truncate(SHOWN);
        waiting
    }

    /// Of how many the longest are shown.
    fn waiting_of(&self) -> String {
        self.t
            .count("first-value-waiting-of", self.overview.waiting().len())
    }

    fn waits(&self, account: &Account) -> String {
        self.t.count("metrics-days", account.days)
    }

    fn tier<'b>(&self, account: &'b Account) -> &'b str {
        account.tier().unwrap_or("–")
    }
}

impl ValueActions<'_> {
    fn by(&self) -> &'static str {
        self.view.by.as_str()
    }

    /// The key of the part that is shown; empty for all.
    fn of(&self) -> &str {
        let groups = &self.view.overview.groups;
        let shown = self.view.overview.of.as_ref();
        let found = groups.iter().find(|group| Some(&group.called) == shown);
        found.map_or("", |group| group.key.as_str())
    }
}
