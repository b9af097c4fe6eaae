//! A running process and its log.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::http::{self, Answer, LiveStream};
use super::{LIMIT, until};
use crate::tour::Place;

/// How long making sample data may take before a program serves, on a slow disk.
const FILLING: Duration = Duration::from_secs(900);
/// For how long a process is watched to see whether it is at rest, and how much it works then at most, in hundredths of a second.
const WINDOW: Duration = Duration::from_secs(3);
const RESTING: u64 = 9;

/// What a process has printed so far, and whether it will print more.
#[derive(Debug, Default)]
struct Log {
    text: Mutex<(String, usize)>,
    grown: Condvar,
}

/// A running process; killed when dropped.
#[derive(Debug)]
pub struct Node {
    child: Child,
    log: Arc<Log>,
    readers: Vec<JoinHandle<()>>,
    /// Where it serves people and programs.
    pub address: SocketAddr,
    /// Where it serves metrics and probes.
    pub operations: SocketAddr,
}

impl Node {
    /// Starts `command` and waits until it serves.
    ///
    /// # Panics
    /// When it ends instead.
    pub fn serving(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let log = Arc::new(Log::default());
        log.text.lock().expect("no reader panics").1 = 2;
        let readers = vec![
            follow(&log, child.stdout.take().expect("piped")),
            follow(&log, child.stderr.take().expect("piped")),
        ];
        let nowhere = SocketAddr::from(([0, 0, 0, 0], 0));
        let mut node = Self {
            child,
            log,
            readers,
            address: nowhere,
            operations: nowhere,
        };
        let line = node.wait_within("server::serve", FILLING);
        let said = |name: &str| {
            let rest = line.split_once(name)?.1.trim_start_matches(['=', '"', ':']);
            rest.split(['"', ' ']).next()?.parse().ok()
        };
        // A process without web and mail has only the second.
        node.address = said("main").unwrap_or(nowhere);
        node.operations = said("operations").expect("it says where");
        node
    }

    /// Waits for a line with `part` and gives it.
    ///
    /// # Panics
    /// When the process ends without it.
    pub fn wait_for(&self, part: &str) -> String {
        self.wait_within(part, LIMIT)
    }

    /// Waits until a program that makes sample data has made all of it.
    ///
    /// # Panics
    /// When it ends before.
    pub fn wait_until_filled(&self) {
        self.wait_within("sample data is complete", FILLING);
    }

    /// Waits until it does next to nothing: what follows from sample data goes on behind the pages for a while.
    ///
    /// # Panics
    /// When it ends before, or never comes to rest.
    #[expect(
        clippy::disallowed_methods,
        reason = "another process cannot tell us when it is done"
    )]
    pub fn wait_until_at_rest(&self) {
        let begin = Instant::now();
        let mut before = self.ticks();
        loop {
            std::thread::sleep(WINDOW);
            let now = self.ticks();
            if now - before <= RESTING {
                return;
            }
            before = now;
            assert!(begin.elapsed() < FILLING, "it does not come to rest");
        }
    }

    /// The time that processors have worked for it, in hundredths of a second as Linux counts them.
    fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.id())).expect("it runs");
        let fields = stat.rsplit(')').next().unwrap_or_default();
        // The 14th and 15th field; the third follows the name.
        let ticks = fields.split_whitespace().skip(11).take(2);
        ticks.filter_map(|field| field.parse::<u64>().ok()).sum()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a limit that only a broken program reaches"
    )]
    fn wait_within(&self, part: &str, limit: Duration) -> String {
        let end = Instant::now() + limit;
        let mut text = self.log.text.lock().expect("no reader panics");
        loop {
            if let Some(line) = text.0.lines().find(|line| line.contains(part)) {
                return line.to_owned();
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                text.1 > 0 && !left.is_zero(),
                "no line with `{part}` in: {}",
                text.0
            );
            text = self
                .log
                .grown
                .wait_timeout(text, left)
                .expect("no reader panics")
                .0;
        }
    }

    /// Everything it has printed so far.
    pub fn log(&self) -> String {
        self.log.text.lock().expect("no reader panics").0.clone()
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a request with a token: `GET /path`, no body.
    pub fn get(&self, path: &str, token: &str) -> Answer {
        http::ask(self.address, &format!("GET {path}"), token, "").expect("an answer")
    }

    /// Opens a page with the session of [`Node::come_in`].
    pub fn page(&self, path: &str, cookie: &str) -> Answer {
        let more = format!("accept: text/html\r\ncookie: {cookie}\r\n");
        http::ask(self.address, &format!("GET {path}"), "", &more).expect("an answer")
    }

    /// Lets the first agent in whom the link of `place` lets in; gives the cookie of their session.
    ///
    /// # Panics
    /// When the link lets nobody in.
    pub fn come_in(&self, place: &Place) -> String {
        let path = place
            .link
            .strip_prefix(&place.origin)
            .expect("a link of this site");
        let door = self.page(path, "").body;
        let agent = door.split('"').find(|part| part.starts_with("agt_"));
        let body = format!("agent={}", agent.expect("somebody to come in as"));
        let sent = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let entered = http::say(self.address, sent.as_bytes()).expect("an answer");
        let given = entered
            .head
            .split("set-cookie: tandem=")
            .nth(1)
            .expect("a session");
        format!("tandem={}", given.split(';').next().unwrap_or_default())
    }

    /// Adds an account by the API.
    ///
    /// # Errors
    /// No whole answer.
    pub fn add_account(&self, name: &str, token: &str) -> std::io::Result<Answer> {
        http::post(
            self.address,
            "/api/v1/accounts",
            token,
            &format!("{{\"name\":\"{name}\"}}"),
        )
    }

    /// Opens a live stream.
    pub fn live(&self, token: &str, last: Option<&str>) -> LiveStream {
        LiveStream::open(self.address, token, last).expect("a live stream")
    }

    /// The operators' answer at `path`.
    pub fn operators(&self, path: &str) -> Answer {
        http::ask(self.operations, &format!("GET {path}"), "", "").expect("an answer")
    }

    /// Asks it to end.
    pub fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Asks it to end at once, as a second Ctrl-C does.
    pub fn interrupt(&self) {
        self.signal(Signal::INT);
    }

    /// Ends it as a power failure would, and waits until it is gone.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        self.child.wait().expect("it is our child");
    }

    /// Asks it to end and waits until it has.
    pub fn end_politely(mut self) {
        self.terminate();
        self.end();
    }

    /// Its resident memory as the kernel counts it, in megabytes (10⁶ bytes).
    ///
    /// # Panics
    /// When it has ended, or on a kernel that is not Linux.
    pub fn memory(&self) -> f64 {
        self.held("VmRSS:")
    }

    /// How much of [`Self::memory`] is its own and not pages of files, which the system takes back when it wants to.
    ///
    /// # Panics
    /// As of [`Self::memory`].
    pub fn own_memory(&self) -> f64 {
        self.held("RssAnon:")
    }

    fn held(&self, what: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix(what));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        kib.expect("a running process has memory") * 1024.0 / 1e6
    }

    fn signal(&self, signal: Signal) {
        let id = Pid::from_child(&self.child);
        kill_process(id, signal).expect("it is our child and not waited for");
    }

    /// Waits for its end, and until its whole log is read.
    ///
    /// # Panics
    /// When it does not end.
    pub fn end(&mut self) -> ExitStatus {
        let child = &mut self.child;
        let status = until("the end of the process", || child.try_wait().expect("our child"));
        for reader in self.readers.drain(..) {
            reader.join().expect("no reader panics");
        }
        status
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn follow(log: &Arc<Log>, source: impl Read + Send + 'static) -> JoinHandle<()> {
    let log = Arc::clone(log);
    std::thread::spawn(move || {
        for line in BufReader::new(source).lines().map_while(Result::ok) {
            let mut text = log.text.lock().expect("no reader panics");
            text.0.push_str(&line);
            text.0.push('\n');
            log.grown.notify_all();
        }
        log.text.lock().expect("no reader panics").1 -= 1;
        log.grown.notify_all();
    })
}
