//! The built program as a process: started with its own settings, watched by its log, ended by signals.
//!
//! Waiting is for something that happens (a line of the log, an answer, an end), with a limit that only a broken program
//! reaches.

mod gate;
mod http;
mod mounts;
mod node;
mod past;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub use gate::Gate;
pub use http::{Answer, LiveStream, ask, post, say, tell};
pub use node::Node;
pub use past::Past;

use crate::tour::Place;

/// How long anything may take before a test fails.
pub const LIMIT: Duration = Duration::from_secs(60);
/// The least and the longest rest between two questions of [`until`].
const RESTS: (Duration, Duration) = (Duration::from_millis(5), Duration::from_millis(250));

/// A program and the settings it is started with. Clones share the data folder.
#[derive(Clone, Debug)]
pub struct Program {
    binary: PathBuf,
    folder: Arc<TempDir>,
    settings: Vec<(String, String)>,
    past: Option<Past>,
}

/// How a run ended and what it printed.
#[derive(Debug)]
pub struct Ended {
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// Its standard output.
    pub output: String,
    /// Its standard error.
    pub complaint: String,
}

impl Program {
    /// The program `binary` with a fresh data folder, any free ports, and nothing else set.
    pub fn new(binary: impl AsRef<Path>) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let data = folder.path().join("data").display().to_string();
        let program = Self {
            binary: binary.as_ref().to_owned(),
            folder: Arc::new(folder),
            settings: Vec::new(),
            past: None,
        };
        program
            .with("data", data)
            .with("listen", "127.0.0.1:0")
            .with("operations_listen", "127.0.0.1:0")
            // How full the machine of the tests is does not matter.
            .with("disk_reserve", "64KiB")
    }

    /// The same with `key` set to `value`.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.settings.retain(|(known, _)| known != key);
        self.settings.push((key.to_owned(), value.into()));
        self
    }

    /// What `key` is set to.
    pub fn setting(&self, key: &str) -> Option<String> {
        let all = self.settings.iter();
        let mut found = all.filter(|(known, _)| known == key);
        found.next().map(|(_, value)| value.clone())
    }

    /// A folder of this program's own; the data folder is `data` in it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    /// The program with its settings in the environment, where other users of the machine cannot read them.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(&self.binary, arguments)
    }

    /// The same, of a copy of the program that lies elsewhere.
    pub fn command_of(&self, binary: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .stdin(Stdio::null());
        for (key, value) in &self.settings {
            command.env(format!("TANDEM_{}", key.to_uppercase()), value);
        }
        if let Some(past) = &self.past {
            past.around(&mut command);
        }
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments))
    }

    /// Runs it to a good end and gives what it printed, without the last line's end. Beside a server at hard work it may
    /// never get its turn at the file, and is asked again.
    ///
    /// # Panics
    /// When it ends badly.
    pub fn output(&self, arguments: &[&str]) -> String {
        let mut ended = self.run(arguments);
        for _ in 0..4 {
            if !ended.complaint.contains("others kept changing the same rows") {
                break;
            }
            ended = self.run(arguments);
        }
        assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.complaint);
        ended.output.trim_end().to_owned()
    }

    /// Makes a workspace with one agent, and gives a token with which a program acts as that agent.
    pub fn token(&self) -> String {
        self.output(&["admin", "workspace", "--name", "Northwind"]);
        let agent = ["--name", "Ada", "--email", "ada@example.com"];
        self.output(&[["admin", "agent"].as_slice(), &agent].concat());
        self.output(&["admin", "token", "--email", "ada@example.com"])
    }

    /// Starts `demo`, in which nothing happens by itself, with `accounts` accounts and waits until all of it is there; gives also what a browser needs to visit it.
    pub fn demo(&self, accounts: usize) -> (Node, Place) {
        let node = Node::serving(self.command(&["demo", "--still", "--accounts", &accounts.to_string()]));
        let line = node.wait_for("/sign-in/");
        node.wait_until_filled();
        let secret = line.rsplit('/').next().unwrap_or_default();
        let origin = format!("http://{}", node.address);
        let link = format!("{origin}/sign-in/{secret}");
        let place = Place {
            origin,
            link,
            ..Place::default()
        };
        (node, place)
    }

    /// A token with which a program acts as the first agent of the sample data, who may do everything.
    pub fn demo_token(&self) -> String {
        let list = self.output(&["admin", "list"]);
        let admin = list.lines().find(|line| line.trim_start().starts_with("admin "));
        let mut words = admin.unwrap_or_default().split_whitespace();
        let email = words.rfind(|word| word.contains('@')).unwrap_or_default();
        self.output(&["admin", "token", "--email", email])
    }

    /// What a browser needs to visit `node` as the agent of [`Program::token`].
    pub fn place(&self, node: &Node) -> Place {
        self.place_of(node, "ada@example.com")
    }

    /// What a browser needs to visit `node` as the agent with this address.
    pub fn place_of(&self, node: &Node, email: &str) -> Place {
        let link = self.output(&["admin", "link", "--email", email]);
        let secret = link.rsplit('/').next().unwrap_or_default();
        let origin = format!("http://{}", node.address);
        let link = format!("{origin}/sign-in/{secret}");
        Place {
            origin,
            link,
            ..Place::default()
        }
    }

    /// Starts `serve` and waits until it serves.
    pub fn serve(&self) -> Node {
        Node::serving(self.command(&["serve"]))
    }
}

/// Runs a command to its end.
pub fn ended(mut command: Command) -> Ended {
    let output = command.output().expect("the program starts");
    Ended {
        code: output.status.code(),
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
        complaint: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Asks again and again until there is an answer, which is given back. The longer it takes, the longer it rests between two
/// questions, so that neither the program nor its limit for one token has much of it; none learns a quarter too late.
///
/// # Panics
/// When there is none within [`LIMIT`]; the message says `what` was waited for.
#[expect(
    clippy::disallowed_methods,
    reason = "another process cannot tell us when it is done"
)]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        let waited = begin.elapsed();
        assert!(waited < LIMIT, "waited in vain: {what}");
        std::thread::sleep((waited / 4).clamp(RESTS.0, RESTS.1));
    }
}
