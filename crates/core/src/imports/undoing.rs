//! Taking an import back: row by row from the last to the first, as far as nobody has touched what it did.

use kit::db::Tx;

use super::model::{ImportError, State};
use super::taking::{self, Step};
use super::target::Return;
use super::{CHANGED, ImportId, LIST, keys, record, store, target_of};
use crate::events::{self, NewEvent};
use crate::workspaces::WorkspaceId;

/// Rows of one transaction.
const BATCH: i64 = 200;

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
    let rows = store::standing(tx, workspace, id, BATCH)?;
    let mut event = NewEvent::of(&CHANGED, id).topic(LIST).topic(target.list);
    for (row, done) in &rows {
        let outcome = match (target.take_back)(tx, &actor, done)? {
            Return::Back | Return::Gone => {
                if done.before.is_none() {
                    keys::forget(tx, workspace, target.key, done.subject)?;
                    // Who keeps something about it, like the search, hears that it is gone.
                    event = event.topic((target.id)(done.subject));
                }
                import.counts.taken_back += 1;
                "back"
            }
            Return::Touched => {
                import.counts.left_alone += 1;
                "touched"
            }
        };
        store::set_outcome(tx, workspace, id, *row, outcome)?;
    }
    import.changed_at = tx.now();
    let is_over = rows.is_empty();
    if is_over {
        import.state = State::Undone;
        record(tx, &actor, &import)?;
    } else {
        events::record(tx, &actor, event)?;
    }
    store::update(tx, workspace, &import)?;
    let counts = &import.counts;
    Ok(if is_over {
        Step::Stop
    } else {
        Step::GoOn(counts.taken_back + counts.left_alone, counts.effective())
    })
}
