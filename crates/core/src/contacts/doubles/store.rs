//! The rows of marks of contacts, of doubles that were found, and of who is not the same person.

use kit::db::{DbError, Row, Tx};
use kit::id::TypedId;
use kit::{params, sql};

use super::marks::{Likeness, Mark, MarkKind};
use super::{Cursor, Double};
use crate::accounts::AccountId;
use crate::contacts::ContactId;
use crate::workspaces::WorkspaceId;

pub(super) fn marks(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<Mark>, DbError> {
    tx.rows(
        sql!("select kind, value from contact_marks where workspace_id = $1 and contact_id = $2"),
        params![workspace, contact],
        |row| {
            let kind: String = row.get("kind")?;
            let kind = MarkKind::named(&kind).ok_or_else(|| row.broken("kind", "a kind of mark"))?;
            Ok((kind, row.get("value")?))
        },
    )
}

pub(super) fn set_marks(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
    marks: &[Mark],
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from contact_marks where workspace_id = $1 and contact_id = $2"),
        params![workspace, contact],
    )?;
    for (kind, value) in marks {
        // A contact has a few marks.
        tx.execute(
            sql!("insert into contact_marks (workspace_id, contact_id, kind, value) values ($1, $2, $3, $4)"),
            params![workspace, contact, kind.as_str(), value],
        )?;
    }
    Ok(())
}

/// Takes the marks of a contact away, and the pairs found by them; gives how many marks there were.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<u64, DbError> {
    tx.execute(
        sql!("delete from contact_doubles where workspace_id = $1 and (one_id = $2 or other_id = $2)"),
        params![workspace, contact],
    )?;
    tx.execute(
        sql!("delete from contact_marks where workspace_id = $1 and contact_id = $2"),
        params![workspace, contact],
    )
}

/// Up to `limit` other contacts with this mark.
pub(super) fn marked(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (kind, value): &Mark,
    but: ContactId,
    limit: i64,
) -> Result<Vec<ContactId>, DbError> {
    tx.rows(
        sql!(
            "select contact_id
             from contact_marks
             where workspace_id = $1 and kind = $2 and value = $3 and contact_id <> $4
             order by contact_id
             limit $5"
        ),
        params![workspace, kind.as_str(), value, but, limit],
        |row| row.get("contact_id"),
    )
}

/// Up to `limit` other contacts with this mark who are or were at one of these accounts.
pub(super) fn marked_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (kind, value): &Mark,
    (but, accounts): (ContactId, &[AccountId]),
    limit: i64,
) -> Result<Vec<ContactId>, DbError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct k.contact_id
                   from contact_marks k
                   join contacts c on c.workspace_id = k.workspace_id and c.root_id = k.contact_id
                   join memberships m on m.workspace_id = c.workspace_id and m.contact_id = c.id
                   where k.workspace_id = $1 and k.kind = $2 and k.value = $3 and k.contact_id <> $4 and m.account_id in rarray($5)
                   order by k.contact_id
                   limit $6",
            pg: "select distinct k.contact_id
                 from contact_marks k
                 join contacts c on c.workspace_id = k.workspace_id and c.root_id = k.contact_id
                 join memberships m on m.workspace_id = c.workspace_id and m.contact_id = c.id
                 where k.workspace_id = $1 and k.kind = $2 and k.value = $3 and k.contact_id <> $4 and m.account_id = any($5)
                 order by k.contact_id
                 limit $6",
        },
        params![workspace, kind.as_str(), value, but, accounts, limit],
        |row| row.get("contact_id"),
    )
}

/// Up to `limit` other contacts with this mark who write from one of these domains.
pub(super) fn marked_from(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (kind, value): &Mark,
    (but, domains): (ContactId, &[String]),
    limit: i64,
) -> Result<Vec<ContactId>, DbError> {
    if domains.is_empty() {
        return Ok(Vec::new());
    }
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct k.contact_id
                   from contact_marks k
                   join contact_marks d on d.workspace_id = k.workspace_id and d.contact_id = k.contact_id
                   where k.workspace_id = $1 and k.kind = $2 and k.value = $3 and k.contact_id <> $4
                     and d.kind = 'domain' and d.value in rarray($5)
                   order by k.contact_id
                   limit $6",
            pg: "select distinct k.contact_id
                 from contact_marks k
                 join contact_marks d on d.workspace_id = k.workspace_id and d.contact_id = k.contact_id
                 where k.workspace_id = $1 and k.kind = $2 and k.value = $3 and k.contact_id <> $4
                   and d.kind = 'domain' and d.value = any($5)
                 order by k.contact_id
                 limit $6",
        },
        params![workspace, kind.as_str(), value, but, domains, limit],
        |row| row.get("contact_id"),
    )
}

/// Up to `limit` contacts without any mark after `last`, who stand for themselves.
pub(super) fn unmarked(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: ContactId,
    limit: i64,
) -> Result<Vec<ContactId>, DbError> {
    tx.rows(
        sql!(
            "select c.id
             from contacts c
             where c.workspace_id = $1 and c.id > $2 and c.root_id = c.id
               and not exists (select 1 from contact_marks m where m.workspace_id = c.workspace_id and m.contact_id = c.id)
             order by c.id
             limit $3"
        ),
        params![workspace, last, limit],
        |row| row.get("id"),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, double: &Double) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into contact_doubles (workspace_id, one_id, other_id, strength, reasons, found_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, one_id, other_id) do update
             set strength = excluded.strength, reasons = excluded.reasons"
        ),
        params![
            workspace,
            double.one,
            double.other,
            double.strength,
            super::words(&double.because),
            now
        ],
    )?;
    Ok(())
}

pub(super) fn delete(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (one, other): (ContactId, ContactId),
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from contact_doubles where workspace_id = $1 and one_id = $2 and other_id = $3"),
        params![workspace, one, other],
    )?;
    Ok(())
}

/// The pairs with a contact.
pub(super) fn pairs(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<(ContactId, ContactId)>, DbError> {
    tx.rows(
        sql!(
            "select one_id, other_id
             from contact_doubles
             where workspace_id = $1 and (one_id = $2 or other_id = $2)"
        ),
        params![workspace, contact],
        |row| Ok((row.get("one_id")?, row.get("other_id")?)),
    )
}

/// How many pairs there are, up to `most`.
pub(super) fn count(tx: &mut Tx<'_>, workspace: WorkspaceId, most: i64) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as pairs
             from (select d.one_id
                   from contact_doubles d
                   join contacts a on a.workspace_id = d.workspace_id and a.id = d.one_id and a.root_id = a.id
                   join contacts b on b.workspace_id = d.workspace_id and b.id = d.other_id and b.root_id = b.id
                   where d.workspace_id = $1
                   limit $2) p"
        ),
        params![workspace, most],
        |row| row.get("pairs"),
    )
}

/// Up to `limit` doubles of the workspace, the likelier first, after `cursor`; who was merged meanwhile is left out.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Double>, DbError> {
    let last = ContactId::from_uuid(kit::id::Uuid::max());
    let from = cursor.unwrap_or(Cursor {
        strength: i64::MAX,
        one: last,
        other: last,
    });
    tx.rows(
        sql!(
            "select d.one_id, d.other_id, d.strength, d.reasons, a.name as one_name, b.name as other_name
             from contact_doubles d
             join contacts a on a.workspace_id = d.workspace_id and a.id = d.one_id and a.root_id = a.id
             join contacts b on b.workspace_id = d.workspace_id and b.id = d.other_id and b.root_id = b.id
             where d.workspace_id = $1 and (d.strength, d.one_id, d.other_id) < ($2, $3, $4)
             order by d.strength desc, d.one_id desc, d.other_id desc
             limit $5"
        ),
        params![workspace, from.strength, from.one, from.other, limit],
        read,
    )
}

/// Whether nobody had said so before.
pub(super) fn distinguish(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (one, other): (ContactId, ContactId),
    by: &str,
) -> Result<bool, DbError> {
    let now = tx.now();
    let done = tx.execute(
        sql!(
            "insert into contact_distinctions (workspace_id, one_id, other_id, said_by, said_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, one_id, other_id) do nothing"
        ),
        params![workspace, one, other, by, now],
    )?;
    Ok(done > 0)
}

/// Takes it back for all for whom the two stand; whether somebody had said so.
pub(super) fn confuse(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (one, other): (ContactId, ContactId),
) -> Result<bool, DbError> {
    let done = tx.execute(
        sql!(
            "delete from contact_distinctions
             where workspace_id = $1
               and (one_id in (select id from contacts where workspace_id = $1 and root_id = $2)
                 and other_id in (select id from contacts where workspace_id = $1 and root_id = $3)
                 or one_id in (select id from contacts where workspace_id = $1 and root_id = $3)
                 and other_id in (select id from contacts where workspace_id = $1 and root_id = $2))"
        ),
        params![workspace, one, other],
    )?;
    Ok(done > 0)
}

/// Those of whom somebody said that they are not this contact. What was said of somebody is said of who stands for them.
pub(super) fn distinct(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<ContactId>, DbError> {
    tx.rows(
        sql!(
            "select b.root_id as id
             from contacts a
             join contact_distinctions d on d.workspace_id = a.workspace_id and d.one_id = a.id
             join contacts b on b.workspace_id = d.workspace_id and b.id = d.other_id
             where a.workspace_id = $1 and a.root_id = $2 and b.root_id <> $2
             union
             select b.root_id as id
             from contacts a
             join contact_distinctions d on d.workspace_id = a.workspace_id and d.other_id = a.id
             join contacts b on b.workspace_id = d.workspace_id and b.id = d.one_id
             where a.workspace_id = $1 and a.root_id = $2 and b.root_id <> $2"
        ),
        params![workspace, contact],
        |row| row.get("id"),
    )
}

fn read(row: &Row<'_>) -> Result<Double, DbError> {
    let reasons: String = row.get("reasons")?;
    Ok(Double {
        one: row.get("one_id")?,
        other: row.get("other_id")?,
        one_name: row.get("one_name")?,
        other_name: row.get("other_name")?,
        strength: row.get("strength")?,
        because: reasons.split(' ').filter_map(Likeness::named).collect(),
    })
}
