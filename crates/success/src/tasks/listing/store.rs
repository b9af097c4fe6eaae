//! The rows that worklists show.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::workspaces::WorkspaceId;

use super::{Counts, Cursor, Line};
use crate::tasks::State;
use crate::tasks::store::read;

/// Which tasks a list shows.
pub(super) struct Wanted<'a> {
    pub(super) state: State,
    pub(super) view: &'a str,
    pub(super) reader: Option<AgentId>,
    pub(super) account: Option<AccountId>,
    pub(super) after: Cursor,
    pub(super) limit: i64,
}

/// Open tasks in the order of a worklist.
pub(super) fn in_order(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
) -> Result<Vec<Line>, DbError> {
    tx.rows(
        sql!(
            "select t.id, t.title, t.words, t.account_id, t.contact_id, t.evidence, t.agent_id, t.team_id, t.due, t.priority,
               t.state, t.origin, t.version, t.created_at, t.created_by, t.changed_at, t.settled_at, t.settled_by,
               a.name as account_name, a.name_folded, g.name as agent_name, m.name as team_name
             from tasks t
             left join accounts a on a.workspace_id = t.workspace_id and a.id = t.account_id
             left join agents g on g.workspace_id = t.workspace_id and g.id = t.agent_id
             left join teams m on m.workspace_id = t.workspace_id and m.id = t.team_id
             where t.workspace_id = $1 and t.state = $2 and (cast($5 as bytea) is null or t.account_id = $5)
               and ($3 = 'all' or ($3 = 'mine' and t.agent_id = $4) or ($3 = 'nobody' and t.agent_id is null and t.team_id is null)
                 or ($3 = 'teams' and exists (select 1 from team_members x
                   where x.workspace_id = t.workspace_id and x.team_id = t.team_id and x.agent_id = $4)))
               and (t.place, t.id) > ($6, $7)
             order by t.place, t.id
             limit $8"
        ),
        params![
            workspace,
            wanted.state.as_str(),
            wanted.view,
            wanted.reader,
            wanted.account,
            wanted.after.place,
            wanted.after.id,
            wanted.limit
        ],
        line,
    )
}

/// Tasks of accounts, account by account in the order of their names.
pub(super) fn by_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
) -> Result<Vec<Line>, DbError> {
    tx.rows(
        sql!(
            "select t.id, t.title, t.words, t.account_id, t.contact_id, t.evidence, t.agent_id, t.team_id, t.due, t.priority,
               t.state, t.origin, t.version, t.created_at, t.created_by, t.changed_at, t.settled_at, t.settled_by,
               a.name as account_name, a.name_folded, g.name as agent_name, m.name as team_name
             from tasks t
             join accounts a on a.workspace_id = t.workspace_id and a.id = t.account_id
             left join agents g on g.workspace_id = t.workspace_id and g.id = t.agent_id
             left join teams m on m.workspace_id = t.workspace_id and m.id = t.team_id
             where t.workspace_id = $1 and t.state = $2 and (cast($3 as bytea) is null or t.account_id = $3)
               and (a.name_folded, t.account_id, t.place, t.id) > ($4, $5, $6, $7)
             order by a.name_folded, t.account_id, t.place, t.id
             limit $8"
        ),
        params![
            workspace,
            wanted.state.as_str(),
            wanted.account,
            wanted.after.name,
            wanted.after.account,
            wanted.after.place,
            wanted.after.id,
            wanted.limit
        ],
        line,
    )
}

/// Tasks that were done or dropped, the last first.
pub(super) fn settled(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
) -> Result<Vec<Line>, DbError> {
    tx.rows(
        sql!(
            "select t.id, t.title, t.words, t.account_id, t.contact_id, t.evidence, t.agent_id, t.team_id, t.due, t.priority,
               t.state, t.origin, t.version, t.created_at, t.created_by, t.changed_at, t.settled_at, t.settled_by,
               a.name as account_name, a.name_folded, g.name as agent_name, m.name as team_name
             from tasks t
             left join accounts a on a.workspace_id = t.workspace_id and a.id = t.account_id
             left join agents g on g.workspace_id = t.workspace_id and g.id = t.agent_id
             left join teams m on m.workspace_id = t.workspace_id and m.id = t.team_id
             where t.workspace_id = $1 and t.state = $2 and (cast($5 as bytea) is null or t.account_id = $5)
               and ($3 in ('all', 'account') or ($3 = 'mine' and t.agent_id = $4)
                 or ($3 = 'nobody' and t.agent_id is null and t.team_id is null)
                 or ($3 = 'teams' and exists (select 1 from team_members x
                   where x.workspace_id = t.workspace_id and x.team_id = t.team_id and x.agent_id = $4)))
               and (t.settled_at, t.id) < ($6, $7)
             order by t.settled_at desc, t.id desc
             limit $8"
        ),
        params![
            workspace,
            wanted.state.as_str(),
            wanted.view,
            wanted.reader,
            wanted.account,
            wanted.after.at,
            wanted.after.id,
            wanted.limit
        ],
        line,
    )
}

/// Open tasks of an agent before a place in the worklist.
pub(super) fn until(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    (until, limit): (&str, i64),
) -> Result<Vec<Line>, DbError> {
    tx.rows(
        sql!(
            "select t.id, t.title, t.words, t.account_id, t.contact_id, t.evidence, t.agent_id, t.team_id, t.due, t.priority,
               t.state, t.origin, t.version, t.created_at, t.created_by, t.changed_at, t.settled_at, t.settled_by,
               a.name as account_name, a.name_folded, g.name as agent_name, '' as team_name
             from tasks t
             left join accounts a on a.workspace_id = t.workspace_id and a.id = t.account_id
             left join agents g on g.workspace_id = t.workspace_id and g.id = t.agent_id
             where t.workspace_id = $1 and t.agent_id = $2 and t.state = 'open' and t.place < $3
             order by t.place, t.id
             limit $4"
        ),
        params![workspace, agent, until, limit],
        line,
    )
}

/// How many open tasks an agent has, how many of those until a place, how many their teams, how many nobody.
pub(super) fn counts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: Option<AgentId>,
    until: &str,
) -> Result<Counts, DbError> {
    tx.one(
        sql!(
            "select (select count(*) from tasks t where t.workspace_id = $1 and t.agent_id = $2 and t.state = 'open') as mine,
               (select count(*) from tasks t where t.workspace_id = $1 and t.agent_id = $2 and t.state = 'open' and t.place < $3) as due,
               (select count(*) from tasks t
                join team_members x on x.workspace_id = t.workspace_id and x.team_id = t.team_id
                where t.workspace_id = $1 and x.agent_id = $2 and t.state = 'open') as teams,
               (select count(*) from tasks t
                where t.workspace_id = $1 and t.agent_id is null and t.team_id is null and t.state = 'open') as nobody"
        ),
        params![workspace, agent, until],
        |row| {
            Ok(Counts {
                mine: row.get("mine")?,
                due: row.get("due")?,
                teams: row.get("teams")?,
                nobody: row.get("nobody")?,
            })
        },
    )
}

fn line(row: &Row<'_>) -> Result<Line, DbError> {
    let agent: Option<String> = row.get("agent_name")?;
    let team: Option<String> = row.get("team_name")?;
    Ok(Line {
        task: read(row)?,
        account_name: row.get("account_name")?,
        name_folded: row.get("name_folded")?,
        owner_name: agent.or(team).unwrap_or_default(),
    })
}
