//! Texts in everything that programs can make and change: what there is, and which parts of it are texts, says the API's own
//! document. What does not fit is put back as its example has it, and tried again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Supply;
use crate::program::{Node, tell};

/// Addresses that are left alone: they let nobody in any more, or only compute.
const LEFT: &[&str] = &[
    "/preview",
    "/computation",
    "/bulk",
    "ticket-bulks",
    "/replay",
    "/test",
    "/api/v1/providers",
];
/// How often something is tried with fewer texts of ours.
const TRIES: usize = 12;
/// How much room a text has where the document does not say.
const ROOM: usize = 400;
/// How many texts of ours a text takes at most.
const TOGETHER: usize = 12;

/// What a schema is that leads nowhere.
static NOTHING: Value = Value::Null;

/// What took root.
#[derive(Debug, Default)]
pub struct Garden {
    /// The texts that took one of ours, as address and pointer.
    pub sinks: Vec<String>,
    /// The newest id of each sort, and of what was made at each address.
    ids: BTreeMap<String, String>,
}

/// Makes one of everything, with texts of `supply` wherever there is a text; then changes it in the same way.
///
/// # Panics
/// When there is no document.
pub fn plant(node: &Node, token: &str, supply: &mut Supply) -> Garden {
    let document: Value =
        serde_json::from_str(&node.get("/api/v1/openapi.json", token).body).expect("the API's document");
    let mut garden = Garden::default();
    let mut sinks = BTreeSet::new();
    // What needs another thing that was made later finds it in the second round.
    for method in ["post", "post", "put"] {
        for (path, body) in bodies(&document, method) {
            if LEFT.iter().any(|left| path.contains(left)) {
                continue;
            }
            let Some(address) = garden.address(path) else {
                continue;
            };
            let mut attempt = Attempt::new(&document, body, &garden, supply);
            let line = format!("{} {address}", method.to_uppercase());
            for _ in 0..TRIES {
                let text = attempt.document.to_string();
                let Ok(answer) = tell(node.address, &line, token, &text) else {
                    break;
                };
                assert!(answer.status != 500, "{line} {text}: {}", answer.body);
                let said: Value = serde_json::from_str(&answer.body).unwrap_or_default();
                if answer.status < 300 {
                    garden.remember(path, &said);
                    sinks.extend(attempt.planted.iter().map(|pointer| format!("{path} {pointer}")));
                    break;
                }
                if !attempt.give_way(&said) {
                    break;
                }
            }
        }
    }
    garden.sinks = sinks.into_iter().collect();
    garden
}

/// The addresses that take a document, those with the fewest parts first, and what they take.
fn bodies<'d>(document: &'d Value, method: &str) -> Vec<(&'d str, &'d Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let mut all: Vec<(&str, &Value)> = paths
        .filter_map(|(path, methods)| {
            let content = methods[method].get("requestBody")?;
            Some((path.as_str(), &content["content"]["application/json"]))
        })
        .filter(|(path, _)| method == "post" || path.contains("{id}"))
        .collect();
    all.sort_by_key(|(path, _)| (path.matches('/').count(), *path));
    all
}

impl Garden {
    /// The address of something that was made; none where nothing was.
    fn address(&self, path: &str) -> Option<String> {
        let Some((before, after)) = path.split_once("/{id}") else {
            return (!path.contains('{')).then(|| path.to_owned());
        };
        let id = self.ids.get(before)?;
        (!after.contains('{')).then(|| format!("{before}/{id}{after}"))
    }

    fn remember(&mut self, path: &str, said: &Value) {
        let Some(id) = said["id"].as_str() else { return };
        if let Some((prefix, _)) = id.split_once('_') {
            self.ids.insert(prefix.to_owned(), id.to_owned());
        }
        let base = path.rsplit("/{id}").next().filter(|last| !last.is_empty());
        // What is made below another thing has addresses of its own under its last word.
        let own = base.map(|base| format!("/api/v1{base}"));
        for address in [Some(path.to_owned()), own].into_iter().flatten() {
            self.ids.entry(address).or_insert_with(|| id.to_owned());
        }
    }
}

/// One document on its way in.
struct Attempt {
    document: Value,
    example: Value,
    /// Where texts of ours stand.
    planted: BTreeSet<String>,
}

impl Attempt {
    fn new(document: &Value, body: &Value, garden: &Garden, supply: &mut Supply) -> Self {
        let mut example = body["example"].clone();
        for pointer in leaves(&example) {
            let Some(leaf) = example.pointer_mut(&pointer) else {
                continue;
            };
            if let Some(prefix) = leaf.as_str().and_then(prefix_of) {
                *leaf = garden.ids.get(prefix).map_or(Value::Null, |id| json!(id));
            }
        }
        without_nothing(&mut example);
        let (mut planted, mut wanted) = (BTreeSet::new(), example.clone());
        for pointer in leaves(&example) {
            let is_id = example
                .pointer(&pointer)
                .and_then(Value::as_str)
                .is_none_or(|text| prefix_of(text).is_some());
            let Some(room) = room(document, &body["schema"], &pointer).filter(|_| !is_id) else {
                continue;
            };
            let text = supply.many(room, TOGETHER);
            if let Some(leaf) = wanted.pointer_mut(&pointer).filter(|_| !text.is_empty()) {
                *leaf = text.into();
                planted.insert(pointer);
            }
        }
        Self {
            document: wanted,
            example,
            planted,
        }
    }

    /// Puts back what an answer complains of, or everything where it names nothing; whether there was something.
    fn give_way(&mut self, said: &Value) -> bool {
        let errors = said["errors"].as_array().cloned().unwrap_or_default();
        let named: Vec<String> = errors
            .iter()
            .filter_map(|error| Some(error["pointer"].as_str()?.trim_start_matches('#').to_owned()))
            .collect();
        let is_named = |pointer: &String| {
            named
                .iter()
                .any(|name| pointer == name || pointer.starts_with(&format!("{name}/")))
        };
        let mut back: Vec<String> = self
            .planted
            .iter()
            .filter(|pointer| is_named(pointer))
            .cloned()
            .collect();
        let emptied = self.without_ids(&named) | self.without_lists(&named);
        if back.is_empty() && !emptied {
            back = self.planted.iter().take(1).cloned().collect();
        }
        for pointer in &back {
            self.planted.remove(pointer);
            if let (Some(leaf), Some(was)) =
                (self.document.pointer_mut(pointer), self.example.pointer(pointer))
            {
                *leaf = was.clone();
            }
        }
        emptied || !back.is_empty()
    }

    /// Empties lists that an answer complains of, which may name one thing twice; whether there were some.
    fn without_lists(&mut self, named: &[String]) -> bool {
        let mut is_any = false;
        for pointer in named {
            let list = self.document.pointer_mut(pointer).and_then(Value::as_array_mut);
            if let Some(list) = list.filter(|list| !list.is_empty()) {
                list.clear();
                is_any = true;
            }
        }
        is_any
    }

    /// Takes away ids that an answer complains of; whether there were some.
    fn without_ids(&mut self, named: &[String]) -> bool {
        let mut is_any = false;
        for pointer in named {
            let leaf = self.document.pointer_mut(pointer);
            if let Some(leaf) = leaf.filter(|leaf| leaf.as_str().and_then(prefix_of).is_some()) {
                *leaf = Value::Null;
                is_any = true;
            }
        }
        is_any
    }
}

/// Lists without the places of things that are not there.
fn without_nothing(value: &mut Value) {
    match value {
        Value::Array(all) => {
            all.retain(|one| !one.is_null());
            all.iter_mut().for_each(without_nothing);
        }
        Value::Object(all) => all.values_mut().for_each(without_nothing),
        _ => {}
    }
}

/// The pointers of all texts in a value.
fn leaves(value: &Value) -> Vec<String> {
    let below = |key: &str, value: &Value| -> Vec<String> {
        let key = key.replace('~', "~0").replace('/', "~1");
        leaves(value).iter().map(|rest| format!("/{key}{rest}")).collect()
    };
    match value {
        Value::String(_) => vec![String::new()],
        Value::Array(all) => all
            .iter()
            .enumerate()
            .flat_map(|(at, one)| below(&at.to_string(), one))
            .collect(),
        Value::Object(all) => all.iter().flat_map(|(key, one)| below(key, one)).collect(),
        _ => Vec::new(),
    }
}

/// The prefix of an id: `acc` of `acc_01k…`.
fn prefix_of(text: &str) -> Option<&str> {
    let (prefix, rest) = text.split_once('_')?;
    (prefix.len() == 3 && rest.len() == 26).then_some(prefix)
}

/// How much room a text has by its schema; none where it is no free text.
fn room(document: &Value, schema: &Value, pointer: &str) -> Option<usize> {
    let mut at = plain(document, schema);
    for part in pointer.split('/').skip(1) {
        let next = match part.parse::<usize>() {
            Ok(_) if !at["items"].is_null() => &at["items"],
            _ if !at["properties"][part].is_null() => &at["properties"][part],
            _ => &at["additionalProperties"],
        };
        at = plain(document, next);
    }
    let is_text = at["type"] == "string"
        || at["type"]
            .as_array()
            .is_some_and(|types| types.contains(&json!("string")));
    let is_free = ["enum", "const", "format", "pattern"]
        .iter()
        .all(|key| at[*key].is_null());
    let most = at["maxLength"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok());
    (is_text && is_free).then(|| most.unwrap_or(ROOM).min(20_000))
}

/// A schema without its references and without the choice of nothing.
fn plain<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    let mut schema = schema;
    for _ in 0..8 {
        if let Some(named) = schema["$ref"].as_str() {
            schema = document
                .pointer(named.trim_start_matches('#'))
                .unwrap_or(&NOTHING);
        } else if let Some(first) = ["anyOf", "oneOf"].iter().find_map(|key| {
            let choices = schema[*key].as_array()?;
            choices
                .iter()
                .find(|choice| choice["type"] != "null" && choice["const"].is_null())
        }) {
            schema = first;
        } else {
            break;
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_texts_are_told_from_words_ids_and_moments() {
        let document = json!({ "components": { "schemas": {
            "Word": { "type": "string", "enum": ["a", "b"] },
            "Row": { "type": "object", "properties": { "note": { "type": ["string", "null"], "maxLength": 9 } } },
        } } });
        let schema = json!({ "properties": {
            "name": { "type": "string" },
            "word": { "$ref": "#/components/schemas/Word" },
            "rows": { "type": "array", "items": { "anyOf": [{ "$ref": "#/components/schemas/Row" }, { "type": "null" }] } },
        } });
        let example = json!({ "name": "a", "word": "b", "rows": [{ "note": "c" }], "number": 1 });
        assert_eq!(leaves(&example), ["/name", "/rows/0/note", "/word"]);
        assert_eq!(room(&document, &schema, "/name"), Some(ROOM));
        assert_eq!(room(&document, &schema, "/rows/0/note"), Some(9));
        assert_eq!(room(&document, &schema, "/word"), None);
        assert_eq!(prefix_of("acc_01k5x0h3m8f2rq7v9c4w6d1nbe"), Some("acc"));
        assert_eq!(prefix_of("own_words"), None);
    }
}
