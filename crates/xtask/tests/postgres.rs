//! The private PostgreSQL goes away with whoever asked for it.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test ends where something is not as it should be, and reads whether it may skip"
)]

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

#[test]
fn the_cluster_serves_until_its_holders_input_ends() {
    let mut holder = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["hold-postgres", "fast"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .process_group(0)
        .spawn()
        .unwrap();
    let mut url = String::new();
    BufReader::new(holder.stdout.take().unwrap())
        .read_line(&mut url)
        .unwrap();
    if url.is_empty() && std::env::var_os("CI").is_none() {
        holder.wait().unwrap();
        println!("skipped: no PostgreSQL on this machine");
        return;
    }
    let address = url
        .trim()
        .split('@')
        .nth(1)
        .and_then(|rest| rest.strip_suffix("/postgres"))
        .unwrap();
    let folder = std::env::temp_dir().join(format!("tandem-postgres-{}", holder.id()));
    assert!(TcpStream::connect(address).is_ok(), "{address} answers");
    assert!(folder.is_dir(), "its data is in {}", folder.display());

    // As when the command that asked for it is killed: its end of the pipe closes.
    drop(holder.stdin.take());
    assert!(holder.wait().unwrap().success());

    assert!(TcpStream::connect(address).is_err(), "nothing listens any more");
    assert!(!folder.exists(), "its folder is gone");
}
