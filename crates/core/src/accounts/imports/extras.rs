//! What a row says of an account beyond its text: tags, stage, tier, owner, and what the workspace itself wants to know.
//!
//! Tags come to those that are there; everything else takes the place of what was said before. A tier is pinned, since the
//! file knows better than the rule.

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::text::fold;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, NOUN};
use crate::actor::Actor;
use crate::agents::{self, Agent, AgentId};
use crate::fields::{self, Field, FieldError, FieldId, FieldValue};
use crate::imports::marks::{self, TAGS, other_tag, put_tags, tags_of};
use crate::imports::own;
use crate::imports::target::{self, Refusal, RowError, Values};
use crate::ladders::{self, Ladder, Rung, RungId};
use crate::tags;
use crate::tiers::{self, TierError};
use crate::{assignment, stages};

pub(super) const STAGE: &str = "stage";
pub(super) const TIER: &str = "tier";
pub(super) const OWNER: &str = "owner";

/// What a tier was pinned for.
const REASON: &str = "CSV";

/// Whether a row says anything of it.
pub(super) fn are_in(values: &Values) -> bool {
    let is_said = |field: &&str| values.get(field).is_some();
    [TAGS, STAGE, TIER, OWNER].iter().any(is_said) || values.said().any(own::is_own)
}

/// What the workspace knows: who and what a row can name.
pub(super) struct Words {
    stages: Vec<Rung>,
    tiers: Vec<Rung>,
    agents: Vec<Agent>,
    fields: Vec<Field>,
}

impl Words {
    /// All of it.
    pub(super) fn of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Self, DbError> {
        Ok(Self {
            stages: ladders::open(tx, actor.workspace, Ladder::Stages)?,
            tiers: ladders::open(tx, actor.workspace, Ladder::Tiers)?,
            agents: agents::all(tx, actor.workspace)?,
            fields: fields::open(tx, actor.workspace, &NOUN)?,
        })
    }

    /// What a row says, or what of it can't be understood.
    pub(super) fn read(&self, values: &Values) -> Result<Extras, Refusal> {
        let known = marks::own_values(&self.fields, values)?;
        Ok(Extras {
            tags: tags_of(values)?,
            stage: rung(&self.stages, values, STAGE)?,
            tier: rung(&self.tiers, values, TIER)?,
            owner: self.owner(values)?,
            fields: known,
        })
    }

    /// Whoever has this address, else this name.
    fn owner(&self, values: &Values) -> Result<Option<AgentId>, Refusal> {
        let Some(written) = values.get(OWNER) else {
            return Ok(None);
        };
        let folded = fold(written);
        let active = || self.agents.iter().filter(|agent| agent.is_active);
        let of_address = active().find(|agent| fold(&agent.email) == folded);
        if let Some(agent) = of_address {
            return Ok(Some(agent.id));
        }
        let named: Vec<&Agent> = active().filter(|agent| fold(&agent.name) == folded).collect();
        match named.as_slice() {
            [one] => Ok(Some(one.id)),
            [] => {
                let begins = |agent: &&Agent| fold(&agent.name).starts_with(&folded);
                let perhaps = active().find(begins).map(|agent| agent.name.clone());
                Err(not_there(OWNER, written).instead(perhaps.unwrap_or_default()))
            }
            several => Err(Refusal::of(target::AMBIGUOUS).field(OWNER).about(several.len())),
        }
    }
}

/// What a row says of an account beyond its text.
pub(super) struct Extras {
    tags: Vec<String>,
    stage: Option<RungId>,
    tier: Option<RungId>,
    owner: Option<AgentId>,
    fields: BTreeMap<FieldId, FieldValue>,
}

/// The tier that was pinned before and for which reason, if one was, and the one that a row pinned.
type Pinned = (Option<(RungId, String)>, RungId);

/// What was there before a row, and what it put there; only what it has changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Former {
    /// Tags that it put on.
    tags: Vec<String>,
    stage: Option<(Option<RungId>, RungId)>,
    /// The one that was pinned for a reason, if one was.
    tier: Option<Pinned>,
    owner: Option<(Option<AgentId>, AgentId)>,
    fields: BTreeMap<FieldId, (serde_json::Value, serde_json::Value)>,
}

impl Former {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Extras {
    /// Puts it onto an account; gives what was there before.
    pub(super) fn put(self, tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Former, RowError> {
        let mut former = Former {
            tags: put_tags(tx, actor, (&NOUN, account.into()), &self.tags)?,
            ..Former::default()
        };
        if let Some(stage) = self.stage {
            let before = stages::set(tx, actor, account, stage).map_err(|error| match error {
                stages::StageError::Db(error) => RowError::Db(error),
                _ => Refusal::of(target::NOT_THERE).field(STAGE).into(),
            })?;
            former.stage = (before != Some(stage)).then_some((before, stage));
        }
        if let Some(tier) = self.tier {
            former.tier = pin(tx, actor, account, tier)?;
        }
        if let Some(owner) = self.owner {
            let before = assignment::give(tx, actor, account, Some(owner)).map_err(|error| match error {
                assignment::AssignmentError::Db(error) => RowError::Db(error),
                _ => Refusal::of(target::NOT_THERE).field(OWNER).into(),
            })?;
            former.owner = (before != Some(owner)).then_some((before, owner));
        }
        if !self.fields.is_empty() {
            former.fields = fill(tx, actor, account, self.fields)?;
        }
        Ok(former)
    }
}

impl Former {
    /// Puts back what was there before, where what the row said still stands; `false`, and nothing done, where it does not.
    pub(super) fn restore(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        account: AccountId,
    ) -> Result<bool, RowError> {
        if !self.stands(tx, actor, account)? {
            return Ok(false);
        }
        let held = tags::of(tx, actor.workspace, &NOUN, account.uuid())?;
        for tag in held.iter().filter(|tag| self.tags.contains(&tag.name)) {
            tags::take(tx, actor, &NOUN, account.into(), tag.id).map_err(other_tag)?;
        }
        if let Some((Some(before), _)) = self.stage {
            let set = stages::set(tx, actor, account, before);
            set.map_err(|_| Refusal::of(target::NOT_THERE).field(STAGE))?;
        }
        let tier = match &self.tier {
            Some((Some((rung, reason)), _)) => tiers::pin(tx, actor, account, *rung, reason).map(drop),
            Some((None, _)) => tiers::unpin(tx, actor, account).map(drop),
            None => Ok(()),
        };
        tier.map_err(|_| Refusal::of(target::NOT_THERE).field(TIER))?;
        if let Some((before, _)) = self.owner {
            let given = assignment::give(tx, actor, account, before);
            given.map_err(|_| Refusal::of(target::NOT_THERE).field(OWNER))?;
        }
        let open = fields::open(tx, actor.workspace, &NOUN)?;
        let mut wanted = BTreeMap::new();
        for field in open.iter().filter(|field| self.fields.contains_key(&field.id)) {
            let before = &self.fields[&field.id].0;
            wanted.insert(field.id, FieldValue::read(field, before).ok().flatten());
        }
        let set = fields::set(tx, actor, &NOUN, account.into(), &wanted);
        set.map_err(|_| Refusal::of(target::OTHER))?;
        Ok(true)
    }

    /// Whether all that the row said is still so.
    fn stands(&self, tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<bool, DbError> {
        let workspace = actor.workspace;
        if let Some((_, stage)) = self.stage
            && stages::now(tx, workspace, &[account])?
                .get(&account)
                .map(|rung| rung.id)
                != Some(stage)
        {
            return Ok(false);
        }
        if let Some((_, tier)) = self.tier {
            let now = tiers::of(tx, workspace, &[account])?.remove(&account);
            let pinned = now.filter(|now| now.is_pinned).and_then(|now| now.tier);
            if pinned.map(|rung| rung.id) != Some(tier) {
                return Ok(false);
            }
        }
        if let Some((_, owner)) = self.owner
            && assignment::of(tx, workspace, &[account])?
                .get(&account)
                .map(|span| span.agent)
                != Some(owner)
        {
            return Ok(false);
        }
        if self.fields.is_empty() {
            return Ok(true);
        }
        let now = marks::values(tx, actor, &NOUN, account.uuid())?;
        let is_same = |(id, (_, after)): (&FieldId, &(serde_json::Value, serde_json::Value))| {
            now.get(id).cloned().unwrap_or_default() == *after
        };
        Ok(self.fields.iter().all(is_same))
    }
}

fn fill(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    wanted: BTreeMap<FieldId, FieldValue>,
) -> Result<BTreeMap<FieldId, (serde_json::Value, serde_json::Value)>, RowError> {
    let before = marks::values(tx, actor, &NOUN, account.uuid())?;
    let ids: Vec<FieldId> = wanted.keys().copied().collect();
    let wanted = wanted.into_iter().map(|(id, value)| (id, Some(value))).collect();
    fields::set(tx, actor, &NOUN, account.into(), &wanted).map_err(|error| match error {
        FieldError::Db(error) => RowError::Db(error),
        _ => Refusal::of(target::OTHER).into(),
    })?;
    let after = marks::values(tx, actor, &NOUN, account.uuid())?;
    let of = |known: &BTreeMap<FieldId, serde_json::Value>, id| known.get(id).cloned().unwrap_or_default();
    let changed = ids.iter().filter(|id| of(&before, *id) != of(&after, *id));
    Ok(changed
        .map(|id| (*id, (of(&before, id), of(&after, id))))
        .collect())
}

/// Pins an account to a tier; gives what it was pinned to before, where that is another.
fn pin(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, tier: RungId) -> Result<Option<Pinned>, RowError> {
    let now = tiers::of(tx, actor.workspace, &[account])?.remove(&account);
    let pinned = now.filter(|now| now.is_pinned);
    let before = pinned.and_then(|now| Some((now.tier?.id, now.reason)));
    if before.as_ref().is_some_and(|(rung, _)| *rung == tier) {
        return Ok(None);
    }
    tiers::pin(tx, actor, account, tier, REASON).map_err(|error| match error {
        TierError::Db(error) => RowError::Db(error),
        _ => Refusal::of(target::NOT_THERE).field(TIER).into(),
    })?;
    Ok(Some((before, tier)))
}

/// The stage or tier of this name.
fn rung(rungs: &[Rung], values: &Values, field: &str) -> Result<Option<RungId>, Refusal> {
    let Some(written) = values.get(field) else {
        return Ok(None);
    };
    let folded = fold(written);
    let found = rungs.iter().find(|rung| fold(&rung.text.name) == folded);
    let names: Vec<&str> = rungs.iter().take(8).map(|rung| rung.text.name.as_str()).collect();
    let refusal = || not_there(field, written).instead(names.join(", "));
    found.map(|rung| Some(rung.id)).ok_or_else(refusal)
}

fn not_there(field: &str, written: &str) -> Refusal {
    let about: String = written.chars().take(80).collect();
    Refusal::of(target::NOT_THERE).field(field).about(about)
}
