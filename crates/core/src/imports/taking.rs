//! Taking rows: a batch and the place after it are one transaction, so that nothing is taken twice and nothing is lost.

use kit::csv::Record;
use kit::db::{DbError, Tx};
use kit::id::Uuid;

use super::model::{Import, ImportError, State};
use super::target::{self, Refusal, RowError, RowKey, Taken, Target};
use super::{ImportId, keys, record, store, target_of};
use crate::actor::Actor;
use crate::agents;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// What a batch came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// So many rows are looked at of so many.
    GoOn(i64, i64),
    /// Somebody paused the import, another node has it, or it is over.
    Stop,
}

/// The rows of one transaction.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    /// The number of the last row before them that was taken.
    pub(super) position: i64,
    /// The rows.
    pub(super) records: Vec<Record>,
    /// Whether the file ends with them.
    pub(super) is_last: bool,
}

/// Takes the rows of a batch.
pub(super) fn batch(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ImportId,
    batch: &Batch,
) -> Result<Step, ImportError> {
    let Batch {
        position,
        records,
        is_last,
    } = batch;
    let found = store::find(tx, workspace, id)?;
    let Some(mut import) =
        found.filter(|import| import.state == State::Running && import.position == *position)
    else {
        return Ok(Step::Stop);
    };
    let target = target_of(tx, &import.target)?;
    let Some(actor) = author(tx, workspace, &import, target)? else {
        fail(tx, workspace, &mut import, "forbidden")?;
        return Ok(Step::Stop);
    };
    for record in records {
        let row = i64::try_from(record.row).unwrap_or(i64::MAX);
        match row_of(tx, &actor, target, &import, record) {
            Ok(taken) => {
                store::insert_done(tx, workspace, id, row, &taken)?;
                match taken {
                    Taken::Added(..) => import.counts.added += 1,
                    Taken::Changed { .. } => import.counts.changed += 1,
                    Taken::Unchanged(_) => import.counts.unchanged += 1,
                }
            }
            Err(RowError::Refused(refusal)) => {
                store::insert_refused(tx, workspace, id, row, &refusal)?;
                import.counts.refused += 1;
            }
            Err(RowError::Db(error)) => return Err(error.into()),
        }
        import.position = row;
    }
    import.changed_at = tx.now();
    if *is_last {
        import.state = State::Done;
        record(tx, &actor, &import)?;
    }
    store::update(tx, workspace, &import)?;
    Ok(if *is_last {
        Step::Stop
    } else {
        Step::GoOn(import.counts.rows(), import.total)
    })
}

/// Takes one row, wholly or not at all.
pub(super) fn row_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    target: &Target,
    import: &Import,
    record: &Record,
) -> Result<Taken, RowError> {
    let taken = tx.attempt(|tx| attempt(tx, actor, target, import, record));
    match taken {
        // A rule of the database itself: the row is at fault, and trying again would not help.
        Err(RowError::Db(
            error @ (DbError::Check { .. } | DbError::Unique { .. } | DbError::ForeignKey { .. }),
        )) => {
            tracing::warn!(%error, "a row of an import was refused by the database");
            Err(Refusal::of(target::OTHER).into())
        }
        taken => taken,
    }
}

fn attempt(
    tx: &mut Tx<'_>,
    actor: &Actor,
    target: &Target,
    import: &Import,
    record: &Record,
) -> Result<Taken, RowError> {
    let (workspace, row) = (actor.workspace, i64::try_from(record.row).unwrap_or(i64::MAX));
    let spare = record.cells.iter().skip(import.layout.columns.len());
    if spare.into_iter().any(|cell| !cell.trim().is_empty()) {
        let columns = import.layout.columns.len();
        return Err(Refusal::of(target::MANY_CELLS).about(columns).into());
    }
    let values = import.values(target, &record.cells);
    if let Some((field, _)) = values.0.iter().find(|(_, value)| value.contains('\u{fffd}')) {
        return Err(Refusal::of(target::UNREADABLE).field(field).into());
    }
    let key = (target.row_key)(&values)?;
    let text = key.text();
    let remembered = keys::remembered(tx, workspace, target.key, &text)?;
    let known = match remembered {
        Some((subject, ..)) => Some(subject),
        None => {
            let alike = (target.alike)(tx, actor, &values)?;
            adopted(tx, actor, target, &key, alike)?
        }
    };
    let taken = (target.take)(tx, actor, &values, known)?;
    let before = remembered.filter(|(subject, id, _)| *id == import.id && *subject == taken.subject());
    if let (Some((_, _, earlier)), Taken::Changed { .. }) = (before, &taken)
        && earlier != row
    {
        return Err(Refusal::of(target::SAME_KEY).about(earlier).into());
    }
    keys::remember(
        tx,
        workspace,
        target.key,
        &text,
        (taken.subject(), import.id, row),
    )?;
    Ok(taken)
}

/// The one of those alike that the row means; what has an outside id of its own is another thing.
fn adopted(
    tx: &mut Tx<'_>,
    actor: &Actor,
    target: &Target,
    key: &RowKey,
    alike: Vec<Uuid>,
) -> Result<Option<Uuid>, RowError> {
    let mut free = Vec::new();
    for subject in alike {
        let is_taken = matches!(key, RowKey::Outside(_))
            && keys::keys_of(tx, actor.workspace, target.key, subject)?
                .iter()
                .any(|known| known.starts_with(RowKey::OUTSIDE));
        if !is_taken {
            free.push(subject);
        }
    }
    match free.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => Err(Refusal::of(target::AMBIGUOUS).about(several.len()).into()),
    }
}

/// The agent in whose name the import runs, as long as they may; the program itself when it began it.
pub(super) fn author(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: &Import,
    target: &Target,
) -> Result<Option<Actor>, DbError> {
    let actor = match import.agent {
        None => Some(Actor::system(workspace, "import")),
        Some(id) => agents::find(tx, workspace, id)?
            .filter(|agent| agent.is_active)
            .map(|agent| agent.actor(workspace)),
    };
    Ok(actor.filter(|actor| actor.may(Permission::ImportsWrite) && actor.may(target.needs)))
}

/// Ends an import that can't go on.
pub(super) fn fail(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: &mut Import,
    problem: &str,
) -> Result<(), DbError> {
    import.state = State::Failed;
    import.problem = Some(problem.to_owned());
    import.changed_at = tx.now();
    store::update(tx, workspace, import)?;
    record(tx, &Actor::system(workspace, "import"), import)
}
