//! The rows of books by touch model.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};

use crate::accounts::{AccountId, Cursor};
use crate::agents::AgentId;
use crate::tiers::service::TouchModel;
use crate::workspaces::WorkspaceId;

/// A part of the open accounts of an agent, or of nobody, that are looked after like this, by name.
pub(super) fn book(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, touch): (Option<AgentId>, TouchModel),
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<(AccountId, String)>, DbError> {
    let (name, id) = match after {
        Some(cursor) => (cursor.name.clone(), cursor.id),
        None => (String::new(), AccountId::from_uuid(Uuid::nil())),
    };
    let nobody = AgentId::from_uuid(Uuid::nil());
    tx.rows(
        sql!(
            "select a.id, a.name
             from tier_services v
             join account_tiers t on t.workspace_id = v.workspace_id and t.rung_id = v.rung_id
             join accounts a on a.workspace_id = t.workspace_id and a.id = t.account_id
             left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.id and o.until_at is null
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where v.workspace_id = $1 and v.model = $2 and coalesce(o.agent_id, $4) = $3 and c.account_id is null
               and (a.name_folded, a.id) > ($5, $6)
             order by a.name_folded, a.id
             limit $7"
        ),
        params![
            workspace,
            touch.as_str(),
            agent.unwrap_or(nobody),
            nobody,
            name,
            id,
            limit
        ],
        |row| Ok((row.get("id")?, row.get("name")?)),
    )
}

/// How many open accounts of an agent are looked after in which way.
pub(super) fn counts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
) -> Result<Vec<(TouchModel, i64)>, DbError> {
    let rows = tx.rows(
        sql!(
            "select v.model, count(o.account_id) as accounts
             from account_owners o
             join account_tiers t on t.workspace_id = o.workspace_id and t.account_id = o.account_id
             join tier_services v on v.workspace_id = t.workspace_id and v.rung_id = t.rung_id
             left join account_closures c on c.workspace_id = o.workspace_id and c.account_id = o.account_id
             where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null and c.account_id is null
             group by v.model
             order by v.model"
        ),
        params![workspace, agent],
        |row| {
            let model: String = row.get("model")?;
            let model = TouchModel::named(&model).ok_or_else(|| row.broken("model", "a touch model"))?;
            Ok((model, row.get("accounts")?))
        },
    )?;
    Ok(rows)
}
