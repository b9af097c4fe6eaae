//! Fields of one thing as people see and fill them in: rows of a page, inputs of a form.

use std::collections::BTreeMap;

use kit::i18n::Text;
use kit::money::{Currency, Money};
use kit::web::{Choice, Filled, Sent};

use super::{Field, FieldId, FieldKind, FieldValue, Trouble, Values};

/// What an input of a form is called: `f.KEY`.
pub fn input(field: &Field) -> String {
    format!("f.{}", field.text.key)
}

/// What stands in a field, in the reader's words; nothing when it is empty.
pub fn shown(t: &Text, value: &FieldValue) -> String {
    match value {
        FieldValue::Words(words) => words.clone(),
        FieldValue::Number(number) => decimal(t, *number),
        FieldValue::Day(day) => t.day_long(*day),
        FieldValue::Flag(true) => t.say("fields-yes"),
        FieldValue::Flag(false) => t.say("fields-no"),
        FieldValue::Several(all) => all.join(", "),
        FieldValue::Money(money) => t.money(money.minor, money.currency.code()),
    }
}

/// What an input holds before anybody types.
pub fn written(t: &Text, value: &FieldValue) -> String {
    match value {
        FieldValue::Words(words) => words.clone(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Day(day) => t.day_written(*day),
        FieldValue::Flag(flag) => flag_word(*flag).to_owned(),
        FieldValue::Several(all) => all.join("\n"),
        FieldValue::Money(money) => money_written(t, *money),
    }
}

/// The form with what stands in the fields now.
pub fn filled(t: &Text, fields: &[Field], values: &Values) -> Filled {
    let mut form = Filled::default();
    for field in fields {
        if let Some(value) = values.get(field.id) {
            form.set(input(field), written(t, value));
        }
    }
    form
}

/// The choices of a field, those in `held` chosen.
pub fn choices(t: &Text, field: &Field, held: &str) -> Vec<Choice> {
    if field.kind == FieldKind::YesNo {
        return [
            ("", "fields-empty-choice"),
            ("yes", "fields-yes"),
            ("no", "fields-no"),
        ]
        .map(|(value, text)| Choice::new(value, t.say(text)).chosen_if(value == held))
        .to_vec();
    }
    let mut all = Vec::new();
    if field.kind == FieldKind::Choice {
        all.push(Choice::new("", t.say("fields-empty-choice")).chosen_if(held.is_empty()));
    }
    let is_held = |choice: &str| held.split('\n').any(|one| one == choice);
    let known = field.text.choices.iter();
    all.extend(known.map(|choice| Choice::new(choice, choice).chosen_if(is_held(choice))));
    all
}

/// What a form says, as values; beside it the form as it was filled in, with what can't be read.
pub fn read(t: &Text, fields: &[Field], sent: &Sent) -> (BTreeMap<FieldId, Option<FieldValue>>, Filled) {
    let (mut values, mut form) = (BTreeMap::new(), Filled::default());
    for field in fields {
        let name = input(field);
        let typed: Vec<&str> = sent.all(&name).collect();
        form.set(&name, typed.join("\n"));
        match value(t, field, &typed) {
            Ok(value) => {
                values.insert(field.id, value);
            }
            Err(trouble) => form.refuse(name, t.say(trouble.text())),
        }
    }
    (values, form)
}

fn value(t: &Text, field: &Field, typed: &[&str]) -> Result<Option<FieldValue>, Trouble> {
    if field.kind == FieldKind::Choices {
        return Ok(Some(FieldValue::Several(
            typed.iter().map(|one| (*one).to_owned()).collect(),
        )));
    }
    let words = typed.last().copied().unwrap_or_default();
    if words.is_empty() {
        return Ok(None);
    }
    Ok(Some(match field.kind {
        FieldKind::Number => FieldValue::Number(number(words).ok_or(Trouble::NoNumber)?),
        FieldKind::Date => {
            let day = t.read_day(words).ok_or(Trouble::NoDay)?;
            FieldValue::Day(day.to_string().parse().map_err(|_| Trouble::NoDay)?)
        }
        FieldKind::YesNo => FieldValue::Flag(words == flag_word(true)),
        FieldKind::Money => FieldValue::Money(money(t, words).ok_or(Trouble::NoMoney)?),
        _ => FieldValue::Words(words.to_owned()),
    }))
}

const fn flag_word(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// An amount with its currency as its input holds it: `1,250.50 EUR`.
fn money_written(t: &Text, money: Money) -> String {
    let code = money.currency.code();
    format!("{} {code}", t.money_written(money.minor, code))
}

/// What an input for amounts shows before anybody types, in the reader's way.
pub fn money_example(t: &Text) -> String {
    let example = "EUR".parse().map(|currency| {
        money_written(
            t,
            Money {
                minor: 125_050,
                currency,
            },
        )
    });
    example.unwrap_or_default()
}

/// An amount as people write it, with the letters of its currency before or behind it.
fn money(t: &Text, words: &str) -> Option<Money> {
    let is_letter = |c: &char| c.is_ascii_alphabetic();
    let code: String = words.chars().filter(is_letter).collect();
    let bare: String = words.chars().filter(|c| !is_letter(c)).collect();
    let currency: Currency = code.parse().ok()?;
    let minor = t.read_money(bare.trim(), currency.code()).ok()?;
    Some(Money { minor, currency })
}

/// A number as people write it: blanks between thousands, a comma or a point before the fraction.
fn number(words: &str) -> Option<f64> {
    let dense: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = if dense.contains('.') {
        dense
    } else {
        dense.replace(',', ".")
    };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

fn decimal(t: &Text, number: f64) -> String {
    let digits = number
        .to_string()
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len().min(6));
    t.decimal(number, digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (words, meant) in [
            ("12", Some(12.0)),
            ("1 234,5", Some(1_234.5)),
            ("1234.5", Some(1_234.5)),
            ("-3", Some(-3.0)),
            ("1,234.5", None),
            ("inf", None),
            ("a", None),
        ] {
            assert_eq!(number(words), meant, "{words}");
        }
    }
}
