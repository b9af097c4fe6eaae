//! Values of fields: how they are kept, and how programs see them.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::text::fold;
use serde_json::Value;

use super::store::Cell;
use super::{Field, FieldId, FieldKind, Trouble};

/// What stands in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// A text, a choice or a link.
    Words(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(Day),
    /// Yes or no.
    Flag(bool),
    /// Several choices, in the order of the field.
    Several(Vec<String>),
}

/// What one thing has in its fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(BTreeMap<FieldId, FieldValue>);

impl Values {
    /// What stands in the field; nothing when it is empty.
    pub fn get(&self, field: FieldId) -> Option<&FieldValue> {
        self.0.get(&field)
    }

    /// Whether no field has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One more row of a field; the rows of several choices come in their order.
    pub(super) fn take(&mut self, field: &Field, cell: Cell) {
        let value = match (field.kind, cell) {
            (
                FieldKind::Choices,
                Cell {
                    words: Some(words), ..
                },
            ) => {
                if let Some(FieldValue::Several(held)) = self.0.get_mut(&field.id) {
                    held.push(words);
                    return;
                }
                FieldValue::Several(vec![words])
            }
            (
                _,
                Cell {
                    words: Some(words), ..
                },
            ) => FieldValue::Words(words),
            (
                _,
                Cell {
                    number: Some(number), ..
                },
            ) => FieldValue::Number(number),
            (_, Cell { day: Some(day), .. }) => FieldValue::Day(day),
            (_, Cell { flag: Some(flag), .. }) => FieldValue::Flag(flag),
            _ => return,
        };
        self.0.insert(field.id, value);
    }

    /// As programs see it: each field in use by its key, null where it is empty.
    pub fn document(&self, fields: &[Field]) -> BTreeMap<String, Value> {
        let pair = |field: &Field| {
            let value = self.get(field.id).map_or(Value::Null, FieldValue::json);
            (field.text.key.clone(), value)
        };
        fields.iter().map(pair).collect()
    }
}

impl FieldValue {
    /// As programs see it.
    pub fn json(&self) -> Value {
        match self {
            Self::Words(words) => words.as_str().into(),
            Self::Number(number) => (*number).into(),
            Self::Day(day) => day.to_string().into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Several(all) => all.clone().into(),
        }
    }

    /// Reads what a program says for `field`; null is nothing.
    ///
    /// # Errors
    /// What would be right instead.
    pub fn read(field: &Field, value: &Value) -> Result<Option<Self>, Trouble> {
        Ok(Some(match (field.kind, value) {
            (_, Value::Null) => return Ok(None),
            (FieldKind::Number, Value::Number(number)) => {
                Self::Number(number.as_f64().ok_or(Trouble::NoNumber)?)
            }
            (FieldKind::YesNo, Value::Bool(flag)) => Self::Flag(*flag),
            (FieldKind::Date, Value::String(day)) => Self::Day(day.parse().map_err(|_| Trouble::NoDay)?),
            (FieldKind::Choices, Value::Array(all)) => {
                let words = all.iter().map(|one| one.as_str().map(str::to_owned));
                Self::Several(words.collect::<Option<_>>().ok_or(Trouble::OtherKind)?)
            }
            (
                FieldKind::Text | FieldKind::LongText | FieldKind::Choice | FieldKind::Link,
                Value::String(words),
            ) => Self::Words(words.clone()),
            _ => return Err(Trouble::OtherKind),
        }))
    }

    /// The value in the form in which `field` keeps it.
    pub(super) fn fitting(&self, field: &Field) -> Result<Option<Self>, Trouble> {
        let choice = |wanted: &str| {
            let folded = fold(wanted.trim());
            let mut choices = field.text.choices.iter();
            choices
                .find(|choice| fold(choice) == folded)
                .cloned()
                .ok_or(Trouble::NoChoice)
        };
        Ok(Some(match (field.kind, self) {
            (
                FieldKind::Text | FieldKind::LongText | FieldKind::Choice | FieldKind::Link,
                Self::Words(words),
            ) if words.trim().is_empty() => {
                return Ok(None);
            }
            (FieldKind::Text, Self::Words(words)) => Self::Words(line(words, 200)?),
            (FieldKind::LongText, Self::Words(words)) => Self::Words(text(words)?),
            (FieldKind::Link, Self::Words(words)) => Self::Words(link(words)?),
            (FieldKind::Choice, Self::Words(words)) => Self::Words(choice(words)?),
            (FieldKind::Choices, Self::Several(all)) => {
                let chosen: Vec<String> = all.iter().map(|one| choice(one)).collect::<Result<_, _>>()?;
                if chosen.is_empty() {
                    return Ok(None);
                }
                let mut ordered = field.text.choices.clone();
                ordered.retain(|one| chosen.contains(one));
                Self::Several(ordered)
            }
            (FieldKind::Number, Self::Number(number)) if number.is_finite() => Self::Number(*number),
            (FieldKind::Date, Self::Day(day)) => Self::Day(*day),
            (FieldKind::YesNo, Self::Flag(flag)) => Self::Flag(*flag),
            _ => return Err(Trouble::OtherKind),
        }))
    }
}

fn line(words: &str, most: usize) -> Result<String, Trouble> {
    let clean: String = words.trim().chars().filter(|c| !c.is_control()).collect();
    if clean.chars().count() > most {
        Err(Trouble::TooLong)
    } else {
        Ok(clean)
    }
}

fn text(words: &str) -> Result<String, Trouble> {
    let clean: String = words
        .trim()
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    if clean.chars().count() > 10_000 {
        Err(Trouble::TooLong)
    } else {
        Ok(clean)
    }
}

/// An address of the web; one without a scheme gets `https`.
fn link(words: &str) -> Result<String, Trouble> {
    let clean = line(words, 2_000)?;
    let address = if clean.contains("://") {
        clean
    } else {
        format!("https://{clean}")
    };
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let host = rest
        .ok_or(Trouble::NoLink)?
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default();
    let fits = host.contains('.')
        && !host.starts_with('.')
        && address
            .chars()
            .all(|c| !c.is_whitespace() && !"<>\"'".contains(c));
    if fits { Ok(address) } else { Err(Trouble::NoLink) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        assert_eq!(link("example.com/a"), Ok("https://example.com/a".to_owned()));
        assert_eq!(link("http://example.com"), Ok("http://example.com".to_owned()));
        for bad in [
            "javascript:alert(1)",
            "ftp://example.com",
            "https://",
            "example",
            "a b.com",
        ] {
            assert_eq!(link(bad), Err(Trouble::NoLink), "{bad}");
        }
    }
}
