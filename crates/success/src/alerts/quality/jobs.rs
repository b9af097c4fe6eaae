//! Back-tests as errands: the past is read a hundred accounts at a time, and judged at the end.

use kit::db::{DbError, Tx};
use kit::jobs::{Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::currencies;
use tandem_core::workspaces::{self, WorkspaceId};

use super::replaying::{Terms, replay};
use super::{TestId, model, store};
use crate::alerts::{Way, rules};

/// How many accounts one transaction reads.
const BATCH: i64 = 100;
/// How many days are replayed.
const DAYS: i64 = 364;

/// Computes a back-test.
#[derive(Debug, Serialize, Deserialize)]
pub struct Compute {
    test: TestId,
}

impl Job for Compute {
    const KIND: &'static str = "alerts.test";
    const LANE: Lane = Lane::Slow;
}

pub(super) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, test: TestId) -> Result<(), DbError> {
    let job = Compute { test };
    let put = Queue::new(&job).workspace(workspace).key(test.to_string());
    put.put(tx).map(drop)
}

/// Computes it, and keeps what came of it.
///
/// # Errors
/// The database's, and being stopped; it then begins anew.
pub async fn compute(errand: Errand, job: Compute) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let db = errand.db();
    let begun = db
        .read(move |tx| {
            let test = store::newest(tx, workspace)?
                .into_iter()
                .find(|test| test.id == job.test);
            let today = workspaces::today(tx, workspace)?;
            let rates = currencies::on(tx, workspace, today)?;
            let mut rules = rules::kept(tx, workspace)?;
            rules.retain(|rule| rule.content.is_on && rule.content.way == Way::Risk);
            let total = store::accounts(tx, workspace)?;
            Ok::<_, DbError>(test.map(|test| (test, today, rates, rules, total)))
        })
        .await?;
    // What was asked before a newer one that is ready is wanted by nobody.
    let Some((test, today, rates, rules, total)) = begun else {
        return Ok(());
    };
    let (from, until) = (today.plus_days(-DAYS), today);
    let (mut after, mut done, mut cases) = (None, 0, Vec::new());
    loop {
        errand.go_on()?;
        let (terms_rules, terms_rates) = (rules.clone(), rates.clone());
        let (last, count, found) = db
            .report(move |tx| {
                let terms = Terms {
                    workspace,
                    rules: &terms_rules,
                    rates: &terms_rates,
                    from,
                    until,
                };
                replay(tx, &terms, after, BATCH)
            })
            .await?;
        cases.extend(found);
        done += count;
        errand.progress(done, total.max(done));
        match last {
            Some(last) => after = Some(last),
            None => break,
        }
    }
    let ids: Vec<_> = rules.iter().map(|rule| rule.id).collect();
    let report = tokio::task::spawn_blocking(move || model::report(&cases, &ids, (from, until), test.ask))
        .await
        .map_err(|error| JobError::retry(error.to_string()))?;
    db.write(move |tx| super::finish(tx, workspace, test.id, &report))
        .await?;
    Ok(())
}
