//! Values of fields: how they are kept, and how programs see them.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::i18n::minor_digits;
use kit::money::{Currency, Money};
use kit::text::fold;
use serde_json::{Value, json};

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
    /// An amount of money.
    Money(Money),
}

/// The largest amount, in minor units: what sums of many can still hold.
const MOST: u64 = 1_000_000_000_000_000;

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
                FieldKind::Money,
                Cell {
                    words: Some(words), ..
                },
            ) => match amount(&words) {
                Some(money) => FieldValue::Money(money),
                None => return,
            },
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
            Self::Money(money) => json!({ "minor": money.minor, "currency": money.currency.code() }),
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
            (FieldKind::Money, Value::Object(_)) => {
                let money = serde_json::from_value(value.clone()).map_err(|_| Trouble::NoMoney)?;
                Self::Money(money)
            }
            // As it is kept, and as files and playbooks write it.
            (FieldKind::Money, Value::String(words)) => Self::Money(amount(words).ok_or(Trouble::NoMoney)?),
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
            (FieldKind::Money, Self::Money(money)) if money.minor.unsigned_abs() > MOST => {
                return Err(Trouble::NoMoney);
            }
            (FieldKind::Money, Self::Money(money)) => Self::Money(*money),
            _ => return Err(Trouble::OtherKind),
        }))
    }
}

/// An amount in one form for all readers: `-1250.50 EUR`.
pub fn plain_money(money: &Money) -> String {
    let (code, minor) = (money.currency.code(), money.minor.unsigned_abs());
    let sign = if money.minor < 0 { "-" } else { "" };
    let digits = minor_digits(code) as usize;
    let scale = money.currency.scale().unsigned_abs();
    if digits == 0 {
        return format!("{sign}{minor} {code}");
    }
    format!("{sign}{}.{:0digits$} {code}", minor / scale, minor % scale)
}

/// Reads what [`plain_money`] writes, with fewer digits behind the point too, and the currency before or behind the amount.
fn amount(words: &str) -> Option<Money> {
    let (one, other) = words.trim().split_once(' ')?;
    let (currency, number): (Currency, &str) = match other.trim().parse() {
        Ok(currency) => (currency, one),
        Err(_) => (one.parse().ok()?, other.trim()),
    };
    let bare = number.strip_prefix('-').unwrap_or(number);
    let (whole, fraction) = bare.split_once(['.', ',']).unwrap_or((bare, ""));
    let digits = minor_digits(currency.code()) as usize;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > digits || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let minor: i64 = format!("{whole}{fraction:0<digits$}").parse().ok()?;
    let minor = if bare == number { minor } else { -minor };
    Some(Money { minor, currency })
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
    fn amounts_come_back_as_they_were_written_to_the_minor_unit() {
        for (words, minor, plain) in [
            ("1250.5 EUR", 125_050, "1250.50 EUR"),
            ("EUR 0,07", 7, "0.07 EUR"),
            ("-3.05 usd", -305, "-3.05 USD"),
            ("1200 JPY", 1_200, "1200 JPY"),
            ("1.234 KWD", 1_234, "1.234 KWD"),
        ] {
            let money = amount(words).unwrap();
            assert_eq!(
                (money.minor, plain_money(&money).as_str()),
                (minor, plain),
                "{words}"
            );
            assert_eq!(amount(&plain_money(&money)), Some(money));
        }
        for bad in [
            "12",
            "EUR",
            "12 XYZ",
            "1.5 JPY",
            "1.234 EUR",
            "1,234.50 EUR",
            "--1 EUR",
            ". EUR",
            "99999999999999999999 EUR",
        ] {
            assert_eq!(amount(bad), None, "{bad}");
        }
    }

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
