//! Programs that go away with us, however we end: at our own end, by Ctrl-C or killed.
//!
//! Between us and the program stands a second process of our own, its holder, whose standard input is a pipe from
//! us. When that ends, which the system sees to when we are killed, the holder asks the program to end, and after a
//! while makes it. The holder has its own process group, which Ctrl-C does not reach.

use crate::failure::{Failure, Outcome, While};
use crate::programs;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The hidden command by which the holder is started.
pub(crate) const HOLDER: &str = "hold";

const PAUSE: Duration = Duration::from_millis(20);

/// A program beside us; dropping it ends it.
pub(crate) struct Held {
    holder: Child,
}

impl Held {
    /// Starts a program; its output can be read from [`Held::stdout`]. When it is to end and has not done so after
    /// `stop_limit`, it is killed.
    pub(crate) fn start(program: &Command, stop_limit: Duration) -> Result<Self, Failure> {
        let line = programs::words(program);
        let mut command = holder(&[HOLDER, &stop_limit.as_millis().to_string()])?;
        command
            .arg(program.get_program())
            .args(program.get_args())
            .stdout(Stdio::piped());
        if let Some(folder) = program.get_current_dir() {
            command.current_dir(folder);
        }
        let holder = command.spawn().while_trying(format!("start `{line}`"))?;
        Ok(Self { holder })
    }

    /// What the program prints.
    pub(crate) fn stdout(&mut self) -> Option<ChildStdout> {
        self.holder.stdout.take()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        if let Err(error) = self.holder.wait() {
            eprintln!("xtask: wait for a program to end: {error}");
        }
    }
}

/// A second process of our own, which lives until its standard input ends.
pub(crate) fn holder(arguments: &[&str]) -> Result<Command, Failure> {
    let mut command = Command::new(own_program()?);
    command.args(arguments).stdin(Stdio::piped()).process_group(0);
    Ok(command)
}

/// The holder: runs a program until it ends by itself or our standard input ends.
pub(crate) fn hold(arguments: &[String]) -> Outcome {
    let Some(([limit], [name, rest @ ..])) = arguments.split_first_chunk::<1>() else {
        return Err(Failure::new("say a limit in milliseconds and a program"));
    };
    let limit = Duration::from_millis(limit.parse().while_trying("read the limit")?);
    let mut program = Command::new(name);
    let mut child = program
        .args(rest)
        .stdin(Stdio::null())
        .spawn()
        .while_trying(format!("start {name}"))?;
    let is_over = when_input_ends();
    while !is_over.load(Ordering::Acquire) && child.try_wait()?.is_none() {
        std::thread::sleep(PAUSE);
    }
    end(&mut child, limit)
}

fn when_input_ends() -> Arc<AtomicBool> {
    let is_over = Arc::new(AtomicBool::new(false));
    let seen = is_over.clone();
    std::thread::spawn(move || {
        // An error tells as well as an end that nobody is there any more.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        seen.store(true, Ordering::Release);
    });
    is_over
}

fn end(child: &mut Child, limit: Duration) -> Outcome {
    if child.try_wait()?.is_none() {
        programs::signal(child, "TERM");
    }
    let asked = Instant::now();
    while child.try_wait()?.is_none() {
        if asked.elapsed() >= limit {
            child.kill()?;
        }
        std::thread::sleep(PAUSE);
    }
    Ok(())
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
