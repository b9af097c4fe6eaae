//! A body of the protocol, item by item: what may become an event is within its limits, what may not keeps its text.
//!
//! `cargo xtask fuzz usage` runs this file's target; the test runs it over the seeds and over every input that was found once.

use http::HeaderMap;
use kit::clock::Timestamp;
use serde_json::Value;

use super::{Event, LONGEST_ID, LONGEST_NAME, MOST_ITEMS, body, read, read_past};

/// When everything comes.
const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

/// One body, packed or not.
pub fn run(data: &[u8]) {
    let Ok(text) = body::unpacked(&HeaderMap::new(), data) else {
        return;
    };
    let whole: Option<Value> = serde_json::from_str(&text).ok();
    let Ok(frame) = body::frame(&text) else {
        let is_object = whole.is_some_and(|whole| whole.is_object());
        assert!(!is_object, "an object that is read whole can be cut");
        return;
    };
    // Keys are compared as they were written.
    let whole = whole.filter(|_| !text.contains("\\u"));
    if let Some(whole) = &whole {
        assert_eq!(frame.batch.is_some(), whole.get("batch").is_some());
        let is_text = whole.get("writeKey").is_some_and(Value::is_string);
        assert_eq!(frame.key.is_some(), is_text);
    }
    let Ok(items) = body::items(&frame) else {
        let list = whole.as_ref().and_then(|whole| whole.get("batch")?.as_array());
        assert!(
            list.is_none_or(|list| list.len() > MOST_ITEMS),
            "a list can be cut"
        );
        one(&text, 0, frame.sent);
        return;
    };
    if let Some(list) = whole.as_ref().and_then(|whole| whole.get("batch")?.as_array()) {
        let cut: Vec<Value> = items
            .iter()
            .filter_map(|item| serde_json::from_str(item).ok())
            .collect();
        assert_eq!(&cut, list, "each item is what a reader of the whole sees");
    }
    for (index, item) in items.into_iter().enumerate() {
        one(item, index, frame.sent);
    }
}

/// One item: taken within limits, or refused with its text.
fn one(item: &str, index: usize, sent: Option<Timestamp>) {
    for read in [read(item, index, None, (NOW, sent)), read_past(item, index, NOW)] {
        match read {
            Ok(event) => is_within(&event),
            Err(refused) => {
                assert_eq!((refused.index, refused.body.as_str()), (index, item));
                assert!(!refused.reason.is_of_body(), "{:?}", refused.reason);
                assert!(!refused.call.contains('\0'));
            }
        }
    }
}

fn is_within(event: &Event) {
    assert!(event.stamps.happened <= NOW, "nothing happens after it came");
    let ids = [
        &event.message,
        &event.person.user,
        &event.person.anonymous,
        &event.group,
        &event.previous,
    ];
    let ids = ids.into_iter().flatten().map(|id| (id, LONGEST_ID));
    let names = [&event.title, &event.email]
        .into_iter()
        .flatten()
        .chain([&event.name]);
    for (text, most) in ids.chain(names.map(|name| (name, LONGEST_NAME))) {
        assert!(text.chars().count() <= most && !text.contains('\0'), "{text:?}");
    }
}

/// Bodies of SDKs, and broken ones.
pub fn seeds() -> Vec<Vec<u8>> {
    BODIES.iter().map(|body| body.as_bytes().to_vec()).collect()
}

const BODIES: &[&str] = &[
    r#"{"writeKey":"k","sentAt":"2026-03-02T09:00:00.123Z","batch":[{"type":"track","event":"Signed up","userId":"u1","anonymousId":"a","messageId":"m1","timestamp":"2026-03-02T09:00:00Z","originalTimestamp":1772442000123,"properties":{"plan":"pro","groupId":7},"context":{"groupId":"g"}}]}"#,
    r#"{"batch":[{"type":"identify","userId":5,"traits":{"email":"ada@example.com","firstName":"Ada","last_name":"Byron"}},{"type":"group","groupId":"g","anonymousId":"a","traits":{"name":"Acme"}},7,"x",null,[1,[2]],{"type":"alias","previousId":"a","userId":"u"}]}"#,
    r#"{"type":"page","name":"Home","userId":"null","sentAt":1772442000,"context":{"traits":{"email":"a@b"}}}"#,
    r#"{"type":"t","event":true,"userId":["a"],"properties":[]}"#,
    r#" {"batch" : [ {"a":"}]\""}, {"b":{"c":[]}} ] , "n": null, "writeKey":"\u006b"} "#,
    "\u{feff}{\"batch\":[]}",
    "{\"batch\":[{\"type\":\"screen\",\"name\":\"\u{0}\\u0000\",\"userId\":\"\u{1F600}\"}",
    "[{}]",
];

#[test]
fn bodies_are_taken_item_by_item_whatever_they_are() {
    let found = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/found/usage");
    let found = std::fs::read_dir(found).into_iter().flatten();
    let found = found.filter_map(|entry| std::fs::read(entry.ok()?.path()).ok());
    for body in seeds().into_iter().chain(found) {
        run(&body);
    }
}
