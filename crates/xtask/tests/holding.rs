//! What we start goes away with us.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test ends where something is not as it should be, and reads whether it may skip"
)]

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A holder and the first line that it prints.
fn holder(arguments: &[&str]) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .process_group(0);
    let mut holder = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(holder.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (holder, line.trim().to_owned())
}

/// As when the command that asked for it is killed: its end of the pipe closes.
fn let_go(holder: &mut Child) {
    drop(holder.stdin.take());
    assert!(holder.wait().unwrap().success());
}

#[test]
fn a_cluster_serves_until_its_holders_input_ends() {
    let (mut holder, url) = holder(&["hold-postgres", "fast"]);
    if url.is_empty() && std::env::var_os("CI").is_none() {
        holder.wait().unwrap();
        println!("skipped: no PostgreSQL on this machine");
        return;
    }
    let address = url
        .split('@')
        .nth(1)
        .and_then(|rest| rest.strip_suffix("/postgres"))
        .unwrap();
    let name = format!("tandem-postgres-{}", holder.id());
    // In memory where there is room for it.
    let places: [PathBuf; 2] = ["/dev/shm".into(), std::env::temp_dir()];
    let folders = places.map(|place| place.join(&name));
    assert!(TcpStream::connect(address).is_ok(), "{address} answers");
    assert!(
        folders.iter().any(|folder| folder.is_dir()),
        "its data is in one of {folders:?}"
    );

    let_go(&mut holder);

    assert!(TcpStream::connect(address).is_err(), "nothing listens any more");
    assert!(
        folders.iter().all(|folder| !folder.exists()),
        "its folder is gone"
    );
}

#[test]
fn a_program_that_will_not_end_is_killed_when_its_holders_input_ends() {
    let stubborn = "trap '' TERM; echo $$; while :; do sleep 0.1; done";
    let (mut holder, pid) = holder(&["hold", "200", "sh", "-c", stubborn]);
    let process = format!("/proc/{pid}");
    assert!(Path::new(&process).exists() || !Path::new("/proc/self").exists());

    let_go(&mut holder);

    assert!(!Path::new(&process).exists(), "the program is gone");
}

#[test]
fn a_holder_ends_with_its_program() {
    let (mut holder, line) = holder(&["hold", "60000", "echo", "done"]);
    assert_eq!(line, "done");
    assert!(holder.wait().unwrap().success());
}
