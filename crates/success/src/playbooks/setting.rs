//! Giving a field of an account another value, and taking that back. A value has one textual form, in which steps, logs and
//! forms keep it: the id of a stage, tier or agent; of an own field its words, a number, a day, `yes` or `no`, and several
//! choices a line each.

use std::collections::BTreeMap;

use kit::db::Tx;
use serde_json::Value;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::assignment::{self, AssignmentError};
use tandem_core::contacts;
use tandem_core::fields::{self, Field, FieldError, FieldKind, FieldValue};
use tandem_core::ladders::{self, Ladder};
use tandem_core::permissions::Permission;
use tandem_core::stages::{self, StageError};
use tandem_core::tiers::{self, TierError};

use super::{FieldChange, PlaybookError, Reached, Run, RunId, beginning, find_run, runs};

/// A field of an account that a step can set.
enum Target {
    Stage,
    Tier,
    Owner,
    Own(Box<Field>),
}

fn target(tx: &mut Tx<'_>, actor: &Actor, field: &str) -> Result<Option<Target>, PlaybookError> {
    Ok(match field {
        "stage" => Some(Target::Stage),
        "tier" => Some(Target::Tier),
        "owner" => Some(Target::Owner),
        id => {
            let open = fields::open(tx, actor.workspace, &accounts::NOUN)?;
            let own = open.into_iter().find(|one| one.id.to_string() == id);
            own.map(|field| Target::Own(Box::new(field)))
        }
    })
}

/// Whether a value can stand in a field.
pub(super) fn can_stand(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (field, value): (&str, &str),
) -> Result<bool, PlaybookError> {
    let rung = |tx: &mut Tx<'_>, ladder: Ladder| -> Result<bool, PlaybookError> {
        let Ok(id) = value.parse() else {
            return Ok(false);
        };
        let found = ladders::find(tx, actor.workspace, ladder, id)?;
        Ok(found.is_some_and(|rung| rung.archiving.is_none()))
    };
    match target(tx, actor, field)? {
        Some(Target::Stage) => rung(tx, Ladder::Stages),
        Some(Target::Tier) => Ok(value.is_empty() || rung(tx, Ladder::Tiers)?),
        Some(Target::Owner) => match (value.is_empty(), value.parse()) {
            (true, _) => Ok(true),
            (_, Ok(id)) => {
                let agent = agents::find(tx, actor.workspace, id)?;
                Ok(agent.is_some_and(|agent| agent.is_active && !agent.is_machine))
            }
            _ => Ok(false),
        },
        Some(Target::Own(field)) => Ok(match own_value(&field, value) {
            Some(None) => !field.text.is_required,
            Some(Some(FieldValue::Words(words))) if field.kind == FieldKind::Choice => {
                field.text.choices.contains(&words)
            }
            Some(Some(FieldValue::Several(all))) => all.iter().all(|one| field.text.choices.contains(one)),
            Some(Some(_)) => true,
            None => false,
        }),
        None => Ok(false),
    }
}

/// What a textual form says for an own field; none where it can't be read.
fn own_value(field: &Field, text: &str) -> Option<Option<FieldValue>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let value = match field.kind {
        FieldKind::Number => {
            let number = text.replace(',', ".").parse::<f64>().ok()?;
            Value::from(Some(number).filter(|number| number.is_finite())?)
        }
        FieldKind::YesNo => Value::from(match text {
            "yes" => true,
            "no" => false,
            _ => return None,
        }),
        FieldKind::Choices => text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect(),
        _ => Value::from(text),
    };
    FieldValue::read(field, &value).ok()
}

/// The textual form of what stands in an own field.
fn own_text(value: &FieldValue) -> String {
    match value {
        FieldValue::Words(words) => words.clone(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Day(day) => day.to_string(),
        FieldValue::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        FieldValue::Several(all) => all.join("\n"),
        FieldValue::Money(money) => fields::plain_money(money),
    }
}

/// What stands in a field of an account.
fn standing(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    target: &Target,
) -> Result<String, PlaybookError> {
    let workspace = actor.workspace;
    Ok(match target {
        Target::Stage => {
            let now = stages::now(tx, workspace, &[account])?.remove(&account);
            now.map(|rung| rung.id.to_string()).unwrap_or_default()
        }
        Target::Tier => {
            let now = tiers::of(tx, workspace, &[account])?.remove(&account);
            let pinned = now.filter(|standing| standing.is_pinned);
            let tier = pinned.and_then(|standing| standing.tier);
            tier.map(|rung| rung.id.to_string()).unwrap_or_default()
        }
        Target::Owner => {
            let now = assignment::of(tx, workspace, &[account])?.remove(&account);
            now.map(|span| span.agent.to_string()).unwrap_or_default()
        }
        Target::Own(field) => {
            let one = std::slice::from_ref(&**field);
            let subject = kit::id::TypedId::uuid(account);
            let held = fields::of_many(tx, workspace, one, &[subject])?.remove(&subject);
            let held = held.as_ref().and_then(|values| values.get(field.id));
            held.map(own_text).unwrap_or_default()
        }
    })
}

/// Writes a value; `false` where it can't stand there.
fn write(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    (target, value): (&Target, &str),
) -> Result<bool, PlaybookError> {
    match target {
        Target::Stage => {
            let Ok(stage) = value.parse() else {
                return Ok(false);
            };
            match stages::set(tx, actor, account, stage) {
                Err(StageError::Db(error)) => Err(error.into()),
                set => Ok(set.is_ok()),
            }
        }
        Target::Tier => {
            let set = match value.parse() {
                Ok(tier) => {
                    let why = contacts::reader(tx, actor.workspace, None)?.say("playbooks-tier-reason");
                    tiers::pin(tx, actor, account, tier, &why)
                }
                Err(_) => tiers::unpin(tx, actor, account),
            };
            match set {
                Err(TierError::Db(error)) => Err(error.into()),
                set => Ok(set.is_ok()),
            }
        }
        Target::Owner => match assignment::give(tx, actor, account, value.parse().ok()) {
            Err(AssignmentError::Db(error)) => Err(error.into()),
            given => Ok(given.is_ok()),
        },
        Target::Own(field) => {
            let Some(value) = own_value(field, value) else {
                return Ok(false);
            };
            let wanted = BTreeMap::from([(field.id, value)]);
            match fields::set(tx, actor, &accounts::NOUN, account.into(), &wanted) {
                Err(FieldError::Db(error)) => Err(error.into()),
                set => Ok(set.is_ok()),
            }
        }
    }
}

/// Gives a field of an account another value; gives what changed, and nothing where it could not be done.
///
/// # Errors
/// The database's, as [`PlaybookError::Db`].
pub(super) fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    (field, value): (&str, &str),
) -> Result<Option<FieldChange>, PlaybookError> {
    // Who left the company or was archived meanwhile can't be set any more.
    if !can_stand(tx, actor, (field, value))? {
        return Ok(None);
    }
    let Some(target) = target(tx, actor, field)? else {
        return Ok(None);
    };
    let before = standing(tx, actor, account, &target)?;
    if !write(tx, actor, account, (&target, value))? {
        return Ok(None);
    }
    Ok(Some(FieldChange {
        field: field.to_owned(),
        before,
        after: standing(tx, actor, account, &target)?,
    }))
}

/// Takes back what a step of a run set, while it still stands there. Taken back twice it changes nothing.
///
/// # Errors
/// [`PlaybookError::ChangedSince`], [`PlaybookError::UnknownRun`], a missing permission, or the database's.
pub fn take_back(tx: &mut Tx<'_>, actor: &Actor, id: RunId, number: i64) -> Result<Run, PlaybookError> {
    actor.must(Permission::AccountsWrite)?;
    let run = find_run(tx, actor, id)?;
    let steps = runs::store::steps(tx, actor.workspace, id)?;
    let step = steps.into_iter().find(|step| step.number == number);
    let Some((step, change)) = step.and_then(|step| step.change.clone().map(|change| (step, change))) else {
        return Err(PlaybookError::ChangedSince);
    };
    if step.outcome == "undone" {
        return Ok(run);
    }
    let target = target(tx, actor, &change.field)?.ok_or(PlaybookError::ChangedSince)?;
    if standing(tx, actor, run.account, &target)? != change.after
        || !write(tx, actor, run.account, (&target, &change.before))?
    {
        return Err(PlaybookError::ChangedSince);
    }
    let undone = Reached {
        outcome: "undone".to_owned(),
        ..step
    };
    runs::store::put_step(tx, actor.workspace, &run, &undone)?;
    beginning::tell_of(tx, actor, &run)?;
    Ok(run)
}

/// A field and a value as people read them; the id itself where its thing is gone.
pub(super) fn named(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &kit::i18n::Text,
    (field, value): (&str, &str),
) -> Result<(String, String), PlaybookError> {
    let rung = |tx: &mut Tx<'_>, ladder: Ladder| -> Result<Option<String>, PlaybookError> {
        let found = match value.parse() {
            Ok(id) => ladders::find(tx, actor.workspace, ladder, id)?,
            Err(_) => None,
        };
        Ok(found.map(|rung| rung.text.name))
    };
    let nothing = || t.say("playbooks-nothing");
    Ok(match target(tx, actor, field)? {
        Some(Target::Stage) => (
            t.say("stages-stage"),
            rung(tx, Ladder::Stages)?.unwrap_or_else(nothing),
        ),
        Some(Target::Tier) => {
            let tier = rung(tx, Ladder::Tiers)?;
            (
                t.say("tiers-tier"),
                tier.unwrap_or_else(|| t.say("playbooks-by-rule")),
            )
        }
        Some(Target::Owner) => {
            let agent = match value.parse() {
                Ok(id) => agents::find(tx, actor.workspace, id)?,
                Err(_) => None,
            };
            (
                t.say("tasks-owner"),
                agent.map_or_else(nothing, |agent| agent.name),
            )
        }
        Some(Target::Own(own)) => {
            let value = own_value(&own, value).flatten();
            let shown = value.map_or_else(nothing, |value| fields::form::shown(t, &value));
            (own.text.label, shown)
        }
        None => (field.to_owned(), value.to_owned()),
    })
}

/// The keys of the own fields of accounts: what variables may name.
pub(super) fn keys(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<String>, PlaybookError> {
    let open = fields::open(tx, actor.workspace, &accounts::NOUN)?;
    Ok(open.into_iter().map(|field| field.text.key).collect())
}
