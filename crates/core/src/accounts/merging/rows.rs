//! The rows of the parts: joined by a merge, parted when it is taken back.

use kit::db::catalog::{Pick, Table, Whole};
use kit::db::{DbError, Tx};
use kit::id::{AnyId, TypedId, Uuid};

use super::model::{FIELD, Rows, Value};
use super::{Part, Parts, Way};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

/// What a merge did.
pub(super) struct Joined {
    pub(super) rows: Vec<Rows>,
    /// What search finds under another name now.
    pub(super) searched: Vec<AnyId>,
}

/// The table of this name.
pub(super) fn table<'t>(tables: &'t [Table], name: &str) -> Result<&'t Table, DbError> {
    let found = tables.iter().find(|table| table.name == name);
    found.ok_or_else(|| DbError::Schema(format!("there is no table {name}")))
}

fn parts(tx: &Tx<'_>) -> Vec<&'static Part> {
    let parts = tx.attached::<Parts>();
    parts.iter().flat_map(|parts| parts.all()).collect()
}

fn pick<'t>(tables: &'t [Table], workspace: WorkspaceId, part: &'t Part) -> Result<Pick<'t>, DbError> {
    Ok(Pick {
        table: table(tables, part.table)?,
        column: part.column,
        only: part.only,
        without: part.without,
        workspace: workspace.uuid(),
    })
}

/// How many rows each part that people are told of has.
pub(super) fn counts(
    tx: &mut Tx<'_>,
    tables: &[Table],
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<(&'static Part, i64)>, DbError> {
    let mut counts = Vec::new();
    for part in parts(tx).into_iter().filter(|part| part.said.is_some()) {
        let count = pick(tables, workspace, part)?.count(tx, account.uuid())?;
        counts.push((part, count));
    }
    Ok(counts)
}

/// Joins the rows of all parts.
pub(super) fn join(
    tx: &mut Tx<'_>,
    tables: &[Table],
    workspace: WorkspaceId,
    (kept, gone): (AccountId, AccountId),
    take: &[String],
) -> Result<Joined, DbError> {
    let mut joined = Joined {
        rows: Vec::new(),
        searched: Vec::new(),
    };
    for part in parts(tx) {
        let pick = pick(tables, workspace, part)?;
        let mut rows = Rows {
            table: part.table.to_owned(),
            column: part.column.to_owned(),
            only: part
                .only
                .map(|(column, text)| (column.to_owned(), text.to_owned())),
            moved: Vec::new(),
            gone: Vec::new(),
            values: Vec::new(),
        };
        join_part(tx, (&pick, part), (kept.uuid(), gone.uuid()), take, &mut rows)?;
        if let Way::Derive(forget, _) = part.way {
            forget(tx, workspace, gone)?;
        }
        joined.searched.extend(searched(part.searched, &rows));
        if !(rows.moved.is_empty() && rows.gone.is_empty() && rows.values.is_empty()) {
            joined.rows.push(rows);
        }
    }
    Ok(joined)
}

fn join_part(
    tx: &mut Tx<'_>,
    (pick, part): (&Pick<'_>, &Part),
    (kept, gone): (Uuid, Uuid),
    take: &[String],
    rows: &mut Rows,
) -> Result<(), DbError> {
    match part.way {
        Way::Move => rows.moved = pick.point(tx, gone, kept)?,
        Way::MoveFree => move_free(tx, pick, (kept, gone), rows)?,
        Way::Keep => rows.gone = pick.lift(tx, gone)?,
        Way::Derive(..) => {}
        Way::Both => {
            rows.gone = pick.lift(tx, gone)?;
            if rows.gone.is_empty() {
                rows.values.extend(replace(tx, pick, kept, |_| true, Vec::new())?);
            }
        }
        Way::Add(column) => {
            rows.gone = pick.lift(tx, gone)?;
            let has = pick.rows(tx, kept)?;
            let lacks = |row: &&Whole| has.iter().all(|own| own.id(column) != row.id(column));
            let new: Vec<Whole> = rows
                .gone
                .iter()
                .filter(lacks)
                .map(|row| row.clone().with(part.column, Some(kept)))
                .collect();
            pick.lay(tx, &new)?;
            rows.values.extend(new.into_iter().map(|row| Value {
                before: Vec::new(),
                after: vec![row],
            }));
        }
        Way::Choose(name) => {
            rows.gone = pick.lift(tx, gone)?;
            if take.iter().any(|taken| taken == name) {
                let theirs = rows.gone.clone();
                rows.values.extend(replace(tx, pick, kept, |_| true, theirs)?);
            }
        }
        Way::ChooseEach(column) => {
            rows.gone = pick.lift(tx, gone)?;
            let fields = take.iter().filter_map(|name| name.strip_prefix(FIELD));
            for field in fields.filter_map(uuid_of) {
                let is_it = |row: &Whole| row.id(column) == Some(field);
                let theirs = rows.gone.iter().filter(|row| is_it(row)).cloned().collect();
                rows.values.extend(replace(tx, pick, kept, is_it, theirs)?);
            }
        }
    }
    Ok(())
}

/// Gives the survivor the rows whose place it has free.
fn move_free(
    tx: &mut Tx<'_>,
    pick: &Pick<'_>,
    (kept, gone): (Uuid, Uuid),
    rows: &mut Rows,
) -> Result<(), DbError> {
    for row in pick.lift(tx, gone)? {
        let own = row.clone().with(pick.column, Some(kept));
        match pick.lay(tx, std::slice::from_ref(&own))? {
            0 => rows.gone.push(row),
            _ => rows.moved.push(own.key(pick.table)),
        }
    }
    Ok(())
}

/// Puts `theirs` in place of those rows of the survivor that are the value.
fn replace(
    tx: &mut Tx<'_>,
    pick: &Pick<'_>,
    kept: Uuid,
    is_value: impl Fn(&Whole) -> bool,
    theirs: Vec<Whole>,
) -> Result<Option<Value>, DbError> {
    let (before, rest): (Vec<_>, Vec<_>) = pick.lift(tx, kept)?.into_iter().partition(is_value);
    let after: Vec<Whole> = theirs
        .into_iter()
        .map(|row| row.with(pick.column, Some(kept)))
        .collect();
    pick.lay(tx, &rest)?;
    pick.lay(tx, &after)?;
    Ok((before != after).then_some(Value { before, after }))
}

/// Gives each account its rows again; what is another by now stays with the survivor.
pub(super) fn part(
    tx: &mut Tx<'_>,
    tables: &[Table],
    workspace: WorkspaceId,
    (kept, gone): (AccountId, AccountId),
    parts: &[Rows],
) -> Result<Vec<AnyId>, DbError> {
    let known = self::parts(tx);
    let mut found = Vec::new();
    for rows in parts {
        // A table that is no more has nothing to give back.
        let Ok(table) = table(tables, &rows.table) else {
            continue;
        };
        let only = rows.only.as_ref();
        let pick = Pick {
            table,
            column: &rows.column,
            only: only.map(|(column, text)| (column.as_str(), text.as_str())),
            // The keys of the rows say which they are.
            without: None,
            workspace: workspace.uuid(),
        };
        pick.point_back(tx, &rows.moved, kept.uuid(), gone.uuid())?;
        give_values(tx, &pick, kept.uuid(), &rows.values)?;
        pick.lay(tx, &rows.gone)?;
        let own = known.iter().find(|part| part.table == rows.table);
        found.extend(searched(own.and_then(|part| part.searched), rows));
    }
    Ok(found)
}

fn give_values(tx: &mut Tx<'_>, pick: &Pick<'_>, kept: Uuid, values: &[Value]) -> Result<(), DbError> {
    if values.is_empty() {
        return Ok(());
    }
    let mut now = pick.lift(tx, kept)?;
    for value in values {
        let is_same = value.after.iter().all(|row| now.contains(row));
        let is_free = !value.after.is_empty() || value.before.iter().all(|row| is_free(pick, &now, row));
        if is_same && is_free {
            now.retain(|row| !value.after.contains(row));
            now.extend(value.before.iter().cloned());
        }
    }
    pick.lay(tx, &now).map(drop)
}

/// Whether nobody has put anything meanwhile into the place that was empty.
fn is_free(pick: &Pick<'_>, now: &[Whole], row: &Whole) -> bool {
    let key = |row: &Whole| row.key(pick.table);
    now.iter().all(|own| key(own) != key(row))
}

/// Makes anew what follows from other rows.
pub(super) fn derive(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &[AccountId]) -> Result<(), DbError> {
    for part in parts(tx) {
        if let Way::Derive(_, make) = part.way {
            for account in accounts {
                make(tx, workspace, *account)?;
            }
        }
    }
    Ok(())
}

fn searched(prefix: Option<&'static str>, rows: &Rows) -> Vec<AnyId> {
    let Some(prefix) = prefix else {
        return Vec::new();
    };
    let id = |uuid| AnyId { prefix, uuid };
    rows.moved.iter().filter_map(|key| key.id()).map(id).collect()
}

fn uuid_of(field: &str) -> Option<Uuid> {
    let id: crate::fields::FieldId = field.parse().ok()?;
    Some(id.uuid())
}
