//! What `serve` says when it cannot start: one line with what is wrong and what to do, and an exit code.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;

use testkit::program::{Ended, ended};

use super::{BINARY, on_sqlite};

/// An account without rights, for when the tests run as one that has all.
const NOBODY: u32 = 65_534;

fn is_one_line(ended: &Ended, code: i32, parts: &[&str]) {
    assert_eq!(ended.code, Some(code), "{}", ended.complaint);
    assert_eq!(ended.complaint.lines().count(), 1, "{}", ended.complaint);
    assert!(ended.complaint.starts_with("tandem: "), "{}", ended.complaint);
    for part in parts {
        assert!(ended.complaint.contains(part), "`{part}` in: {}", ended.complaint);
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    let program = on_sqlite();
    let binary = program.folder().join("tandem");
    fs::copy(BINARY, &binary).unwrap();
    let data = program.folder().join("data");
    fs::create_dir(&data).unwrap();
    let is_root = fs::metadata(&data).unwrap().uid() == 0;
    fs::set_permissions(&data, Permissions::from_mode(0o555)).unwrap();
    fs::set_permissions(program.folder(), Permissions::from_mode(0o755)).unwrap();
    let run = || {
        let mut command = program.command_of(&binary, &["serve"]);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        ended(command)
    };
    is_one_line(&run(), 1, &["data", "ermission denied", "belongs to this user"]);

    // The folder is there and may be entered, but the database in it belongs to somebody else.
    fs::set_permissions(&data, Permissions::from_mode(0o777)).unwrap();
    drop(program.serve());
    for entry in fs::read_dir(&data).unwrap().flatten() {
        fs::set_permissions(entry.path(), Permissions::from_mode(0o444)).unwrap();
    }
    is_one_line(&run(), 1, &["data", "this user"]);
}

#[test]
fn a_file_that_is_no_database_is_named_and_left_alone() {
    let program = on_sqlite();
    let data = program.folder().join("data");
    fs::create_dir(&data).unwrap();
    let file = data.join("tandem.sqlite");
    let letter = "Dear diary, ".repeat(1_000);
    fs::write(&file, &letter).unwrap();
    is_one_line(&program.run(&["serve"]), 1, &["tandem.sqlite", "not a database"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), letter);
}

#[test]
fn a_database_server_that_does_not_answer_is_named_without_its_password() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = taken.local_addr().unwrap();
    drop(taken);
    let url = format!("postgres://desk:canary@{address}/desk");
    let ended = on_sqlite().with("database_url", url).run(&["serve"]);
    is_one_line(&ended, 1, &["refused", "database_url"]);
    assert!(!ended.complaint.contains("canary") && !ended.output.contains("canary"));
}
