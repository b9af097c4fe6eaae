//! The API's document: OpenAPI 3.1, made from the table of routes and from the types of the handlers.

use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kit::web::api::{Operation, Precondition};
use kit::web::{Code, Failure};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::outline::{Address, addresses};

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document().to_string());

const ABOUT: &str =
    "Everything a person can do in Tandem a program can do with this API, with the same rules.";

/// What holds at every address.
#[rustfmt::skip]
pub(super) const CONVENTIONS: &[(&str, &str)] = &[
    ("Tokens", "Send `Authorization: Bearer TOKEN`. A token belongs to an agent and may do what the agent may; a workspace sees nothing of another one, whose ids lead nowhere (404)."),
    ("Values", "Bodies are JSON. Times are microseconds since 1970-01-01 UTC. Ids have a prefix that says what they are ids of. Fields that the API does not know are refused by name. Limits of lengths and numbers hold for what is sent, before anything is tidied."),
    ("Failures", "A failure is a problem document (RFC 9457): a stable `type`, a `title`, often a `detail`, and in `errors` each part of the request that was wrong, by pointer, parameter or header. `request_id` finds it in the server's log."),
    ("Lists", "A list has `items` and `next`. Send `next` as `after` for the following part, or follow the `Link` header; `limit` is 1 to 200. A cursor belongs to its list and is not to be read."),
    ("Repeating", "Send an `Idempotency-Key` with every POST. Sent again with the same key and body within 24 hours, nothing is done again and the first answer comes back with `Idempotency-Replayed: true`; with another body it is refused (422)."),
    ("Changing", "An object has an `ETag`. A change names it in `If-Match`, and is refused if someone was faster (412; a body that does not fit is refused before, by 422) or, where it must be named, if it is missing (428). `If-None-Match` saves fetching what you have (304)."),
    ("Pace", "`RateLimit` says how many requests are left and for how long (draft-ietf-httpapi-ratelimit-headers-11). Beyond that the answer is 429 with `Retry-After`."),
];

/// `GET /api/v1/openapi.json`
pub async fn show() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

/// The whole document.
pub fn document() -> Value {
    let mut schemas = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths = Map::new();
    for address in addresses() {
        let method = address.method.as_str().to_ascii_lowercase();
        let described = described(&address, &mut schemas);
        let path = paths.entry(address.path).or_insert_with(|| json!({}));
        path[method] = described;
    }
    let mut components = schemas.take_definitions(true);
    components.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Tandem", "version": "1", "summary": "Help desk and customer success on one customer record.", "description": about(), "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" } },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": "A token of an agent: it may do what the agent may." } },
        },
    })
}

fn about() -> String {
    let conventions = CONVENTIONS
        .iter()
        .map(|(name, text)| format!("\n\n**{name}.** {text}"));
    format!("{ABOUT}{}", conventions.collect::<String>())
}

fn described(address: &Address, schemas: &mut SchemaGenerator) -> Value {
    let operation = address.operation;
    let needs = address.permission().map_or(String::new(), |permission| {
        format!("\n\nNeeds the permission `{permission}`.")
    });
    let mut described = json!({
        "operationId": address.id(),
        "tags": [operation.part],
        "summary": operation.summary,
        "description": format!("{}{needs}", operation.text),
        "parameters": parameters(address, schemas),
        "responses": responses(address, schemas),
    });
    if let Some(permission) = address.permission() {
        described["x-permission"] = permission.into();
    }
    if let Some(body) = &operation.body {
        let content = json!({ "schema": (body.schema)(schemas), "example": (body.sample)() });
        described["requestBody"] = json!({ "required": true, "content": { "application/json": content } });
    }
    described
}

fn parameters(address: &Address, schemas: &mut SchemaGenerator) -> Vec<Value> {
    let operation = address.operation;
    let mut parameters = Vec::new();
    if let Some(schema) = operation.id {
        parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": schema(schemas) }));
    }
    parameters.extend(query(operation, schemas));
    if address.is_post() {
        let text = "Sent again with the same key within 24 hours, the request is not done again: the first answer comes back.";
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" });
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header", "required": false, "description": text, "schema": schema }));
    }
    if operation.precondition != Precondition::None {
        let is_required = operation.precondition == Precondition::Required;
        let text = "The ETag of the state that the change was made from, or `*` for any.";
        parameters.push(json!({ "name": "If-Match", "in": "header", "required": is_required, "description": text, "schema": { "type": "string" }, "example": "*" }));
    }
    parameters
}

/// The fields of the query's type, each as a parameter.
fn query(operation: &Operation, schemas: &mut SchemaGenerator) -> Vec<Value> {
    let Some(schema) = operation.query else {
        return Vec::new();
    };
    let schema = schema(schemas).to_value();
    let is_required = |name: &str| {
        let required = schema["required"].as_array();
        required.is_some_and(|required| required.iter().any(|one| one == name))
    };
    let properties = schema["properties"].as_object().cloned().unwrap_or_default();
    let parameter = |(name, mut field): (String, Value)| {
        let text = field
            .as_object_mut()
            .and_then(|field| field.remove("description"));
        let mut parameter = json!({ "name": name, "in": "query", "required": is_required(&name), "schema": without_null(field) });
        if let Some(text) = text {
            parameter["description"] = text;
        }
        parameter
    };
    properties.into_iter().map(parameter).collect()
}

/// A query can leave a field out, but has no word for "nothing".
fn without_null(mut field: Value) -> Value {
    if let Some(types) = field["type"].as_array() {
        let kept: Vec<Value> = types.iter().filter(|kind| *kind != "null").cloned().collect();
        field["type"] = match kept.as_slice() {
            [one] => one.clone(),
            _ => kept.into(),
        };
    }
    let choices = field["anyOf"].as_array().cloned().unwrap_or_default();
    match choices.iter().find(|choice| choice["type"] != "null") {
        Some(choice) if choices.len() == 2 => choice.clone(),
        _ => field,
    }
}

fn responses(address: &Address, schemas: &mut SchemaGenerator) -> Map<String, Value> {
    let operation = address.operation;
    let (status, shape) = operation.answer;
    let mut good = json!({ "description": status.canonical_reason().unwrap_or_default(), "headers": headers(operation) });
    if let Some(shape) = shape {
        let content = json!({ "schema": (shape.schema)(schemas), "example": (shape.sample)() });
        good["content"] = json!({ "application/json": content });
    } else if status == StatusCode::OK {
        good["content"] = json!({ "*/*": { "schema": { "type": "string", "format": "binary" } } });
    }
    let mut responses = Map::new();
    responses.insert(status.as_str().to_owned(), good);
    for refusal in address.refusals() {
        responses.insert(refusal.as_str().to_owned(), refused(refusal, operation.failures));
    }
    responses
}

fn headers(operation: &Operation) -> Value {
    let text = |text: &str| json!({ "description": text, "schema": { "type": "string" } });
    let mut headers = json!({
        "X-Request-Id": text("The number of the request in the server's log."),
        "RateLimit": text("How many requests are left, and for how many seconds."),
        "RateLimit-Policy": text("How many requests a token has, and in how many seconds."),
    });
    if operation.has_tag {
        headers["ETag"] = text("The state of the object, for If-Match and If-None-Match.");
    }
    if operation.answer.0 == StatusCode::CREATED {
        headers["Location"] = text("Where the new object stands.");
    }
    headers
}

/// A refusal with an example: of the operation's own failures, or of the general one with this status.
fn refused(status: StatusCode, own: &[&'static Code]) -> Value {
    let codes: Vec<Failure> = match own
        .iter()
        .filter(|code| code.status == status)
        .collect::<Vec<_>>()
    {
        own if own.is_empty() => vec![Failure::of(status)],
        own => own.into_iter().map(|code| Failure::new(code)).collect(),
    };
    let names: Vec<&str> = codes.iter().map(|failure| failure.code.name).collect();
    let mut answer = json!({
        "description": format!("{}: {}", status.canonical_reason().unwrap_or_default(), names.join(", ")),
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" }, "example": codes[0].document() } },
    });
    if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE {
        answer["headers"] = json!({ "Retry-After": { "description": "Seconds after which to come back.", "schema": { "type": "integer" } } });
    }
    answer
}

fn problem() -> Value {
    let text = |about: &str| json!({ "type": "string", "description": about });
    json!({
        "type": "object",
        "description": "Why a request could not be answered as asked (RFC 9457).",
        "required": ["type", "title", "status"],
        "properties": {
            "type": text("Which kind of failure: `urn:tandem:problem:` and a stable word."),
            "title": text("The kind in a sentence."),
            "status": { "type": "integer", "description": "The HTTP status." },
            "detail": text("What exactly was wrong."),
            "request_id": text("The number of the request in the server's log."),
            "errors": { "type": "array", "description": "The parts of the request that were wrong.", "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "pointer": text("Where in the body (RFC 6901): `#/name`."),
                    "parameter": text("Which parameter of the query."),
                    "header": text("Which header."),
                    "code": text("Which kind of failure, as a stable word."),
                    "detail": text("What would be right."),
                },
            } },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes;

    #[test]
    fn every_address_of_the_api_says_what_it_is_for() {
        for route in routes::table() {
            if route.path.starts_with(super::super::BASE) && !route.path.ends_with(".json") {
                let told = route
                    .operation
                    .unwrap_or_else(|| panic!("{} {} says nothing", route.method, route.path));
                assert!(
                    !told.summary.is_empty() && told.text.ends_with('.'),
                    "{} {}",
                    route.method,
                    route.path
                );
                assert_eq!(
                    told.id.is_some(),
                    route.path.contains("{id}"),
                    "{} {}",
                    route.method,
                    route.path
                );
            }
        }
    }

    #[test]
    fn every_schema_that_is_named_is_there_and_every_field_is_explained() {
        let document = document();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let text = document.to_string();
        for part in text.split("#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(schemas.contains_key(name), "{name}");
        }
        for (name, schema) in schemas {
            for (field, about) in schema["properties"].as_object().into_iter().flatten() {
                let is_list = name.ends_with("List") || about.get("description").is_some();
                assert!(is_list, "{name}.{field} is not explained");
            }
        }
    }

    #[test]
    fn examples_have_the_fields_of_their_schemas_and_no_others() {
        let document = document();
        let mut seen = 0;
        for operation in document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|path| path.as_object().unwrap().values())
        {
            let bodies = operation["responses"]
                .as_object()
                .unwrap()
                .values()
                .chain(operation.get("requestBody"));
            for body in bodies.filter_map(|body| body["content"].get("application/json")) {
                fits(&document, &body["schema"], &body["example"]);
                seen += 1;
            }
        }
        assert!(seen > 8, "{seen}");
    }

    fn fits(document: &Value, schema: &Value, example: &Value) {
        let schema = match schema["$ref"].as_str() {
            Some(named) => document.pointer(named.trim_start_matches('#')).unwrap(),
            None => schema,
        };
        if let (Some(properties), Some(example)) = (schema["properties"].as_object(), example.as_object()) {
            let named: Vec<&String> = properties.keys().collect();
            let shown: Vec<&String> = example.keys().collect();
            let (mut named, mut shown) = (named, shown);
            named.sort();
            shown.sort();
            assert_eq!(named, shown);
            for (field, value) in example {
                fits(document, &properties[field], value);
            }
        }
        for item in example.as_array().into_iter().flatten() {
            fits(document, &schema["items"], item);
        }
    }
}
