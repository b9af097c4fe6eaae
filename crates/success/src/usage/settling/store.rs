//! The rows of what belongs to no account, and of what somebody said of it.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::{Asked, Line, Mark, Queued};
use crate::usage::people::NameId;

/// Up to `limit` names some of whose events since a day belong to no account, those with the most events first.
pub(super) fn waiting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (asked, since): (&Asked, Day),
    after: Option<&Queued>,
    limit: i64,
) -> Result<Vec<Line>, DbError> {
    let start = after.map_or((i64::MAX, NameId::from_uuid(Uuid::nil())), |after| {
        (after.events, after.id)
    });
    // Names that nobody has folded yet are looked at as they are written.
    let (typed, folded) = (like(&asked.text), like(&kit::text::fold(&asked.text)));
    tx.rows(
        sql!(
            "select n.id, n.kind, n.value, n.title, n.email, l.left_by, l.left_at,
               cast(sum(d.events) as bigint) as events, count(distinct d.who_id) as people,
               min(d.first_at) as first_at, max(d.last_at) as last_at
             from usage_days d
             join usage_names n on n.workspace_id = d.workspace_id and n.id = d.group_id
             left join usage_left_names l on l.workspace_id = n.workspace_id and l.name_id = n.id
             where d.workspace_id = $1 and d.account_id is null and d.day >= $2 and (l.name_id is not null) = $3
               and (coalesce(nullif(n.value_folded, ''), n.value) like $5 escape '!'
                 or coalesce(nullif(n.title_folded, ''), n.title) like $5 escape '!' or n.email like $5 escape '!'
                 or (n.value_folded is null and (n.value like $4 escape '!' or n.title like $4 escape '!')))
             group by n.id, n.kind, n.value, n.title, n.email, l.left_by, l.left_at
             having cast(sum(d.events) as bigint) < $6 or (cast(sum(d.events) as bigint) = $6 and n.id > $7)
             order by events desc, n.id
             limit $8"
        ),
        params![
            workspace,
            since,
            asked.is_left,
            typed,
            folded,
            start.0,
            start.1,
            limit
        ],
        |row| {
            let by: Option<String> = row.get("left_by")?;
            let at: Option<Timestamp> = row.get("left_at")?;
            Ok(Line {
                id: row.get("id")?,
                kind: row.get("kind")?,
                value: row.get("value")?,
                title: row.get("title")?,
                email: row.get("email")?,
                events: row.get("events")?,
                people: row.get("people")?,
                first: row.get("first_at")?,
                last: row.get("last_at")?,
                left: by.zip(at).map(|(by, at)| Mark { by, at }),
            })
        },
    )
}

/// A pattern for what contains a text.
fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.trim().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// The accounts with these names, folded, or websites: which of both it is, and the account.
pub(super) fn accounts_like(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (names, hosts): (&[&str], &[&str]),
) -> Result<Vec<(String, Option<String>, AccountId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select name_folded, website, id
                   from accounts
                   where workspace_id = $1
                     and (name_folded in (select value from rarray($2)) or website in (select value from rarray($3)))
                   order by id",
            pg: "select name_folded, website, id
                 from accounts
                 where workspace_id = $1 and (name_folded = any($2) or website = any($3))
                 order by id",
        },
        params![workspace, names, hosts],
        |row| Ok((row.get("name_folded")?, row.get("website")?, row.get("id")?)),
    )
}

/// The accounts that any system calls one of these: what it calls them, and the account.
pub(super) fn accounts_called(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    values: &[&str],
) -> Result<Vec<(String, AccountId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select value, account_id
                   from account_external_ids
                   where workspace_id = $1 and value in (select value from rarray($2))
                   order by account_id",
            pg: "select value, account_id
                 from account_external_ids
                 where workspace_id = $1 and value = any($2)
                 order by account_id",
        },
        params![workspace, values],
        |row| Ok((row.get("value")?, row.get("account_id")?)),
    )
}

/// What these accounts are called.
pub(super) fn account_names(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<Vec<(AccountId, String)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, name
                   from accounts
                   where workspace_id = $1 and id in (select value from rarray($2))",
            pg: "select id, name
                 from accounts
                 where workspace_id = $1 and id = any($2)",
        },
        params![workspace, ids],
        |row| Ok((row.get("id")?, row.get("name")?)),
    )
}

/// Chooses an account for a person.
pub(super) fn place(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (name, account): (NameId, AccountId),
    mark: &Mark,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_placements (workspace_id, name_id, account_id, placed_by, placed_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, name_id) do update
             set account_id = excluded.account_id, placed_by = excluded.placed_by, placed_at = excluded.placed_at"
        ),
        params![workspace, name, account, mark.by, mark.at],
    )?;
    Ok(())
}

/// The account that was chosen for a person, by whom and when.
pub(super) fn placed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    name: NameId,
) -> Result<Option<(AccountId, Mark)>, DbError> {
    tx.optional(
        sql!(
            "select account_id, placed_by, placed_at
             from usage_placements
             where workspace_id = $1 and name_id = $2"
        ),
        params![workspace, name],
        |row| {
            let mark = Mark {
                by: row.get("placed_by")?,
                at: row.get("placed_at")?,
            };
            Ok((row.get("account_id")?, mark))
        },
    )
}

/// Takes the choice back; whether there was one.
pub(super) fn unplace(tx: &mut Tx<'_>, workspace: WorkspaceId, name: NameId) -> Result<bool, DbError> {
    let gone = tx.execute(
        sql!("delete from usage_placements where workspace_id = $1 and name_id = $2"),
        params![workspace, name],
    )?;
    Ok(gone > 0)
}

/// Leaves a name without an account; whether it was not left yet.
pub(super) fn leave(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    name: NameId,
    mark: &Mark,
) -> Result<bool, DbError> {
    let made = tx.execute(
        sql!(
            "insert into usage_left_names (workspace_id, name_id, left_by, left_at)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, name_id) do nothing"
        ),
        params![workspace, name, mark.by, mark.at],
    )?;
    Ok(made > 0)
}

/// Asks for its account again; whether it was left.
pub(super) fn mind(tx: &mut Tx<'_>, workspace: WorkspaceId, name: NameId) -> Result<bool, DbError> {
    let gone = tx.execute(
        sql!("delete from usage_left_names where workspace_id = $1 and name_id = $2"),
        params![workspace, name],
    )?;
    Ok(gone > 0)
}

/// Who left a name without an account, and when.
pub(super) fn left(tx: &mut Tx<'_>, workspace: WorkspaceId, name: NameId) -> Result<Option<Mark>, DbError> {
    tx.optional(
        sql!("select left_by, left_at from usage_left_names where workspace_id = $1 and name_id = $2"),
        params![workspace, name],
        |row| {
            Ok(Mark {
                by: row.get("left_by")?,
                at: row.get("left_at")?,
            })
        },
    )
}
