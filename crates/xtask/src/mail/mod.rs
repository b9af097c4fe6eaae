//! Real mail servers for tests: Dovecot and Postfix on loopback, in a folder of their own, gone afterwards.
//!
//! They belong to a second process, their holder (see [`held`]), which starts them, prints where they are and stops them as
//! soon as its standard input ends. No service of the machine is touched. Postfix runs only as root; without it tests have
//! Dovecot alone.

mod certificates;
mod dovecot;
mod folder;
mod postfix;
mod tokens;

use crate::failure::{Failure, Outcome, While};
use crate::{debian, held, programs};
use folder::Folder;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The hidden command by which the holder is started.
pub(crate) const HOLDER: &str = "hold-mail";
/// Where Dovecot is, for tests: words such as `imap=10143`.
pub(crate) const DOVECOT: &str = "TANDEM_TEST_DOVECOT";
/// Where Postfix is, likewise.
pub(crate) const POSTFIX: &str = "TANDEM_TEST_POSTFIX";

/// Addresses that Postfix hands over to receivers of tests, each at a port and a domain of its own: `r0.test` and so on.
const RECEIVERS: usize = 4;
const START_LIMIT: Duration = Duration::from_secs(30);
const STOP_LIMIT: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(20);

/// Running servers; dropping them stops them and removes their folder.
pub(crate) struct PrivateMail {
    holder: Child,
    variables: Vec<(String, String)>,
}

impl PrivateMail {
    /// Starts what the machine has and waits until it answers.
    pub(crate) fn start() -> Result<Self, Failure> {
        let mut holder = held::holder(&[HOLDER])?
            .stdout(Stdio::piped())
            .spawn()
            .while_trying("start the process that holds the mail servers")?;
        let stdout = holder
            .stdout
            .take()
            .ok_or_else(|| Failure::new("the holder of the mail servers has no output"))?;
        let mut variables = Vec::new();
        for line in BufReader::new(stdout).lines() {
            let line = line.while_trying("wait for the mail servers")?;
            match line.split_once(' ') {
                Some((name, value)) => variables.push((name.to_owned(), value.to_owned())),
                None => break,
            }
        }
        let mail = Self { holder, variables };
        if mail.variables.is_empty() {
            Err(Failure::new("the mail servers did not start"))
        } else {
            Ok(mail)
        }
    }

    /// What to put into the environment of tests.
    pub(crate) fn variables(&self) -> &[(String, String)] {
        &self.variables
    }
}

impl Drop for PrivateMail {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        if let Err(error) = self.holder.wait() {
            eprintln!("xtask: the process that holds the mail servers: {error}");
        }
    }
}

/// `cargo xtask mail [-- command…]`.
pub(crate) fn command(arguments: &[String]) -> Outcome {
    debian::provide(&["Dovecot", "Postfix"]);
    let mail = PrivateMail::start()?;
    for (name, value) in mail.variables() {
        println!("export {name}='{value}'");
    }
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
    command.envs(mail.variables().iter().map(|(name, value)| (name, value)));
    programs::run(command)
}

/// The holder: starts the servers, prints where they are, and stops them when standard input ends.
pub(crate) fn hold(_: &[String]) -> Outcome {
    let mut servers = Servers::start()?;
    println!("{DOVECOT} {}", servers.dovecot);
    if let Some(postfix) = &servers.postfix {
        println!("{POSTFIX} {postfix}");
    }
    println!("end");
    let mut ignored = Vec::new();
    let asked_to_stop = std::io::stdin().read_to_end(&mut ignored);
    servers.stop();
    asked_to_stop
        .while_trying("wait for the end of the command")
        .map(|_| ())
}

/// Where Dovecot is.
pub(crate) fn dovecot_program() -> Option<PathBuf> {
    first(&["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"])
}

/// Where Postfix is.
pub(crate) fn postfix_program() -> Option<PathBuf> {
    first(&["/usr/sbin/postfix", "/usr/local/sbin/postfix"])
}

/// Postfix refuses to be run by others.
pub(crate) fn may_run_postfix() -> bool {
    folder::is_root()
}

fn first(paths: &[&str]) -> Option<PathBuf> {
    paths.iter().map(PathBuf::from).find(|path| path.is_file())
}

/// The servers, in the holder's process.
struct Servers {
    folder: Folder,
    children: Vec<Child>,
    dovecot: String,
    postfix: Option<String>,
}

impl Servers {
    fn start() -> Result<Self, Failure> {
        let mut servers = Self {
            folder: Folder::make()?,
            children: Vec::new(),
            dovecot: String::new(),
            postfix: None,
        };
        certificates::make(&servers.folder)?;
        let dovecot = dovecot::Ports::find(tokens::answer()?)?;
        let command = dovecot::command(&servers.folder, &dovecot)?;
        servers.run(
            command,
            &[dovecot.imap, dovecot.imaps, dovecot.lmtp, dovecot.auth],
            "dovecot.log",
        )?;
        servers.dovecot = format!(
            "imap={} imaps={} folder={}",
            dovecot.imap,
            dovecot.imaps,
            servers.folder.path().display()
        );
        if postfix_program().is_some() && may_run_postfix() {
            let postfix = postfix::Ports::find(RECEIVERS)?;
            let command = postfix::command(&servers.folder, &postfix, &dovecot)?;
            servers.run(command, &[postfix.smtp, postfix.submission], "postfix.log")?;
            let receivers: Vec<String> = postfix.receivers.iter().map(u16::to_string).collect();
            servers.postfix = Some(format!(
                "smtp={} submission={} receivers={}",
                postfix.smtp,
                postfix.submission,
                receivers.join(",")
            ));
        }
        Ok(servers)
    }

    /// Starts a server and waits until all its ports answer.
    fn run(&mut self, mut command: Command, ports: &[u16], log: &str) -> Outcome {
        let line = programs::words(&command);
        let output = std::fs::File::create(self.folder.file("output"))?;
        command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        let mut child = command.spawn().while_trying(format!("start `{line}`"))?;
        let started = Instant::now();
        let mut is_over = false;
        let is_up = |port: &u16| TcpStream::connect(("127.0.0.1", *port)).is_ok();
        while !is_over && !ports.iter().all(is_up) {
            is_over = child.try_wait()?.is_some() || started.elapsed() > START_LIMIT;
            std::thread::sleep(PAUSE);
        }
        self.children.push(child);
        if is_over {
            let said = [self.folder.read("output"), self.folder.read(log)].concat();
            return Err(Failure::new(format!("`{line}` did not start:\n{said}")));
        }
        Ok(())
    }

    fn stop(&mut self) {
        if self.children.is_empty() && !self.folder.path().exists() {
            return;
        }
        if self.folder.file("postfix").exists()
            && let Err(failure) = postfix::stop(&self.folder)
        {
            eprintln!("xtask: stop Postfix: {failure}");
        }
        for child in self.children.iter().rev() {
            programs::signal(child, "TERM");
        }
        for mut child in self.children.drain(..).rev() {
            let asked = Instant::now();
            while matches!(child.try_wait(), Ok(None)) {
                if asked.elapsed() > STOP_LIMIT && child.kill().is_err() {
                    break;
                }
                std::thread::sleep(PAUSE);
            }
        }
        self.folder.remove();
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.stop();
    }
}
