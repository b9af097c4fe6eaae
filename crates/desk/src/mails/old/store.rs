//! The rows of imports of old mail.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::MailImportId;
use super::model::{Choices, Counts, Found, MailImport, MailImportState, Phase};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, import: &MailImport) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mail_imports (workspace_id, id, mailbox_id, file_name, blob_id, size, state, phase, problem, open_days,
               takes_machines, own, found, asked_by, created_at, changed_at, position, taken, thread, rate, opened, joined,
               repeated, aside, refused, taken_back, left_alone)
             values ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10, $11, $12, $13, $14, $15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)"
        ),
        params![
            workspace,
            import.id,
            import.mailbox,
            import.file_name,
            import.file,
            import.size,
            import.state.as_str(),
            import.phase.as_str(),
            import.choices.open_days,
            import.choices.takes_machines,
            import.choices.own.join(" "),
            found_text(&import.found),
            import.by,
            import.created_at,
            import.changed_at
        ],
    )?;
    Ok(())
}

/// Stores everything of an import that can change.
pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, import: &MailImport) -> Result<(), DbError> {
    let counts = &import.counts;
    tx.execute(
        sql!(
            "update mail_imports
             set blob_id = $3, state = $4, phase = $5, problem = $6, open_days = $7, takes_machines = $8, own = $9, found = $10,
               changed_at = $11, position = $12, taken = $13, thread = $14, rate = $15, opened = $16, joined = $17,
               repeated = $18, aside = $19, refused = $20, taken_back = $21, left_alone = $22
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            import.id,
            import.file,
            import.state.as_str(),
            import.phase.as_str(),
            import.problem,
            import.choices.open_days,
            import.choices.takes_machines,
            import.choices.own.join(" "),
            found_text(&import.found),
            import.changed_at,
            import.position,
            import.taken,
            import.thread,
            import.rate,
            counts.opened,
            counts.joined,
            counts.repeated,
            counts.aside,
            counts.refused,
            counts.taken_back,
            counts.left_alone
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailImportId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mail_imports where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailImportId,
) -> Result<Option<MailImport>, DbError> {
    tx.optional(
        sql!(
            "select id, mailbox_id, file_name, blob_id, size, state, phase, problem, open_days, takes_machines, own, found,
               asked_by, created_at, changed_at, position, taken, thread, rate, opened, joined, repeated, aside, refused,
               taken_back, left_alone
             from mail_imports
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Imports of a workspace, the newest first; before one where it is named.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Option<MailImportId>,
    limit: i64,
) -> Result<Vec<MailImport>, DbError> {
    match before {
        Some(before) => tx.rows(
            sql!(
                "select id, mailbox_id, file_name, blob_id, size, state, phase, problem, open_days, takes_machines, own, found,
                   asked_by, created_at, changed_at, position, taken, thread, rate, opened, joined, repeated, aside, refused,
                   taken_back, left_alone
                 from mail_imports
                 where workspace_id = $1 and id < $2
                 order by id desc
                 limit $3"
            ),
            params![workspace, before, limit],
            read,
        ),
        None => tx.rows(
            sql!(
                "select id, mailbox_id, file_name, blob_id, size, state, phase, problem, open_days, takes_machines, own, found,
                   asked_by, created_at, changed_at, position, taken, thread, rate, opened, joined, repeated, aside, refused,
                   taken_back, left_alone
                 from mail_imports
                 where workspace_id = $1
                 order by id desc
                 limit $2"
            ),
            params![workspace, limit],
            read,
        ),
    }
}

/// Imports of all workspaces that nobody has touched since a moment, and whose file is still here.
pub(super) fn lying(
    tx: &mut Tx<'_>,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, MailImportId)>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id
             from mail_imports
             where blob_id is not null and state in ('ready', 'failed') and changed_at < $1
             order by changed_at
             limit $2"
        ),
        params![before, limit],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

/// Another file is there in the place of the first.
pub(super) fn set_size(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailImportId,
    size: i64,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update mail_imports set size = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, size],
    )?;
    Ok(())
}

fn found_text(found: &Found) -> String {
    serde_json::to_string(found).unwrap_or_default()
}

fn read(row: &Row<'_>) -> Result<MailImport, DbError> {
    let (state, phase): (String, String) = (row.get("state")?, row.get("phase")?);
    let (own, found): (String, String) = (row.get("own")?, row.get("found")?);
    let changed_at: Timestamp = row.get("changed_at")?;
    Ok(MailImport {
        id: row.get("id")?,
        mailbox: row.get("mailbox_id")?,
        file_name: row.get("file_name")?,
        file: row.get("blob_id")?,
        size: row.get("size")?,
        state: MailImportState::parse(&state).ok_or_else(|| row.broken("state", "a state of an import"))?,
        phase: Phase::parse(&phase).ok_or_else(|| row.broken("phase", "a part of an import's work"))?,
        problem: row.get("problem")?,
        choices: Choices {
            open_days: row.get("open_days")?,
            takes_machines: row.get("takes_machines")?,
            own: own.split_whitespace().map(str::to_owned).collect(),
        },
        found: serde_json::from_str(&found).unwrap_or_default(),
        by: row.get("asked_by")?,
        created_at: row.get("created_at")?,
        changed_at,
        position: row.get("position")?,
        taken: row.get("taken")?,
        thread: row.get("thread")?,
        rate: row.get("rate")?,
        counts: Counts {
            opened: row.get("opened")?,
            joined: row.get("joined")?,
            repeated: row.get("repeated")?,
            aside: row.get("aside")?,
            refused: row.get("refused")?,
            taken_back: row.get("taken_back")?,
            left_alone: row.get("left_alone")?,
        },
    })
}
