//! The values of properties as texts, numbers, days and truths.

use kit::day::Day;
use serde_json::Value;

/// What stands under a name: as it is written, else along its dots.
pub(super) fn at<'v>(properties: &'v Value, name: &str) -> Option<&'v Value> {
    if let Some(found) = properties.get(name) {
        return Some(found);
    }
    name.split('.')
        .try_fold(properties, |value, part| value.get(part))
}

/// A value as a text.
pub(super) fn said(value: &Value) -> String {
    match value {
        Value::String(text) => kit::text::fold(text.trim()),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// A value as a number; senders also write them as texts.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64().filter(|number| number.is_finite()),
        Value::String(text) => read(text),
        _ => None,
    }
}

pub(super) fn read(text: &str) -> Option<f64> {
    text.trim()
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
}

pub(super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// The day at the beginning of a text, also of a moment.
pub(super) fn day(value: &Value) -> Option<Day> {
    value.as_str()?.get(..10)?.parse().ok()
}
