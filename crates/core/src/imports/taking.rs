//! Taking rows: a batch and the place after it are one transaction, so that nothing is taken twice and nothing is lost.

use kit::db::{DbError, Tx};
use kit::id::Uuid;

use super::bulk::{self, Outcome};
use super::model::{Import, ImportError, State};
use super::rows::{Plan, Row, Said};
use super::target::{self, Refusal, RowError, RowKey, Taken, Target};
use super::{keys, record, store};
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
    pub(super) rows: Vec<Row>,
    /// Whether the file ends with them.
    pub(super) is_last: bool,
}

/// Takes the rows of a batch.
pub(super) fn batch(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    plan: &Plan,
    batch: &Batch,
) -> Result<Step, ImportError> {
    let Batch {
        position,
        rows,
        is_last,
    } = batch;
    let (id, target) = (plan.import, plan.target);
    let found = store::find(tx, workspace, id)?;
    let Some(mut import) =
        found.filter(|import| import.state == State::Running && import.position == *position)
    else {
        return Ok(Step::Stop);
    };
    let Some(actor) = author(tx, workspace, &import, target)? else {
        fail(tx, workspace, &mut import, "forbidden")?;
        return Ok(Step::Stop);
    };
    let outcomes = bulk::take(tx, &actor, plan, rows)?;
    for (_, outcome) in &outcomes {
        match outcome {
            Ok(Taken::Added(..)) => import.counts.added += 1,
            Ok(Taken::Changed { .. }) => import.counts.changed += 1,
            Ok(Taken::Unchanged(_)) => import.counts.unchanged += 1,
            Err(_) => import.counts.refused += 1,
        }
    }
    store::insert_outcomes(tx, workspace, id, &outcomes)?;
    import.position = rows.last().map_or(import.position, |row| row.number);
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
///
/// # Errors
/// The database's; a row that does not fit is an outcome.
pub(super) fn row(tx: &mut Tx<'_>, actor: &Actor, plan: &Plan, row: &Row) -> Result<Outcome, DbError> {
    let said = match &row.said {
        Ok(said) => said,
        Err(refusal) => return Ok((row.number, Err(refusal.clone()))),
    };
    let taken = tx.attempt(|tx| attempt(tx, actor, plan, row.number, said));
    let outcome = match taken {
        Ok(taken) => Ok(taken),
        Err(RowError::Refused(refusal)) => Err(refusal),
        // A rule of the database itself: the row is at fault, and trying again would not help.
        Err(RowError::Db(error)) if is_of_a_row(&error) => {
            tracing::warn!(%error, "a row of an import was refused by the database");
            Err(Refusal::of(target::OTHER))
        }
        Err(RowError::Db(error)) => return Err(error),
    };
    Ok((row.number, outcome))
}

/// Whether what a row says is the reason.
pub(super) fn is_of_a_row(error: &DbError) -> bool {
    matches!(
        error,
        DbError::Check { .. } | DbError::Unique { .. } | DbError::ForeignKey { .. }
    )
}

fn attempt(tx: &mut Tx<'_>, actor: &Actor, plan: &Plan, row: i64, said: &Said) -> Result<Taken, RowError> {
    let (workspace, target) = (actor.workspace, plan.target);
    let Said {
        values, key, text, ..
    } = said;
    let remembered = keys::remembered(tx, workspace, target.key, text)?;
    let known = match remembered {
        Some((subject, ..)) => Some(subject),
        None => {
            let alike = (target.alike)(tx, actor, values)?;
            adopted(tx, actor, target, key, alike)?
        }
    };
    let taken = (target.take)(tx, actor, values, known)?;
    let before = remembered.filter(|(subject, id, _)| *id == plan.import && *subject == taken.subject());
    if let (Some((_, _, earlier)), Taken::Changed { .. }) = (before, &taken)
        && earlier != row
    {
        return Err(Refusal::of(target::SAME_KEY).about(earlier).into());
    }
    let by = (taken.subject(), plan.import, row);
    keys::remember(tx, workspace, target.key, text, by)?;
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
