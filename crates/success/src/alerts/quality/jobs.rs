//! Back-tests as errands: the past is read and replayed a hundred accounts at a time, and judged at the end.

use std::sync::Arc;

use kit::db::{DbError, Tx};
use kit::jobs::{Errand, Job, JobError, Lane, Queue};
use kit::threads;
use serde::{Deserialize, Serialize};
use tandem_core::currencies;
use tandem_core::metrics;
use tandem_core::workspaces::{self, WorkspaceId};
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use super::model::{self, Case};
use super::replaying::{self, Terms};
use super::{Test, TestId, store};
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

/// Computes it, and keeps what came of it. While some customers are read, those before them are replayed on as many threads as
/// there are; they are put together in the order in which they were read.
///
/// # Errors
/// The database's, and being stopped; it then begins anew.
pub async fn compute(errand: Errand, job: Compute) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let begun = errand.db().read(move |tx| begin(tx, workspace, job.test)).await?;
    // What was asked before a newer one that is ready is wanted by nobody.
    let Some((test, terms, total)) = begun else {
        return Ok(());
    };
    let terms = Arc::new(terms);
    let (mut after, mut done, mut cases) = (None, 0, Vec::new());
    let mut replayed: Option<JoinHandle<Vec<Case>>> = None;
    loop {
        errand.go_on()?;
        let with = Arc::clone(&terms);
        let read = move |tx: &mut Tx<'_>| replaying::read(tx, workspace, &with, after, BATCH);
        let (last, count, customers) = errand.db().report(read).await?;
        if let Some(before) = replayed.take() {
            cases.extend(before.await.map_err(lost)?);
        }
        let with = Arc::clone(&terms);
        replayed = Some(spawn_blocking(move || {
            threads::map(threads::usual(), &customers, |customer| {
                replaying::case(&with, customer)
            })
        }));
        done += count;
        errand.progress(done, total.max(done));
        match last {
            Some(last) => after = Some(last),
            None => break,
        }
    }
    if let Some(before) = replayed.take() {
        cases.extend(before.await.map_err(lost)?);
    }
    let report = spawn_blocking(move || {
        let ids: Vec<_> = terms.rules.iter().map(|rule| rule.id).collect();
        model::report(&cases, &ids, (terms.from, terms.until), test.ask)
    });
    let report = report.await.map_err(lost)?;
    let finish = move |tx: &mut Tx<'_>| super::finish(tx, workspace, test.id, &report);
    Ok(errand.db().write(finish).await?)
}

/// What is asked, what it is replayed with, and how many accounts there are; nothing where nobody asks any more.
fn begin(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TestId) -> Result<Option<(Test, Terms, i64)>, DbError> {
    let Some(test) = store::newest(tx, workspace)?
        .into_iter()
        .find(|test| test.id == id)
    else {
        return Ok(None);
    };
    let today = workspaces::today(tx, workspace)?;
    let rates = currencies::on(tx, workspace, today)?;
    let mut rules = rules::kept(tx, workspace)?;
    rules.retain(|rule| rule.content.is_on && rule.content.way == Way::Risk);
    let producers = metrics::producers(tx, workspace)?;
    let terms = Terms::new(rules, rates, (today.plus_days(-DAYS), today), &producers);
    Ok(Some((test, terms, store::accounts(tx, workspace)?)))
}

fn lost(error: JoinError) -> JobError {
    JobError::retry(error.to_string())
}
