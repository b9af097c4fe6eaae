//! `/api`: the document of the API for people, made of the same description: a map, and a page for each part.
//!
//! What an operation is for is said in English, as in the document itself; the words around it are the reader's.

use askama::Template;
use axum::extract::Query;
use axum::http::{Method, StatusCode};
use kit::i18n::Text;
use kit::web::api::Precondition;
use kit::web::{Failure, Page};
use serde::Deserialize;
use serde_json::Value;

use super::document::{CONVENTIONS, document};
use super::outline::{Address, addresses};

/// Everything there is, and what holds for all of it.
#[derive(Template)]
#[template(path = "api/views/map.html")]
struct Map<'a> {
    t: &'a Text,
    conventions: &'static [(&'static str, &'static str)],
    parts: Vec<Part>,
}

/// One part with every operation in full.
#[derive(Template)]
#[template(path = "api/views/part.html")]
struct PartPage<'a> {
    t: &'a Text,
    operations: Vec<Told>,
}

/// Operations that belong together.
struct Part {
    name: &'static str,
    id: String,
    operations: Vec<Address>,
}

/// Which part of the document.
#[derive(Debug, Default, Deserialize)]
pub struct PartQuery {
    part: Option<String>,
}

/// One operation as people read it.
struct Told {
    id: String,
    method: Method,
    path: &'static str,
    summary: &'static str,
    text: &'static str,
    permission: Option<&'static str>,
    fields: Vec<Field>,
    request: String,
    status: String,
    answer: String,
    refusals: Vec<(String, &'static str)>,
}

/// Something that a request may or must say.
struct Field {
    name: String,
    place: &'static str,
    kind: String,
    is_required: bool,
    text: String,
}

/// A piece of a sentence; what stands between backticks is code.
struct Piece<'a> {
    text: &'a str,
    is_code: bool,
}

/// A text in pieces.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let pieces = text.split('`').enumerate();
    let pieces = pieces.map(|(place, text)| Piece {
        text,
        is_code: place % 2 == 1,
    });
    pieces.filter(|piece| !piece.text.is_empty()).collect()
}

impl Map<'_> {
    fn pieces<'b>(&self, text: &'b str) -> Vec<Piece<'b>> {
        pieces(text)
    }
}

impl PartPage<'_> {
    fn pieces<'b>(&self, text: &'b str) -> Vec<Piece<'b>> {
        pieces(text)
    }
}

/// `GET /api`, and each part as `?part=accounts`
///
/// # Errors
/// No such part.
pub async fn show(t: Text, Query(query): Query<PartQuery>) -> Result<Page, Failure> {
    let title = t.say("api-title");
    let parts = parts();
    let Some(wanted) = query.part else {
        let view = Map {
            t: &t,
            conventions: CONVENTIONS,
            parts,
        };
        return Ok(Page::new(title, &view).place("settings"));
    };
    let part = parts.into_iter().find(|part| part.id == wanted);
    let part = part.ok_or_else(|| Failure::of(StatusCode::NOT_FOUND))?;
    let document = document();
    let told = |address: &Address| told(address, &document);
    let view = PartPage {
        t: &t,
        operations: part.operations.iter().map(told).collect(),
    };
    Ok(Page::new(part.name, &view).place("settings").crumb(title, "/api"))
}

fn parts() -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for address in addresses() {
        let name = address.operation.part;
        match parts.iter_mut().find(|part| part.name == name) {
            Some(part) => part.operations.push(address),
            None => parts.push(Part {
                name,
                id: name.to_lowercase().replace(' ', "-"),
                operations: vec![address],
            }),
        }
    }
    parts
}

fn told(address: &Address, document: &Value) -> Told {
    let operation = address.operation;
    let described = &document["paths"][address.path][address.method.as_str().to_ascii_lowercase()];
    let (status, shape) = operation.answer;
    let refusals = address.refusals().into_iter().map(|status| {
        let own = operation.failures.iter().find(|code| code.status == status);
        let name = own.map_or(Failure::of(status).code.name, |code| code.name);
        (status.as_str().to_owned(), name)
    });
    Told {
        id: address.id(),
        method: address.method.clone(),
        path: address.path,
        summary: operation.summary,
        text: operation.text,
        permission: address.permission(),
        fields: fields(described, document),
        request: curl(address),
        status: status.to_string(),
        answer: shape.map(|shape| pretty(&(shape.sample)())).unwrap_or_default(),
        refusals: refusals.collect(),
    }
}

fn fields(described: &Value, document: &Value) -> Vec<Field> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let parameters = described["parameters"].as_array().into_iter().flatten();
    let mut fields: Vec<Field> = parameters
        .map(|parameter| Field {
            name: text(&parameter["name"]),
            place: match parameter["in"].as_str() {
                Some("path") => "api-place-path",
                Some("query") => "api-place-query",
                _ => "api-place-header",
            },
            kind: kind(&parameter["schema"], document),
            is_required: parameter["required"] == true,
            text: text(&parameter["description"]),
        })
        .collect();
    let body = &described["requestBody"]["content"]["application/json"]["schema"];
    let schema = resolved(body, document);
    let properties = schema["properties"].as_object().into_iter().flatten();
    fields.extend(properties.map(|(name, field)| {
        Field {
            name: name.clone(),
            place: "api-place-body",
            kind: kind(field, document),
            is_required: schema["required"]
                .as_array()
                .is_some_and(|all| all.iter().any(|one| one == name)),
            text: text(&field["description"]),
        }
    }));
    fields
}

fn resolved<'a>(schema: &'a Value, document: &'a Value) -> &'a Value {
    let named = schema["$ref"].as_str();
    named
        .and_then(|named| document.pointer(named.trim_start_matches('#')))
        .unwrap_or(schema)
}

/// The type of a field in a word or two: `string`, `integer`, `one of ready, running`.
fn kind(schema: &Value, document: &Value) -> String {
    let schema = resolved(schema, document);
    if let Some(pattern) = schema["pattern"]
        .as_str()
        .filter(|pattern| pattern.contains("_[0-7]"))
    {
        return format!(
            "{}…",
            pattern
                .trim_start_matches('^')
                .split('[')
                .next()
                .unwrap_or_default()
        );
    }
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    let words: Vec<&str> = choices.filter_map(|choice| choice["const"].as_str()).collect();
    let listed = schema["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let words: Vec<&str> = words.into_iter().chain(listed).collect();
    if !words.is_empty() {
        return words.join(" | ");
    }
    match &schema["type"] {
        Value::String(one) => one.clone(),
        Value::Array(several) => several
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" | "),
        _ => String::new(),
    }
}

/// A request that a person can paste into a terminal.
fn curl(address: &Address) -> String {
    let operation = address.operation;
    let path = address.path.replace("{id}", "$ID");
    let method = match address.method {
        Method::GET => String::new(),
        ref other => format!("-X {other} "),
    };
    let mut lines = vec![
        format!("curl {method}\"$TANDEM{path}\""),
        "  -H \"Authorization: Bearer $TOKEN\"".to_owned(),
    ];
    if address.is_post() {
        lines.push("  -H \"Idempotency-Key: $(uuidgen)\"".to_owned());
    }
    if operation.precondition == Precondition::Required {
        lines.push("  -H \"If-Match: $ETAG\"".to_owned());
    }
    if let Some(body) = operation.body {
        lines.push("  -H \"Content-Type: application/json\"".to_owned());
        lines.push(format!("  -d '{}'", pretty(&(body.sample)())));
    }
    lines.join(" \\\n")
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a value can be written")
}
