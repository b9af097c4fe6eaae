//! A private PostgreSQL for tests, benches and development: own folder, own port on loopback, gone afterwards.
//!
//! The cluster belongs to a second process, its holder (see [`held`]), which starts it, prints its URL and stops it
//! as soon as its standard input ends.

mod cluster;

use crate::failure::{Failure, Outcome, While};
use crate::{debian, held, programs};
use cluster::Cluster;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

/// The hidden command by which the holder is started.
pub(crate) const HOLDER: &str = "hold-postgres";

/// What the cluster does when it says that a transaction is committed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Nothing is forced to disk: for tests, whose data nobody misses.
    Fast,
    /// As in production: for benches and crash tests.
    Real,
}

/// A running cluster; dropping it stops it and removes its folder.
pub(crate) struct PrivatePostgres {
    holder: Child,
    url: String,
}

impl PrivatePostgres {
    /// Starts a cluster and waits until it answers.
    pub(crate) fn start(durability: Durability) -> Result<Self, Failure> {
        let mut holder = held::holder(&[HOLDER, durability.name()])?
            .stdout(Stdio::piped())
            .spawn()
            .while_trying("start the process that holds PostgreSQL")?;
        let stdout = holder
            .stdout
            .take()
            .ok_or_else(|| Failure::new("the holder of PostgreSQL has no output"))?;
        let mut url = String::new();
        BufReader::new(stdout)
            .read_line(&mut url)
            .while_trying("wait for PostgreSQL")?;
        let held = Self {
            holder,
            url: url.trim().to_owned(),
        };
        if held.url.is_empty() {
            Err(Failure::new("PostgreSQL did not start"))
        } else {
            Ok(held)
        }
    }

    /// A URL with the right to create databases.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        if let Err(error) = self.holder.wait() {
            eprintln!("xtask: the process that holds PostgreSQL: {error}");
        }
    }
}

/// `cargo xtask postgres [-- command…]`.
pub(crate) fn command(arguments: &[String]) -> Outcome {
    debian::provide(&["PostgreSQL"]);
    let postgres = PrivatePostgres::start(Durability::Fast)?;
    println!("{}", postgres.url());
    let line: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .skip_while(|word| *word == "--")
        .collect();
    if line.is_empty() {
        println!("runs until Ctrl-C");
        loop {
            std::thread::park();
        }
    }
    let mut command = programs::program(&line)?;
    command.env("TANDEM_TEST_POSTGRES", postgres.url());
    programs::run(command)
}

/// The holder: starts the cluster, prints its URL, and stops it when standard input ends.
pub(crate) fn hold(arguments: &[String]) -> Outcome {
    let durability = Durability::of(arguments)?;
    let mut cluster = Cluster::start(durability)?;
    println!("{}", cluster.url());
    let mut ignored = Vec::new();
    let asked_to_stop = std::io::stdin().read_to_end(&mut ignored);
    cluster.stop();
    asked_to_stop
        .while_trying("wait for the end of the command")
        .map(|_| ())
}

/// The folder of PostgreSQL's programs: the newest that Debian installed, or the first on the path.
pub(crate) fn programs_folder() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.into_iter().chain(std::env::split_paths(&on_path));
    all.into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

fn version(folder: &Path) -> u32 {
    let name = folder.parent().and_then(Path::file_name).unwrap_or_default();
    name.to_string_lossy().parse().unwrap_or(0)
}

impl Durability {
    fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Real => "real",
        }
    }

    fn of(arguments: &[String]) -> Result<Self, Failure> {
        match arguments.first().map(String::as_str) {
            Some("fast") => Ok(Self::Fast),
            Some("real") => Ok(Self::Real),
            _ => Err(Failure::new("say `fast` or `real`")),
        }
    }

    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Fast => &["fsync=off", "full_page_writes=off", "synchronous_commit=off"],
            Self::Real => &["fsync=on", "full_page_writes=on", "synchronous_commit=on"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_versions_of_postgres_come_first() {
        assert!(
            version(Path::new("/usr/lib/postgresql/17/bin"))
                > version(Path::new("/usr/lib/postgresql/9/bin"))
        );
    }
}
