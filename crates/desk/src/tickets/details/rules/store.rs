//! The rows of rules.

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::fields::FieldId;
use tandem_core::fields::conditions::Condition;
use tandem_core::workspaces::WorkspaceId;

use super::Rule;
use crate::tickets::{Kind, TicketError};

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<BTreeMap<FieldId, Rule>, DbError> {
    let rows = tx.rows(
        sql!(
            "select field_id, kinds, is_before_solving, when_field_id, when_value, version
             from ticket_field_rules
             where workspace_id = $1"
        ),
        params![workspace],
        |row| {
            let kinds: String = row.get("kinds")?;
            let kinds: Result<Vec<Kind>, TicketError> = kinds.split_whitespace().map(str::parse).collect();
            let (on, value): (Option<FieldId>, Option<String>) =
                (row.get("when_field_id")?, row.get("when_value")?);
            let rule = Rule {
                kinds: kinds.map_err(|_| row.broken("kinds", "kinds of ticket"))?,
                is_before_solving: row.get("is_before_solving")?,
                when: on.zip(value).map(|(field, value)| Condition { field, value }),
                version: row.get("version")?,
            };
            Ok((row.get("field_id")?, rule))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// Puts a rule in place of the one before.
pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    field: FieldId,
    rule: &Rule,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from ticket_field_rules where workspace_id = $1 and field_id = $2"),
        params![workspace, field],
    )?;
    let kinds: Vec<&str> = rule.kinds.iter().map(|kind| kind.as_str()).collect();
    tx.execute(
        sql!(
            "insert into ticket_field_rules (workspace_id, field_id, kinds, is_before_solving, when_field_id, when_value, version)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            workspace,
            field,
            kinds.join(" "),
            rule.is_before_solving,
            rule.when.as_ref().map(|when| when.field),
            rule.when.as_ref().map(|when| when.value.clone()),
            rule.version
        ],
    )?;
    Ok(())
}
