//! What is known of accounts, read for many of them at once with a handful of statements, and only as far as it is asked.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::text::fold;

use super::model::{Condition, Fact, Facts, Subject, Test};
use super::suppliers::{Found, Suppliers};
use super::{Group, Segment};
use crate::accounts::{self, AccountId};
use crate::currencies::{self, Rates};
use crate::fields::{self, FieldKind, FieldValue};
use crate::metrics::{self, Metric, Unit};
use crate::workspaces::{self, WorkspaceId};
use crate::{assignment, stages, tags, tiers, worth};

/// The facts of several accounts; accounts that are not there have none.
pub(super) type Known = BTreeMap<AccountId, Facts>;

/// What some definitions ask.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    subjects: BTreeSet<Subject>,
    /// Metrics as they were so many days ago.
    past: BTreeSet<(String, i64)>,
}

impl Wanted {
    pub(super) fn of(group: &Group) -> Self {
        let mut wanted = Self::default();
        wanted.add(group);
        wanted
    }

    pub(super) fn of_all(segments: &[Segment]) -> Self {
        let mut wanted = Self::default();
        for segment in segments {
            wanted.add(&segment.text.definition);
        }
        wanted
    }

    fn add(&mut self, group: &Group) {
        for Condition { about, test } in group.all() {
            self.subjects.insert(about.clone());
            if let (Subject::Metric(name), Test::RoseBy(_, days) | Test::FellBy(_, days)) = (about, test) {
                self.past.insert((name.clone(), *days));
            }
        }
    }

    fn has(&self, subject: &Subject) -> bool {
        self.subjects.contains(subject)
    }

    fn metrics(&self) -> impl Iterator<Item = &str> {
        self.subjects.iter().filter_map(|subject| match subject {
            Subject::Metric(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// What is known of these accounts.
pub(super) fn load(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    wanted: &Wanted,
) -> Result<Known, DbError> {
    let mut known = themselves(tx, workspace, accounts)?;
    let there: Vec<AccountId> = known.keys().copied().collect();
    places(tx, workspace, &there, wanted, &mut known)?;
    money(tx, workspace, &there, wanted, &mut known)?;
    own(tx, workspace, &there, wanted, &mut known)?;
    numbers(tx, workspace, &there, wanted, &mut known)?;
    supplied(tx, workspace, &there, wanted, &mut known)?;
    Ok(known)
}

fn put(known: &mut Known, account: AccountId, subject: Subject, fact: Fact) {
    if let Some(facts) = known.get_mut(&account) {
        facts.now.insert(subject, fact);
    }
}

/// What stands in the accounts' own rows.
fn themselves(tx: &mut Tx<'_>, workspace: WorkspaceId, ids: &[AccountId]) -> Result<Known, DbError> {
    let zone = workspaces::zone(tx, workspace)?;
    let mut known = Known::new();
    for (id, account) in accounts::bulk::found(tx, workspace, ids)? {
        let word = |word: &str| Fact::Words(vec![word.to_owned()]);
        let day = |at| Fact::Day(kit::day::Day::of(at, &zone));
        let state = if account.is_open() { "open" } else { "closed" };
        let mut now = BTreeMap::from([
            (Subject::Name, Fact::Text(fold(&account.name))),
            (Subject::Kind, word(account.kind.as_str())),
            (Subject::State, word(state)),
            (Subject::Created, day(account.created_at)),
            (Subject::Changed, day(account.changed_at)),
        ]);
        if let Some(parent) = account.parent {
            now.insert(Subject::Parent, word(&parent.to_string()));
        }
        let past = BTreeMap::new();
        known.insert(id, Facts { now, past });
    }
    Ok(known)
}

/// Who looks after them, where they stand, and their tags.
fn places(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    wanted: &Wanted,
    known: &mut Known,
) -> Result<(), DbError> {
    let id = |id: String| Fact::Words(vec![id]);
    if wanted.has(&Subject::Owner) {
        for (account, span) in assignment::of(tx, workspace, accounts)? {
            put(known, account, Subject::Owner, id(span.agent.to_string()));
        }
    }
    if wanted.has(&Subject::Tier) {
        for (account, standing) in tiers::of(tx, workspace, accounts)? {
            if let Some(tier) = standing.tier {
                put(known, account, Subject::Tier, id(tier.id.to_string()));
            }
        }
    }
    if wanted.has(&Subject::Stage) {
        for (account, stage) in stages::now(tx, workspace, accounts)? {
            put(known, account, Subject::Stage, id(stage.id.to_string()));
        }
    }
    if wanted.has(&Subject::Tag) {
        let bare: Vec<Uuid> = accounts.iter().map(|id| id.uuid()).collect();
        for (account, tags) in tags::of_many(tx, workspace, &accounts::NOUN, &bare)? {
            let words = tags.into_iter().map(|tag| tag.id.to_string()).collect();
            put(
                known,
                AccountId::from_uuid(account),
                Subject::Tag,
                Fact::Words(words),
            );
        }
    }
    Ok(())
}

/// What they bring, and when they renew.
fn money(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    wanted: &Wanted,
    known: &mut Known,
) -> Result<(), DbError> {
    if !wanted.has(&Subject::Arr) && !wanted.has(&Subject::Renews) {
        return Ok(());
    }
    for (account, worth) in worth::of(tx, workspace, accounts)? {
        put(known, account, Subject::Arr, Fact::Number(worth.arr as f64));
        if let Some(renews) = worth.renews {
            put(known, account, Subject::Renews, Fact::Day(renews));
        }
    }
    Ok(())
}

/// What stands in the workspace's own fields; archived ones keep their values.
fn own(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    wanted: &Wanted,
    known: &mut Known,
) -> Result<(), DbError> {
    let is_field = |subject: &Subject| matches!(subject, Subject::Field(_));
    if !wanted.subjects.iter().any(is_field) {
        return Ok(());
    }
    let mut fields = fields::all(tx, workspace, &accounts::NOUN)?;
    fields.retain(|field| wanted.has(&Subject::Field(field.id)));
    // Amounts are compared as what they are worth today; one without a rate is not known.
    let rates = if fields.iter().any(|field| field.kind == FieldKind::Money) {
        let today = workspaces::today(tx, workspace)?;
        Some(currencies::on(tx, workspace, today)?)
    } else {
        None
    };
    let bare: Vec<Uuid> = accounts.iter().map(|id| id.uuid()).collect();
    let held = fields::of_many(tx, workspace, &fields, &bare)?;
    for (account, values) in &held {
        for field in &fields {
            let held = values.get(field.id);
            let fact = held.and_then(|value| fact(field.kind, value, rates.as_ref()));
            if let Some(fact) = fact {
                put(
                    known,
                    AccountId::from_uuid(*account),
                    Subject::Field(field.id),
                    fact,
                );
            }
        }
    }
    Ok(())
}

fn fact(kind: FieldKind, value: &FieldValue, rates: Option<&Rates>) -> Option<Fact> {
    Some(match value {
        FieldValue::Money(money) => Fact::Number(rates?.convert(*money)? as f64),
        FieldValue::Words(words) if kind == FieldKind::Choice => Fact::Words(vec![words.clone()]),
        FieldValue::Words(words) => Fact::Text(fold(words)),
        FieldValue::Number(number) => Fact::Number(*number),
        FieldValue::Day(day) => Fact::Day(*day),
        FieldValue::Flag(flag) => Fact::Words(vec![if *flag { "yes" } else { "no" }.to_owned()]),
        FieldValue::Several(words) => Fact::Words(words.clone()),
    })
}

/// Metrics as they stand, and as they stood.
fn numbers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    wanted: &Wanted,
    known: &mut Known,
) -> Result<(), DbError> {
    let producers = metrics::producers(tx, workspace)?;
    let asked: BTreeMap<&str, &Metric> = wanted
        .metrics()
        .filter_map(|name| producers.find(name).map(|metric| (name, metric)))
        .collect();
    if asked.is_empty() {
        return Ok(());
    }
    let today = workspaces::today(tx, workspace)?;
    for (account, held) in metrics::batch(tx, workspace, accounts)? {
        for (name, metric) in &asked {
            if let Some(standing) = held.get(*name) {
                let value = metric.on(standing.value, today);
                put(
                    known,
                    account,
                    Subject::Metric((*name).to_owned()),
                    Fact::Number(value),
                );
            }
        }
    }
    for (name, days) in &wanted.past {
        let day = today.plus_days(-days);
        for (account, value) in metrics::past(tx, workspace, accounts, (name, day))? {
            if let Some(facts) = known.get_mut(&account) {
                facts.past.insert((name.clone(), *days), value);
            }
        }
    }
    Ok(())
}

/// What other features know.
fn supplied(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    wanted: &Wanted,
    known: &mut Known,
) -> Result<(), DbError> {
    for supplier in tx.attached::<Suppliers>().unwrap_or_default().all() {
        let is_wanted = |name: &str| wanted.metrics().any(|asked| asked == name);
        let is_asked = supplier.metrics.iter().any(|metric| is_wanted(metric.name))
            || supplier.choices.iter().any(|choices| is_wanted(choices.name));
        if !is_asked {
            continue;
        }
        for (account, name, found) in (supplier.read)(tx, workspace, accounts)? {
            let fact = match found {
                Found::Number(number) => Fact::Number(number),
                Found::Word(word) => Fact::Words(vec![word.to_owned()]),
            };
            put(known, account, Subject::Metric(name.to_owned()), fact);
        }
    }
    Ok(())
}

/// Whether the value of a metric is another each day, though nothing is stored.
pub(super) fn goes_by_days(unit: Unit) -> bool {
    matches!(unit, Unit::DaysSince | Unit::DaysUntil)
}
