//! Deliveries of the running program: what receivers make of them, and a server that ends between sending one and
//! writing that down.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use testkit::program::{Program, ask, post};
use testkit::skip;

use super::BINARY;

/// A request as the other side has it.
#[derive(Debug, PartialEq, Eq)]
struct Heard {
    headers: BTreeMap<String, String>,
    body: String,
}

/// Reads a request up to its end.
fn read(stream: &TcpStream) -> Heard {
    let mut lines = BufReader::new(stream);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(": ") {
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    lines.read_exact(&mut body).unwrap();
    Heard {
        headers,
        body: String::from_utf8(body).unwrap(),
    }
}

/// Answers the next request as a receiver does that has taken it.
fn take(peer: &TcpListener) -> Heard {
    let (mut stream, _) = peer.accept().unwrap();
    let heard = read(&stream);
    stream
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        .unwrap();
    heard
}

/// A program that tells `peer` of new accounts; the webhook's path and its secret.
fn set_up(node: SocketAddr, token: &str, peer: &TcpListener) -> (String, String) {
    let url = format!("http://{}/hook", peer.local_addr().unwrap());
    let body = json!({ "name": "Billing", "url": url, "kinds": ["account.added"] }).to_string();
    let made = post(node, "/api/v1/webhooks", token, &body).unwrap();
    assert_eq!(made.status, 201, "{}", made.body);
    let made: Value = serde_json::from_str(&made.body).unwrap();
    let path = format!("/api/v1/webhooks/{}", made["webhook"]["id"].as_str().unwrap());
    (path, made["secret"].as_str().unwrap().to_owned())
}

/// What the library of Standard Webhooks says of a request: the body as it read it, or nothing.
const VERIFY: &str = "
import json, sys
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
asked = json.load(sys.stdin)
try:
    print(json.dumps(Webhook(asked['secret']).verify(asked['body'], asked['headers'])))
except WebhookVerificationError as refused:
    print(json.dumps(None))
";

/// Whether the library takes `heard` for a delivery signed with `secret`; gives what is in it.
fn verified(python: &OsStr, secret: &str, heard: &Heard) -> Option<Value> {
    let asked = json!({ "secret": secret, "body": heard.body, "headers": heard.headers });
    let mut child = Command::new(python)
        .args(["-c", VERIFY])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(asked.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    (!said.is_null()).then_some(said)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
fn the_library_that_receivers_use_takes_deliveries_and_refuses_forged_ones() {
    let Some(python) = std::env::var_os("TANDEM_TEST_STANDARD_WEBHOOKS") else {
        skip("no library of Standard Webhooks; run `cargo xtask test`, or set TANDEM_TEST_STANDARD_WEBHOOKS");
        return;
    };
    let program = Program::new(BINARY).with("outgoing_allowed", "127.0.0.1");
    let token = program.token();
    let node = program.serve();
    let peer = TcpListener::bind("127.0.0.1:0").unwrap();
    let (path, old) = set_up(node.address, &token, &peer);
    node.add_account("Łódź & Söhne", &token).unwrap();
    let mut heard = take(&peer);
    let read = verified(&python, &old, &heard).expect("the delivery is taken");
    assert_eq!(
        (read["type"].as_str(), read["data"]["data"]["name"].as_str()),
        (Some("account.added"), Some("Łódź & Söhne"))
    );
    heard.body = heard.body.replace("Söhne", "Sons");
    assert_eq!(verified(&python, &old, &heard), None, "another body");
    let rotated = post(node.address, &format!("{path}/secrets"), &token, "").unwrap();
    let rotated: Value = serde_json::from_str(&rotated.body).unwrap();
    node.add_account("Acme", &token).unwrap();
    let heard = take(&peer);
    for secret in [rotated["secret"].as_str().unwrap(), &old] {
        assert!(verified(&python, secret, &heard).is_some(), "during a rotation");
    }
    assert_eq!(
        verified(&python, "whsec_c29tZW9uZSBlbHNlJ3Mgc2VjcmV0", &heard),
        None
    );
    node.end_politely();
}

#[test]
fn a_server_killed_before_it_wrote_the_answer_down_sends_the_same_delivery_again() {
    let program = Program::new(BINARY).with("outgoing_allowed", "127.0.0.1");
    let token = program.token();
    let peer = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut node = program.serve();
    set_up(node.address, &token, &peer);
    node.add_account("Acme", &token).unwrap();
    let (held, _) = peer.accept().unwrap();
    let first = read(&held);
    // The other side has it; this side ends before it can know.
    node.kill();
    drop(held);
    let node = program.serve();
    let again = take(&peer);
    let told = |heard: &Heard| (heard.headers["webhook-id"].clone(), heard.body.clone());
    assert_eq!(told(&again), told(&first));
    testkit::program::until("the delivery is written down", || {
        let path = format!("GET /api/v1/deliveries/{}", first.headers["webhook-id"]);
        let log = ask(node.address, &path, &token, "").unwrap();
        log.body.contains("\"state\":\"delivered\"").then_some(())
    });
    node.end_politely();
}
