//! What the templates of one's book take.

use askama::Template;
use kit::clock::Timestamp;
use kit::day::Day;
use kit::i18n::{Text, Value};
use kit::money::Currency;
use tandem_core::metrics;

use super::{Change, Need, Renewal, Visit, What};
use crate::alerts::Seen;
use crate::alerts::Severity;
use crate::tasks;

/// A score as it is shown: whole points.
fn points(t: &Text, score: Option<f64>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| t.decimal(score, 0))
}

#[derive(Template)]
#[template(path = "book/views/needs.html")]
pub(super) struct NeedsPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) lines: Vec<Need>,
    pub(super) count: usize,
    pub(super) is_whole: bool,
    pub(super) seen: Seen<'a>,
}

/// Something that presses at an account: its icon, what it is, where it is, and how it is toned.
pub(super) struct Press {
    icon: &'static str,
    text: String,
    href: String,
    tone: &'static str,
}

impl NeedsPanel<'_> {
    /// What presses at an account, the worst first.
    fn presses(&self, need: &Need) -> Vec<Press> {
        let t = self.t;
        let alert = need.worst().map(|alert| Press {
            icon: alert.way.icon(),
            text: match need.alerts.len() {
                1 => self.seen.title(alert),
                more => {
                    let others = t.count("book-and-alerts", more - 1);
                    format!("{} {others}", self.seen.title(alert))
                }
            },
            href: format!("/alerts/{}", alert.id),
            tone: self.seen.tone(alert),
        });
        let task = need.tasks.first().map(|(task, is_late)| Press {
            icon: "list-checks",
            text: match task.due {
                Some(due) if *is_late => {
                    let title = tasks::title(t, task);
                    t.say_with("book-late", kit::args!(title = title, day = t.day(due)))
                }
                _ => tasks::title(t, task),
            },
            href: format!("/tasks/{}", task.id),
            tone: if *is_late { "bad" } else { "" },
        });
        let unhappy = need.unhappy.first().map(|(metric, value)| Press {
            icon: "frown",
            text: format!("{}: {}", t.say(&metrics::text(metric)), t.decimal(*value, 0)),
            href: format!("/accounts/{}/tickets", need.account),
            tone: "warn",
        });
        let touch = need.touch.map(|day| Press {
            icon: "handshake",
            text: t.say_with("book-untouched", kit::args!(day = t.day(day))),
            href: format!("/accounts/{}/service", need.account),
            tone: "warn",
        });
        [alert, task, unhappy, touch].into_iter().flatten().collect()
    }

    /// How much the worst of it matters.
    fn severity(&self, need: &Need) -> Option<(&'static str, &'static str, String)> {
        let worst = need.worst()?;
        Some((self.seen.tone(worst), worst.way.icon(), self.seen.severity(worst)))
    }

    fn is_pressing(&self, need: &Need) -> bool {
        need.worst()
            .is_some_and(|worst| worst.severity() >= Severity::High)
    }
}

#[derive(Template)]
#[template(path = "book/views/renewals.html")]
pub(super) struct RenewalsPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) lines: Vec<Renewal>,
    pub(super) today: Day,
    pub(super) currency: Currency,
    pub(super) is_own: bool,
    pub(super) may_switch: bool,
    pub(super) has_more: bool,
}

impl RenewalsPanel<'_> {
    fn points(&self, line: &Renewal) -> String {
        points(self.t, line.score)
    }

    fn confidence(&self, line: &Renewal) -> String {
        line.confidence
            .map(|sure| self.t.percent(sure, 0))
            .unwrap_or_default()
    }

    fn money(&self, minor: impl Value<i64>) -> String {
        self.t.money_whole(minor, self.currency.code())
    }

    fn sum(&self) -> String {
        let sum: i64 = self.lines.iter().map(|line| line.arr).sum();
        self.money(sum)
    }

    fn left(&self, line: &Renewal) -> String {
        self.t.count("metrics-days", self.today.days_until(line.day))
    }

    fn book(&self) -> &'static str {
        if self.is_own { "own" } else { "all" }
    }
}

#[derive(Template)]
#[template(path = "book/views/changes.html")]
pub(super) struct ChangesPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) lines: Vec<Change>,
    pub(super) count: usize,
    pub(super) is_whole: bool,
    pub(super) visit: Visit,
    pub(super) now: Timestamp,
    pub(super) seen: Seen<'a>,
}

impl ChangesPanel<'_> {
    fn icon(&self, change: &Change) -> &'static str {
        match &change.what {
            What::Banded(_, now, _) => now.icon(),
            What::Alerted(alert) => match alert.signal() {
                Some(_) => "signal",
                None => alert.way.icon(),
            },
            What::Eased(_) => "check",
            What::Reopened(_) => "undo-2",
            What::Moved(_) => "arrow-right",
        }
    }

    fn tone(&self, change: &Change) -> &'static str {
        match &change.what {
            What::Banded(_, now, _) => now.tone(),
            What::Alerted(alert) => self.seen.tone(alert),
            What::Eased(_) => "good",
            What::Reopened(_) => "warn",
            What::Moved(_) => "",
        }
    }

    /// What happened, in a sentence.
    fn said(&self, change: &Change) -> String {
        let t = self.t;
        match &change.what {
            What::Banded(then, now, score) => t.say_with(
                "book-banded",
                kit::args!(
                    then = t.say(then.text()),
                    now = t.say(now.text()),
                    score = points(t, *score)
                ),
            ),
            What::Alerted(alert) => self.seen.title(alert),
            What::Eased(alert) => t.say_with("book-eased", kit::args!(title = self.seen.title(alert))),
            What::Reopened(_) => t.say("book-reopened"),
            What::Moved(stage) => t.say_with("book-moved", kit::args!(stage = stage.as_str())),
        }
    }

    fn href(&self, change: &Change) -> String {
        match &change.what {
            What::Banded(..) => format!("/accounts/{}/health", change.account),
            What::Alerted(alert) | What::Eased(alert) => format!("/alerts/{}", alert.id),
            What::Reopened(path) if path.starts_with("/tickets/") => path.clone(),
            What::Reopened(_) => format!("/accounts/{}/tickets", change.account),
            What::Moved(_) => format!("/accounts/{}/stages", change.account),
        }
    }
}
