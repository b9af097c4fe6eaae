//! What the workspace itself says of tickets, beside what is counted of them in a file: its statuses and its own fields.

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use tandem_core::fields::{self, Field, FieldValue, Values};
use tandem_core::sheets::Cell;
use tandem_core::workspaces::WorkspaceId;

use super::fact::Fact;
use crate::statuses;
use crate::tickets::{self, TicketId, details};

/// How many tickets are asked for at once.
const PART: usize = 1_000;

/// The heads of the columns, and the cells of each ticket in their order. Nothing where the workspace has set up neither.
pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    facts: &[Fact],
) -> Result<(Vec<String>, Vec<Vec<Cell>>), DbError> {
    let all = statuses::all(tx, workspace)?;
    let (open, _) = details::of_many(tx, workspace, &[])?;
    if all.is_empty() && open.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut head = vec!["own_status".to_owned()];
    head.extend(open.iter().map(|field| field.text.key.clone()));
    let mut cells = Vec::with_capacity(facts.len());
    for part in facts.chunks(PART) {
        let ids: Vec<TicketId> = part.iter().map(|fact| fact.ticket).collect();
        let own = tickets::own_statuses(tx, workspace, &ids)?;
        let (_, mut values) = details::of_many(tx, workspace, &ids)?;
        for id in ids {
            let status = own.get(&id).and_then(|id| all.iter().find(|own| own.id == *id));
            let status = status.map_or("", |own| own.text.name.as_str());
            let values = values.remove(&id.uuid()).unwrap_or_default();
            let mut row = vec![Cell::text(status)];
            row.extend(open.iter().map(|field| cell(field, &values)));
            cells.push(row);
        }
    }
    Ok((head, cells))
}

fn cell(field: &Field, values: &Values) -> Cell {
    match values.get(field.id) {
        None => Cell::text(""),
        Some(FieldValue::Words(words)) => Cell::text(words),
        Some(FieldValue::Number(number)) => Cell::Number(*number),
        Some(FieldValue::Day(day)) => Cell::text(day),
        Some(FieldValue::Flag(flag)) => Cell::text(flag),
        Some(FieldValue::Several(all)) => Cell::text(all.join(", ")),
        Some(FieldValue::Money(money)) => Cell::text(fields::plain_money(money)),
    }
}
