//! What goes wrong around a process: another one on its data, a taken address, a second signal, a disk that is full.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use testkit::program::{Answer, Node, ended};

use super::{id, on_sqlite};

#[test]
fn the_second_process_on_a_database_file_says_who_has_it_and_stops() {
    let program = on_sqlite();
    let _first = program.serve();
    for command in ["serve", "migrate"] {
        let ended = program.run(&[command]);
        let text = ended.complaint;
        assert_eq!(ended.code, Some(4), "{text}");
        assert!(
            text.contains("is in use by process ") && text.contains("stop that process"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}

#[test]
fn a_killed_process_leaves_no_lock_behind() {
    let program = on_sqlite();
    program.serve().kill();
    assert_eq!(program.serve().get("/readyz", "").status, 200);
}

#[test]
fn a_taken_address_is_named_before_anything_else_happens() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let program = on_sqlite().with("listen", &address);
    let ended = program.run(&["serve"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.complaint.contains(&format!("cannot listen at {address}"))
            && ended.complaint.contains("--listen"),
        "{}",
        ended.complaint
    );
}

/// A request whose body the server has begun to read: its answer to `expect` proves that.
fn begun_request(node: &Node) -> TcpStream {
    let mut stream = TcpStream::connect(node.address).unwrap();
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
    let program = on_sqlite().with("drain", "10min");
    let mut node = program.serve();
    let _stream = begun_request(&node);
    node.terminate();
    node.wait_for("draining");
    node.interrupt();
    node.wait_for("stopped before everything had finished");
    assert!(node.end().success());
}

#[test]
fn a_full_disk_is_answered_honestly_and_gets_well_by_itself() {
    let seed = on_sqlite();
    let token = seed.token();
    let program = on_sqlite();
    let Some(node) = program.serve_on_small_disk(16, &seed.data()) else {
        return;
    };
    let add = |name: &str| stored(node.add_account(name, &token).unwrap());

    let mut kept = vec![add("before").unwrap()];
    let filler = node.inside(&program.data().join("filler"));
    fill(&filler);
    let refused = loop {
        match add(&"x".repeat(100)) {
            Ok(id) => kept.push(id),
            Err(refused) => break refused,
        }
        assert!(kept.len() < 5_000, "the disk never gets full");
    };
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(
        refused.head.contains("retry-after") && refused.body.contains("urn:tandem:problem:"),
        "{}",
        refused.body
    );
    let ready = node.operators("/readyz");
    assert!(
        ready.status == 503 && ready.body.contains("less than the reserve"),
        "{}",
        ready.body
    );
    let read = |path: &str| node.get(path, &token).status;
    assert_eq!(read("/api/v1/accounts"), 200, "what is stored can still be read");

    std::fs::remove_file(&filler).unwrap();
    kept.push(add("after").unwrap());
    for id in &kept {
        assert_eq!(read(&format!("/api/v1/accounts/{id}")), 200);
    }
}

/// The id of an account that the server said is stored.
fn stored(answer: Answer) -> Result<String, Answer> {
    if answer.status == 201 {
        Ok(id(&answer.body))
    } else {
        Err(answer)
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
    let program = on_sqlite();
    let script = "mount --bind \"$2\" \"$1\" && mount -o remount,ro,bind \"$1\"";
    let Some(command) = program.in_own_mounts(script, &program.data(), &["serve"]) else {
        return;
    };
    let ended = ended(command);
    let text = ended.complaint;
    assert_eq!(ended.code, Some(1), "{text}");
    assert!(
        text.contains("cannot lock") && text.contains("Read-only file system"),
        "{text}"
    );
}
