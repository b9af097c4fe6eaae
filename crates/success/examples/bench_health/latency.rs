//! How long it takes from something that happens at an account until its alert stands there, while the jobs of the program run.

use std::time::{Duration, Instant};

use kit::db::{Db, DbError};
use kit::id::{TypedId, Uuid};
use kit::jobs::{Worker, WorkerConfig};
use success::alerts::{self, AlertError, Line, Way};
use success::health;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::touchpoints::measures::EXPERIENCE;
use tandem_core::touchpoints::{self, Channel, Direction, Impression, NewTouchpoint, TouchpointError};
use tandem_core::workspaces::WorkspaceId;

/// How many accounts something happens at, one after the other.
const TIMES: usize = 200;
/// Among how many they are found: nobody may be unhappy there already.
const AMONG: i64 = 600;
/// How long to wait before an alert is looked for again.
const PAUSE: Duration = Duration::from_millis(2);
/// When to give up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Lets a talk at one account after another go badly, while all accounts are scored and looked at in the background; gives the
/// spans from before each talk is written down until its alert can be read, the shortest first.
pub(super) async fn measure(db: &Db, workspace: WorkspaceId) -> Vec<Duration> {
    let nobody = AccountId::from_uuid(Uuid::nil());
    let accounts = db.read(move |tx| accounts::ids_after(tx, workspace, nobody, AMONG));
    let accounts = accounts.await.unwrap();
    super::other_scorecard(db, workspace).await;
    let worker = Worker::start(db, super::jobs(), WorkerConfig::new(db));
    let turn = move |tx: &mut kit::db::Tx<'_>| -> Result<(), DbError> {
        health::jobs::all(tx, workspace)?;
        alerts::jobs::all(tx, workspace)
    };
    db.write(turn).await.unwrap();
    let mut spans = Vec::new();
    for account in accounts {
        if spans.len() == TIMES || is_unhappy(db, workspace, account).await {
            continue;
        }
        let begin = Instant::now();
        talk(db, workspace, account).await;
        while !is_unhappy(db, workspace, account).await {
            assert!(begin.elapsed() < PATIENCE, "no alert came");
            tokio::time::sleep(PAUSE).await;
        }
        spans.push(begin.elapsed());
    }
    worker.stop().await;
    spans.sort_unstable();
    spans
}

async fn talk(db: &Db, workspace: WorkspaceId, account: AccountId) {
    db.write(move |tx| {
        let actor = Actor::system(workspace, "bench");
        let new = NewTouchpoint {
            contact: None,
            kind: "call".to_owned(),
            channel: Channel::Phone,
            direction: Direction::Outbound,
            summary: "They look around.".to_owned(),
            evidence: None,
            happened_at: None,
            impression: Some((Impression::ALL[0], String::new())),
        };
        touchpoints::add(tx, &actor, account, &new)?;
        Ok::<_, TouchpointError>(())
    })
    .await
    .unwrap();
}

/// Whether an alert says that somebody is unhappy there.
async fn is_unhappy(db: &Db, workspace: WorkspaceId, account: AccountId) -> bool {
    let read = db.read(move |tx| {
        let actor = Actor::system(workspace, "bench");
        let (_, lines) = alerts::of_account(tx, &actor, account)?;
        let mut risks = lines.iter().filter(|line| line.alert.way == Way::Risk);
        let is_one = |line: &Line| {
            let mut found = line.alert.found.iter();
            found.any(|one| one.condition.metric == EXPERIENCE.name)
        };
        Ok::<_, AlertError>(risks.any(is_one))
    });
    read.await.unwrap()
}
