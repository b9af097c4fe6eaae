//! An event as it came, taken apart into what people ask for and put together again.
//!
//! Properties, traits and context are columns of their own. What else the event had stays in `other`, but for what stands in
//! a column already. Put together it says what it said before, in another order and without the sender's times.

use serde_json::{Map, Value};

use crate::usage::log::Header;
use crate::usage::protocol::Call;

/// The parts of an event that are JSON: properties, traits, context, and what else it had.
pub(super) type Parts = [Option<String>; 4];

const OBJECTS: [&str; 3] = ["properties", "traits", "context"];

/// Takes an event apart.
pub(super) fn apart(header: &Header, raw: &str) -> Parts {
    let Ok(Value::Object(mut event)) = serde_json::from_str(raw) else {
        return [None, None, None, Some(raw.to_owned())];
    };
    let [properties, traits, context] = OBJECTS.map(|key| event.remove(key).map(|part| part.to_string()));
    event.retain(|key, value| !is_known(header, key, value));
    let other = (!event.is_empty()).then(|| Value::Object(event).to_string());
    [properties, traits, context, other]
}

/// Puts it together again, in one line.
pub(super) fn together(header: &Header, parts: Parts) -> String {
    let [properties, traits, context, other] = parts;
    let mut event = match other.as_deref().map(serde_json::from_str::<Value>) {
        None => Map::new(),
        Some(Ok(Value::Object(event))) => event,
        // What could not be taken apart stands there as it was.
        Some(_) => return other.unwrap_or_default(),
    };
    for (key, part) in OBJECTS.into_iter().zip([properties, traits, context]) {
        if let Some(value) = part.and_then(|part| serde_json::from_str::<Value>(&part).ok()) {
            event.insert(key.to_owned(), value);
        }
    }
    for (key, text) in said(header) {
        if let Some(text) = text
            && !event.contains_key(key)
        {
            event.insert(key.to_owned(), Value::String(text.to_owned()));
        }
    }
    Value::Object(event).to_string()
}

/// What an event says of itself that stands in columns, by the names that SDKs give it.
fn said(header: &Header) -> [(&'static str, Option<&str>); 7] {
    let called = match header.call() {
        Some(Call::Track) => "event",
        _ => "name",
    };
    let name = Some(header.name.as_str()).filter(|name| !name.is_empty());
    [
        ("type", Some(header.call.as_str())),
        (called, name),
        ("messageId", header.message.as_deref()),
        ("userId", header.user.as_deref()),
        ("anonymousId", header.anonymous.as_deref()),
        ("groupId", header.group.as_deref()),
        ("previousId", header.previous.as_deref()),
    ]
}

fn is_known(header: &Header, key: &str, value: &Value) -> bool {
    let Value::String(text) = value else {
        return false;
    };
    if matches!(key, "timestamp" | "originalTimestamp" | "sentAt" | "receivedAt") {
        let Ok(at) = text.parse::<jiff::Timestamp>() else {
            return false;
        };
        let at = at.as_microsecond();
        return at == header.happened
            || at == header.received
            || header.original == Some(at)
            || header.sent == Some(at);
    }
    said(header)
        .iter()
        .any(|(known, said)| *known == key && *said == Some(text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_says_the_same_after_it_was_taken_apart() {
        let header = Header {
            call: "track".to_owned(),
            name: "Order placed".to_owned(),
            message: Some("m-1".to_owned()),
            user: Some("42".to_owned()),
            anonymous: None,
            group: Some("acme".to_owned()),
            previous: None,
            title: None,
            email: None,
            happened: 1_764_000_000_000_000,
            original: Some(1_764_000_000_000_000),
            sent: None,
            received: 1_764_000_001_000_000,
        };
        let raw = r#"{"type":"track","event":"Order placed","messageId":"m-1","userId":42,"originalTimestamp":"2025-11-24T16:00:00.000Z","sentAt":"yesterday","context":{"groupId":"acme"},"properties":{"plan":"gold","name":"n"},"integrations":{"All":true}}"#;
        let parts = apart(&header, raw);
        let properties: Value = serde_json::from_str(parts[0].as_deref().unwrap()).unwrap();
        assert_eq!(properties, serde_json::json!({ "plan": "gold", "name": "n" }));
        assert_eq!(parts[1], None);
        // A number is not what the column says, and a time that nobody can read stands nowhere else.
        let other: Value = serde_json::from_str(parts[3].as_deref().unwrap()).unwrap();
        assert_eq!(
            other,
            serde_json::json!({ "userId": 42, "sentAt": "yesterday", "integrations": { "All": true } })
        );
        let again: Value = serde_json::from_str(&together(&header, parts.clone())).unwrap();
        let mut before: Value = serde_json::from_str(raw).unwrap();
        let event = before.as_object_mut().unwrap();
        event.remove("originalTimestamp");
        event.insert("groupId".to_owned(), "acme".into());
        assert_eq!(again, before);
        assert_eq!(apart(&header, &together(&header, parts.clone())), parts);
        let broken = apart(&header, "no JSON");
        assert_eq!(together(&header, broken), "no JSON");
    }
}
