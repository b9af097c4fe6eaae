//! Starts other programs and says which one failed.

use crate::failure::{Failure, Outcome, While};
use crate::source;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A program to be started in the root of the project.
pub(crate) fn program(line: &[&str]) -> Result<Command, Failure> {
    let (name, arguments) = line
        .split_first()
        .ok_or_else(|| Failure::new("no program to start"))?;
    let mut command = Command::new(name);
    command.args(arguments).current_dir(source::project_root()?);
    Ok(command)
}

/// The cargo that started us, in the root of the project.
pub(crate) fn cargo(arguments: &[&str]) -> Result<Command, Failure> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    program(&[&[cargo.as_str()], arguments].concat())
}

/// Runs a program to its end, its output shown; anything but success is a failure.
pub(crate) fn run(mut command: Command) -> Outcome {
    let line = words(&command);
    println!("$ {line}");
    let status = command.status().while_trying(format!("start `{line}`"))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{line}` failed")))
    }
}

/// Whether a program starts and ends well, its output hidden.
pub(crate) fn succeeds(line: &[&str]) -> bool {
    let Ok(mut command) = program(line) else {
        return false;
    };
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What a program prints; anything but success is a failure with what it complained about.
pub(crate) fn output(mut command: Command) -> Result<String, Failure> {
    let line = words(&command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .while_trying(format!("start `{line}`"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!("`{line}` failed: {}", complaint.trim())))
}

/// A command as one would type it.
pub(crate) fn words(command: &Command) -> String {
    let name = command.get_program().to_string_lossy();
    let name = name.rsplit('/').next().unwrap_or(&name).to_owned();
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(name)
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where a build puts the product: `profile` is `debug` or `release`.
pub(crate) fn built(root: &Path, profile: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    root.join(target).join(profile).join("tandem")
}

/// A program that runs beside us and ends when this is dropped.
pub(crate) struct Running {
    child: Child,
    stop_limit: Duration,
}

impl Running {
    /// Starts a program; when dropped it is asked to end, and killed after `stop_limit`.
    pub(crate) fn start(mut command: Command, stop_limit: Duration) -> Result<Self, Failure> {
        let line = words(&command);
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .while_trying(format!("start `{line}`"))?;
        Ok(Self { child, stop_limit })
    }

    /// What the program prints, when it was asked for by a pipe.
    pub(crate) fn stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// Whether the program has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().map_or(true, |status| status.is_some())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.has_ended() {
            return;
        }
        signal(&self.child, "TERM");
        let asked = Instant::now();
        while asked.elapsed() < self.stop_limit {
            if self.has_ended() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        // It had its time; a failure to kill means that it has just ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal to our own child, whose id is ours until it is waited for.
pub(crate) fn signal(child: &Child, name: &str) {
    succeeds(&["sh", "-c", "kill -\"$0\" \"$1\"", name, &child.id().to_string()]);
}

/// A port of loopback that was free a moment ago.
pub(crate) fn free_port() -> Result<u16, Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).while_trying("find a free port")?;
    Ok(listener.local_addr()?.port())
}
