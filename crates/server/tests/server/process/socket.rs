//! Peers that do not know how to behave get an answer, and the next one is served as before.

use std::io::Write;
use std::net::TcpStream;

use testkit::program::{Answer, Node};

use super::on_sqlite;

/// Sends bytes as they are and reads what comes back until the server closes.
fn say(node: &Node, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(node.address).unwrap();
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(bytes);
    Answer::read(stream).unwrap()
}

#[test]
fn a_program_that_sends_the_wrong_thing_gets_a_numbered_problem() {
    let program = on_sqlite().with("body_limit", "1KiB");
    let token = program.token();
    let node = program.serve();
    let post = |headers: &str, body: &str| {
        let request = format!(
            "POST /api/v1/accounts HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\
             authorization: Bearer {token}\r\n{headers}\r\n{body}"
        );
        say(&node, request.as_bytes())
    };
    let json = "content-type: application/json\r\n";
    let large = format!(r#"{{"name":"{}"}}"#, "x".repeat(2_000));
    let cases = [
        (post(&format!("{json}content-length: 5\r\n"), "{\"na!"), 400),
        (
            post(&format!("{json}content-length: 12\r\n"), "{\"nome\":\"A\"}"),
            422,
        ),
        (
            post(&format!("{json}content-length: {}\r\n", large.len()), &large),
            413,
        ),
        (
            post(
                &format!("{json}transfer-encoding: chunked\r\n"),
                &format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len()),
            ),
            413,
        ),
        (
            post("content-type: text/plain\r\ncontent-length: 2\r\n", "{}"),
            415,
        ),
        (
            say(
                &node,
                b"GET /no/such/place HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n",
            ),
            404,
        ),
    ];
    for (answer, status) in cases {
        assert_eq!(answer.status, status, "{}\n{}", answer.head, answer.body);
        assert!(
            answer.head.contains("application/problem+json"),
            "{}\n{}",
            answer.head,
            answer.body
        );
        assert!(answer.head.contains("x-request-id"), "{}", answer.head);
    }
    assert_eq!(node.add_account("Acme", &token).unwrap().status, 201);
}
