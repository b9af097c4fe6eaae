//! Starts other programs and says which one failed.

use crate::failure::{Failure, Outcome, While};
use crate::source;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

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
    target_folder(root).join(profile).join("tandem")
}

/// Where cargo builds.
pub(crate) fn target_folder(root: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    root.join(target)
}

/// The platform of this machine, as the compiler calls it.
pub(crate) fn host() -> Result<String, Failure> {
    let version = output(program(&["rustc", "-vV"])?)?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| Failure::new("rustc does not say its host"))
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
