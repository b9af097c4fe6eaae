//! The SDKs that people have, unchanged but for the host: what they send stands at the account within two seconds, and
//! what was answered outlives a kill.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;

use serde_json::{Value, json};
use testkit::browser::Driver;
use testkit::kills::address_for_later;
use testkit::program::{Node, Program, ask, post, until};
use testkit::skip;

use super::{BINARY, id};

/// A source, its write key, and an account that the product calls `acme`.
struct Set {
    token: String,
    key: String,
    account: String,
}

fn set_up(program: &Program) -> (Node, Set) {
    let token = program.token();
    let node = program.serve();
    let made = post(
        node.address,
        "/api/v1/usage-sources",
        &token,
        r#"{"name":"Web app"}"#,
    )
    .unwrap();
    let made: Value = serde_json::from_str(&made.body).unwrap();
    let account = id(&node.add_account("Acme", &token).unwrap().body);
    let path = format!("/api/v1/accounts/{account}/external-ids");
    let named = json!({ "source": "usage", "value": "acme" }).to_string();
    post(node.address, &path, &token, &named).unwrap();
    let key = made["keys"][0]["key"].as_str().unwrap().to_owned();
    (node, Set { token, key, account })
}

fn usage(node: &Node, set: &Set) -> Value {
    let path = format!("GET /api/v1/accounts/{}/usage", set.account);
    let answer = ask(node.address, &path, &set.token, "").unwrap();
    serde_json::from_str(&answer.body).unwrap()
}

/// Waits until an account has so many events, and gives its usage.
fn seen(node: &Node, set: &Set, events: i64) -> Value {
    until("the events stand at the account", || {
        let usage = usage(node, set);
        (usage["events_30d"].as_i64() == Some(events)).then_some(usage)
    })
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration struct")]
fn found(variable: &str) -> Option<OsString> {
    let found = std::env::var_os(variable);
    if found.is_none() {
        skip(&format!(
            "no SDK of Segment's; run `cargo xtask test`, or set {variable}"
        ));
    }
    found
}

fn check(usage: &Value) {
    assert_eq!(usage["active_people_7d"], 2, "{usage}");
    assert_eq!(usage["features"][0]["name"], "Report opened", "{usage}");
    assert_eq!(usage["features"][0]["events"], 40, "{usage}");
    let names: Vec<&str> = usage["people"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|person| person["name"].as_str())
        .collect();
    assert!(names.contains(&"Leyla Quliyeva"), "{usage}");
}

const NODE: &str = "
const { Analytics } = require('@segment/analytics-node');
const [writeKey, host] = process.argv.slice(1);
const analytics = new Analytics({ writeKey, host, flushAt: 10 });
analytics.on('error', (error) => { console.error(error); process.exitCode = 1; });
analytics.identify({ userId: 'u-leyla', traits: { name: 'Leyla Quliyeva' } });
analytics.group({ userId: 'u-leyla', groupId: 'acme', traits: { name: 'Acme' } });
for (let n = 0; n < 20; n++) {
  analytics.track({ userId: 'u-leyla', event: 'Report opened', properties: { rows: n } });
  analytics.track({ userId: 'u-tom', event: 'Report opened', context: { groupId: 'acme' } });
}
analytics.page({ userId: 'u-leyla', name: 'Home' });
analytics.alias({ previousId: 'b-1', userId: 'u-leyla' });
analytics.closeAndFlush();
";

const PYTHON: &str = "
import sys
import segment.analytics as analytics
analytics.write_key, analytics.host = sys.argv[1], sys.argv[2]
analytics.gzip = True
failed = []
analytics.on_error = lambda error, items: failed.append(error)
analytics.identify('u-leyla', {'name': 'Leyla Quliyeva'})
analytics.group('u-leyla', 'acme', {'name': 'Acme'})
for n in range(20):
    analytics.track('u-leyla', 'Report opened', {'rows': n})
    analytics.track('u-tom', 'Report opened', context={'groupId': 'acme'})
analytics.page('u-leyla', 'app', 'Home')
analytics.alias('b-1', 'u-leyla')
analytics.shutdown()
sys.exit(1 if failed else 0)
";

#[test]
fn segments_sdk_for_node_needs_nothing_but_another_host() {
    let Some(folder) = found("TANDEM_TEST_SEGMENT_NODE") else {
        return;
    };
    let program = Program::new(BINARY);
    let (node, set) = set_up(&program);
    let host = format!("http://{}", node.address);
    let sent = Command::new("node")
        .args(["-e", NODE, &set.key, &host])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(sent.status.success(), "{}", String::from_utf8_lossy(&sent.stderr));
    check(&seen(&node, &set, 41));
    node.end_politely();
}

/// What a page of the company's product does, in its own address and with the SDK as it came from the registry.
const PAGE: &str = "
const { key, host } = document.currentScript.dataset;
const analytics = window.AnalyticsNext.AnalyticsBrowser.load({ writeKey: key, cdnURL: host });
const failed = (error) => { document.title = `failed: ${error}`; };
(async () => {
  await analytics.identify('u-leyla', { name: 'Leyla Quliyeva' });
  await analytics.group('acme', { name: 'Acme' });
  await analytics.page('Home');
  for (let n = 0; n < 3; n++) {
    await analytics.track('Report opened', { rows: n });
  }
  // What a page says while it is being closed, to which nobody hears an answer.
  const last = { writeKey: key, userId: 'u-leyla', event: 'Tab closed', context: { groupId: 'acme' } };
  if (!navigator.sendBeacon(`${host}/v1/track`, JSON.stringify(last))) {
    throw new Error('no beacon');
  }
  // A retry says so in a header of its own, and is asked for first.
  const again = { writeKey: key, userId: 'u-leyla', event: 'Report opened', messageId: 'again', context: { groupId: 'acme' } };
  const answer = await fetch(`${host}/v1/t`, {
    method: 'post',
    headers: { 'Content-Type': 'text/plain', 'Authorization': `Basic ${btoa(key + ':')}`, 'X-Retry-Count': '1' },
    body: JSON.stringify(again),
  });
  const { accepted } = await answer.json();
  document.title = accepted === 1 ? 'sent' : `not taken: ${accepted}`;
})().catch(failed);
";

/// Serves the page and the SDK from an address that is another origin than the program's; gives the origin.
fn company(sdk: Vec<u8>, key: &str, host: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Shop</title><link rel=icon href=data:,>\
         <script src=/sdk.js></script><script src=/page.js data-key={key} data-host={host}></script></html>"
    );
    // It ends with the test's process.
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut line = String::new();
            let mut reader = BufReader::new(&stream);
            if reader.read_line(&mut line).is_err() {
                continue;
            }
            // What follows the first line is read too: a connection closed over unread bytes is torn down.
            let mut rest = String::new();
            while reader.read_line(&mut rest).is_ok_and(|length| length > 2) {
                rest.clear();
            }
            let (kind, body) = match line.split(' ').nth(1) {
                Some("/sdk.js") => ("text/javascript", sdk.as_slice()),
                Some("/page.js") => ("text/javascript", PAGE.as_bytes()),
                _ => ("text/html", page.as_bytes()),
            };
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let mut writer = &stream;
            let _ = writer
                .write_all(head.as_bytes())
                .and_then(|()| writer.write_all(body));
        }
    });
    origin
}

#[test]
fn segments_sdk_for_browsers_sends_from_a_page_of_another_origin() {
    let Some(bundle) = found("TANDEM_TEST_SEGMENT_BROWSER") else {
        return;
    };
    let Some(driver) = Driver::start() else { return };
    // What the SDK loads first says where its events go: an address that is known before the program serves.
    let program = Program::new(BINARY).with("listen", address_for_later().to_string());
    let (node, set) = set_up(&program);
    let host = format!("http://{}", node.address);
    let origin = company(std::fs::read(bundle).unwrap(), &set.key, &host);
    let browser = driver.browser();
    browser.open(&origin);
    browser.wait("document.title !== 'Shop'");
    assert_eq!(browser.value("document.title"), json!("sent"));
    let usage = seen(&node, &set, 6);
    assert_eq!(usage["active_people_7d"], 1, "{usage}");
    let mut features = usage["features"].as_array().unwrap().iter();
    let opened = features
        .find(|feature| feature["name"] == "Report opened")
        .unwrap();
    assert_eq!(opened["events"], 4, "{usage}");
    assert_eq!(usage["people"][0]["name"], "Leyla Quliyeva", "{usage}");
    let place = program.place(&node);
    place.enter(&browser);
    browser.open(&format!("{host}/settings/sources/events"));
    browser.read("Report opened");
    browser.read("Tab closed");
    node.end_politely();
}

#[test]
fn segments_sdk_for_python_needs_nothing_but_another_host() {
    let Some(python) = found("TANDEM_TEST_SEGMENT_PYTHON") else {
        return;
    };
    let program = Program::new(BINARY);
    let (node, set) = set_up(&program);
    let host = format!("http://{}", node.address);
    let sent = Command::new(python)
        .args(["-c", PYTHON, &set.key, &host])
        .output()
        .unwrap();
    assert!(sent.status.success(), "{}", String::from_utf8_lossy(&sent.stderr));
    check(&seen(&node, &set, 41));
    node.end_politely();
}

#[test]
fn what_was_answered_is_counted_once_however_often_the_server_is_killed() {
    let program = Program::new(BINARY);
    let (mut node, set) = set_up(&program);
    let mut answered = 0;
    for round in 0..5 {
        // Each round sends what the one before sent last again: an answer may have been lost with the server.
        for number in (round * 20_i64 - 5).max(0)..round * 20 + 20 {
            let event = json!({
                "type": "track", "userId": "u-1", "event": "Report opened", "messageId": format!("m-{number}"),
                "context": { "groupId": "acme" }, "writeKey": set.key,
            });
            let taken = post(node.address, "/v1/track", &set.key, &event.to_string()).unwrap();
            assert_eq!(taken.status, 200, "{}", taken.body);
            answered = number + 1;
        }
        node.kill();
        node = program.serve();
    }
    seen(&node, &set, answered);
    node.end_politely();
}
