//! Arrangements: how each agent keeps the tables they look at: the sort and the columns, as one text for each table.
//! Nobody reads or writes another's.

mod store;

use kit::db::{DbError, Tx};
use kit::web::table::{Arrangement, Table, Words};

use crate::actor::Actor;

/// The table as the address asks for it, else as the acting agent keeps it, else as usual.
///
/// # Errors
/// [`DbError`] of the database.
pub fn arranged(
    tx: &mut Tx<'_>,
    actor: &Actor,
    table: &'static Table,
    asked: Words<'_>,
) -> Result<Arrangement, DbError> {
    let kept = match actor.agent() {
        Some(agent) => store::find(tx, actor.workspace, agent, table.name)?,
        None => None,
    };
    Ok(table.arranged(asked, Words::read(&kept.unwrap_or_default())))
}

/// Keeps how the acting agent likes the table.
///
/// # Errors
/// [`DbError`] of the database.
pub fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    table: &'static Table,
    arrangement: &Arrangement,
) -> Result<(), DbError> {
    match actor.agent() {
        Some(agent) => store::put(tx, actor.workspace, agent, table.name, &arrangement.kept()),
        None => Ok(()),
    }
}
