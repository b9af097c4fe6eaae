//! The worker processes: started, killed, frozen, listened to.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kit::db::Location;
use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use crate::fresh::Place;

/// Several workers on PostgreSQL; on SQLite one at a time.
pub(super) struct Workers {
    program: PathBuf,
    location: String,
    alive: Vec<(Child, JoinHandle<Vec<String>>)>,
    ears: Vec<JoinHandle<Vec<String>>>,
    heard: Arc<AtomicUsize>,
}

impl Workers {
    pub(super) fn start(program: &Path, location: &Location, place: Place) -> Self {
        let location = match location {
            Location::File(path) => format!("file:{}", path.display()),
            Location::Postgres(url) => url.clone(),
        };
        let mut workers = Self {
            program: program.to_owned(),
            location,
            alive: Vec::new(),
            ears: Vec::new(),
            heard: Arc::default(),
        };
        let count = if place == Place::Sqlite { 1 } else { 3 };
        workers.alive = (0..count).map(|_| workers.one()).collect();
        workers
    }

    pub(super) fn count(&self) -> usize {
        self.alive.len()
    }

    /// Waits until a worker has acknowledged something: on a busy machine they take long to begin.
    pub(super) async fn begin(&self) {
        for _ in 0..1_500 {
            if self.heard.load(Ordering::Relaxed) > 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Kills a worker and starts another in its place.
    pub(super) async fn kill(&mut self, victim: usize) {
        let next = self.one_after(victim).await;
        self.alive.push(next);
        let last = self.alive.len() - 1;
        self.alive.swap(victim, last);
    }

    /// Stops a worker in the middle of whatever it does, and lets it go on after `time`.
    pub(super) async fn freeze(&self, victim: usize, time: Duration) {
        let id = self.alive[victim].0.id().and_then(|id| i32::try_from(id).ok());
        let worker = id.and_then(Pid::from_raw).expect("the worker runs");
        kill_process(worker, Signal::STOP).expect("a worker hears signals");
        tokio::time::sleep(time).await;
        kill_process(worker, Signal::CONT).expect("a worker hears signals");
    }

    /// Kills all; gives what they acknowledged in their lives.
    pub(super) async fn end(mut self) -> Vec<String> {
        for (mut child, ear) in std::mem::take(&mut self.alive) {
            child.kill().await.expect("a worker can be killed");
            self.ears.push(ear);
        }
        let mut acknowledged = Vec::new();
        for ear in self.ears {
            acknowledged.extend(ear.await.expect("what a worker says can be read"));
        }
        acknowledged
    }

    async fn one_after(&mut self, victim: usize) -> (Child, JoinHandle<Vec<String>>) {
        let (mut child, ear) = self.alive.swap_remove(victim);
        child.kill().await.expect("a worker can be killed");
        self.ears.push(ear);
        self.one()
    }

    fn one(&self) -> (Child, JoinHandle<Vec<String>>) {
        let mut child = Command::new(&self.program)
            .args(["worker", &self.location])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.program.display()));
        let said = child.stdout.take().expect("its output is piped");
        let heard = Arc::clone(&self.heard);
        let ear = tokio::spawn(async move {
            let mut lines = BufReader::new(said).lines();
            let mut roots = Vec::new();
            // A line that was cut short acknowledges nothing.
            while let Ok(Some(line)) = lines.next_line().await {
                roots.push(line);
                heard.fetch_add(1, Ordering::Relaxed);
            }
            roots
        });
        (child, ear)
    }
}
