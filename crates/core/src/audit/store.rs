//! The rows of the trail: added, read, and nothing else.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};

use super::chain::ORIGIN;
use super::{Filter, Record};
use crate::actor::Whence;
use crate::workspaces::WorkspaceId;

/// The newest entry's number and hash.
pub(super) struct Head {
    pub(super) number: i64,
    pub(super) hash: Vec<u8>,
}

/// The head, held until the end of the transaction: entries of a workspace are numbered one after the other.
pub(super) fn held_head(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Head, DbError> {
    tx.one(
        sql!(
            "insert into audit_heads (workspace_id, number, hash)
             values ($1, 0, $2)
             on conflict (workspace_id) do update
             set number = audit_heads.number
             returning number, hash"
        ),
        params![workspace, ORIGIN],
        read_head,
    )
}

pub(super) fn head(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Head, DbError> {
    let head = tx.optional(
        sql!(
            "select number, hash
             from audit_heads
             where workspace_id = $1"
        ),
        params![workspace],
        read_head,
    )?;
    Ok(head.unwrap_or_else(|| Head {
        number: 0,
        hash: ORIGIN.to_vec(),
    }))
}

pub(super) fn set_head(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    number: i64,
    hash: &[u8],
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update audit_heads
             set number = $2, hash = $3
             where workspace_id = $1"
        ),
        params![workspace, number, hash],
    )?;
    Ok(())
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    record: &Record,
    hash: &[u8],
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into audit_entries (workspace_id, number, actor, actor_id, act, subject, subject_name,
               subject_folded, before, after, address, user_agent, session, request_id, created_at, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        ),
        params![
            workspace,
            record.number,
            record.actor,
            record.actor_id,
            record.act,
            record.subject,
            record.subject_name,
            fold(&record.subject_name),
            record.before.to_string(),
            record.after.to_string(),
            record.whence.address,
            record.whence.user_agent,
            record.whence.session,
            record.whence.request_id,
            record.created_at,
            hash
        ],
    )?;
    Ok(())
}

pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Record>, DbError> {
    let subject = filter.subject.as_deref().unwrap_or_default().trim();
    let (id, name) = if looks_like_an_id(subject) {
        (Some(subject), "%".to_owned())
    } else {
        (None, containing(subject))
    };
    tx.rows(
        sql!(
            "select number, actor, actor_id, act, subject, subject_name, before, after,
               address, user_agent, session, request_id, created_at
             from audit_entries
             where workspace_id = $1 and number < $2
               and actor_id = coalesce($3, actor_id)
               and act = coalesce($4, act)
               and subject = coalesce($5, subject)
               and subject_folded like $6 escape '\\'
               and created_at >= $7 and created_at < $8
             order by number desc
             limit $9"
        ),
        params![
            workspace,
            before.unwrap_or(i64::MAX),
            filter.actor,
            filter.act.map(|act| act.as_str().to_owned()),
            id,
            name,
            filter.from.unwrap_or(Timestamp(i64::MIN)),
            filter.until.unwrap_or(Timestamp(i64::MAX)),
            limit
        ],
        read,
    )
}

/// Every entry with its hash, the oldest first, and whether its columns are just as they are written for it.
pub(super) fn each(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mut each: impl FnMut(Record, Vec<u8>, bool),
) -> Result<(), DbError> {
    tx.each(
        sql!(
            "select number, actor, actor_id, act, subject, subject_name, subject_folded, before, after,
               address, user_agent, session, request_id, created_at, hash
             from audit_entries
             where workspace_id = $1
             order by number"
        ),
        params![workspace],
        |row| {
            let record = read(row)?;
            // The texts as they were written, not as values that read the same.
            let (before, after) = (record.before.to_string(), record.after.to_string());
            let is_exact = row.get::<String>("before")? == before
                && row.get::<String>("after")? == after
                && row.get::<String>("subject_folded")? == fold(&record.subject_name);
            each(record, row.get("hash")?, is_exact);
            Ok(())
        },
    )?;
    Ok(())
}

fn read_head(row: &Row<'_>) -> Result<Head, DbError> {
    Ok(Head {
        number: row.get("number")?,
        hash: row.get("hash")?,
    })
}

fn read(row: &Row<'_>) -> Result<Record, DbError> {
    let facts = |column| {
        let text: String = row.get(column)?;
        serde_json::from_str(&text).map_err(|_| row.broken(column, "JSON"))
    };
    Ok(Record {
        number: row.get("number")?,
        actor: row.get("actor")?,
        actor_id: row.get("actor_id")?,
        act: row.get("act")?,
        subject: row.get("subject")?,
        subject_name: row.get("subject_name")?,
        before: facts("before")?,
        after: facts("after")?,
        whence: Whence {
            address: row.get("address")?,
            user_agent: row.get("user_agent")?,
            session: row.get("session")?,
            request_id: row.get("request_id")?,
        },
        created_at: row.get("created_at")?,
    })
}

/// Three letters, an underscore, 26 digits.
fn looks_like_an_id(text: &str) -> bool {
    text.len() == 30
        && text.as_bytes()[3] == b'_'
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The pattern of names that contain `part`.
fn containing(part: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold(part).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
