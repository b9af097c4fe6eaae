//! The real program as a process of its own, for tests of what only a process can suffer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

use rustix::process::{Pid, Signal, kill_process};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tandem");

/// A command with a data folder and nothing of this test's own environment.
pub(crate) fn tandem(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    prepare(&mut command, data, arguments);
    command
}

pub(crate) fn prepare(command: &mut Command, data: &Path, arguments: &[&str]) {
    for (name, _) in std::env::vars_os() {
        let is_setting = name.to_string_lossy().starts_with("TANDEM_") || name == "DATABASE_URL";
        if is_setting {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .arg("--data")
        .arg(data)
        .current_dir(std::env::temp_dir());
}

/// Says that a test can't do its work on this machine; in CI that is a failure.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test that is skipped says so, and CI skips none"
)]
pub(crate) fn skip(why: &str) {
    assert!(
        std::env::var_os("CI").is_none(),
        "in CI nothing is skipped: {why}"
    );
    println!("skipped: {why}");
}

/// The beginning of a command whose process has mounts of its own, made by `script` from `$1`, the data folder, and
/// `$2`. `None` where this user may not mount.
pub(crate) fn in_own_mounts(data: &Path, script: &str, second: &Path) -> Option<Command> {
    std::fs::create_dir_all(data).unwrap();
    let tried = Command::new("unshare").args(["--mount", "true"]).output();
    if !tried.is_ok_and(|done| done.status.success()) {
        skip("this user may not mount");
        return None;
    }
    let mut command = Command::new("unshare");
    command.args([
        "--mount",
        "sh",
        "-c",
        &format!("{script} && shift 2 && exec \"$@\""),
        "sh",
    ]);
    command.arg(data).arg(second).arg(PROGRAM);
    Some(command)
}

/// Runs a command to its end.
pub(crate) fn run(data: &Path, arguments: &[&str]) -> Output {
    tandem(data, arguments).output().unwrap()
}

/// Runs a command that must succeed; gives what it printed.
pub(crate) fn printed(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// What a failed command said, and its exit code.
pub(crate) fn refusal(output: &Output) -> (i32, String) {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), text)
}

/// A running server.
pub(crate) struct Node {
    child: Child,
    pub(crate) main: SocketAddr,
    pub(crate) operations: SocketAddr,
    pub(crate) data: PathBuf,
    output: BufReader<ChildStdout>,
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Node {
    /// Starts a server on `data` and waits until it serves.
    pub(crate) fn start(data: &Path, more: &[&str]) -> Self {
        Self::start_by(Command::new(PROGRAM), data, more)
    }

    /// The same, on a file system of its own that holds `megabytes` and begins as a copy of `seed`. `None` where this
    /// user may not mount.
    pub(crate) fn start_on_small_disk(data: &Path, megabytes: u32, seed: &Path) -> Option<Self> {
        let mount = format!("mount -t tmpfs -o size={megabytes}m none \"$1\" && cp -a \"$2/.\" \"$1\"");
        Some(Self::start_by(in_own_mounts(data, &mount, seed)?, data, &[]))
    }

    fn start_by(mut command: Command, data: &Path, more: &[&str]) -> Self {
        let fixed = [
            "--listen",
            "127.0.0.1:0",
            "--operations-listen",
            "127.0.0.1:0",
            "--log-format",
            "json",
        ];
        prepare(
            &mut command,
            data,
            &[&["serve", "--disk-reserve", "64KiB"], &fixed[..], more].concat(),
        );
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let line = wait_for(&mut output, "serving");
        let address = |name: &str| line[name].as_str().unwrap().parse().unwrap();
        Self {
            main: address("main"),
            operations: address("operations"),
            data: data.to_owned(),
            child,
            output,
        }
    }

    /// Reads log lines up to the one with this message.
    pub(crate) fn wait_for(&mut self, message: &str) -> serde_json::Value {
        wait_for(&mut self.output, message)
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// A path as the server sees it, when it has a file system of its own.
    pub(crate) fn inside(&self, path: &Path) -> PathBuf {
        Path::new("/proc")
            .join(self.child.id().to_string())
            .join("root")
            .join(path.strip_prefix("/").unwrap())
    }
}

fn wait_for(output: &mut impl BufRead, message: &str) -> serde_json::Value {
    let mut seen = String::new();
    loop {
        let mut line = String::new();
        let read = output.read_line(&mut line).unwrap();
        assert!(read > 0, "the server ended before it said {message:?}:\n{seen}");
        let json: serde_json::Value = serde_json::from_str(&line).unwrap();
        if json["message"] == message {
            return json;
        }
        seen.push_str(&line);
    }
}

/// Sends bytes and reads the answer to its end: status and all of its text.
pub(crate) fn send(address: SocketAddr, bytes: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    // A server that has answered early may close before all is written.
    let _ = stream.write_all(bytes);
    read(&mut stream)
}

/// Reads an answer to its end.
fn read(stream: &mut TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or(0), text)
}

/// `GET path` without a name.
pub(crate) fn get(address: SocketAddr, path: &str) -> (u16, String) {
    send(
        address,
        format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n").as_bytes(),
    )
}

/// A program's way to a node: the address and a token.
pub(crate) struct Key {
    token: String,
}

impl Key {
    /// Makes a workspace with one administrator; the server must not be running.
    pub(crate) fn make(data: &Path, more: &[&str]) -> Self {
        let admin = |arguments: &[&str]| printed(data, &[&["admin"], arguments, more].concat());
        let email = "ada@example.com";
        admin(&["workspace", "--name", "Northwind"]);
        admin(&["agent", "--name", "Ada", "--email", email]);
        Self {
            token: admin(&["token", "--email", email]),
        }
    }

    /// Asks as that administrator, with a JSON body when there is one.
    pub(crate) fn ask(&self, address: SocketAddr, method: &str, path: &str, body: &str) -> (u16, String) {
        let (token, length) = (&self.token, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\nauthorization: Bearer {token}\r\n"
        );
        send(
            address,
            format!("{head}content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
                .as_bytes(),
        )
    }

    /// Adds an account; gives its id if the server said that it is stored.
    pub(crate) fn add_account(&self, address: SocketAddr, name: &str) -> Result<String, (u16, String)> {
        let (status, text) = self.ask(
            address,
            "POST",
            "/api/v1/accounts",
            &format!("{{\"name\":\"{name}\"}}"),
        );
        if status != 201 {
            return Err((status, text));
        }
        let body: serde_json::Value = serde_json::from_str(text.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        Ok(body["id"].as_str().unwrap().to_owned())
    }
}
