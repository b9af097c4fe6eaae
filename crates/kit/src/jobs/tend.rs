//! What a node does beside its jobs: beats, looks after other nodes, and keeps its errands informed.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::jobs::nodes::{self, Observer};
use crate::jobs::schedules;
use crate::jobs::store;
use crate::jobs::trouble::Trouble;
use crate::jobs::worker::Node;
use crate::jobs::{Lane, PROGRESS, TOPIC};

/// Time between two looks at errands, clocks and schedules.
const ROUND: Duration = Duration::from_secs(1);
/// Time in which an errand may tell its progress as often as it likes for one write.
const QUIET: Duration = Duration::from_millis(250);
/// Rounds between two sweeps of what need not stay visible any more.
const SWEEP: u64 = 60;
/// How far a clock may be set back without anyone caring: nodes differ by that much.
pub(super) const TOLERANCE: Duration = Duration::from_secs(300);

/// Tends the node until it is over; then what is being written is finished.
pub(super) async fn tend(node: Arc<Node>) {
    tokio::join!(
        beat(Arc::clone(&node)),
        keep_errands_informed(&node),
        keep_house(&node)
    );
}

/// Beats and looks after the others, unless there are none, until the node is over.
pub(super) async fn beat(node: Arc<Node>) {
    if node.config.alone {
        return;
    }
    let mut observer = Observer::new(node.id, node.config.patience);
    let mut trouble = Trouble::new("this node's beats do not reach the database");
    let mut missed = 0;
    let mut beats = steady(node.config.beat);
    while goes_on(&node, &mut beats).await {
        match beat_once(&node, &mut observer).await {
            Ok(is_known) => {
                trouble.is_over();
                missed = 0;
                if !is_known {
                    tracing::warn!("others took this node for gone and took its jobs over");
                    node.stop_errands();
                }
            }
            Err(error) => {
                trouble.met(&error);
                missed += 1;
                if missed == node.config.patience {
                    // By now the others may run what runs here.
                    node.stop_errands();
                }
            }
        }
    }
}

async fn beat_once(node: &Node, observer: &mut Observer) -> Result<bool, DbError> {
    let (id, config) = (node.id, node.config.clone());
    let beat_and_look = move |tx: &mut Tx<'_>| {
        let is_known = nodes::beat(tx, id, &config.name, &config.roles)?;
        Ok::<_, DbError>((is_known, nodes::look(tx)?))
    };
    let (is_known, look) = node.db.write_committed(beat_and_look).await?;
    for (gone, beats) in observer.gone(&look) {
        let taken = node
            .db
            .write_committed(move |tx| nodes::take_over(tx, gone, beats))
            .await?;
        tracing::warn!(node = %gone, taken, "a node is gone; its jobs go back into the queue");
    }
    Ok(is_known)
}

/// Stores what errands tell and tells them what others ask.
async fn keep_errands_informed(node: &Node) {
    let mut trouble = Trouble::new("the progress of errands can't be stored");
    let mut wakeups = node.db.wakeups(TOPIC);
    let mut rounds = steady(ROUND);
    loop {
        tokio::select! {
            () = node.over.cancelled() => return,
            _ = rounds.tick() => {}
            () = node.errands.news.notified() => {}
            () = wakeups.next() => {}
        }
        match inform(node).await {
            Ok(()) => trouble.is_over(),
            Err(error) => trouble.met(&error),
        }
        tokio::select! {
            () = node.over.cancelled() => return,
            () = tokio::time::sleep(QUIET) => {}
        }
    }
}

/// One exchange with the rows of the errands that run here.
pub(super) async fn inform(node: &Node) -> Result<(), DbError> {
    let running = node.errands.all();
    if running.is_empty() {
        return Ok(());
    }
    let news: Vec<_> = running
        .iter()
        .filter_map(|live| live.news().map(|news| (live.held, news)))
        .collect();
    let owner = node.id;
    let exchange = move |tx: &mut Tx<'_>| {
        let mut to_stop = store::asked_to_cancel(tx, owner)?;
        for (held, news) in &news {
            if !store::progress(tx, *held, news)? {
                to_stop.push(held.id);
            }
        }
        if !news.is_empty() {
            tx.wake(PROGRESS);
        }
        Ok::<_, DbError>(to_stop)
    };
    for id in node.db.write_committed(exchange).await? {
        node.errands.stop(id);
    }
    Ok(())
}

/// Sweeps, counts, and notices a clock that was set back.
async fn keep_house(node: &Node) {
    let mut trouble = Trouble::new("the worker's housekeeping is interrupted");
    let mut rounds = steady(ROUND);
    let mut latest = node.db.clock().now();
    let mut round = 0;
    while goes_on(node, &mut rounds).await {
        match house_round(node, round, &mut latest).await {
            Ok(()) => trouble.is_over(),
            Err(error) => trouble.met(&error),
        }
        round += 1;
    }
}

async fn house_round(node: &Node, round: u64, latest: &mut Timestamp) -> Result<(), DbError> {
    let now = node.db.clock().now();
    if latest.since(now) > TOLERANCE {
        let ended = node.db.write_committed(end_waits_from_the_future).await?;
        tracing::info!(
            ended,
            "looked for jobs that wait since before the clock was set back"
        );
    }
    *latest = now;
    schedules::look(&node.db, node.jobs.schedules()).await?;
    if round.is_multiple_of(SWEEP) {
        node.db.write_committed(store::forget).await?;
        node.db.write_committed(schedules::forget).await?;
        let waiting = node.db.report(store::waiting).await?;
        for lane in Lane::ALL {
            let count = waiting
                .iter()
                .find(|(of, _)| *of == lane)
                .map_or(0, |(_, count)| *count);
            metrics::gauge!("jobs_waiting", "lane" => lane.name()).set(count as f64);
        }
    }
    Ok(())
}

/// Jobs that began to wait in what is now the future waited by a clock that was set back since.
pub(super) fn end_waits_from_the_future(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    let ended = store::end_waits_from_after(tx, tx.now().plus(TOLERANCE))?;
    if ended > 0 {
        tx.wake(TOPIC);
    }
    Ok(ended)
}

/// Waits for the next round; gives `false` when there is none because the node is over.
async fn goes_on(node: &Node, rounds: &mut Interval) -> bool {
    tokio::select! {
        () = node.over.cancelled() => false,
        _ = rounds.tick() => true,
    }
}

fn steady(time: Duration) -> Interval {
    let mut interval = interval(time);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
