//! The worker: what makes a process a node that runs jobs, from its start to its end.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::db::{Db, DbError};
use crate::id::TypedId;
use crate::jobs::claim::{Kinds, Turns, claim};
use crate::jobs::crew::Crew;
use crate::jobs::errand::Running;
use crate::jobs::registry::Run;
use crate::jobs::run::{is_light, run, run_together};
use crate::jobs::store::Claim;
use crate::jobs::tend::{beat, end_waits_from_the_future, tend};
use crate::jobs::trouble::Trouble;
use crate::jobs::{Jobs, NodeId, nodes, schedules};

/// How long to wait before a node tries again to enter a database that is gone.
const PAUSE: Duration = Duration::from_millis(500);
/// How long giving back what is left may take at the end; beyond that the other nodes take it over.
const FAREWELL: Duration = Duration::from_secs(1);

/// How many jobs [`run_due`] claims at once, and how many short reactions it runs in one transaction.
const AT_ONCE: usize = 64;
const TOGETHER: usize = 32;

/// How a node works.
#[derive(Clone, Debug)]
pub struct WorkerConfig {
    /// What the operator calls this node.
    pub name: String,
    /// What it does, for the admin pages.
    pub roles: String,
    /// Reactions that run at once.
    pub reactions: usize,
    /// Errands that run at once.
    pub errands: usize,
    /// Whether no other process runs jobs on this database: then what is found running at the start was left by a
    /// killed one, and no beats are needed.
    pub alone: bool,
    /// Time between two beats, and between two looks at the beats of others.
    pub beat: Duration,
    /// How many looks in a row may show the same count of beats before a node is taken for gone.
    pub patience: u32,
    /// How long running jobs may go on once the worker is told to stop.
    pub drain: Duration,
}

impl WorkerConfig {
    /// The usual settings on `db`: another node's jobs are taken over about ten seconds after it is gone.
    pub fn new(db: &Db) -> Self {
        Self {
            name: String::new(),
            roles: String::new(),
            reactions: 64,
            errands: 16,
            alone: !db.is_postgres(),
            beat: Duration::from_secs(2),
            patience: 4,
            drain: Duration::from_secs(4),
        }
    }
}

/// A running worker. Dropped without [`Worker::stop`], it ends like a killed process.
#[derive(Debug)]
pub struct Worker {
    node: Arc<Node>,
    serving: JoinHandle<()>,
}

/// What the parts of a worker share.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: NodeId,
    pub(super) db: Db,
    pub(super) jobs: Arc<Jobs>,
    pub(super) config: WorkerConfig,
    pub(super) errands: Running,
    /// Nothing new is taken up.
    pub(super) stopping: CancellationToken,
    /// What still runs is given up.
    pub(super) gave_up: CancellationToken,
    /// Nothing runs any more.
    pub(super) over: CancellationToken,
}

impl Worker {
    /// Starts to run jobs. Call inside a tokio runtime. A database that is gone is waited for.
    pub fn start(db: &Db, jobs: Jobs, config: WorkerConfig) -> Self {
        let node = Arc::new(Node::new(db, jobs, config));
        let serving = tokio::spawn(serve(Arc::clone(&node)));
        Self { node, serving }
    }

    /// This process among the nodes.
    pub fn node(&self) -> NodeId {
        self.node.id
    }

    /// Stops: nothing new is claimed, running jobs may finish within the drain time, and what is left goes back into the
    /// queue for others.
    pub async fn stop(mut self) {
        self.node.stopping.cancel();
        if tokio::time::timeout(self.node.config.drain, &mut self.serving)
            .await
            .is_err()
        {
            self.node.gave_up.cancel();
            // It only says goodbye now, and that is limited.
            let _ = (&mut self.serving).await;
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Node {
    fn new(db: &Db, jobs: Jobs, config: WorkerConfig) -> Self {
        Self {
            id: NodeId::from_uuid(db.ids().next(db.clock().now())),
            db: db.clone(),
            jobs: Arc::new(jobs),
            config,
            errands: Running::default(),
            stopping: CancellationToken::new(),
            gave_up: CancellationToken::new(),
            over: CancellationToken::new(),
        }
    }

    fn crews(&self) -> [(Kinds, usize, usize); 2] {
        let (reactions, errands): (Vec<_>, Vec<_>) = self
            .jobs
            .all()
            .partition(|kind| matches!(kind.run, Run::Reaction(_)));
        let WorkerConfig {
            reactions: many,
            errands: few,
            ..
        } = self.config;
        [
            (Kinds::of(reactions.into_iter()), many.max(1), many.div_ceil(2)),
            (Kinds::of(errands.into_iter()), few.max(1), 1),
        ]
    }

    /// Asks every errand that runs here to stop.
    pub(super) fn stop_errands(&self) {
        self.errands.all().iter().for_each(|live| live.stop.cancel());
    }

    async fn enter(&self) -> Result<usize, DbError> {
        let (id, config) = (self.id, self.config.clone());
        self.db
            .write_committed(move |tx| {
                end_waits_from_the_future(tx)?;
                nodes::enter(tx, id, &config.name, &config.roles, config.alone)
            })
            .await
    }

    async fn leave(&self) -> Result<usize, DbError> {
        let id = self.id;
        self.db.write_committed(move |tx| nodes::leave(tx, id)).await
    }
}

async fn serve(node: Arc<Node>) {
    let mut trouble = Trouble::new("the worker waits for the database");
    while let Err(error) = node.enter().await {
        trouble.met(&error);
        tokio::select! {
            () = node.stopping.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
    trouble.is_over();
    let [reactions, errands] = node
        .crews()
        .map(|(kinds, places, refill)| Crew::new(&node, kinds, places, refill).serve());
    let tending = AbortOnDropHandle::new(tokio::spawn(tend(Arc::clone(&node))));
    tokio::select! {
        _ = async { tokio::join!(reactions, errands) } => {}
        () = node.gave_up.cancelled() => {}
    }
    node.over.cancel();
    // A beat on its way would put back the row that leaving takes away.
    let farewell = async {
        // An error means that it panicked, which is in the log already.
        let _ = tending.await;
        node.leave().await
    };
    match tokio::time::timeout(FAREWELL, farewell).await {
        Ok(Ok(0)) => {}
        Ok(Ok(given)) => tracing::info!(given, "unfinished jobs went back into the queue"),
        Ok(Err(error)) => tracing::warn!(%error, "unfinished jobs are left for others to take over"),
        Err(_) => tracing::warn!("unfinished jobs are left for others to take over"),
    }
}

/// Looks at the schedules, then runs what is due, one job after the other, until nothing is due any more; gives how many
/// ran. Many are claimed at once, and short reactions share transactions. For tests, demo data and commands that want to see the end of what they queued. It does not wait for anything.
///
/// # Errors
/// [`DbError`] when the database refuses a claim.
pub async fn run_due(db: &Db, jobs: &Jobs) -> Result<usize, DbError> {
    let mut config = WorkerConfig::new(db);
    config.alone = false;
    let node = Arc::new(Node::new(db, jobs.clone(), config));
    node.enter().await?;
    let beating = AbortOnDropHandle::new(tokio::spawn(beat(Arc::clone(&node))));
    schedules::look(db, jobs.schedules()).await?;
    let count = run_all(&node).await?;
    node.over.cancel();
    let _ = beating.await;
    node.leave().await?;
    Ok(count)
}

async fn run_all(node: &Node) -> Result<usize, DbError> {
    let mut turns = Turns::default();
    let mut count = 0;
    let mut is_idle = false;
    let crews = node.crews().map(|(kinds, ..)| kinds.in_turn());
    while !is_idle {
        is_idle = true;
        for kinds in &crews {
            let found = claim(&node.db, node.id, kinds, &mut turns, AT_ONCE).await?;
            is_idle &= found.claims.is_empty() && !found.has_more;
            count += found.claims.len();
            run_in_order(node, found.claims).await;
        }
    }
    Ok(count)
}

/// Runs claimed jobs in their order, neighbours that are short in one transaction.
async fn run_in_order(node: &Node, claims: Vec<Claim>) {
    let mut together = Vec::new();
    for claim in claims {
        let fits = is_light(node, &claim) && together.len() < TOGETHER;
        if !fits {
            run_together(node, std::mem::take(&mut together)).await;
        }
        if is_light(node, &claim) {
            together.push(claim);
        } else {
            run(node, claim).await;
        }
    }
    run_together(node, together).await;
}
