//! What the templates of adoption take.

use askama::Template;
use kit::chart::{Caption, Lines, Series, Sparkline, Unit};
use kit::clock::Timestamp;
use kit::db::Tx;
use kit::i18n::Text;
use kit::money::Currency;
use kit::web::{Choice, Column, Filled, Order, Tab};
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::ladders::{self, Ladder};
use tandem_core::segments;

use super::web::PATH;
use super::{
    Adoption, AdoptionError, Feature, FeatureCall, Found, Mark, Sort, Use, Users, Wanted, Whose, Window,
};

/// Which accounts can be looked at alone.
pub(super) struct Known {
    owners: Vec<(String, String)>,
    tiers: Vec<(String, String)>,
    segments: Vec<(String, String)>,
}

impl Known {
    pub(super) fn of(tx: &mut Tx<'_>, reader: &Actor) -> Result<Self, AdoptionError> {
        let agents = agents::all(tx, reader.workspace)?.into_iter();
        let agents = agents.filter(|agent| agent.is_active && !agent.is_machine);
        let tiers = ladders::all(tx, reader.workspace, Ladder::Tiers)?.into_iter();
        let segments = segments::all(tx, reader)?.into_iter();
        Ok(Self {
            owners: agents.map(|agent| (agent.id.to_string(), agent.name)).collect(),
            tiers: tiers.map(|rung| (rung.id.to_string(), rung.text.name)).collect(),
            segments: segments
                .map(|segment| (segment.id.to_string(), segment.text.name))
                .collect(),
        })
    }
}

/// The choices of a filter, from everybody's to one.
fn any(t: &Text, held: &str, all: &[(String, String)]) -> Vec<Choice> {
    let any = Choice::new("", t.say("assignment-any")).chosen_if(held.is_empty());
    let rest = all
        .iter()
        .map(|(value, text)| Choice::new(value, text).chosen_if(value == held));
    std::iter::once(any).chain(rest).collect()
}

/// What both pages are filtered by.
pub(super) struct Filters<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a Filled,
    pub(super) known: Known,
}

impl Filters<'_> {
    fn owners(&self) -> Vec<Choice> {
        let mut all = vec![("me".to_owned(), self.t.say("assignment-my-book"))];
        all.extend(self.known.owners.iter().cloned());
        any(self.t, self.form.value("owner"), &all)
    }

    fn tiers(&self) -> Vec<Choice> {
        any(self.t, self.form.value("tier"), &self.known.tiers)
    }

    fn segments(&self) -> Vec<Choice> {
        any(self.t, self.form.value("segment"), &self.known.segments)
    }

    fn calls(&self) -> Vec<Choice> {
        let all = FeatureCall::ALL.map(|call| (call.as_str().to_owned(), self.t.say(call.text())));
        any(self.t, self.form.value("call"), &all)
    }

    fn marks(&self) -> Vec<Choice> {
        let all = Mark::ALL.map(|mark| (mark.as_str().to_owned(), self.t.say(mark.text())));
        any(self.t, self.form.value("mark"), &all)
    }

    /// Whether anything is asked but the window and the order.
    fn is_filtered(&self) -> bool {
        let free = ["window", "sort", "after", "whose"];
        self.form
            .pairs()
            .any(|(name, value)| !free.contains(&name) && !value.is_empty())
    }

    /// Those of the pairs that a file is asked for with.
    fn pairs(&self) -> Vec<(&str, &str)> {
        let pairs = self.form.pairs();
        pairs
            .filter(|(name, value)| *name != "after" && !value.is_empty())
            .collect()
    }
}

#[derive(Template)]
#[template(path = "usage/adoption/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) filters: Filters<'a>,
    pub(super) found: Found,
    pub(super) wanted: &'a Wanted,
    pub(super) next: Option<String>,
    pub(super) is_first: bool,
}

#[derive(Template)]
#[template(path = "usage/adoption/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

impl ListPage<'_> {
    fn windows(&self) -> Vec<Tab> {
        windows(self.t, self.filters.form, self.wanted.window, PATH)
    }

    /// The heads of the table: a press sorts by a column.
    fn heads(&self) -> Vec<Column> {
        let sorted = |key: &str, sort: Sort| {
            let mut form = self.filters.form.clone();
            form.set("sort", sort.as_str());
            let order = match sort {
                Sort::Name => Order::Ascending,
                _ => Order::Descending,
            };
            let order = Some(order).filter(|_| self.wanted.sort == sort);
            Column::new(self.t.say(key)).sorted_at(form.address(PATH, &["after"]), order)
        };
        let aside = |column: Column| Column {
            aside: true,
            ..column
        };
        vec![
            sorted("adoption-feature", Sort::Name),
            sorted("adoption-accounts", Sort::Accounts).numeric(),
            aside(sorted("adoption-people", Sort::People).numeric()),
            aside(sorted("adoption-events", Sort::Events).numeric()),
            aside(Column::new(self.t.say("adoption-weeks"))),
            aside(Column::new(self.t.say("adoption-first"))),
            sorted("adoption-last", Sort::Last),
        ]
    }

    fn name(&self, feature: &Feature) -> String {
        name(self.t, feature)
    }

    fn share(&self, one: &Adoption) -> String {
        share(self.t, one.figures.accounts, self.found.active)
    }

    fn line(&self, one: &Adoption) -> String {
        line(self.t, &one.weeks)
    }

    /// Where the feature's page is, with the accounts that are looked at.
    fn path(&self, one: &Adoption) -> String {
        let path = format!("{PATH}/{}", one.feature.id);
        let without = ["after", "sort", "call", "mark", "q"];
        self.filters.form.address(&path, &without)
    }

    fn as_of(&self, at: &Timestamp) -> String {
        as_of(self.t, *at)
    }
}

#[derive(Template)]
#[template(path = "usage/adoption/views/feature.html")]
pub(super) struct FeaturePage<'a> {
    pub(super) t: &'a Text,
    pub(super) filters: Filters<'a>,
    pub(super) one: Adoption,
    pub(super) active: i64,
    pub(super) counted_at: Option<Timestamp>,
    pub(super) asked: Users,
    pub(super) users: Vec<Use>,
    pub(super) next: Option<String>,
    pub(super) currency: Currency,
    pub(super) may_see_money: bool,
    pub(super) is_first: bool,
}

impl FeaturePage<'_> {
    fn path(&self) -> String {
        format!("{PATH}/{}", self.one.feature.id)
    }

    fn windows(&self) -> Vec<Tab> {
        windows(self.t, self.filters.form, self.asked.window, &self.path())
    }

    fn tabs(&self) -> Vec<Tab> {
        let tab = |whose: Whose| {
            let mut form = self.filters.form.clone();
            form.set("whose", whose.as_str());
            Tab {
                text: self.t.say(whose.text()),
                href: form.address(&self.path(), &["after"]),
                current: whose == self.asked.whose,
                count: None,
            }
        };
        Whose::ALL.map(tab).to_vec()
    }

    fn share(&self) -> String {
        share(self.t, self.one.figures.accounts, self.active)
    }

    fn has_used(&self) -> bool {
        self.asked.whose != Whose::Never
    }

    /// The message of what stands where nobody is.
    fn nobody(&self) -> &'static str {
        match self.asked.whose {
            Whose::Used => "adoption-nobody-used",
            Whose::Stopped => "adoption-nobody-stopped",
            Whose::Never => "adoption-nobody-never",
        }
    }

    fn money(&self, one: &Use) -> String {
        one.mrr
            .map(|mrr| self.t.money_whole(mrr, self.currency.code()))
            .unwrap_or_default()
    }

    fn as_of(&self, at: &Timestamp) -> String {
        as_of(self.t, *at)
    }

    /// The accounts of each week as a chart.
    fn course(&self) -> String {
        let weeks = &self.one.weeks;
        let count = i64::try_from(weeks.len()).unwrap_or_default();
        let now = self.counted_at.unwrap_or_else(|| self.t.now());
        let week = |index: i64| {
            now.minus(std::time::Duration::from_secs(
                (count - 1 - index).unsigned_abs() * 604_800,
            ))
        };
        Lines {
            caption: Caption::new(
                "adoption-course",
                self.t.say("adoption-course"),
                says(self.t, weeks),
            ),
            unit: Unit::Number(0),
            places: (0..count).map(|index| self.t.date(week(index))).collect(),
            series: vec![Series {
                name: self.t.say("adoption-accounts"),
                values: weeks.iter().map(|count| Some(*count as f64)).collect(),
            }],
            band: None,
        }
        .draw(self.t)
    }
}

/// A page or screen without a name still has a word.
pub(super) fn name(t: &Text, feature: &Feature) -> String {
    if feature.name.is_empty() {
        t.say("usage-account-nameless")
    } else {
        feature.name.clone()
    }
}

fn share(t: &Text, part: i64, whole: i64) -> String {
    match whole {
        0 => String::new(),
        _ => t.percent(part as f64 / whole as f64, 0),
    }
}

fn as_of(t: &Text, at: Timestamp) -> String {
    t.say_with("adoption-as-of", kit::args!(at = t.moment(at)))
}

fn says(t: &Text, weeks: &[i64]) -> String {
    let end = |n: Option<&i64>| t.number(n.copied().unwrap_or_default());
    let (from, to) = (end(weeks.first()), end(weeks.last()));
    t.say_with(
        "adoption-line",
        kit::args!(from = from.as_str(), to = to.as_str()),
    )
}

fn line(t: &Text, weeks: &[i64]) -> String {
    if weeks.is_empty() {
        return String::new();
    }
    Sparkline {
        sentence: says(t, weeks),
        values: weeks.iter().map(|count| Some(*count as f64)).collect(),
        range: None,
    }
    .draw(t)
}

/// The windows that can be looked at, each at its address.
pub(in crate::usage) fn windows(t: &Text, form: &Filled, held: Window, path: &str) -> Vec<Tab> {
    let tab = |window: Window| {
        let mut form = form.clone();
        form.set("window", window.days().to_string());
        Tab {
            text: t.count("adoption-days", window.days()),
            href: form.address(path, &["after"]),
            current: window == held,
            count: None,
        }
    };
    Window::ALL.map(tab).to_vec()
}
