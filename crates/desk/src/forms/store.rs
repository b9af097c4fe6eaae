//! The rows of forms, their fields, and what came by them.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::fields::FieldId;
use tandem_core::workspaces::WorkspaceId;

use super::{Closing, Condition, FormField, FormText, WebForm, WebFormId};
use crate::tickets::{MessageId, TicketId};

/// Something that came by a form.
#[derive(Clone, Debug)]
pub(super) struct Sending {
    pub(super) form: WebFormId,
    pub(super) stamp: String,
    pub(super) ticket: TicketId,
    pub(super) message: Option<MessageId>,
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, form: &WebForm) -> Result<(), DbError> {
    let text = &form.text;
    tx.execute(
        sql!(
            "insert into web_forms (workspace_id, id, key, title, intro, thanks, team_id, kind, priority, takes_files, per_hour,
               version, created_at, closed_at, closed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, null, null)"
        ),
        params![
            workspace,
            form.id,
            form.key,
            text.title,
            text.intro,
            text.thanks,
            text.team,
            text.kind.as_str(),
            text.priority.as_str(),
            text.takes_files,
            text.per_hour,
            form.version,
            form.created_at
        ],
    )?;
    insert_fields(tx, workspace, form)
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, form: &WebForm) -> Result<(), DbError> {
    let text = &form.text;
    let by = form.closing.as_ref().map(|closing| closing.by.clone());
    let at = form.closing.as_ref().map(|closing| closing.at);
    tx.execute(
        sql!(
            "update web_forms
             set key = $3, title = $4, intro = $5, thanks = $6, team_id = $7, kind = $8, priority = $9, takes_files = $10,
               per_hour = $11, version = $12, closed_at = $13, closed_by = $14
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            form.id,
            form.key,
            text.title,
            text.intro,
            text.thanks,
            text.team,
            text.kind.as_str(),
            text.priority.as_str(),
            text.takes_files,
            text.per_hour,
            form.version,
            at,
            by
        ],
    )?;
    tx.execute(
        sql!("delete from web_form_fields where workspace_id = $1 and form_id = $2"),
        params![workspace, form.id],
    )?;
    insert_fields(tx, workspace, form)
}

/// A form has few fields, each a short statement.
fn insert_fields(tx: &mut Tx<'_>, workspace: WorkspaceId, form: &WebForm) -> Result<(), DbError> {
    for (place, field) in (1_i64..).zip(&form.text.fields) {
        let when = field.when.as_ref();
        tx.execute(
            sql!(
                "insert into web_form_fields (workspace_id, form_id, place, field_id, is_required, when_field_id, when_value)
                 values ($1, $2, $3, $4, $5, $6, $7)"
            ),
            params![
                workspace,
                form.id,
                place,
                field.field,
                field.is_required,
                when.map(|when| when.field),
                when.map(|when| when.value.clone())
            ],
        )?;
    }
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: WebFormId,
) -> Result<Option<WebForm>, DbError> {
    let found = tx.optional(
        sql!(
            "select id, key, title, intro, thanks, team_id, kind, priority, takes_files, per_hour, version, created_at, closed_at,
               closed_by
             from web_forms
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )?;
    let Some(mut form) = found else { return Ok(None) };
    form.text.fields = tx.rows(
        sql!(
            "select field_id, is_required, when_field_id, when_value
             from web_form_fields
             where workspace_id = $1 and form_id = $2
             order by place"
        ),
        params![workspace, id],
        read_field,
    )?;
    Ok(Some(form))
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<WebForm>, DbError> {
    let mut forms = tx.rows(
        sql!(
            "select id, key, title, intro, thanks, team_id, kind, priority, takes_files, per_hour, version, created_at, closed_at,
               closed_by
             from web_forms
             where workspace_id = $1
             order by id"
        ),
        params![workspace],
        read,
    )?;
    let mut fields: BTreeMap<WebFormId, Vec<FormField>> = BTreeMap::new();
    tx.each(
        sql!(
            "select form_id, field_id, is_required, when_field_id, when_value
             from web_form_fields
             where workspace_id = $1
             order by form_id, place"
        ),
        params![workspace],
        |row| {
            fields
                .entry(row.get("form_id")?)
                .or_default()
                .push(read_field(row)?);
            Ok(())
        },
    )?;
    for form in &mut forms {
        form.text.fields = fields.remove(&form.id).unwrap_or_default();
    }
    Ok(forms)
}

/// Of which workspace the form with a key is.
pub(super) fn of_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<(WorkspaceId, WebFormId)>, DbError> {
    tx.optional(
        // global: whoever opens a form has no workspace yet.
        sql!("select workspace_id, id from web_forms where key = $1"),
        params![key],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

/// How many came by each form since a moment.
pub(super) fn counts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    since: Timestamp,
) -> Result<BTreeMap<WebFormId, i64>, DbError> {
    let found: Vec<(WebFormId, i64)> = tx.rows(
        sql!(
            "select form_id, count(*) as n
             from web_form_sendings
             where workspace_id = $1 and sent_at >= $2
             group by form_id"
        ),
        params![workspace, since],
        |row| Ok((row.get("form_id")?, row.get("n")?)),
    )?;
    Ok(found.into_iter().collect())
}

/// How many came by one form since a moment.
pub(super) fn count(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    form: WebFormId,
    since: Timestamp,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(*) as n
             from web_form_sendings
             where workspace_id = $1 and form_id = $2 and sent_at >= $3"
        ),
        params![workspace, form, since],
        |row| row.get("n"),
    )
}

pub(super) fn insert_sending(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    sending: &Sending,
) -> Result<(), DbError> {
    let (id, now): (super::SendingId, _) = (tx.new_id(), tx.now());
    tx.execute(
        sql!(
            "insert into web_form_sendings (workspace_id, id, form_id, stamp, ticket_id, message_id, sent_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            workspace,
            id,
            sending.form,
            sending.stamp,
            sending.ticket,
            sending.message,
            now
        ],
    )?;
    Ok(())
}

/// The ticket that a stamp was used for.
pub(super) fn of_stamp(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    form: WebFormId,
    stamp: &str,
) -> Result<Option<TicketId>, DbError> {
    tx.optional(
        sql!(
            "select ticket_id
             from web_form_sendings
             where workspace_id = $1 and form_id = $2 and stamp = $3"
        ),
        params![workspace, form, stamp],
        |row| row.get("ticket_id"),
    )
}

/// Spends a stamp on files; gives whether it was not spent before. Those that were spent before `since` hold no more and go.
pub(super) fn spend(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    form: WebFormId,
    (stamp, since): (&str, Timestamp),
) -> Result<bool, DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "delete from web_form_stamps
             where workspace_id = $1 and form_id = $2 and spent_at < $3"
        ),
        params![workspace, form, since],
    )?;
    let added = tx.execute(
        sql!(
            "insert into web_form_stamps (workspace_id, form_id, stamp, spent_at)
             values ($1, $2, $3, $4)
             on conflict (workspace_id, form_id, stamp) do nothing"
        ),
        params![workspace, form, stamp, now],
    )?;
    Ok(added == 1)
}

/// By which form a ticket came, and as which message.
pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<(WebFormId, Option<MessageId>)>, DbError> {
    tx.optional(
        sql!(
            "select form_id, message_id
             from web_form_sendings
             where workspace_id = $1 and ticket_id = $2"
        ),
        params![workspace, ticket],
        |row| Ok((row.get("form_id")?, row.get("message_id")?)),
    )
}

fn read_field(row: &Row<'_>) -> Result<FormField, DbError> {
    let (on, value): (Option<FieldId>, Option<String>) = (row.get("when_field_id")?, row.get("when_value")?);
    Ok(FormField {
        field: row.get("field_id")?,
        is_required: row.get("is_required")?,
        when: on.zip(value).map(|(field, value)| Condition { field, value }),
    })
}

fn read(row: &Row<'_>) -> Result<WebForm, DbError> {
    let (kind, priority): (String, String) = (row.get("kind")?, row.get("priority")?);
    let (by, at): (Option<String>, _) = (row.get("closed_by")?, row.get("closed_at")?);
    Ok(WebForm {
        id: row.get("id")?,
        key: row.get("key")?,
        text: FormText {
            title: row.get("title")?,
            intro: row.get("intro")?,
            thanks: row.get("thanks")?,
            team: row.get("team_id")?,
            kind: kind.parse().map_err(|_| row.broken("kind", "a kind"))?,
            priority: priority
                .parse()
                .map_err(|_| row.broken("priority", "a priority"))?,
            takes_files: row.get("takes_files")?,
            per_hour: row.get("per_hour")?,
            fields: Vec::new(),
        },
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        closing: by.zip(at).map(|(by, at)| Closing { by, at }),
    })
}
