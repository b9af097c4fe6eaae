//! Processes killed at random, and the reckoning afterwards.
//!
//! Workers: do all jobs that were acknowledged have their effect, and each only once? A tormentor starts worker processes, kills them at random moments, starts new ones at once, and freezes one now and
//! then for longer than the others have patience, so that it wakes up as the holder of jobs that were taken over. The
//! workers queue jobs and tell each number as soon as its transaction is committed. In the end everything is counted.

mod count;
mod program;
mod workers;
mod writes;

pub use count::Outcome;
pub use program::serve;
pub use writes::{WriteOutcome, WriteTorment, write_until_killed};

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use kit::clock::Clock;
use kit::db::{Db, DbConfig, Location};
use kit::id::Ids;
use kit::jobs::{Worker, WorkerConfig};

use crate::fresh::{Place, fresh};
use crate::postgres;
use program::SCHEMA;
use workers::Workers;

/// How many kills lie between two freezes.
const KILLS_A_FREEZE: usize = 5;
/// How long a frozen worker stays frozen: longer than the others have patience.
const FROZEN: Duration = Duration::from_millis(2_500);

/// What to do to whom.
#[derive(Clone, Debug)]
pub struct Torment {
    /// Which database.
    pub place: Place,
    /// How many workers are to be killed.
    pub kills: usize,
    /// Chooses victims and moments.
    pub seed: u64,
    /// The program whose `worker LOCATION` calls [`serve`].
    pub program: PathBuf,
}

impl Torment {
    /// Torments a fresh database; `None` when there is no server for it.
    pub async fn run(&self) -> Option<Outcome> {
        let test = fresh(self.place, SCHEMA).await?;
        // SQLite's file belongs to one process at a time.
        test.db.close().await;
        let location = test.config.location.clone();
        let mut workers = Workers::start(&self.program, &location, self.place);
        let frozen = self.kill(&mut workers).await;
        let acknowledged = workers.end().await;
        let outcome = self.settle(&location, &acknowledged, frozen).await;
        if let Location::Postgres(url) = &location {
            postgres::drop_database(url).await;
        }
        Some(outcome)
    }

    /// Kills and freezes; gives how often it froze.
    async fn kill(&self, workers: &mut Workers) -> usize {
        let chance = Ids::seeded(self.seed);
        let mut frozen = 0;
        workers.begin().await;
        for kill in 0..self.kills {
            tokio::time::sleep(Duration::from_millis(30 + chance.below(250))).await;
            let victim =
                usize::try_from(chance.below(workers.count() as u64)).expect("there are few workers");
            let freezes = workers.count() > 1 && kill % KILLS_A_FREEZE == 0;
            if freezes {
                let other = (victim + 1) % workers.count();
                workers.freeze(other, FROZEN).await;
                frozen += 1;
            }
            workers.kill(victim).await;
        }
        frozen
    }

    /// Lets a last, unharmed worker finish what is left, and counts.
    async fn settle(&self, location: &Location, acknowledged: &[String], frozen: usize) -> Outcome {
        let db = Db::open(&DbConfig::new(location.clone()), Clock::system(), Ids::random())
            .expect("the database opens after all that");
        let mut config = WorkerConfig::new(&db);
        config.alone = true;
        let worker = Worker::start(&db, program::jobs(), config);
        while count::left(&db).await > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        worker.stop().await;
        let mut outcome = count::count(&db, acknowledged).await;
        (outcome.kills, outcome.frozen) = (self.kills, frozen);
        db.close().await;
        outcome
    }
}

/// The number after `name` among a program's arguments.
///
/// # Panics
/// When what stands there is no number.
pub fn number(arguments: &[String], name: &str, usual: usize) -> usize {
    let at = arguments.iter().position(|argument| argument == name);
    let word = at.and_then(|at| arguments.get(at + 1));
    word.map_or(usual, |word| {
        word.parse()
            .unwrap_or_else(|_| panic!("{name} {word}: not a number"))
    })
}

/// What a program does that is started by hand: with `worker LOCATION` it is a worker that ends when it is killed, else
/// it torments both databases. Fails where the outcome is not good; a database that is not there is passed over.
pub async fn by_hand(
    worker: impl AsyncFnOnce(String),
    torment: impl AsyncFn(&[String], Place) -> Option<bool>,
) -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, location] = &arguments[..]
        && word == "worker"
    {
        worker(location.clone()).await;
    }
    let mut is_good = true;
    for place in [Place::Sqlite, Place::Postgres] {
        is_good &= torment(&arguments, place).await.unwrap_or(true);
    }
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
