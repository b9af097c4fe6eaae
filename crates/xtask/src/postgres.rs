//! A private PostgreSQL for tests, benches and development: own folder, own port on loopback, gone afterwards.
//!
//! The cluster belongs to a second process, the holder, which starts it, prints its URL and stops it as soon as
//! its standard input ends. So it goes away however the command that asked for it ends: at its own end, by
//! Ctrl-C or killed. The holder has its own process group, which Ctrl-C does not reach.

use crate::failure::{Failure, Outcome, While};
use crate::{debian, programs};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The hidden command by which the holder is started.
pub(crate) const HOLDER: &str = "hold-postgres";

/// Who else may take a port between our finding it free and PostgreSQL's opening it.
const PORT_ATTEMPTS: usize = 5;
const START_LIMIT: Duration = Duration::from_secs(60);

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
        let mut holder = Command::new(own_program()?)
            .args([HOLDER, durability.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
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

/// The cluster itself, in the holder's process.
struct Cluster {
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
    fn start(durability: Durability) -> Result<Self, Failure> {
        let programs = programs_folder().ok_or_else(|| Failure::new("no PostgreSQL on this machine"))?;
        let folder = std::env::temp_dir().join(format!("tandem-postgres-{}", std::process::id()));
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

    fn url(&self) -> String {
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
        self.port = free_port()?;
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
    fn stop(&mut self) {
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

/// A port of loopback that was free a moment ago.
pub(crate) fn free_port() -> Result<u16, Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).while_trying("find a free port")?;
    Ok(listener.local_addr()?.port())
}

/// This program, even after a build has replaced its file.
fn own_program() -> Result<PathBuf, Failure> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() {
        Ok(running)
    } else {
        std::env::current_exe().while_trying("find this program")
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

    #[test]
    fn newer_versions_of_postgres_come_first() {
        assert!(
            version(Path::new("/usr/lib/postgresql/17/bin"))
                > version(Path::new("/usr/lib/postgresql/9/bin"))
        );
    }
}
