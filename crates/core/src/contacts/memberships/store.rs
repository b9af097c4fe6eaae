//! The rows of what contacts are to accounts.

use jiff::civil::Date;
use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::id::Uuid;
use kit::{params, sql};

use super::{ContactRole, Membership, MembershipId, MembershipText};
use crate::accounts::AccountId;
use crate::contacts::{Contact, ContactId, ContactText};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    membership: &Membership,
    now: Timestamp,
) -> Result<(), DbError> {
    let text = &membership.text;
    let has = |role| text.roles.contains(&role);
    tx.execute(
        sql!(
            "insert into memberships (workspace_id, id, contact_id, account_id, title, is_champion, is_decision_maker, is_user, is_billing, since_day, until_day, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        params![
            workspace,
            membership.id,
            membership.contact,
            membership.account,
            text.title,
            has(ContactRole::Champion),
            has(ContactRole::DecisionMaker),
            has(ContactRole::User),
            has(ContactRole::Billing),
            text.since.map(|day| day.to_string()),
            text.until.map(|day| day.to_string()),
            now
        ],
    )?;
    Ok(())
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    membership: &Membership,
) -> Result<(), DbError> {
    let text = &membership.text;
    let has = |role| text.roles.contains(&role);
    tx.execute(
        sql!(
            "update memberships
             set title = $3, is_champion = $4, is_decision_maker = $5, is_user = $6, is_billing = $7, since_day = $8, until_day = $9
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            membership.id,
            text.title,
            has(ContactRole::Champion),
            has(ContactRole::DecisionMaker),
            has(ContactRole::User),
            has(ContactRole::Billing),
            text.since.map(|day| day.to_string()),
            text.until.map(|day| day.to_string())
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MembershipId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from memberships
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn delete_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from memberships
             where workspace_id = $1 and contact_id = $2"
        ),
        params![workspace, contact],
    )
}

pub(super) fn delete_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from memberships
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MembershipId,
) -> Result<Option<Membership>, DbError> {
    tx.optional(
        sql!(
            "select id, contact_id, account_id, title, is_champion, is_decision_maker, is_user, is_billing, since_day, until_day
             from memberships
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Where a contact and those merged into it are and were, with the accounts' names; the newest first. SQLite reads a cross
/// join in the order in which it is written: from the few contacts on, not through all memberships of the workspace.
pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    root: ContactId,
) -> Result<Vec<(Membership, String)>, DbError> {
    tx.rows(
        sql!(
            "select m.id, m.contact_id, m.account_id, m.title, m.is_champion, m.is_decision_maker, m.is_user, m.is_billing, m.since_day, m.until_day, a.name as account_name
             from contacts c
             cross join memberships m
             cross join accounts a
             where c.workspace_id = $1 and c.root_id = $2 and m.workspace_id = c.workspace_id and m.contact_id = c.id
               and a.workspace_id = m.workspace_id and a.id = m.account_id
             order by m.id desc"
        ),
        params![workspace, root],
        |row| Ok((read(row)?, row.get("account_name")?)),
    )
}

/// Where these contacts and those merged into them are and were.
pub(super) fn of_many(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    roots: &[ContactId],
) -> Result<Vec<(ContactId, Membership)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select m.id, m.contact_id, m.account_id, m.title, m.is_champion, m.is_decision_maker, m.is_user, m.is_billing, m.since_day, m.until_day, c.root_id
                   from contacts c
                   cross join memberships m on m.workspace_id = c.workspace_id and m.contact_id = c.id
                   where c.workspace_id = $1 and c.root_id in (select value from rarray($2))",
            pg: "select m.id, m.contact_id, m.account_id, m.title, m.is_champion, m.is_decision_maker, m.is_user, m.is_billing, m.since_day, m.until_day, c.root_id
                 from contacts c
                 join memberships m on m.workspace_id = c.workspace_id and m.contact_id = c.id
                 where c.workspace_id = $1 and c.root_id = any($2)",
        },
        params![workspace, roots],
        |row| Ok((row.get("root_id")?, read(row)?)),
    )
}

/// The accounts where a contact and those merged into it are or were.
pub(super) fn accounts_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    root: ContactId,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select distinct m.account_id
             from contacts c
             cross join memberships m
             where c.workspace_id = $1 and c.root_id = $2 and m.workspace_id = c.workspace_id and m.contact_id = c.id
             order by m.account_id"
        ),
        params![workspace, root],
        |row| row.get("account_id"),
    )
}

/// The accounts where people are or were who are or were at this one, with how many; the most first.
pub(super) fn shared(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    limit: i64,
) -> Result<Vec<(AccountId, i64)>, DbError> {
    tx.rows(
        sql!(
            "select theirs.account_id, count(distinct theirs.contact_id) as people
             from memberships ours
             cross join memberships theirs
             where ours.workspace_id = $1 and ours.account_id = $2 and theirs.workspace_id = ours.workspace_id
               and theirs.contact_id = ours.contact_id and theirs.account_id <> $2
             group by theirs.account_id
             order by people desc, theirs.account_id
             limit $3"
        ),
        params![workspace, account, limit],
        |row| Ok((row.get("account_id")?, row.get("people")?)),
    )
}

/// The people at an account, those who are there first, by name. Merged contacts show who they turned out to be.
pub(super) fn at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    limit: i64,
) -> Result<Vec<(Membership, Contact)>, DbError> {
    tx.rows(
        sql!(
            "select m.id, m.contact_id, m.account_id, m.title, m.is_champion, m.is_decision_maker, m.is_user, m.is_billing, m.since_day, m.until_day,
               r.id as root_id, r.name, r.language, r.time_zone, r.note, r.version, r.created_at, r.changed_at
             from memberships m
             join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
             join contacts r on r.workspace_id = c.workspace_id and r.id = c.root_id
             where m.workspace_id = $1 and m.account_id = $2
             order by case when m.until_day is null then 0 else 1 end, r.name_folded, m.id
             limit $3"
        ),
        params![workspace, account, limit],
        |row| Ok((read(row)?, read_person(row)?)),
    )
}

/// Up to `limit` people who are or were at an account, as who stands for them, after `last`, in the order of their ids.
pub(super) fn people_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (last, limit): (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    tx.rows(
        sql!(
            "select distinct c.root_id
             from memberships m
             join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
             where m.workspace_id = $1 and m.account_id = $2 and c.root_id > $3
             order by c.root_id
             limit $4"
        ),
        params![workspace, account, last, limit],
        |row| row.get("root_id"),
    )
}

/// Who is at these accounts on `today`, as who stands for them; each pair once.
pub(super) fn present(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    today: kit::day::Day,
) -> Result<Vec<(AccountId, ContactId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct m.account_id, c.root_id
                   from memberships m
                   join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
                   where m.workspace_id = $1 and m.account_id in (select value from rarray($2))
                     and (m.until_day is null or m.until_day >= $3)",
            pg: "select distinct m.account_id, c.root_id
                 from memberships m
                 join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
                 where m.workspace_id = $1 and m.account_id = any($2)
                   and (m.until_day is null or m.until_day >= $3)",
        },
        params![workspace, accounts, today.to_string()],
        |row| Ok((row.get("account_id")?, row.get("root_id")?)),
    )
}

/// How many people are at an account today, how many of them are champions, and how many ever were there.
pub(super) fn count_present(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: kit::day::Day,
) -> Result<(i64, i64, i64), DbError> {
    tx.one(
        sql!(
            "select count(distinct case when (m.since_day is null or m.since_day <= $3) and (m.until_day is null or m.until_day >= $3) then c.root_id end) as people,
               count(distinct case when (m.since_day is null or m.since_day <= $3) and (m.until_day is null or m.until_day >= $3)
                 and m.is_champion then c.root_id end) as champions,
               count(*) as ever
             from memberships m
             join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
             where m.workspace_id = $1 and m.account_id = $2"
        ),
        params![workspace, account, today.to_string()],
        |row| Ok((row.get("people")?, row.get("champions")?, row.get("ever")?)),
    )
}

fn read(row: &Row<'_>) -> Result<Membership, DbError> {
    let has = [
        (ContactRole::Champion, row.get("is_champion")?),
        (ContactRole::DecisionMaker, row.get("is_decision_maker")?),
        (ContactRole::User, row.get("is_user")?),
        (ContactRole::Billing, row.get("is_billing")?),
    ];
    Ok(Membership {
        id: row.get("id")?,
        contact: row.get("contact_id")?,
        account: row.get("account_id")?,
        text: MembershipText {
            title: row.get("title")?,
            roles: has
                .iter()
                .filter(|(_, has)| *has)
                .map(|(role, _)| *role)
                .collect(),
            since: read_day(row, "since_day")?,
            until: read_day(row, "until_day")?,
        },
    })
}

fn read_person(row: &Row<'_>) -> Result<Contact, DbError> {
    let id = row.get("root_id")?;
    Ok(Contact {
        id,
        root: id,
        text: ContactText {
            name: row.get("name")?,
            language: row.get("language")?,
            time_zone: row.get("time_zone")?,
            note: row.get("note")?,
        },
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
    })
}

fn read_day(row: &Row<'_>, column: &'static str) -> Result<Option<Date>, DbError> {
    let text: Option<String> = row.get(column)?;
    let day = text.map(|text| text.parse().map_err(|_| row.broken(column, "a day")));
    day.transpose()
}
