//! Whether a body is as the document of the API says: the same schema that is published.
//!
//! Readers are kinder than schemas. They take a list as the values of an object, count a text after it was tidied, and things
//! of which one stands there twice as one. What only such kindness would let pass is refused here. What the program refuses by
//! itself, it refuses in its own words; this module only remembers it ([`Judged`]), because a body that does not fit comes
//! before the state that it was made from (RFC 9110, 13.2.1: a precondition counts where the answer would be good without it).

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use http::StatusCode;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};

use super::input::escaped;
use crate::web::Failure;

/// How deep references and values are followed; schemas of the house are not half as deep.
const DEEP: usize = 64;

static SCHEMAS: LazyLock<Mutex<HashMap<Cow<'static, str>, Arc<Value>>>> = LazyLock::new(Mutex::default);

/// What a body has against its schema, for whoever stands around the handler.
#[derive(Clone, Debug, Default)]
pub struct Judged(Arc<OnceLock<Misfit>>);

impl Judged {
    /// The refusal of a body that does not fit; none for one that does, or that nobody has read.
    pub fn refusal(&self) -> Option<Failure> {
        self.0.get().map(Misfit::refusal)
    }

    fn remember(&self, misfit: Misfit) {
        // One request has one body.
        let _ = self.0.set(misfit);
    }
}

/// Something in a body that its schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Misfit {
    pointer: String,
    reason: String,
    /// Whether a reader would let it pass.
    is_hidden: bool,
}

impl Misfit {
    fn refusal(&self) -> Failure {
        Failure::of(StatusCode::UNPROCESSABLE_ENTITY).pointer(&self.pointer, &self.reason)
    }
}

/// Looks at a body that is to be a `T`.
///
/// # Errors
/// 422 for what a reader would let pass though the schema does not allow it.
pub(super) fn look<T: JsonSchema>(body: &[u8], judged: Option<&Judged>) -> Result<(), Failure> {
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return Ok(());
    };
    let schema = schema::<T>();
    let mut misfits = Look { root: &schema }.at(&schema, &value, "#", 0);
    if let Some(hidden) = misfits.iter().find(|misfit| misfit.is_hidden) {
        return Err(hidden.refusal());
    }
    if let (Some(judged), false) = (judged, misfits.is_empty()) {
        judged.remember(misfits.swap_remove(0));
    }
    Ok(())
}

fn schema<T: JsonSchema>() -> Arc<Value> {
    let mut known = SCHEMAS.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = known.entry(T::schema_id());
    let made = entry.or_insert_with(|| {
        let schema = SchemaGenerator::default().into_root_schema_for::<T>();
        Arc::new(schema.to_value())
    });
    Arc::clone(made)
}

/// One look at a body by a whole schema.
struct Look<'a> {
    root: &'a Value,
}

impl Look<'_> {
    /// What a value has against a schema, the outermost first.
    fn at(&self, schema: &Value, value: &Value, pointer: &str, depth: usize) -> Vec<Misfit> {
        let Some(rules) = schema.as_object().filter(|_| depth < DEEP) else {
            return match schema {
                Value::Bool(false) => vec![misfit(pointer, "nothing can stand here")],
                _ => Vec::new(),
            };
        };
        let mut found = Vec::new();
        if let Some(named) = rules.get("$ref").and_then(Value::as_str) {
            let place = named.strip_prefix('#').and_then(|path| self.root.pointer(path));
            found.extend(place.map_or_else(Vec::new, |place| self.at(place, value, pointer, depth + 1)));
        }
        for part in list(rules, "allOf") {
            found.extend(self.at(part, value, pointer, depth + 1));
        }
        for name in ["anyOf", "oneOf"] {
            let branches = list(rules, name).iter();
            let ends = branches.map(|branch| self.at(branch, value, pointer, depth + 1));
            // Whoever comes nearest was meant; among equals the one that a reader would take.
            let nearest = ends.min_by_key(|end| (end.len(), !end.iter().any(|one| one.is_hidden)));
            found.extend(nearest.unwrap_or_default());
        }
        if let Some(wrong) = of_type(rules, value, pointer) {
            found.push(wrong);
            return found;
        }
        found.extend(of_words(rules, value, pointer));
        match value {
            Value::String(text) => found.extend(of_text(rules, text, pointer)),
            Value::Number(number) => found.extend(of_number(rules, number.as_f64(), pointer)),
            Value::Array(items) => {
                found.extend(of_items(rules, items, pointer));
                if let Some(schema) = rules.get("items") {
                    for (number, item) in items.iter().enumerate() {
                        found.extend(self.at(schema, item, &format!("{pointer}/{number}"), depth + 1));
                    }
                }
            }
            Value::Object(fields) => found.extend(self.of_fields(rules, fields, pointer, depth)),
            Value::Null | Value::Bool(_) => {}
        }
        found
    }

    fn of_fields(
        &self,
        rules: &Map<String, Value>,
        fields: &Map<String, Value>,
        pointer: &str,
        depth: usize,
    ) -> Vec<Misfit> {
        let mut found = Vec::new();
        let missing = list(rules, "required").iter().filter_map(Value::as_str);
        for name in missing.filter(|name| !fields.contains_key(*name)) {
            found.push(misfit(&format!("{pointer}/{}", escaped(name)), "it is missing"));
        }
        let known = rules.get("properties").and_then(Value::as_object);
        for (name, value) in fields {
            let place = format!("{pointer}/{}", escaped(name));
            match (
                known.and_then(|known| known.get(name)),
                rules.get("additionalProperties"),
            ) {
                (Some(schema), _) | (None, Some(schema)) => {
                    found.extend(self.at(schema, value, &place, depth + 1));
                }
                (None, None) => {}
            }
        }
        found
    }
}

fn misfit(pointer: &str, reason: impl Into<String>) -> Misfit {
    Misfit {
        pointer: pointer.to_owned(),
        reason: reason.into(),
        is_hidden: false,
    }
}

fn list<'a>(rules: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    rules
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn of_type(rules: &Map<String, Value>, value: &Value, pointer: &str) -> Option<Misfit> {
    let allowed: Vec<&str> = match rules.get("type")? {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let is_meant = |kind: &&str| match (*kind, value) {
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => number.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => false,
    };
    if allowed.iter().any(is_meant) {
        return None;
    }
    Some(Misfit {
        is_hidden: value.is_array() && allowed.contains(&"object"),
        ..misfit(pointer, format!("expected {}", allowed.join(" or ")))
    })
}

fn of_words(rules: &Map<String, Value>, value: &Value, pointer: &str) -> Option<Misfit> {
    let is_other = rules.get("const").is_some_and(|one| one != value);
    let words = rules.get("enum").and_then(Value::as_array);
    let is_none = words.is_some_and(|words| !words.contains(value));
    (is_other || is_none).then(|| misfit(pointer, "it is none of what can stand here"))
}

fn of_text(rules: &Map<String, Value>, text: &str, pointer: &str) -> Option<Misfit> {
    let limit = |name: &str| rules.get(name).and_then(Value::as_u64);
    let length = text.chars().count() as u64;
    if limit("minLength").is_some_and(|least| length < least) {
        return Some(misfit(pointer, "it is too short"));
    }
    let most = limit("maxLength").filter(|most| length > *most)?;
    // As short as any tidying makes it: what is still too long is refused by who knows what it is.
    let words = text.split_whitespace();
    let kept = words.map(|word| word.chars().filter(|c| !c.is_control()).count() as u64);
    let (words, kept) = kept.fold((0_u64, 0_u64), |(words, sum), one| (words + 1, sum + one));
    Some(Misfit {
        is_hidden: kept + words.saturating_sub(1) <= most,
        ..misfit(pointer, format!("it has {length} characters, and {most} at most"))
    })
}

fn of_number(rules: &Map<String, Value>, number: Option<f64>, pointer: &str) -> Option<Misfit> {
    let number = number?;
    let limit = |name: &str| rules.get(name).and_then(Value::as_f64);
    let is_small = limit("minimum").is_some_and(|least| number < least)
        || limit("exclusiveMinimum").is_some_and(|least| number <= least);
    let is_large = limit("maximum").is_some_and(|most| number > most)
        || limit("exclusiveMaximum").is_some_and(|most| number >= most);
    (is_small || is_large).then(|| misfit(pointer, "it is beyond the limits"))
}

fn of_items(rules: &Map<String, Value>, items: &[Value], pointer: &str) -> Option<Misfit> {
    let limit = |name: &str| rules.get(name).and_then(Value::as_u64);
    let number = items.len() as u64;
    if limit("minItems").is_some_and(|least| number < least) {
        return Some(misfit(pointer, "there are too few of them"));
    }
    let most = limit("maxItems").filter(|most| number > *most)?;
    let distinct: BTreeSet<String> = items.iter().map(Value::to_string).collect();
    Some(Misfit {
        is_hidden: distinct.len() as u64 <= most,
        ..misfit(pointer, format!("there are {number} of them, and {most} at most"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(JsonSchema)]
    #[schemars(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Order {
        #[schemars(length(min = 1, max = 5))]
        name: String,
        #[serde(default)]
        lines: Option<Vec<Line>>,
        #[serde(default)]
        #[schemars(length(max = 2))]
        tags: Vec<String>,
        #[serde(default)]
        ship: Option<Line>,
        #[serde(default)]
        act: Option<Act>,
        #[serde(default)]
        pair: Option<(u8, u8)>,
    }

    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct Line {
        count: u8,
    }

    #[derive(JsonSchema)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    #[allow(dead_code)]
    enum Act {
        Wait { days: u8 },
        Tell { to: Line },
    }

    /// Where a body is refused at once, and where it does not fit else.
    fn found(body: &str) -> (Option<String>, Option<String>) {
        let judged = Judged::default();
        let place = |failure: Failure| {
            failure.document()["errors"][0]["pointer"]
                .as_str()
                .map(str::to_owned)
        };
        let refused = look::<Order>(body.as_bytes(), Some(&judged))
            .err()
            .and_then(place);
        (refused, judged.refusal().and_then(place))
    }

    #[test]
    fn what_only_a_kind_reader_would_take_is_refused_where_it_stands() {
        for (body, pointer) in [
            (r#"["abc"]"#, "#"),
            (r#"{"name":"a","ship":[1]}"#, "#/ship"),
            (r#"{"name":"a","lines":[{"count":1},[2]]}"#, "#/lines/1"),
            (r#"{"name":"a","act":{"kind":"tell","to":[1]}}"#, "#/act/to"),
            (r#"{"name":"  abcde  "}"#, "#/name"),
            (r#"{"name":"abc\u0001\u0002\u0003"}"#, "#/name"),
            (r#"{"name":"a","tags":["x","x","x"]}"#, "#/tags"),
        ] {
            assert_eq!(found(body).0.as_deref(), Some(pointer), "{body}");
        }
    }

    #[test]
    fn what_the_program_refuses_itself_is_remembered_alone() {
        for (body, pointer) in [
            (r#"{"name":""}"#, "#/name"),
            (r#"{"name":"abcdefgh"}"#, "#/name"),
            (r#"{"name":"a","owner":1}"#, "#/owner"),
            (r#"{}"#, "#/name"),
            (r#"{"name":7}"#, "#/name"),
            (r#"{"name":"a","ship":{"count":300}}"#, "#/ship/count"),
            (r#"{"name":"a","tags":["x","y","z"]}"#, "#/tags"),
            (r#"{"name":"a","act":{"kind":"wait","days":-1}}"#, "#/act/days"),
        ] {
            assert_eq!(found(body), (None, Some(pointer.to_owned())), "{body}");
        }
    }

    #[test]
    fn what_fits_passes() {
        for body in [
            r#"{"name":"abcde"}"#,
            r#"{"name":"łódźę","lines":null,"tags":["x","y"],"ship":{"count":1,"more":2},"pair":[1,2]}"#,
            r#"{"name":"a","lines":[],"act":{"kind":"tell","to":{"count":2}}}"#,
            "{",
        ] {
            assert_eq!(found(body), (None, None), "{body}");
        }
    }
}
