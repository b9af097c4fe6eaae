//! The rows of fields, their choices and their values.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::id::Uuid;
use kit::{params, sql};

use super::{Archiving, Field, FieldId, FieldKind, FieldText, FieldValue, nouns};
use crate::workspaces::WorkspaceId;

/// One row of a value.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) words: Option<String>,
    pub(super) number: Option<f64>,
    pub(super) day: Option<Day>,
    pub(super) flag: Option<bool>,
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, field: &Field) -> Result<(), DbError> {
    let text = &field.text;
    tx.execute(
        sql!(
            "insert into fields (workspace_id, id, noun, key, kind, label, hint, is_required, place, version, created_at, archived_at, archived_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, null, null)"
        ),
        params![
            workspace,
            field.id,
            field.noun,
            text.key,
            field.kind.as_str(),
            text.label,
            text.hint,
            text.is_required,
            field.place,
            field.version,
            tx.now()
        ],
    )?;
    insert_choices(tx, workspace, field)
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, field: &Field) -> Result<(), DbError> {
    let text = &field.text;
    tx.execute(
        sql!(
            "update fields
             set label = $3, hint = $4, is_required = $5, version = $6
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            field.id,
            text.label,
            text.hint,
            text.is_required,
            field.version
        ],
    )?;
    tx.execute(
        sql!("delete from field_choices where workspace_id = $1 and field_id = $2"),
        params![workspace, field.id],
    )?;
    insert_choices(tx, workspace, field)
}

/// A field has few choices, each a short statement.
fn insert_choices(tx: &mut Tx<'_>, workspace: WorkspaceId, field: &Field) -> Result<(), DbError> {
    for (place, label) in (1_i64..).zip(&field.text.choices) {
        tx.execute(
            sql!("insert into field_choices (workspace_id, field_id, place, label) values ($1, $2, $3, $4)"),
            params![workspace, field.id, place, label],
        )?;
    }
    Ok(())
}

pub(super) fn set_place(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: FieldId,
    place: i64,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update fields set place = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, place],
    )?;
    Ok(())
}

pub(super) fn set_archiving(tx: &mut Tx<'_>, workspace: WorkspaceId, field: &Field) -> Result<(), DbError> {
    let by = field.archiving.as_ref().map(|archiving| archiving.by.clone());
    let at = field.archiving.as_ref().map(|archiving| archiving.at);
    tx.execute(
        sql!("update fields set archived_at = $3, archived_by = $4 where workspace_id = $1 and id = $2"),
        params![workspace, field.id, at, by],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: FieldId) -> Result<Option<Field>, DbError> {
    let known: Vec<&'static str> = nouns(tx.attached()).iter().map(|noun| noun.key).collect();
    let found = tx.optional(
        sql!(
            "select id, noun, key, kind, label, hint, is_required, place, version, archived_at, archived_by
             from fields
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        |row| read(row, &known),
    )?;
    let Some(mut field) = found else { return Ok(None) };
    field.text.choices = tx.rows(
        sql!("select label from field_choices where workspace_id = $1 and field_id = $2 order by place"),
        params![workspace, id],
        |row| row.get("label"),
    )?;
    Ok(Some(field))
}

pub(super) fn all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    noun: &'static str,
) -> Result<Vec<Field>, DbError> {
    let mut fields = tx.rows(
        sql!(
            "select id, noun, key, kind, label, hint, is_required, place, version, archived_at, archived_by
             from fields
             where workspace_id = $1 and noun = $2
             order by place, id"
        ),
        params![workspace, noun],
        |row| read(row, &[noun]),
    )?;
    if fields.iter().all(|field| !field.kind.has_choices()) {
        return Ok(fields);
    }
    let mut choices: BTreeMap<FieldId, Vec<String>> = BTreeMap::new();
    tx.each(
        sql!("select field_id, label from field_choices where workspace_id = $1 order by field_id, place"),
        params![workspace],
        |row| {
            choices
                .entry(row.get("field_id")?)
                .or_default()
                .push(row.get("label")?);
            Ok(())
        },
    )?;
    for field in &mut fields {
        field.text.choices = choices.remove(&field.id).unwrap_or_default();
    }
    Ok(fields)
}

/// Every row of values of these things; those of one field in their order.
pub(super) fn cells(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    subjects: &[Uuid],
) -> Result<Vec<(Uuid, FieldId, Cell)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select subject_id, field_id, words, number, day, flag
                   from field_values
                   where workspace_id = $1 and subject_id in (select value from rarray($2))
                   order by subject_id, field_id, place",
            pg: "select subject_id, field_id, words, number, day, flag
                 from field_values
                 where workspace_id = $1 and subject_id = any($2)
                 order by subject_id, field_id, place",
        },
        params![workspace, subjects],
        |row| {
            let day: Option<String> = row.get("day")?;
            let day = day.map(|day| day.parse().map_err(|_| row.broken("day", "a day")));
            let cell = Cell {
                words: row.get("words")?,
                number: row.get("number")?,
                day: day.transpose()?,
                flag: row.get("flag")?,
            };
            Ok((row.get("subject_id")?, row.get("field_id")?, cell))
        },
    )
}

/// Puts a value in place of the one before; none takes it away.
pub(super) fn set_value(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    subject: Uuid,
    field: FieldId,
    value: Option<&FieldValue>,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from field_values where workspace_id = $1 and subject_id = $2 and field_id = $3"),
        params![workspace, subject, field],
    )?;
    let cell = |words: &String| Cell {
        words: Some(words.clone()),
        ..Cell::default()
    };
    let cells: Vec<Cell> = match value {
        None => Vec::new(),
        Some(FieldValue::Words(words)) => vec![cell(words)],
        Some(FieldValue::Several(all)) => all.iter().map(cell).collect(),
        Some(FieldValue::Money(money)) => vec![cell(&super::plain_money(money))],
        Some(FieldValue::Number(number)) => vec![Cell {
            number: Some(*number),
            ..Cell::default()
        }],
        Some(FieldValue::Day(day)) => vec![Cell {
            day: Some(*day),
            ..Cell::default()
        }],
        Some(FieldValue::Flag(flag)) => vec![Cell {
            flag: Some(*flag),
            ..Cell::default()
        }],
    };
    for (place, cell) in (1_i64..).zip(&cells) {
        tx.execute(
            sql!(
                "insert into field_values (workspace_id, subject_id, field_id, place, words, number, day, flag)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)"
            ),
            params![
                workspace,
                subject,
                field,
                place,
                cell.words,
                cell.number,
                cell.day.map(|day| day.to_string()),
                cell.flag
            ],
        )?;
    }
    Ok(())
}

pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, subject: Uuid) -> Result<u64, DbError> {
    tx.execute(
        sql!("delete from field_values where workspace_id = $1 and subject_id = $2"),
        params![workspace, subject],
    )
}

/// A field of one of the known nouns.
fn read(row: &Row<'_>, known: &[&'static str]) -> Result<Field, DbError> {
    let (own, kind): (String, String) = (row.get("noun")?, row.get("kind")?);
    let (by, at): (Option<String>, _) = (row.get("archived_by")?, row.get("archived_at")?);
    Ok(Field {
        id: row.get("id")?,
        noun: known
            .iter()
            .find(|noun| **noun == own)
            .copied()
            .ok_or_else(|| row.broken("noun", "a noun"))?,
        kind: FieldKind::named(&kind).ok_or_else(|| row.broken("kind", "a kind of field"))?,
        text: FieldText {
            key: row.get("key")?,
            label: row.get("label")?,
            hint: row.get("hint")?,
            is_required: row.get("is_required")?,
            choices: Vec::new(),
        },
        place: row.get("place")?,
        version: row.get("version")?,
        archiving: by.zip(at).map(|(by, at)| Archiving { by, at }),
    })
}
