//! What tables there are, and whole rows in and out, for the archive: backup, restore, export, import. And rows that one
//! value picks ([`Pick`]), for what must be undone exactly: the merge of two things to which many tables refer.
//!
//! Tables come parents first, so that rows written in that order find what they refer to; a table that refers to
//! itself, or a circle of tables, needs [`put_off_references`]. The migrator's own table is not listed: an archive
//! names its schema by [`applied`]. Rows come in the order of their primary key, values in the order of the columns.

mod cell;
mod order;
mod picks;
mod rows;

pub(crate) use cell::Cell;
pub use picks::{Key, Pick, Whole};
pub use rows::{Part, each_row, has_rows, insert_row, insert_rows, put_off_references};

use super::error::DbError;
use super::query::Query;
use super::row::Row;
use super::tx::Tx;
use super::value::Value;
use crate::clock::Timestamp;
use crate::{params, sql};

/// A table as the database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// The columns of its primary key, in the key's order.
    pub key: Vec<String>,
    /// What its rows refer to.
    pub references: Vec<Reference>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Kind,
    /// Whether it may be without a value.
    pub is_nullable: bool,
}

/// The five types of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `text`
    Text,
    /// `bigint`
    Int,
    /// `boolean`
    Bool,
    /// `double precision`
    Real,
    /// `bytea`
    Bytes,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The referring columns, in the key's order.
    pub columns: Vec<String>,
    /// The table referred to.
    pub table: String,
    /// The columns referred to, in the same order.
    pub parent_columns: Vec<String>,
}

impl Kind {
    /// The type's name in our SQL: `text`, `bigint`, `boolean`, `double precision`, `bytea`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Int => "bigint",
            Self::Bool => "boolean",
            Self::Real => "double precision",
            Self::Bytes => "bytea",
        }
    }

    /// Reads [`Kind::name`], and SQLite's names for the same.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "bigint" | "integer" => Self::Int,
            // Strict tables know no boolean; the migrator writes the shorter word for it.
            "boolean" | "int" => Self::Bool,
            "double precision" | "real" => Self::Real,
            "bytea" | "blob" => Self::Bytes,
            _ => return None,
        })
    }
}

/// All tables, parents before children; tables of a circle follow each other by name.
///
/// # Errors
/// [`DbError::Schema`] for a column of a type that is not ours.
pub fn tables(tx: &mut Tx<'_>) -> Result<Vec<Table>, DbError> {
    let mut tables = with_columns(tx)?;
    add_references(tx, &mut tables)?;
    Ok(order::parents_first(tables))
}

/// The names of the migrations that made the schema, in the order of their names.
///
/// # Errors
/// [`DbError`] of the statement; a database never migrated has no such table.
pub fn applied(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    let all = sql!("select name from migrations order by name");
    tx.rows(all, params![], |row| row.get("name"))
}

/// The newest `created_at` of all rows, with its table. Reads whole tables: for operations, not for pages.
///
/// # Errors
/// [`DbError`] of a statement.
pub fn newest(tx: &mut Tx<'_>) -> Result<Option<(Timestamp, String)>, DbError> {
    let mut newest = None;
    for table in tables(tx)? {
        let is_stamp = |column: &Column| column.name == "created_at" && column.kind == Kind::Int;
        if table.columns.iter().any(is_stamp) {
            let text = format!(
                "select max(created_at) as newest from {}",
                rows::quoted(&table.name)
            );
            made(tx, &text, &[], &mut |row| {
                let found = row.get::<Option<Timestamp>>("newest")?;
                newest = newest.take().max(found.map(|stamp| (stamp, table.name.clone())));
                Ok(())
            })?;
        }
    }
    Ok(newest)
}

fn with_columns(tx: &mut Tx<'_>) -> Result<Vec<Table>, DbError> {
    let columns = sql! {
        kind: "catalogue",
        lite: "select t.name as table_name, c.name as column_name, lower(c.type) as type,
                 c.\"notnull\" = 0 and c.pk = 0 as is_nullable, c.pk as key_place
               from sqlite_schema t
               join pragma_table_xinfo(t.name) c
               where t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\' and t.name <> 'migrations'
               order by t.name, c.cid",
        pg: "select cast(t.relname as text) as table_name, cast(c.attname as text) as column_name,
               format_type(c.atttypid, c.atttypmod) as type, not c.attnotnull as is_nullable,
               cast(coalesce(array_position(cast(k.conkey as smallint[]), c.attnum), 0) as bigint) as key_place
             from pg_class t
             join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
             left join pg_constraint k on k.conrelid = t.oid and k.contype = 'p'
             where t.relkind in ('r', 'p') and t.relnamespace = (select m.relnamespace from pg_class m where m.oid = to_regclass('migrations'))
               and t.relname <> 'migrations'
             order by t.relname collate \"C\", c.attnum",
    };
    let mut tables: Vec<Table> = Vec::new();
    let mut keys: Vec<Vec<(i64, String)>> = Vec::new();
    tx.each(columns, params![], |row| {
        let table: String = row.get("table_name")?;
        let name: String = row.get("column_name")?;
        let kind = row.get::<String>("type")?;
        let is_nullable = row.get("is_nullable")?;
        let key_place = row.get("key_place")?;
        if tables.last().is_none_or(|last| last.name != table) {
            keys.push(Vec::new());
            tables.push(Table::named(table));
        }
        let (Some(table), Some(key)) = (tables.last_mut(), keys.last_mut()) else {
            unreachable!("both were pushed together");
        };
        let kind = Kind::from_name(&kind).ok_or_else(|| {
            let problem = format!("the column {name} of {} has the type {kind}", table.name);
            DbError::Schema(format!("{problem}, which the archive does not know"))
        })?;
        if key_place > 0 {
            key.push((key_place, name.clone()));
        }
        table.columns.push(Column {
            name,
            kind,
            is_nullable,
        });
        Ok(())
    })?;
    for (table, mut key) in tables.iter_mut().zip(keys) {
        key.sort();
        table.key = key.into_iter().map(|(_, name)| name).collect();
    }
    Ok(tables)
}

fn add_references(tx: &mut Tx<'_>, tables: &mut [Table]) -> Result<(), DbError> {
    let references = sql! {
        kind: "catalogue",
        lite: "select t.name as table_name, r.id as reference, r.\"table\" as parent, r.\"from\" as child_column,
                 coalesce(r.\"to\", (select k.name from pragma_table_info(r.\"table\") k where k.pk = r.seq + 1)) as parent_column
               from sqlite_schema t
               join pragma_foreign_key_list(t.name) r
               where t.type = 'table'
               order by t.name, r.id desc, r.seq",
        pg: "select cast(t.relname as text) as table_name, cast(k.oid as bigint) as reference,
               cast(p.relname as text) as parent, cast(a.attname as text) as child_column,
               cast(b.attname as text) as parent_column
             from pg_constraint k
             join pg_class t on t.oid = k.conrelid
             join pg_class p on p.oid = k.confrelid
             cross join lateral unnest(k.conkey, k.confkey) with ordinality as u (child, parent, place)
             join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.child
             join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.parent
             where k.contype = 'f' and t.relnamespace = (select m.relnamespace from pg_class m where m.oid = to_regclass('migrations')) and k.conparentid = 0
             order by t.relname collate \"C\", k.oid, u.place",
    };
    let mut before = None;
    tx.each(references, params![], |row| {
        let name: String = row.get("table_name")?;
        let this = (name, row.get::<i64>("reference")?);
        let parent = row.get("parent")?;
        let (column, parent_column) = (row.get("child_column")?, row.get("parent_column")?);
        let Some(table) = tables.iter_mut().find(|table| table.name == this.0) else {
            return Ok(());
        };
        if before.as_ref() != Some(&this) {
            table.references.push(Reference {
                columns: Vec::new(),
                table: parent,
                parent_columns: Vec::new(),
            });
            before = Some(this);
        }
        if let Some(reference) = table.references.last_mut() {
            reference.columns.push(column);
            reference.parent_columns.push(parent_column);
        }
        Ok(())
    })?;
    Ok(())
}

impl Table {
    fn named(name: String) -> Self {
        Self {
            name,
            columns: Vec::new(),
            key: Vec::new(),
            references: Vec::new(),
        }
    }
}

/// Runs a statement made here; its names come from the catalogue, its values are parameters.
pub(super) fn made(
    tx: &mut Tx<'_>,
    text: &str,
    params: &[Value<'_>],
    each: &mut dyn FnMut(&Row<'_>) -> Result<(), DbError>,
) -> Result<u64, DbError> {
    tx.ask(Query::Made(text), params, each)
}
