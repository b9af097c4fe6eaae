//! The rows of saved replies and what they change.

use std::collections::{BTreeMap, HashMap};

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Audience, Removal, Reply, ReplyId, ReplyText};
use crate::tickets::Field;
use crate::tickets::extras::Extras;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, reply: &Reply) -> Result<(), DbError> {
    let (owner, team) = owners(reply.text.audience);
    tx.execute(
        sql!(
            "insert into saved_replies (workspace_id, id, name, folder, sort_key, body, is_note, audience, owner_id, team_id,
               uses, used_at, version, created_at, created_by, removed_at, removed_by, extras)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, null, $11, $12, $13, null, null, $14)"
        ),
        params![
            workspace,
            reply.id,
            reply.text.name,
            reply.text.folder,
            reply.text.sort_key(),
            reply.text.body,
            reply.text.is_note,
            reply.text.audience.as_str(),
            owner,
            team,
            reply.version,
            reply.created_at,
            reply.created_by,
            extras(reply)
        ],
    )?;
    insert_words(tx, workspace, reply)?;
    insert_changes(tx, workspace, reply)
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, reply: &Reply) -> Result<(), DbError> {
    let (owner, team) = owners(reply.text.audience);
    tx.execute(
        sql!(
            "update saved_replies
             set name = $3, folder = $4, sort_key = $5, body = $6, is_note = $7, audience = $8, owner_id = $9, team_id = $10,
               version = $11, extras = $12
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            reply.id,
            reply.text.name,
            reply.text.folder,
            reply.text.sort_key(),
            reply.text.body,
            reply.text.is_note,
            reply.text.audience.as_str(),
            owner,
            team,
            reply.version,
            extras(reply)
        ],
    )?;
    tx.execute(
        sql!("delete from saved_reply_words where workspace_id = $1 and reply_id = $2"),
        params![workspace, reply.id],
    )?;
    insert_words(tx, workspace, reply)?;
    tx.execute(
        sql!("delete from saved_reply_changes where workspace_id = $1 and reply_id = $2"),
        params![workspace, reply.id],
    )?;
    insert_changes(tx, workspace, reply)
}

/// What it does beside changing fields, as JSON; nothing for nothing.
fn extras(reply: &Reply) -> Option<String> {
    let extras = &reply.text.extras;
    (!extras.is_nothing()).then(|| serde_json::to_string(extras).expect("words are always JSON"))
}

/// A reply has words in few languages, each a short statement.
fn insert_words(tx: &mut Tx<'_>, workspace: WorkspaceId, reply: &Reply) -> Result<(), DbError> {
    for (language, body) in &reply.text.words {
        tx.execute(
            sql!("insert into saved_reply_words (workspace_id, reply_id, language, body) values ($1, $2, $3, $4)"),
            params![workspace, reply.id, language, body],
        )?;
    }
    Ok(())
}

fn insert_changes(tx: &mut Tx<'_>, workspace: WorkspaceId, reply: &Reply) -> Result<(), DbError> {
    for (field, value) in &reply.text.changes {
        tx.execute(
            sql!("insert into saved_reply_changes (workspace_id, reply_id, field, value) values ($1, $2, $3, $4)"),
            params![workspace, reply.id, field.as_str(), value],
        )?;
    }
    Ok(())
}

pub(super) fn set_removal(tx: &mut Tx<'_>, workspace: WorkspaceId, reply: &Reply) -> Result<(), DbError> {
    let removal = reply.removal.as_ref();
    tx.execute(
        sql!(
            "update saved_replies
             set removed_at = $3, removed_by = $4
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            reply.id,
            removal.map(|removal| removal.at),
            removal.map(|removal| removal.by.as_str())
        ],
    )?;
    Ok(())
}

/// One use more, now.
pub(super) fn count(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ReplyId) -> Result<(), DbError> {
    tx.execute(
        sql!("update saved_replies set uses = uses + 1, used_at = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, tx.now()],
    )?;
    Ok(())
}

pub(super) fn how_many(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as many from saved_replies where workspace_id = $1 and removed_at is null"),
        params![workspace],
        |row| row.get("many"),
    )
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ReplyId) -> Result<Option<Reply>, DbError> {
    let found = tx.optional(
        sql!(
            "select id, name, folder, body, is_note, audience, owner_id, team_id, uses, used_at, version, created_at, created_by,
               removed_at, removed_by, extras
             from saved_replies
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )?;
    let Some(mut reply) = found else { return Ok(None) };
    let words = tx.rows(
        sql!("select language, body from saved_reply_words where workspace_id = $1 and reply_id = $2"),
        params![workspace, id],
        |row| Ok((row.get::<String>("language")?, row.get::<String>("body")?)),
    )?;
    reply.text.words = words.into_iter().collect();
    let changes = tx.rows(
        sql!("select field, value from saved_reply_changes where workspace_id = $1 and reply_id = $2"),
        params![workspace, id],
        |row| Ok((row.get::<String>("field")?, row.get::<String>("value")?)),
    )?;
    for (field, value) in changes {
        give(&mut reply, &field, value);
    }
    Ok(Some(reply))
}

/// All that are not removed, in the order of lists.
pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Reply>, DbError> {
    let mut replies = tx.rows(
        sql!(
            "select id, name, folder, body, is_note, audience, owner_id, team_id, uses, used_at, version, created_at, created_by,
               removed_at, removed_by, extras
             from saved_replies
             where workspace_id = $1 and removed_at is null
             order by sort_key, id"
        ),
        params![workspace],
        read,
    )?;
    let places: HashMap<ReplyId, usize> = replies
        .iter()
        .enumerate()
        .map(|(place, reply)| (reply.id, place))
        .collect();
    let changes = tx.rows(
        sql!("select reply_id, field, value from saved_reply_changes where workspace_id = $1"),
        params![workspace],
        |row| {
            let id: ReplyId = row.get("reply_id")?;
            Ok((id, row.get::<String>("field")?, row.get::<String>("value")?))
        },
    )?;
    let words = tx.rows(
        sql!("select reply_id, language, body from saved_reply_words where workspace_id = $1"),
        params![workspace],
        |row| {
            let id: ReplyId = row.get("reply_id")?;
            Ok((id, row.get::<String>("language")?, row.get::<String>("body")?))
        },
    )?;
    for (id, language, body) in words {
        if let Some(place) = places.get(&id) {
            replies[*place].text.words.insert(language, body);
        }
    }
    for (id, field, value) in changes {
        if let Some(place) = places.get(&id) {
            give(&mut replies[*place], &field, value);
        }
    }
    Ok(replies)
}

/// Those without words that are not removed, in the order of lists; what they change is not read.
pub(super) fn wordless(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Reply>, DbError> {
    tx.rows(
        sql!(
            "select id, name, folder, body, is_note, audience, owner_id, team_id, uses, used_at, version, created_at, created_by,
               removed_at, removed_by, extras
             from saved_replies
             where workspace_id = $1 and removed_at is null and body = ''
             order by sort_key, id"
        ),
        params![workspace],
        read,
    )
}

/// Adds a change in the order of the form.
fn give(reply: &mut Reply, field: &str, value: String) {
    let place = |field: &Field| super::FIELDS.iter().position(|one| one == field);
    if let Ok(field) = field.parse::<Field>() {
        reply.text.changes.push((field, value));
        reply.text.changes.sort_by_key(|(field, _)| place(field));
    }
}

fn owners(
    audience: Audience,
) -> (
    Option<tandem_core::agents::AgentId>,
    Option<tandem_core::teams::TeamId>,
) {
    match audience {
        Audience::Everyone => (None, None),
        Audience::Team(team) => (None, Some(team)),
        Audience::Own(agent) => (Some(agent), None),
    }
}

fn read(row: &Row<'_>) -> Result<Reply, DbError> {
    let (owner, team) = (row.get("owner_id")?, row.get("team_id")?);
    let removed: Option<String> = row.get("removed_by")?;
    let removed_at: Option<kit::clock::Timestamp> = row.get("removed_at")?;
    let extras: Option<String> = row.get("extras")?;
    let extras = extras.map_or(Ok(Extras::default()), |extras| serde_json::from_str(&extras));
    Ok(Reply {
        id: row.get("id")?,
        text: ReplyText {
            name: row.get("name")?,
            folder: row.get("folder")?,
            body: row.get("body")?,
            words: BTreeMap::new(),
            is_note: row.get("is_note")?,
            audience: match (owner, team) {
                (Some(owner), _) => Audience::Own(owner),
                (None, Some(team)) => Audience::Team(team),
                (None, None) => Audience::Everyone,
            },
            changes: Vec::new(),
            extras: extras.map_err(|_| row.broken("extras", "what a macro does"))?,
        },
        uses: row.get("uses")?,
        used_at: row.get("used_at")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        removal: removed.zip(removed_at).map(|(by, at)| Removal { by, at }),
    })
}
