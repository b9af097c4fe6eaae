//! The deeds of accounts themselves: owner, tags, tier, stage, closing, and the workspace's own fields. Each goes through the
//! verb for one account and is taken back by one.

use std::collections::BTreeMap;

use kit::db::Tx;
use kit::id::TypedId;
use kit::text::fold;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Asks, Deed, Done, Offered, Refused, SINCE, VALUE, Wanted};
use crate::accounts::{self, AccountError, AccountId, NOUN};
use crate::actor::Actor;
use crate::agents::{self, AgentId};
use crate::fields::{self, Field, FieldId, FieldValue};
use crate::ladders::{self, Ladder, RungId};
use crate::permissions::Permission;
use crate::tags::{self, TagId};
use crate::tiers::{self, Standing};
use crate::{assignment, stages};

/// Another owner, or none.
pub const OWNER: Deed = Deed {
    key: "owner",
    needs: Permission::AccountsWrite,
    asks: Asks::Choice(|tx, actor| {
        let mut all = vec![
            Offered::said("me", "deeds-me"),
            Offered::said("none", "assignment-unowned"),
        ];
        let agents = agents::all(tx, actor.workspace)?.into_iter();
        let able = agents.filter(|agent| agent.is_active && !agent.is_machine);
        all.extend(able.map(|agent| Offered::named(agent.id, agent.name)));
        Ok(all)
    }),
    has_detail: false,
    check: |tx, actor, wanted| {
        let agent = match wanted.value.as_str() {
            "none" => return Ok(wanted.clone()),
            "me" => actor.agent().ok_or(VALUE)?,
            id => id.parse().map_err(|_| VALUE)?,
        };
        let found = agents::find(tx, actor.workspace, agent)?;
        found.filter(|agent| agent.is_active).ok_or(VALUE)?;
        Ok(Wanted {
            value: agent.to_string(),
            ..wanted.clone()
        })
    },
    act: |tx, actor, account, wanted| {
        let agent = agent_of(&wanted.value);
        let before = assignment::give(tx, actor, account, agent)?;
        Ok(unless(before == agent, || said(before)))
    },
    take_back: |tx, actor, account, (wanted, trace)| {
        let now = assignment::of(tx, actor.workspace, &[account])?.remove(&account);
        if now.map(|span| span.agent) != agent_of(&wanted.value) {
            return Err(SINCE);
        }
        Ok(assignment::give(tx, actor, account, agent_of(trace)).map(drop)?)
    },
};

/// One tag more.
pub const TAG: Deed = Deed {
    key: "tag",
    needs: Permission::AccountsWrite,
    asks: Asks::Word(|tx, actor| {
        let all = tags::all(tx, actor.workspace)?.into_iter();
        Ok(all.map(|(tag, _)| Offered::named(&tag.name, &tag.name)).collect())
    }),
    has_detail: false,
    check: |_, _, wanted| {
        let fits = (1..=40).contains(&wanted.value.trim().chars().count()) && !wanted.value.contains(',');
        if fits { Ok(wanted.clone()) } else { Err(VALUE) }
    },
    act: |tx, actor, account, wanted| {
        let held = tags::of(tx, actor.workspace, &NOUN, account.uuid())?;
        let folded = fold(wanted.value.trim());
        if held.iter().any(|tag| fold(&tag.name) == folded) {
            return Ok(Done::Same);
        }
        let tag = tags::put(tx, actor, &NOUN, account.into(), &wanted.value)?;
        Ok(Done::Changed(tag.id.to_string()))
    },
    take_back: |tx, actor, account, (_, trace)| {
        let tag: TagId = trace.parse().map_err(|_| SINCE)?;
        let held = tags::of(tx, actor.workspace, &NOUN, account.uuid())?;
        if !held.iter().any(|one| one.id == tag) {
            return Err(SINCE);
        }
        Ok(tags::take(tx, actor, &NOUN, account.into(), tag).map(drop)?)
    },
};

/// One tag less.
pub const UNTAG: Deed = Deed {
    key: "untag",
    needs: Permission::AccountsWrite,
    asks: Asks::Choice(|tx, actor| {
        let all = tags::all(tx, actor.workspace)?.into_iter();
        Ok(all.map(|(tag, _)| Offered::named(tag.id, tag.name)).collect())
    }),
    has_detail: false,
    check: |tx, actor, wanted| {
        let tag = wanted.value.parse().map_err(|_| VALUE)?;
        tags::find(tx, actor, tag)?.ok_or(VALUE)?;
        Ok(wanted.clone())
    },
    act: |tx, actor, account, wanted| {
        let tag: TagId = wanted.value.parse().map_err(|_| VALUE)?;
        let held = tags::of(tx, actor.workspace, &NOUN, account.uuid())?;
        if !held.iter().any(|one| one.id == tag) {
            return Ok(Done::Same);
        }
        let tag = tags::take(tx, actor, &NOUN, account.into(), tag)?;
        Ok(Done::Changed(tag.id.to_string()))
    },
    take_back: |tx, actor, account, (_, trace)| {
        // It may be called otherwise by now; one that is gone is not made again.
        let id: TagId = trace.parse().map_err(|_| SINCE)?;
        let tag = tags::find(tx, actor, id)?.ok_or(SINCE)?;
        Ok(tags::put(tx, actor, &NOUN, account.into(), &tag.name).map(drop)?)
    },
};

/// A tier by hand, or by the rule again.
pub const TIER: Deed = Deed {
    key: "tier",
    needs: Permission::AccountsWrite,
    asks: Asks::Choice(|tx, actor| {
        let mut all = vec![Offered::said("rule", "deeds-by-rule")];
        all.extend(rungs(ladders::open(tx, actor.workspace, Ladder::Tiers)?));
        Ok(all)
    }),
    has_detail: true,
    check: |tx, actor, wanted| {
        if wanted.value == "rule" {
            return Ok(wanted.clone());
        }
        in_use(tx, actor, Ladder::Tiers, &wanted.value)?;
        match wanted.detail.trim().chars().count() {
            0 => Err(Refused::Because("deeds-failure-reason")),
            1..=500 => Ok(wanted.clone()),
            _ => Err(VALUE),
        }
    },
    act: |tx, actor, account, wanted| {
        let before = pin_of(tx, actor, account)?;
        match wanted.value.parse() {
            Ok(tier) => drop(tiers::pin(tx, actor, account, tier, &wanted.detail)?),
            Err(_) => drop(tiers::unpin(tx, actor, account)?),
        }
        let now = pin_of(tx, actor, account)?;
        Ok(unless(now == before, || before.word()))
    },
    take_back: |tx, actor, account, (wanted, trace)| {
        let (now, before) = (pin_of(tx, actor, account)?, Pin::read(trace)?);
        let is_as_left = match wanted.value.parse() {
            Ok(tier) => now.is_pinned && now.tier == Some(tier) && now.reason == wanted.detail.trim(),
            Err(_) => !now.is_pinned,
        };
        if !is_as_left {
            return Err(SINCE);
        }
        match before.tier.filter(|_| before.is_pinned) {
            Some(tier) => drop(tiers::pin(tx, actor, account, tier, &before.reason)?),
            None => drop(tiers::unpin(tx, actor, account)?),
        }
        Ok(())
    },
};

/// Another stage.
pub const STAGE: Deed = Deed {
    key: "stage",
    needs: Permission::AccountsWrite,
    asks: Asks::Choice(|tx, actor| Ok(rungs(ladders::open(tx, actor.workspace, Ladder::Stages)?))),
    has_detail: false,
    check: |tx, actor, wanted| {
        in_use(tx, actor, Ladder::Stages, &wanted.value)?;
        Ok(wanted.clone())
    },
    act: |tx, actor, account, wanted| {
        let stage: RungId = wanted.value.parse().map_err(|_| VALUE)?;
        let before = stages::set(tx, actor, account, stage)?;
        Ok(unless(before == Some(stage), || said(before)))
    },
    take_back: |tx, actor, account, (wanted, trace)| {
        let now = stages::now(tx, actor.workspace, &[account])?.remove(&account);
        if now.map(|stage| stage.id.to_string()).as_ref() != Some(&wanted.value) {
            return Err(SINCE);
        }
        // An account that was on no stage can't go back to none.
        let before = trace
            .parse()
            .map_err(|_| Refused::Because("deeds-failure-no-stage"))?;
        Ok(stages::set(tx, actor, account, before).map(drop)?)
    },
};

/// Closed, or open again.
pub const STATE: Deed = Deed {
    key: "state",
    needs: Permission::AccountsClose,
    asks: Asks::Choice(|_, _| {
        Ok(vec![
            Offered::said("closed", "accounts-close"),
            Offered::said("open", "accounts-reopen"),
        ])
    }),
    has_detail: false,
    check: |_, _, wanted| match wanted.value.as_str() {
        "open" | "closed" => Ok(wanted.clone()),
        _ => Err(VALUE),
    },
    act: |tx, actor, account, wanted| {
        let before = found(tx, actor, account)?;
        if before.is_open() == (wanted.value == "open") {
            return Ok(Done::Same);
        }
        let now = if before.is_open() {
            accounts::close(tx, actor, account)?
        } else {
            accounts::reopen(tx, actor, account)?
        };
        let at = now.closure.map(|closure| closure.at.0.to_string());
        Ok(Done::Changed(at.unwrap_or_default()))
    },
    take_back: |tx, actor, account, (_, trace)| {
        let now = found(tx, actor, account)?;
        let at = now.closure.as_ref().map(|closure| closure.at.0.to_string());
        if at.unwrap_or_default() != trace {
            return Err(SINCE);
        }
        if now.is_open() {
            accounts::close(tx, actor, account)?;
        } else {
            accounts::reopen(tx, actor, account)?;
        }
        Ok(())
    },
};

/// A value in one of the workspace's own fields: the detail is its key, the value JSON; null takes it away.
pub const FIELD: Deed = Deed {
    key: "field",
    needs: Permission::AccountsWrite,
    asks: Asks::Fields,
    has_detail: true,
    check: |tx, actor, wanted| {
        let field = field_of(tx, actor, wanted)?;
        let value = field.checked(read(&field, &wanted.value)?.as_ref());
        let value = value.map_err(|trouble| Refused::Because(trouble.text()))?;
        Ok(Wanted {
            value: json(value.as_ref()),
            ..wanted.clone()
        })
    },
    act: |tx, actor, account, wanted| {
        let field = field_of(tx, actor, wanted)?;
        let before = value_of(tx, actor, account, &field)?;
        let value = read(&field, &wanted.value)?;
        if before == value {
            return Ok(Done::Same);
        }
        put(tx, actor, account, (field.id, value))?;
        Ok(Done::Changed(json(before.as_ref())))
    },
    take_back: |tx, actor, account, (wanted, trace)| {
        let field = field_of(tx, actor, wanted)?;
        if json(value_of(tx, actor, account, &field)?.as_ref()) != wanted.value {
            return Err(SINCE);
        }
        put(tx, actor, account, (field.id, read(&field, trace)?))
    },
};

fn unless(is_same: bool, trace: impl FnOnce() -> String) -> Done {
    if is_same {
        Done::Same
    } else {
        Done::Changed(trace())
    }
}

fn said<T: ToString>(before: Option<T>) -> String {
    before.map(|before| before.to_string()).unwrap_or_default()
}

fn agent_of(value: &str) -> Option<AgentId> {
    value.parse().ok()
}

fn found(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<accounts::Account, Refused> {
    Ok(accounts::find(tx, actor, account)?.ok_or(AccountError::Unknown)?)
}

fn rungs(all: Vec<ladders::Rung>) -> Vec<Offered> {
    let all = all.into_iter();
    all.map(|rung| Offered::named(rung.id, rung.text.name)).collect()
}

fn in_use(tx: &mut Tx<'_>, actor: &Actor, ladder: Ladder, value: &str) -> Result<(), Refused> {
    let id: RungId = value.parse().map_err(|_| VALUE)?;
    let found = ladders::find(tx, actor.workspace, ladder, id)?;
    found.filter(|rung| rung.archiving.is_none()).ok_or(VALUE)?;
    Ok(())
}

/// How an account is on its tier.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Pin {
    tier: Option<RungId>,
    is_pinned: bool,
    reason: String,
}

impl Pin {
    fn word(&self) -> String {
        serde_json::to_string(self).expect("words are always JSON")
    }

    fn read(trace: &str) -> Result<Self, Refused> {
        serde_json::from_str(trace).map_err(|_| SINCE)
    }
}

fn pin_of(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Pin, Refused> {
    let now = tiers::of(tx, actor.workspace, &[account])?.remove(&account);
    let pin = |now: Standing| Pin {
        tier: now.tier.map(|tier| tier.id),
        is_pinned: now.is_pinned,
        reason: now.reason,
    };
    Ok(now.map(pin).unwrap_or_default())
}

fn field_of(tx: &mut Tx<'_>, actor: &Actor, wanted: &Wanted) -> Result<Field, Refused> {
    let mut open = fields::open(tx, actor.workspace, &NOUN)?.into_iter();
    let found = open.find(|field| field.text.key == wanted.detail);
    found.ok_or(Refused::Because("deeds-failure-field"))
}

fn read(field: &Field, value: &str) -> Result<Option<FieldValue>, Refused> {
    let value: Value = serde_json::from_str(value).map_err(|_| VALUE)?;
    FieldValue::read(field, &value).map_err(|trouble| Refused::Because(trouble.text()))
}

fn json(value: Option<&FieldValue>) -> String {
    value.map_or(Value::Null, FieldValue::json).to_string()
}

fn value_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    field: &Field,
) -> Result<Option<FieldValue>, Refused> {
    let id = account.uuid();
    let held = fields::of_many(tx, actor.workspace, std::slice::from_ref(field), &[id])?.remove(&id);
    Ok(held.and_then(|held| held.get(field.id).cloned()))
}

fn put(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    (field, value): (FieldId, Option<FieldValue>),
) -> Result<(), Refused> {
    let wanted = BTreeMap::from([(field, value)]);
    fields::set(tx, actor, &NOUN, account.into(), &wanted)?;
    Ok(())
}
