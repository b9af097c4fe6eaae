//! What somebody may ask of accounts: every subject with its nature, what can be chosen of it, and which tests go with it.

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use kit::money::Currency;

use super::facts::goes_by_days;
use super::line::Is;
use super::model::Subject;
use super::suppliers::Suppliers;
use crate::accounts::{self, AccountKind};
use crate::actor::Actor;
use crate::fields::{self, Field, FieldKind};
use crate::ladders::{self, Ladder, Rung};
use crate::metrics::{self, Metric, Unit};
use crate::permissions::Permission;
use crate::{agents, currencies, tags};

/// What a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// A text.
    Text,
    /// One or several of [`Entry::choices`].
    Choice,
    /// There or not.
    Bare,
    /// A number.
    Number(Scale),
    /// A day.
    Day,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    Plain,
    /// Minor units of the reporting currency.
    Money,
    /// A part of 1, in percent.
    Share,
    /// Days.
    Days,
}

/// What something is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// By the message of this key.
    Key(String),
    /// By people, just so.
    Own(String),
}

impl Called {
    pub(super) fn said(&self, t: &Text) -> String {
        match self {
            Self::Key(key) => t.say(key),
            Self::Own(name) => name.clone(),
        }
    }

    fn key(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

/// Where a subject stands in the list of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shelf {
    Account,
    Fields,
    Metrics,
}

impl Shelf {
    pub(super) const ALL: [Self; 3] = [Self::Account, Self::Fields, Self::Metrics];

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Account => "segments-shelf-account",
            Self::Fields => "segments-shelf-fields",
            Self::Metrics => "segments-shelf-metrics",
        }
    }
}

/// Something that can be asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) subject: Subject,
    pub(super) called: Called,
    pub(super) shelf: Shelf,
    pub(super) nature: Nature,
    /// What it can be, with names.
    pub(super) choices: Vec<(String, Called)>,
    /// Whether it is kept what it was.
    pub(super) has_past: bool,
    /// Whether its value is another each day.
    pub(super) is_daily: bool,
    /// Whether it is in use; what is not is still read, but not offered.
    pub(super) is_offered: bool,
}

/// Everything that somebody may ask.
#[derive(Clone, Debug)]
pub(super) struct Catalogue {
    pub(super) entries: Vec<Entry>,
    pub(super) currency: Currency,
}

impl Catalogue {
    /// What `actor` may ask.
    pub(super) fn of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Self, DbError> {
        let mut entries = plain();
        entries.extend(choices(tx, actor)?);
        if actor.may(Permission::MoneyRead) {
            let money = Nature::Number(Scale::Money);
            entries.push(entry(Subject::Arr, "subscriptions-arr", money));
            entries.push(entry(Subject::Renews, "segments-about-renews", Nature::Day));
        }
        let fields = fields::all(tx, actor.workspace, &accounts::NOUN)?;
        entries.extend(fields.into_iter().map(of_field));
        entries.extend(numbers(tx, actor)?);
        Ok(Self {
            entries,
            currency: currencies::reporting(tx, actor.workspace)?,
        })
    }

    /// What is known of a subject.
    pub(super) fn find(&self, subject: &Subject) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.subject == *subject)
    }
}

impl Entry {
    /// The tests that go with it, the usual one first.
    pub(super) fn tests(&self) -> Vec<Is> {
        let mut tests: Vec<Is> = match self.nature {
            Nature::Text => vec![Is::Contains, Is::Lacks, Is::Equals],
            Nature::Choice => vec![Is::OneOf, Is::NoneOf],
            Nature::Bare => Vec::new(),
            Nature::Number(Scale::Days) => vec![Is::AtMost, Is::AtLeast, Is::Above, Is::Below, Is::EqualTo],
            Nature::Number(_) => vec![Is::AtLeast, Is::AtMost, Is::Above, Is::Below, Is::EqualTo],
            Nature::Day if self.subject == Subject::Renews => {
                vec![Is::Next, Is::Past, Is::Last, Is::Before, Is::After]
            }
            Nature::Day => vec![Is::Last, Is::Next, Is::Past, Is::Before, Is::After],
        };
        if self.has_past {
            tests.extend([Is::FellBy, Is::RoseBy]);
        }
        if self.may_be_unknown() {
            tests.extend([Is::Known, Is::Unknown]);
        }
        tests
    }

    fn may_be_unknown(&self) -> bool {
        use Subject::{Changed, Created, Kind, Name, State};
        !matches!(self.subject, Name | Kind | State | Created | Changed)
    }

    /// What a choice is called; its word where nobody knows it any more.
    pub(super) fn choice(&self, word: &str, t: &Text) -> Option<String> {
        let found = self.choices.iter().find(|(known, _)| known == word);
        found.map(|(_, called)| called.said(t))
    }
}

fn entry(subject: Subject, key: &str, nature: Nature) -> Entry {
    Entry {
        subject,
        called: Called::key(key),
        shelf: Shelf::Account,
        nature,
        choices: Vec::new(),
        has_past: false,
        is_daily: false,
        is_offered: true,
    }
}

/// What every account has, or may have.
fn plain() -> Vec<Entry> {
    let kinds = AccountKind::ALL.map(|kind| (kind.as_str().to_owned(), Called::key(kind.text())));
    let states = [("open", "accounts-is-open"), ("closed", "accounts-is-closed")];
    let states = states.map(|(word, key)| (word.to_owned(), Called::key(key)));
    vec![
        entry(Subject::Name, "accounts-name", Nature::Text),
        Entry {
            choices: kinds.to_vec(),
            ..entry(Subject::Kind, "accounts-kind", Nature::Choice)
        },
        Entry {
            choices: states.to_vec(),
            ..entry(Subject::State, "accounts-state", Nature::Choice)
        },
        entry(Subject::Parent, "segments-about-parent", Nature::Bare),
        entry(Subject::Created, "segments-about-created", Nature::Day),
        entry(Subject::Changed, "segments-about-changed", Nature::Day),
    ]
}

/// Owners, tiers, stages and tags.
fn choices(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Entry>, DbError> {
    let workspace = actor.workspace;
    let own = |id: String, name: String| (id, Called::Own(name));
    let agents = agents::all(tx, workspace)?.into_iter();
    let agents = agents.filter(|agent| !agent.is_machine);
    let rungs = |rungs: Vec<Rung>| {
        let rungs = rungs.into_iter();
        rungs
            .map(|rung| own(rung.id.to_string(), rung.text.name))
            .collect()
    };
    let tiers = rungs(ladders::all(tx, workspace, Ladder::Tiers)?);
    let stages = rungs(ladders::all(tx, workspace, Ladder::Stages)?);
    let tags = tags::all(tx, workspace)?.into_iter();
    Ok(vec![
        Entry {
            choices: agents
                .map(|agent| own(agent.id.to_string(), agent.name))
                .collect(),
            ..entry(Subject::Owner, "assignment-owner", Nature::Choice)
        },
        Entry {
            choices: tiers,
            ..entry(Subject::Tier, "tiers-tier", Nature::Choice)
        },
        Entry {
            choices: stages,
            ..entry(Subject::Stage, "stages-stage", Nature::Choice)
        },
        Entry {
            choices: tags.map(|(tag, _)| own(tag.id.to_string(), tag.name)).collect(),
            ..entry(Subject::Tag, "tags-name", Nature::Choice)
        },
    ])
}

fn of_field(field: Field) -> Entry {
    let yes_no = [("yes", "segments-yes"), ("no", "segments-no")];
    let own = |choice: String| (choice.clone(), Called::Own(choice));
    let (nature, choices) = match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Link => (Nature::Text, Vec::new()),
        FieldKind::Number => (Nature::Number(Scale::Plain), Vec::new()),
        FieldKind::Money => (Nature::Number(Scale::Money), Vec::new()),
        FieldKind::Date => (Nature::Day, Vec::new()),
        FieldKind::YesNo => {
            let choices = yes_no.map(|(word, key)| (word.to_owned(), Called::key(key)));
            (Nature::Choice, choices.to_vec())
        }
        FieldKind::Choice | FieldKind::Choices => {
            (Nature::Choice, field.text.choices.into_iter().map(own).collect())
        }
    };
    Entry {
        called: Called::Own(field.text.label),
        shelf: Shelf::Fields,
        nature,
        choices,
        is_offered: field.archiving.is_none(),
        ..entry(Subject::Field(field.id), "", Nature::Text)
    }
}

/// Metrics, and what else features know.
fn numbers(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Entry>, DbError> {
    let producers = metrics::producers(tx, actor.workspace)?;
    let suppliers = tx.attached::<Suppliers>().unwrap_or_default();
    let mut entries = Vec::new();
    for choices in suppliers.choices().filter(|choices| actor.may(choices.needs)) {
        let words = choices.words.iter();
        entries.push(Entry {
            called: Called::key(choices.text),
            shelf: Shelf::Metrics,
            choices: words
                .map(|(word, key)| ((*word).to_owned(), Called::key(key)))
                .collect(),
            ..entry(Subject::Metric(choices.name.to_owned()), "", Nature::Choice)
        });
    }
    let supplied = suppliers.metrics().map(|metric| (metric, false));
    let produced = producers
        .metrics()
        .map(|metric| (metric, !goes_by_days(metric.unit)));
    for (metric, has_past) in supplied.chain(produced) {
        if actor.may(metric.needs) {
            entries.push(of_metric(metric, has_past));
        }
    }
    Ok(entries)
}

fn of_metric(metric: &Metric, has_past: bool) -> Entry {
    let scale = match metric.unit {
        Unit::Count | Unit::Number => Scale::Plain,
        Unit::Share => Scale::Share,
        Unit::Money => Scale::Money,
        Unit::DaysSince | Unit::DaysUntil => Scale::Days,
    };
    Entry {
        called: match metric.title {
            Some(title) => Called::Own(title.to_owned()),
            None => Called::Key(metric.text()),
        },
        shelf: Shelf::Metrics,
        has_past,
        is_daily: goes_by_days(metric.unit),
        ..entry(Subject::Metric(metric.name.to_owned()), "", Nature::Number(scale))
    }
}
