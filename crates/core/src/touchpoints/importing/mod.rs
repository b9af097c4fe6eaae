//! Touchpoints as files bring them: what happened at an account before it was written down here, and the way back.
//!
//! A touchpoint is written once. A row that says something else of one that is there is refused; only the impression can
//! be said anew.

mod fields;
mod store;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::text::fold;
use serde::{Deserialize, Serialize};

use super::{Judging, NewTouchpoint, Touchpoint, TouchpointError, TouchpointId};
use crate::accounts::references;
use crate::actor::Actor;
use crate::contacts::identities::{self, NewIdentity};
use crate::contacts::{self, ContactId, memberships};
use crate::events;
use crate::imports::target::{self, Done, Refusal, Return, RowError, RowKey, Taken, Target, Values};
use crate::permissions::Permission;
use crate::workspaces;
use fields::{CONTACT, EXTERNAL_ID, HAPPENED, REASON, SUMMARY};

/// Touchpoints, for imports.
pub const TARGET: Target = Target {
    key: "touchpoints",
    title: "imports-touchpoints",
    needs: Permission::AccountsWrite,
    fields: fields::ALL,
    own: None,
    path: "",
    place: "/accounts",
    list: super::LIST,
    id: |id| TouchpointId::from_uuid(id).to_string(),
    row_key,
    alike: |_, _, _| Ok(Vec::new()),
    take,
    take_back,
    bulk: None,
};

/// The longest external id, in characters.
const LONGEST_ID: usize = 200;
/// People at an account among whom a name is looked for.
const LOOKED_AT: i64 = 500;

fn row_key(values: &Values) -> Result<RowKey, Refusal> {
    if let Some(id) = values.get(EXTERNAL_ID) {
        if id.chars().count() > LONGEST_ID {
            return Err(Refusal::of(target::TOO_LONG).field(EXTERNAL_ID).about(LONGEST_ID));
        }
        return Ok(RowKey::Outside(id.to_owned()));
    }
    let (happened, summary) = (values.must(HAPPENED)?, values.must(SUMMARY)?);
    let (account, kind) = (references::written(values), fields::kind(values)?.word);
    let said = target::mark(&fold(summary));
    Ok(RowKey::Own(format!("{account}|{happened}|{kind}|{said:x}")))
}

fn take(tx: &mut Tx<'_>, actor: &Actor, values: &Values, known: Option<Uuid>) -> Result<Taken, RowError> {
    let account = references::must(tx, actor, values)?;
    let kind = fields::kind(values)?;
    let new = NewTouchpoint {
        contact: contact(tx, actor, values, account)?,
        kind: kind.word.to_owned(),
        channel: fields::channel(values, kind)?,
        direction: fields::direction(values)?,
        summary: values.must(SUMMARY)?.to_owned(),
        evidence: None,
        happened_at: Some(moment(tx, actor, values)?),
        impression: fields::impression(values)?,
    };
    let known = match known {
        Some(id) => super::store::find(tx, actor.workspace, TouchpointId::from_uuid(id))?,
        None => None,
    };
    let Some(before) = known else {
        let added = super::add(tx, actor, account, &new).map_err(refused)?;
        return Ok(Taken::Added(added.id.uuid(), mark(tx, actor, &added)?));
    };
    let is_same = before.account == account
        && before.kind == new.kind
        && Some(before.happened_at) == new.happened_at
        && before.summary == new.summary.trim().replace("\r\n", "\n");
    if !is_same {
        return Err(Refusal::of(target::FIXED).field(SUMMARY).into());
    }
    let judged = before.impression.as_ref().map(|judged| judged.impression);
    let Some((impression, reason)) = new
        .impression
        .filter(|(impression, _)| Some(*impression) != judged)
    else {
        return Ok(Taken::Unchanged(before.id.uuid()));
    };
    let judging = Judging {
        impression: Some(impression),
        reason,
        seen: None,
    };
    let now = super::judge(tx, actor, before.id, &judging).map_err(refused)?;
    Ok(Taken::Changed {
        subject: before.id.uuid(),
        before: serde_json::to_string(&Before::of(&before)).expect("texts are always JSON"),
        version: mark(tx, actor, &now)?,
    })
}

fn take_back(tx: &mut Tx<'_>, actor: &Actor, done: &Done) -> Result<Return, DbError> {
    let id = TouchpointId::from_uuid(done.subject);
    let Some(now) = super::store::find(tx, actor.workspace, id)? else {
        return Ok(Return::Gone);
    };
    if mark(tx, actor, &now)? != done.version {
        return Ok(Return::Touched);
    }
    let Some(before) = &done.before else {
        super::bulk::erase(tx, actor.workspace, id)?;
        events::forget(tx, actor.workspace, id)?;
        return Ok(Return::Back);
    };
    let Ok(before) = serde_json::from_str::<Before>(before) else {
        return Ok(Return::Touched);
    };
    let judging = Judging {
        impression: before.impression.and_then(|number| number.try_into().ok()),
        reason: before.reason,
        seen: None,
    };
    match super::judge(tx, actor, id, &judging) {
        Ok(_) => Ok(Return::Back),
        Err(TouchpointError::Db(error)) => Err(error),
        Err(_) => Ok(Return::Touched),
    }
}

/// How a touchpoint was judged before a row said otherwise.
#[derive(Serialize, Deserialize)]
struct Before {
    impression: Option<i64>,
    reason: String,
}

impl Before {
    fn of(touchpoint: &Touchpoint) -> Self {
        let judged = touchpoint.impression.as_ref();
        Self {
            impression: judged.map(|judged| judged.impression.value()),
            reason: judged.map(|judged| judged.reason.clone()).unwrap_or_default(),
        }
    }
}

/// A number that another judgement, or its withdrawal, would not have.
fn mark(tx: &mut Tx<'_>, actor: &Actor, touchpoint: &Touchpoint) -> Result<i64, DbError> {
    let (judgements, is_withdrawn) = store::touches(tx, actor.workspace, touchpoint.id)?;
    let judged = serde_json::to_string(&Before::of(touchpoint)).expect("texts are always JSON");
    let contact = touchpoint.contact.map(|contact| contact.to_string());
    Ok(target::mark(&format!(
        "{judged} {judgements} {is_withdrawn} {} {contact:?}",
        touchpoint.summary
    )))
}

/// Whom it was with: by address, else by name among the people at the account.
fn contact(
    tx: &mut Tx<'_>,
    actor: &Actor,
    values: &Values,
    account: crate::accounts::AccountId,
) -> Result<Option<ContactId>, RowError> {
    let Some(written) = values.get(CONTACT) else {
        return Ok(None);
    };
    let not_there = || {
        let about: String = written.chars().take(80).collect();
        RowError::from(Refusal::of(target::NOT_THERE).field(CONTACT).about(about))
    };
    if written.contains('@') {
        let found = identities::who_is(tx, actor.workspace, &NewIdentity::email(written))?;
        return found.map(|contact| Some(contact.root)).ok_or_else(not_there);
    }
    let there = match memberships::at_account(tx, actor, account, LOOKED_AT) {
        Ok(there) => there,
        Err(contacts::ContactError::Db(error)) => return Err(error.into()),
        Err(_) => Vec::new(),
    };
    let folded = fold(written);
    let mut named: Vec<ContactId> = there
        .into_iter()
        .filter(|(_, contact)| fold(&contact.text.name) == folded)
        .map(|(_, contact)| contact.root)
        .collect();
    named.dedup();
    match named.as_slice() {
        [one] => Ok(Some(*one)),
        [] => Err(not_there()),
        several => {
            let several = several.len();
            Err(Refusal::of(target::AMBIGUOUS)
                .field(CONTACT)
                .about(several)
                .into())
        }
    }
}

/// When it happened, by the clocks of the workspace; a day without a time is its noon, today's is now at the latest.
fn moment(tx: &mut Tx<'_>, actor: &Actor, values: &Values) -> Result<Timestamp, RowError> {
    let written = values.must(HAPPENED)?;
    let (day, time) = written.split_once(' ').unwrap_or((written, ""));
    let bad = || Refusal::of(target::BAD_DAY).field(HAPPENED).about(written);
    if let Some(moment) = exactly(day, time) {
        return moment.map_err(|_| bad().into());
    }
    let day: Date = day.parse().map_err(|_| bad())?;
    let noon = Time::constant(12, 0, 0, 0);
    let at = if time.is_empty() {
        noon
    } else {
        format!("{time}:00").parse().map_err(|_| bad())?
    };
    let zone =
        workspaces::find(tx, actor.workspace)?.and_then(|workspace| TimeZone::get(&workspace.zone).ok());
    let zoned = day.to_datetime(at).to_zoned(zone.unwrap_or(TimeZone::UTC));
    let moment = Timestamp(zoned.map_err(|_| bad())?.timestamp().as_microsecond());
    let is_today =
        time.is_empty() && moment > tx.now() && workspaces::today(tx, actor.workspace)? == day.into();
    Ok(if is_today { tx.now() } else { moment })
}

/// The moment of a day and a time that say how far from UTC they are; none when they do not.
fn exactly(day: &str, time: &str) -> Option<Result<Timestamp, jiff::Error>> {
    let (clock, offset) = time
        .split_at_checked(5)
        .filter(|(_, offset)| !offset.is_empty())?;
    let moment = format!("{day}T{clock}:00{offset}").parse::<jiff::Timestamp>();
    Some(moment.map(|moment| Timestamp(moment.as_microsecond())))
}

fn refused(error: TouchpointError) -> RowError {
    let refusal = match error {
        TouchpointError::Db(error) => return error.into(),
        TouchpointError::BadSummary => Refusal::of(target::TOO_LONG).field(SUMMARY).about(2_000),
        TouchpointError::LongReason => Refusal::of(target::TOO_LONG).field(REASON).about(500),
        TouchpointError::InFuture => Refusal::of(target::IN_FUTURE).field(HAPPENED),
        TouchpointError::NoContact => Refusal::of(target::NOT_THERE).field(CONTACT),
        _ => Refusal::of(target::OTHER),
    };
    refusal.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_with_an_offset_means_one_moment_whatever_the_zone_of_the_workspace() {
        let at = |time| exactly("2026-04-03", time).map(|moment| moment.unwrap());
        assert_eq!(at("14:05Z"), at("16:05+02:00"));
        assert_eq!(at("14:05Z").unwrap().0, 1_775_225_100_000_000);
        assert_eq!((at("14:05"), at("")), (None, None));
    }
}
