//! One column of one row as JSON: what archives and records of rows are written in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

use crate::db::value::Value;

/// One column of one row, owned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Bool(bool),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    /// Takes a value over from a row; a list is no value of a row.
    pub(crate) fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Null | Value::List(_) => Self::Null,
            Value::Text(text) => Self::Text(text.to_string()),
            Value::Int(number) => Self::Int(*number),
            Value::Bool(answer) => Self::Bool(*answer),
            Value::Real(number) => Self::Real(*number),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }

    /// This cell as a parameter.
    pub(crate) fn to_value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Bool(answer) => Value::Bool(*answer),
            Self::Real(number) => Value::Real(*number),
            Self::Text(text) => Value::Text(text.as_str().into()),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }

    pub(crate) fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Int(number) => (*number).into(),
            Self::Bool(answer) => (*answer).into(),
            // As the shortest text that reads back to the same bits; parsers of JSON numbers may be off by one.
            Self::Real(number) => serde_json::json!({ "r": number.to_string() }),
            Self::Text(text) => text.as_str().into(),
            Self::Bytes(bytes) => serde_json::json!({ "b": STANDARD.encode(bytes) }),
        }
    }

    pub(crate) fn from_json(json: Json) -> Option<Self> {
        Some(match json {
            Json::Null => Self::Null,
            Json::Bool(answer) => Self::Bool(answer),
            Json::Number(number) => Self::Int(number.as_i64()?),
            Json::String(text) => Self::Text(text),
            Json::Object(object) => match (object.get("b"), object.get("r")) {
                (Some(bytes), None) => Self::Bytes(STANDARD.decode(bytes.as_str()?).ok()?),
                (None, Some(number)) => Self::Real(number.as_str()?.parse().ok()?),
                _ => return None,
            },
            Json::Array(_) => return None,
        })
    }
}
