//! What playbooks keep of persons: that one wrote to them, and when. What it said stands in the conversation.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;

use super::store;

/// What is kept of persons.
pub const HOLDS: Holding = Holding {
    name: "playbook_mails",
    needs: Permission::TasksRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let kept = store::of_contact(tx, actor.workspace, contact)?;
    let row = |(run, playbook, outcome, at): (_, String, String, kit::clock::Timestamp)| {
        let run: crate::playbooks::RunId = run;
        json!({ "run": run, "playbook": playbook, "outcome": outcome, "written_at": at.0 })
    };
    Ok(kept.into_iter().map(row).collect())
}

fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let forgotten = store::forget(tx, actor.workspace, contact)?;
    Ok(usize::try_from(forgotten).unwrap_or(usize::MAX))
}
