//! The cluster itself: made in a folder of its own, served on loopback, stopped and removed.

use super::Durability;
use crate::failure::{Failure, Outcome, While};
use crate::programs;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Who else may take a port between our finding it free and PostgreSQL's opening it.
const PORT_ATTEMPTS: usize = 5;
const START_LIMIT: Duration = Duration::from_secs(60);
/// How many KiB must be free where data is kept in memory.
const PLENTY: u64 = 4 * 1024 * 1024;

/// A running cluster, in the holder's process.
pub(super) struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    account: Option<Account>,
    port: u16,
    server: Option<Child>,
}

/// PostgreSQL refuses to run as root, so as root we run it as somebody else.
#[derive(Clone, Copy)]
struct Account {
    user: u32,
    group: u32,
}

impl Cluster {
    /// Makes a cluster in a new folder and waits until it answers.
    pub(super) fn start(durability: Durability) -> Result<Self, Failure> {
        let programs =
            super::programs_folder().ok_or_else(|| Failure::new("no PostgreSQL on this machine"))?;
        let folder = room(durability).join(format!("tandem-postgres-{}", std::process::id()));
        let account = Account::to_run_as()?;
        let mut cluster = Self {
            folder,
            programs,
            account,
            port: 0,
            server: None,
        };
        cluster.make_folder()?;
        cluster.create()?;
        for _ in 0..PORT_ATTEMPTS {
            if cluster.serve(durability)? {
                return Ok(cluster);
            }
        }
        Err(Failure::new(format!(
            "PostgreSQL did not start:\n{}",
            cluster.log()
        )))
    }

    /// A URL with all rights.
    pub(super) fn url(&self) -> String {
        format!("postgres://tandem@127.0.0.1:{}/postgres", self.port)
    }

    fn make_folder(&self) -> Outcome {
        fs::create_dir_all(&self.folder).while_trying(format!("make {}", self.folder.display()))?;
        fs::set_permissions(&self.folder, fs::Permissions::from_mode(0o700))?;
        if let Some(Account { user, group }) = self.account {
            chown(&self.folder, Some(user), Some(group))
                .while_trying("give the folder to PostgreSQL's account")?;
        }
        Ok(())
    }

    fn create(&self) -> Outcome {
        let mut initdb = self.command("initdb");
        initdb.args([
            "--username=tandem",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        initdb.arg(self.data());
        programs::output(initdb).map(|_| ())
    }

    /// Starts the server on a free port; false when it ended at once, as it does when the port was taken.
    fn serve(&mut self, durability: Durability) -> Result<bool, Failure> {
        self.port = programs::free_port()?;
        let log = fs::File::create(self.folder.join("log"))?;
        let mut server = self.command("postgres");
        server.arg("-D").arg(self.data()).arg("-k").arg(&self.folder);
        server.args(["-h", "127.0.0.1", "-p", &self.port.to_string()]);
        for setting in durability
            .settings()
            .iter()
            .chain(&["max_connections=300", "shared_buffers=128MB"])
        {
            server.args(["-c", setting]);
        }
        server.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let mut server = server.spawn().while_trying("start PostgreSQL")?;
        let is_up = self.wait_until_ready(&mut server);
        self.server = Some(server);
        is_up
    }

    /// The server writes its state into the last line of its pid file.
    fn wait_until_ready(&self, server: &mut Child) -> Result<bool, Failure> {
        let started = Instant::now();
        while started.elapsed() < START_LIMIT {
            if server.try_wait()?.is_some() {
                return Ok(false);
            }
            let state = fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
            if state.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
                return Ok(true);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Err(Failure::new(format!(
            "PostgreSQL is not ready after {START_LIMIT:?}:\n{}",
            self.log()
        )))
    }

    /// An immediate stop: the data goes away with the folder, so nothing needs to reach the disk.
    pub(super) fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            programs::signal(&server, "QUIT");
            if let Err(error) = server.wait() {
                eprintln!("xtask: wait for PostgreSQL to end: {error}");
            }
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("xtask: remove {}: {error}", self.folder.display());
        }
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(&self.folder);
        if let Some(Account { user, group }) = self.account {
            command.uid(user).gid(group);
        }
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

/// Where the data is: in memory where there is plenty and nobody asks for durability, for each test's database is two
/// thousand small files.
fn room(durability: Durability) -> PathBuf {
    let memory = Path::new("/dev/shm");
    if durability == Durability::Fast && free_kilobytes(memory).is_some_and(|free| free >= PLENTY) {
        return memory.to_owned();
    }
    std::env::temp_dir()
}

/// What `df` says; none where there is no such place.
fn free_kilobytes(place: &Path) -> Option<u64> {
    let df = programs::program(&["df", "--output=avail", "-k", place.to_str()?]).ok()?;
    programs::output(df).ok()?.lines().nth(1)?.trim().parse().ok()
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.server.is_some() || self.folder.exists() {
            self.stop();
        }
    }
}

impl Account {
    /// `postgres` where Debian made it, else `nobody`; none when we are not root.
    fn to_run_as() -> Result<Option<Self>, Failure> {
        if programs::output(programs::program(&["id", "-u"])?)?.trim() != "0" {
            return Ok(None);
        }
        let accounts = fs::read_to_string("/etc/passwd").while_trying("read /etc/passwd")?;
        let found = ["postgres", "nobody"]
            .iter()
            .find_map(|name| Self::named(&accounts, name));
        found
            .map(Some)
            .ok_or_else(|| Failure::new("no account to run PostgreSQL as: it refuses to be root"))
    }

    fn named(accounts: &str, name: &str) -> Option<Self> {
        let line = accounts
            .lines()
            .find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some(Self {
            user: fields.next()?.parse().ok()?,
            group: fields.next()?.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_from_the_password_file() {
        let accounts =
            "root:x:0:0:root:/root:/bin/sh\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        let account = Account::named(accounts, "postgres").unwrap();
        assert_eq!((account.user, account.group), (101, 104));
        assert!(Account::named(accounts, "nobody").is_none());
    }
}
