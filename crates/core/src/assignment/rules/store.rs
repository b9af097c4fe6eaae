//! Rules that were removed, and what rules said before they were changed.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::actor::Actor;
use crate::assignment::store::{conditions, read_rule, target};
use crate::assignment::{Rule, RuleId};

pub(super) fn insert_removal(tx: &mut Tx<'_>, actor: &Actor, id: RuleId) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into assignment_rule_removals (workspace_id, rule_id, removed_by, removed_at)
             values ($1, $2, $3, $4)"
        ),
        params![actor.workspace, id, actor.signature(), now],
    )?;
    Ok(())
}

pub(super) fn delete_removal(tx: &mut Tx<'_>, actor: &Actor, id: RuleId) -> Result<bool, DbError> {
    let deleted = tx.execute(
        sql!(
            "delete from assignment_rule_removals
             where workspace_id = $1 and rule_id = $2"
        ),
        params![actor.workspace, id],
    )?;
    Ok(deleted > 0)
}

/// What a rule said before it came to be at `version`.
pub(super) fn insert_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Rule,
    version: i64,
) -> Result<(), DbError> {
    let (now, (agent, team)) = (tx.now(), target(before.target));
    tx.execute(
        sql!(
            "insert into assignment_rule_changes (workspace_id, rule_id, version, name, conditions, agent_id, team_id, method, changed_by, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            actor.workspace,
            before.id,
            version,
            before.name,
            conditions(before),
            agent,
            team,
            before.method.as_str(),
            actor.signature(),
            now
        ],
    )?;
    Ok(())
}

/// The rule as it was before the change that made its present version; none where it never changed.
pub(super) fn before(tx: &mut Tx<'_>, actor: &Actor, id: RuleId) -> Result<Option<Rule>, DbError> {
    tx.optional(
        sql!(
            "select r.id, r.place, c.name, c.conditions, c.agent_id, c.team_id, c.method, r.last_agent_id, r.version
             from assignment_rules r
             join assignment_rule_changes c on c.workspace_id = r.workspace_id and c.rule_id = r.id and c.version = r.version
             where r.workspace_id = $1 and r.id = $2"
        ),
        params![actor.workspace, id],
        read_rule,
    )
}
