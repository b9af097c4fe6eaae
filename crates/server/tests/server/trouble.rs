//! Trouble that only a real process meets: a second one, signals, a full disk, a database that goes away.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

use rustix::process::Signal;

use crate::node::{Key, Node, get, in_own_mounts, prepare, printed, refusal, run, send, skip};

#[test]
fn the_second_process_on_a_database_file_says_who_has_it_and_stops() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Node::start(folder.path(), &[]);
    for command in [
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--operations-listen",
            "127.0.0.1:0",
        ][..],
        &["migrate"],
    ] {
        let (code, text) = refusal(&run(folder.path(), command));
        assert_eq!(code, 4, "{text}");
        assert!(
            text.contains("is in use by process ") && text.contains("stop that process"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}

#[test]
fn a_killed_process_leaves_no_lock_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Node::start(folder.path(), &[]);
    first.signal(Signal::KILL);
    first.wait();
    let second = Node::start(folder.path(), &[]);
    assert_eq!(get(second.main, "/readyz").0, 200);
}

#[test]
fn a_taken_address_is_named_before_anything_else_happens() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, text) = refusal(&run(folder.path(), &["serve", "--listen", &address]));
    assert_eq!(code, 1);
    assert!(
        text.contains(&format!("cannot listen at {address}")) && text.contains("--listen"),
        "{text}"
    );
}

/// A request whose body the server has begun to read: its answer to `expect` proves that.
fn begun_request(node: &Node) -> TcpStream {
    let mut stream = TcpStream::connect(node.main).unwrap();
    let head =
        "POST /sign-in/none HTTP/1.1\r\nhost: test\r\ncontent-type: application/x-www-form-urlencoded\r\n";
    stream
        .write_all(format!("{head}content-length: 4\r\nexpect: 100-continue\r\n\r\n").as_bytes())
        .unwrap();
    let mut answer = [0; 25];
    stream.read_exact(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 100 Continue"));
    stream
}

#[test]
fn a_second_signal_ends_the_process_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut node = Node::start(folder.path(), &["--drain", "10min"]);
    let _stream = begun_request(&node);
    node.signal(Signal::TERM);
    node.wait_for("draining");
    node.signal(Signal::INT);
    node.wait_for("stopped before everything had finished");
    assert!(node.wait().success());
}

#[test]
fn broken_and_oversized_requests_get_clear_answers_and_harm_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::start(folder.path(), &["--body-limit", "64KiB"]);
    let head = "POST /sign-in/none HTTP/1.1\r\nhost: test\r\nconnection: close\r\n";
    let form = "content-type: application/x-www-form-urlencoded\r\n";
    let large = "x".repeat(100_000);
    let cases: [(&str, Vec<u8>, std::ops::Range<u16>); 8] = [
        ("noise", vec![0xff; 4_096], 400..401),
        ("no host, no version", b"GET /\r\n\r\n".to_vec(), 400..401),
        (
            "an endless header",
            format!("GET / HTTP/1.1\r\nhost: {}\r\n\r\n", large.repeat(10)).into_bytes(),
            400..432,
        ),
        (
            "an endless path",
            format!("GET /{large} HTTP/1.1\r\nhost: t\r\n\r\n").into_bytes(),
            400..432,
        ),
        (
            "two lengths",
            format!("{head}content-length: 1\r\ncontent-length: 2\r\n\r\nab").into_bytes(),
            400..401,
        ),
        (
            "a body over the limit",
            format!("{head}{form}content-length: 100000\r\n\r\n{large}").into_bytes(),
            413..414,
        ),
        (
            "a body over the limit in pieces",
            format!("{head}{form}transfer-encoding: chunked\r\n\r\n186a0\r\n{large}\r\n0\r\n\r\n")
                .into_bytes(),
            413..414,
        ),
        (
            "a field that is no text",
            format!("{head}{form}content-length: 3\r\n\r\n%ff").into_bytes(),
            400..500,
        ),
    ];
    for (name, bytes, expected) in cases {
        let (status, text) = send(node.main, &bytes);
        assert!(
            expected.contains(&status),
            "{name}: {}",
            text.chars().take(300).collect::<String>()
        );
    }
    assert_eq!(get(node.main, "/readyz").0, 200);
}

#[test]
fn a_full_disk_is_answered_honestly_and_gets_well_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (data, seed) = (folder.path().join("data"), folder.path().join("seed"));
    let key = Key::make(&seed, &[]);
    let Some(node) = Node::start_on_small_disk(&data, 16, &seed) else {
        return;
    };

    let mut stored = vec![key.add_account(node.main, "before").unwrap()];
    let filler = node.inside(&data.join("filler"));
    fill(&filler);
    let (status, text) = loop {
        match key.add_account(node.main, &"x".repeat(100)) {
            Ok(id) => stored.push(id),
            Err(refused) => break refused,
        }
        assert!(stored.len() < 5_000, "the disk never gets full");
    };
    assert_eq!(status, 503, "{text}");
    assert!(
        text.contains("retry-after") && text.contains("urn:tandem:problem:"),
        "{text}"
    );
    let (status, text) = get(node.operations, "/readyz");
    assert!(status == 503 && text.contains("less than the reserve"), "{text}");
    assert_eq!(
        key.ask(node.main, "GET", "/api/v1/accounts", "").0,
        200,
        "what is stored can still be read"
    );

    std::fs::remove_file(&filler).unwrap();
    stored.push(key.add_account(node.main, "after").unwrap());
    for id in &stored {
        assert_eq!(
            key.ask(node.main, "GET", &format!("/api/v1/accounts/{id}"), "").0,
            200
        );
    }
}

/// Takes all the room there is.
fn fill(path: &Path) {
    let mut file = std::fs::File::create(path).unwrap();
    for size in [1 << 20, 1 << 12, 1] {
        while file.write_all(&vec![7; size]).is_ok() {}
    }
}

#[test]
fn a_read_only_data_folder_is_named_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let script = "mount --bind \"$2\" \"$1\" && mount -o remount,ro,bind \"$1\"";
    let Some(mut command) = in_own_mounts(&data, script, &data) else {
        return;
    };
    prepare(
        &mut command,
        &data,
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--operations-listen",
            "127.0.0.1:0",
        ],
    );
    let (code, text) = refusal(&command.output().unwrap());
    assert_eq!(code, 1, "{text}");
    assert!(
        text.contains("cannot lock") && text.contains("Read-only file system"),
        "{text}"
    );
}

#[test]
fn a_backup_beside_the_running_server_restores_into_a_new_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new, file) = (
        folder.path().join("old"),
        folder.path().join("new"),
        folder.path().join("tandem.tar.zst"),
    );
    let key = Key::make(&old, &[]);
    let node = Node::start(&old, &[]);
    let id = key.add_account(node.main, "Łódź & Co").unwrap();
    let file = file.to_str().unwrap();
    assert!(printed(&old, &["backup", file]).starts_with("written and read back: "));
    let (code, text) = refusal(&run(&old, &["backup", file]));
    assert!(code == 2 && text.contains("choose another name"), "{text}");

    assert!(printed(&new, &["restore", file]).starts_with("restored and compared: "));
    let (code, text) = refusal(&run(&new, &["restore", file]));
    assert!(code == 2 && text.contains("is not empty"), "{text}");
    let again = Node::start(&new, &[]);
    let (status, text) = key.ask(again.main, "GET", &format!("/api/v1/accounts/{id}"), "");
    assert!(status == 200 && text.contains("Łódź & Co"), "{text}");
}

#[test]
fn a_workspace_is_exported_and_imported_by_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new, file) = (
        folder.path().join("old"),
        folder.path().join("new"),
        folder.path().join("one.tar.zst"),
    );
    let file = file.to_str().unwrap();
    let id = printed(&old, &["admin", "workspace", "--name", "Northwind"]);
    printed(&old, &["admin", "workspace", "--name", "Elsewhere"]);
    let (code, text) = refusal(&run(&old, &["export", "nonsense", file]));
    assert!(code == 2 && text.contains("wsp_"), "{text}");
    let unknown = "wsp_00000000000000000000000000";
    assert!(
        refusal(&run(&old, &["export", unknown, file]))
            .1
            .contains("no such workspace")
    );
    printed(&old, &["export", &id, file]);
    printed(&new, &["import", file]);
    let list = printed(&new, &["admin", "list"]);
    assert!(list.contains(&id) && !list.contains("Elsewhere"), "{list}");
    assert!(
        refusal(&run(&new, &["import", file]))
            .1
            .contains("exists in this database already")
    );
}

#[test]
fn the_doctor_tells_by_its_exit_code_whether_all_is_well() {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::start(folder.path(), &[]);
    let text = printed(&node.data, &["doctor", "--disk-reserve", "1B"]);
    assert!(text.contains("the server runs as process "), "{text}");
    let output = run(
        folder.path(),
        &[
            "doctor",
            "--json",
            "--disk-reserve",
            "1B",
            "--smtp-url",
            "smtp://127.0.0.1:1",
        ],
    );
    assert_eq!(output.status.code(), Some(3));
    let findings: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let failing: Vec<_> = findings
        .iter()
        .filter(|finding| finding["verdict"] == "fail")
        .collect();
    assert_eq!((failing.len(), &failing[0]["name"]), (1, &"mail".into()));
}

#[test]
fn the_systemd_unit_is_valid_and_little_exposed() {
    let unit = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packaging/tandem.service");
    let analyse = |arguments: &[&str]| Command::new("systemd-analyze").args(arguments).arg(unit).output();
    let Ok(security) = analyse(&["security", "--offline=true", "--no-pager", "--threshold=20"]) else {
        skip("there is no systemd-analyze");
        return;
    };
    assert!(
        security.status.success(),
        "{}",
        String::from_utf8_lossy(&security.stdout)
    );
    let verified = analyse(&["verify", "--man=no"]).unwrap();
    let complaints = String::from_utf8_lossy(&verified.stderr).into_owned();
    // The program is not installed on the machine of the tests; nothing else may be wrong.
    let others: Vec<_> = complaints
        .lines()
        .filter(|line| !line.contains("/usr/bin/tandem is not executable"))
        .collect();
    assert_eq!(others, [""; 0]);
}
