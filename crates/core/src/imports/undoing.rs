//! Taking an import back: row by row from the last to the first, as far as nobody has touched what it did. Rows that
//! added something are taken back in one go where the target can do that.

use kit::db::{DbError, Tx};
use kit::id::Uuid;

use super::model::{Import, ImportError, State};
use super::taking::{self, Step};
use super::target::{Done, Return, Target};
use super::{CHANGED, ImportId, LIST, keys, record, store, target_of};
use crate::actor::Actor;
use crate::events::{self, NewEvent};
use crate::workspaces::WorkspaceId;

/// Rows of one transaction.
const BATCH: i64 = 500;

/// Takes back the next rows.
pub(super) fn batch(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ImportId) -> Result<Step, ImportError> {
    let found = store::find(tx, workspace, id)?;
    let Some(mut import) = found.filter(|import| import.state == State::Undoing) else {
        return Ok(Step::Stop);
    };
    let target = target_of(tx, &import.target)?;
    let Some(actor) = taking::author(tx, workspace, &import, target)? else {
        taking::fail(tx, workspace, &mut import, "forbidden")?;
        return Ok(Step::Stop);
    };
    let rows = store::standing(tx, workspace, id, import.position, BATCH)?;
    let gone = take_back(tx, &actor, target, &mut import, &rows)?;
    // What is behind the place has been looked at, so that nobody walks through it again.
    import.position = rows.last().map_or(import.position, |(row, _)| row - 1);
    import.changed_at = tx.now();
    let is_over = rows.is_empty();
    if is_over {
        import.state = State::Undone;
        record(tx, &actor, &import)?;
    } else {
        keys::forget_all(tx, workspace, target.key, &gone)?;
        // Who keeps something about it, like the search, hears that it is gone.
        let event = NewEvent::of(&CHANGED, id).topic(LIST).topic(target.list);
        let subjects = gone.iter().map(|id| (target.id)(*id));
        events::record(tx, &actor, event.subjects(subjects))?;
    }
    store::update(tx, workspace, &import)?;
    let counts = &import.counts;
    Ok(if is_over {
        Step::Stop
    } else {
        Step::GoOn(counts.taken_back + counts.left_alone, counts.effective())
    })
}

/// Takes rows back and notes what became of each; gives what is not there any more.
fn take_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    target: &Target,
    import: &mut Import,
    rows: &[(i64, Done)],
) -> Result<Vec<Uuid>, DbError> {
    let (mut gone, mut back, mut touched) = (Vec::new(), Vec::new(), Vec::new());
    for part in rows.chunk_by(|(_, one), (_, next)| one.before.is_none() == next.before.is_none()) {
        let returns = returned(tx, actor, target, part)?;
        for ((row, done), outcome) in part.iter().zip(returns) {
            if outcome == Return::Touched {
                touched.push(*row);
                continue;
            }
            back.push(*row);
            if done.before.is_none() {
                gone.push(done.subject);
            }
        }
    }
    for (rows, outcome) in [(&back, "back"), (&touched, "touched")] {
        store::set_outcome(tx, actor.workspace, import.id, rows, outcome)?;
    }
    import.counts.taken_back += back.len() as i64;
    import.counts.left_alone += touched.len() as i64;
    Ok(gone)
}

/// What becomes of rows that have all added, or all changed something.
fn returned(
    tx: &mut Tx<'_>,
    actor: &Actor,
    target: &Target,
    rows: &[(i64, Done)],
) -> Result<Vec<Return>, DbError> {
    let is_added = rows.iter().all(|(_, done)| done.before.is_none());
    if let (Some(bulk), true) = (target.bulk, is_added) {
        let dones: Vec<&Done> = rows.iter().map(|(_, done)| done).collect();
        match tx.attempt(|tx| (bulk.take_back)(tx, actor, &dones)) {
            // Something has come to need one of them: one by one it shows which.
            Err(DbError::ForeignKey { .. }) => {}
            returned => return returned,
        }
    }
    let mut returns = Vec::with_capacity(rows.len());
    for (_, done) in rows {
        returns.push((target.take_back)(tx, actor, done)?);
    }
    Ok(returns)
}
