//! What the templates of numbers take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled, Tab};

use super::asking::{address, pairs, word};
use super::fact::{Fact, Time};
use super::item::{By, Key};
use super::names::Names;
use super::period::Ask;
use super::report::{Hours, Report, Spans, Spread, Sum};
use super::rows::{Of, Rows};

/// Where the numbers stand, and the tickets behind them.
pub(super) const ADDRESS: &str = "/reports/support";
pub(super) const ROWS: &str = "/reports/support/rows";

#[derive(Template)]
#[template(path = "numbers/views/page.html")]
pub(super) struct NumbersPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a Filled,
    pub(super) ask: &'a Ask,
    pub(super) report: &'a Report,
    pub(super) before: Option<&'a Report>,
    pub(super) names: &'a Names,
    pub(super) periods: Vec<Choice>,
    pub(super) hours: Vec<Choice>,
    pub(super) filters: Vec<(String, &'static str, Vec<Choice>)>,
    pub(super) tabs: Vec<Tab>,
    pub(super) charts: Vec<String>,
    pub(super) is_custom: bool,
    pub(super) may_open: bool,
}

/// One number: what it is called, how much, what stands below it, and the tickets behind it.
pub(super) struct Figure {
    label: String,
    value: String,
    notes: Vec<String>,
    href: Option<String>,
}

/// One line of the table.
struct Line {
    name: String,
    href: String,
    cells: Vec<(String, Option<String>)>,
}

impl NumbersPage<'_> {
    fn behind(&self, of: Of) -> Option<String> {
        let mut pairs = pairs(self.ask, self.ask.period);
        pairs.push(("of".to_owned(), of.as_str().to_owned()));
        self.may_open.then(|| address(ROWS, &pairs))
    }

    fn share(&self, share: Option<f64>) -> String {
        share.map_or_else(|| "–".to_owned(), |share| self.t.percent(share, 0))
    }

    fn span(&self, seconds: Option<f64>) -> String {
        seconds.map_or_else(|| "–".to_owned(), |one| self.t.span(one.round() as i64))
    }

    /// What stood there in the period before, where that is compared.
    fn was(&self, value: impl Fn(&Sum) -> String) -> Option<String> {
        let before = self.before?;
        Some(
            self.t
                .say_with("numbers-before", kit::args!(value = value(&before.whole))),
        )
    }

    fn counted(&self, label: &str, of: Of, value: impl Fn(&Sum) -> i64) -> Figure {
        Figure {
            label: self.t.say(label),
            value: self.t.number(value(&self.report.whole)),
            notes: self.was(|sum| self.t.number(value(sum))).into_iter().collect(),
            href: self.behind(of),
        }
    }

    fn timed(&self, label: &str, of: Of, spans: impl Fn(&Sum) -> &Spans) -> Figure {
        let spread = spans(&self.report.whole).spread();
        let p50 = |spread: Option<Spread>| self.span(spread.map(|one| one.p50));
        let mut notes = Vec::new();
        if let Some(one) = spread {
            let words = kit::args!(
                p90 = self.span(Some(one.p90)),
                mean = self.span(Some(one.mean)),
                n = one.n as i64
            );
            notes.push(self.t.say_with("numbers-spread", words));
        }
        notes.extend(self.was(|sum| p50(spans(sum).spread())));
        Figure {
            label: self.t.say(label),
            value: p50(spread),
            notes,
            href: self.behind(of),
        }
    }

    fn shared(&self, label: &str, of: Of, (hits, share): (i64, Option<f64>)) -> Figure {
        let n = self.report.whole.solved;
        let of_solved = kit::args!(hits = hits, n = n);
        let mut notes = vec![self.t.say_with("numbers-of-solved", of_solved)];
        notes.extend(self.was(|sum| {
            self.share(match of {
                Of::Reopened => sum.reopen_share(),
                _ => sum.one_touch_share(),
            })
        }));
        Figure {
            label: self.t.say(label),
            value: self.share(share),
            notes,
            href: self.behind(of),
        }
    }

    fn rated(&self) -> Vec<Figure> {
        let whole = &self.report.whole;
        let mut figures = Vec::new();
        let csat = whole.csat();
        let note = csat.map(|(_, (low, high))| {
            let n = self.t.count("surveys-n", whole.rated());
            let words = kit::args!(
                low = self.t.percent(low, 0),
                high = self.t.percent(high, 0),
                n = n
            );
            self.t.say_with("surveys-interval", words)
        });
        figures.push(Figure {
            label: self.t.say("surveys-csat"),
            value: self.share(csat.map(|(share, _)| share)),
            notes: note
                .into_iter()
                .chain(self.was(|sum| self.share(sum.csat().map(|(share, _)| share))))
                .collect(),
            href: self.behind(Of::Rated),
        });
        if let Some(effort) = whole.ces() {
            figures.push(Figure {
                label: self.t.say("surveys-ces"),
                value: self.t.decimal(effort, 0),
                notes: vec![self.t.count("surveys-n", whole.effort.1)],
                href: self.behind(Of::Rated),
            });
        }
        figures
    }

    fn figures(&self) -> Vec<Figure> {
        let whole = &self.report.whole;
        let mut all = vec![
            self.counted("numbers-created", Of::Created, |sum| sum.created),
            self.counted("numbers-solved", Of::Solved, |sum| sum.solved),
            Figure {
                label: self.t.say("numbers-backlog"),
                value: self.t.number(self.report.open_now()),
                notes: vec![self.t.say("numbers-now")],
                href: self.behind(Of::Backlog),
            },
            self.timed("numbers-first-response", Of::Responded, |sum| &sum.first_response),
            self.timed("numbers-resolution", Of::Solved, |sum| &sum.resolution),
            self.timed("numbers-first-resolution", Of::Solved, |sum| {
                &sum.first_resolution
            }),
            self.shared(
                "numbers-reopen-share",
                Of::Reopened,
                (whole.reopened, whole.reopen_share()),
            ),
            self.shared(
                "numbers-one-touch",
                Of::OneTouch,
                (whole.one_touch, whole.one_touch_share()),
            ),
        ];
        all.extend(self.rated());
        all
    }

    /// The same numbers by the values of what tickets are told apart by, the busiest first.
    fn lines(&self) -> Vec<Line> {
        let mut keys: Vec<&Key> = self.report.parts.keys().collect();
        let more = self.report.backlog_parts.keys();
        keys.extend(more.filter(|key| !self.report.parts.contains_key(key)));
        let empty = Sum::default();
        let sum = |key: &Key| self.report.parts.get(key).unwrap_or(&empty);
        keys.sort_by_key(|key| {
            let sum = sum(key);
            (std::cmp::Reverse(sum.created + sum.solved), (*key).clone())
        });
        keys.into_iter().map(|key| self.line(key, sum(key))).collect()
    }

    fn line(&self, key: &Key, sum: &Sum) -> Line {
        let mut only = self.ask.clone();
        only.filter.wanted.retain(|(by, _)| *by != only.by);
        only.filter.wanted.push((only.by, key.clone()));
        let behind = |of: Of| {
            let mut pairs = pairs(&only, only.period);
            pairs.push(("of".to_owned(), of.as_str().to_owned()));
            self.may_open.then(|| address(ROWS, &pairs))
        };
        let counted = |n: i64, of| (self.t.number(n), behind(of).filter(|_| n > 0));
        let median = |spans: &Spans| self.span(spans.spread().map(|one| one.p50));
        let ninth = |spans: &Spans| self.span(spans.spread().map(|one| one.p90));
        let open = self.report.backlog_parts.get(key).copied().unwrap_or_default();
        Line {
            name: self.names.name(self.t, self.ask.by, key),
            href: address(ADDRESS, &pairs(&only, only.period)),
            cells: vec![
                counted(sum.created, Of::Created),
                counted(sum.solved, Of::Solved),
                counted(open, Of::Backlog),
                (median(&sum.first_response), None),
                (ninth(&sum.first_response), None),
                (median(&sum.resolution), None),
                (self.share(sum.reopen_share()), None),
                (self.share(sum.one_touch_share()), None),
                (self.rating(sum), None),
            ],
        }
    }

    fn rating(&self, sum: &Sum) -> String {
        match sum.csat() {
            Some((share, _)) => format!("{} ({})", self.t.percent(share, 0), self.t.number(sum.rated())),
            None => "–".to_owned(),
        }
    }

    fn heads(&self) -> [&'static str; 9] {
        [
            "numbers-created",
            "numbers-solved",
            "numbers-backlog",
            "numbers-first-response-p50",
            "numbers-first-response-p90",
            "numbers-resolution-p50",
            "numbers-reopen-share",
            "numbers-one-touch",
            "surveys-csat",
        ]
    }

    fn is_empty(&self) -> bool {
        self.report.whole.created == 0 && self.report.whole.solved == 0 && self.report.open_now() == 0
    }

    fn is_filtered(&self) -> bool {
        !self.ask.filter.wanted.is_empty()
    }

    fn by(&self) -> String {
        self.t.say(self.ask.by.text())
    }
}

#[derive(Template)]
#[template(path = "numbers/views/rows.html")]
pub(super) struct RowsPage<'a> {
    pub(super) t: &'a Text,
    pub(super) ask: &'a Ask,
    pub(super) rows: &'a Rows,
    pub(super) facts: Vec<(Fact, String)>,
    pub(super) names: &'a Names,
    pub(super) next: Option<String>,
}

#[derive(Template)]
#[template(path = "numbers/views/rows_actions.html")]
pub(super) struct RowsActions<'a> {
    t: &'a Text,
    pairs: Vec<(String, String)>,
}

impl<'a> RowsPage<'a> {
    pub(super) fn actions(&self) -> RowsActions<'a> {
        RowsActions {
            t: self.t,
            pairs: self.pairs(),
        }
    }

    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = pairs(self.ask, self.ask.period);
        pairs.push(("of".to_owned(), self.rows.of.as_str().to_owned()));
        if let Some(age) = self.rows.age {
            pairs.push(("age".to_owned(), age.as_str().to_owned()));
        }
        if let Some((weekday, _)) = self.rows.clock {
            pairs.push(("weekday".to_owned(), weekday.to_string()));
        }
        pairs
    }

    fn back(&self) -> String {
        address(ADDRESS, &pairs(self.ask, self.ask.period))
    }

    fn agent(&self, fact: &Fact) -> String {
        fact.agent.map_or_else(
            || "–".to_owned(),
            |id| self.names.name(self.t, By::Agent, &Key::Id(id)),
        )
    }

    fn time(&self, time: &Option<Time>) -> String {
        let seconds = time.map(|time| match self.ask.hours {
            Hours::Calendar => time.calendar,
            Hours::Working => time.working,
        });
        seconds.map_or_else(|| "–".to_owned(), |one| self.t.span(one))
    }

    fn rating(&self, fact: &Fact) -> String {
        match (fact.csat, fact.effort) {
            (Some(rating), _) => self.t.number(rating),
            (None, Some(effort)) => self.t.number(effort),
            (None, None) => "–".to_owned(),
        }
    }

    fn filters(&self) -> Vec<String> {
        let wanted = self.ask.filter.wanted.iter();
        let named = wanted.map(|(by, key)| {
            let name = self.names.name(self.t, *by, key);
            format!("{}: {name}", self.t.say(by.text()))
        });
        named.collect()
    }
}

/// The tabs of what tickets are told apart by.
pub(super) fn tabs(t: &Text, ask: &Ask) -> Vec<Tab> {
    let tab = |by: By| {
        let other = Ask { by, ..ask.clone() };
        Tab {
            text: t.say(by.text()),
            href: address(ADDRESS, &pairs(&other, other.period)),
            current: by == ask.by,
            count: None,
        }
    };
    By::ALL.into_iter().map(tab).collect()
}

/// The word by which a filter of the form is sent, for its label.
pub(super) fn filters(t: &Text, names: &Names, ask: &Ask) -> Vec<(String, &'static str, Vec<Choice>)> {
    let filter = |by: By| (t.say(by.text()), by.as_str(), names.choices(t, by, &ask.filter));
    By::ALL.into_iter().map(filter).collect()
}

/// The value of a key in an address.
pub(super) fn written(by: By, key: &Key) -> String {
    word(by, key)
}
