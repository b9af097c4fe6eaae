//! Sample data of playbooks: the two out of the box, with runs on their way, ended and held back.

use kit::db::{Db, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::demo::Cast;
use tandem_core::workspaces;

use super::beginning::occasion;
use super::{Begun, PlaybookError, RunId, add, advance, begin, past, publish, runs, standard, stop};
use crate::health::{self, Band};
use crate::tasks::{self, Field};

/// How many accounts have runs of each.
const MOST: usize = 9;

/// Makes the two playbooks, and what became of them so far.
///
/// # Errors
/// [`PlaybookError`]; the data made so far stays.
pub async fn fill(db: &Db, cast: &Cast) -> Result<(), PlaybookError> {
    let cast = cast.clone();
    db.write(move |tx| {
        let system = Actor::system(cast.workspace.id, "demo");
        let (name, content) = standard::save();
        let save = publish_new(tx, &system, name, content)?;
        let (name, content) = standard::renewal();
        let renewal = publish_new(tx, &system, name, content)?;
        let mut red = Vec::new();
        for account in cast.accounts.iter().filter(|account| account.closure.is_none()) {
            if health::band_of(tx, cast.workspace.id, account.id)? == Some(Band::Red) {
                red.push(account.id);
            }
        }
        for account in red.into_iter().take(MOST) {
            let begun = occasion(tx, &system, save, account, health::BANDED.name)?;
            live_through(tx, &system, &begun)?;
        }
        let today = workspaces::today(tx, cast.workspace.id)?;
        let renewing = past::store::renewing(
            tx,
            cast.workspace.id,
            ((today, AccountId::from_uuid(Uuid::max())), today.plus_days(90)),
            50,
        )?;
        for (account, _) in renewing.into_iter().take(MOST) {
            let begun = occasion(tx, &system, renewal, account, "renewal")?;
            live_through(tx, &system, &begun)?;
        }
        if let Some(account) = cast.accounts.iter().find(|account| account.closure.is_none())
            && let Ok(run) = begin(tx, &system, renewal, account.id)
        {
            stop(tx, &system, run.id)?;
        }
        Ok(())
    })
    .await
}

fn publish_new(
    tx: &mut Tx<'_>,
    actor: &Actor,
    name: &str,
    content: super::Content,
) -> Result<super::PlaybookId, PlaybookError> {
    let made = add(tx, actor, name, content)?;
    Ok(publish(tx, actor, made.id)?.id)
}

/// Every second one has its first task behind it.
fn live_through(tx: &mut Tx<'_>, actor: &Actor, begun: &Begun) -> Result<(), PlaybookError> {
    let Begun::Run(run) = begun else {
        return Ok(());
    };
    let id: RunId = run.id;
    advance(tx, actor.workspace, id)?;
    let steps = runs::store::steps(tx, actor.workspace, id)?;
    let task = steps.iter().find_map(|step| step.subject.parse().ok());
    if let Some(task) = task
        && run.account.uuid().as_bytes()[15].is_multiple_of(2)
    {
        let done = [(Field::State, "done".to_owned())];
        if let Err(tasks::TaskError::Db(error)) = tasks::change(tx, actor, (task, None), &done) {
            return Err(error.into());
        }
        advance(tx, actor.workspace, id)?;
    }
    Ok(())
}
