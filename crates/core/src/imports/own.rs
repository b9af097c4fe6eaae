//! The workspace's own fields as columns: a slot for each, and their values as files write them.

use kit::db::{DbError, Tx};
use kit::text::fold;

use super::target::{self, Form, Refusal, Slot, Values};
use crate::fields::{self, Field, FieldKind, FieldValue, Trouble};
use crate::nouns::Noun;
use crate::workspaces::WorkspaceId;

/// What stands before the key of a field, so that it is never that of the target's own.
const BEFORE: &str = "field:";

/// Whether a slot is that of a field.
pub(crate) fn is_own(key: &str) -> bool {
    key.starts_with(BEFORE)
}

/// A slot for each field in use on things of a noun.
pub(crate) fn slots(tx: &mut Tx<'_>, workspace: WorkspaceId, noun: &Noun) -> Result<Vec<Slot>, DbError> {
    let slot = |field: Field| {
        let form = match field.kind {
            FieldKind::Number => Form::Amount,
            FieldKind::Date => Form::Day,
            _ => Form::Text,
        };
        Slot::own(key(&field), field.text.label, form)
    };
    Ok(fields::open(tx, workspace, noun)?.into_iter().map(slot).collect())
}

fn key(field: &Field) -> String {
    format!("{BEFORE}{}", field.text.key)
}

/// What a row says for a field, in the form in which it is kept.
pub(crate) fn value(field: &Field, values: &Values) -> Result<Option<FieldValue>, Refusal> {
    let key = key(field);
    let Some(written) = values.get(&key) else {
        return Ok(None);
    };
    let refused = |trouble| refusal(field, trouble, written).field(&key);
    let value = match field.kind {
        FieldKind::Number => {
            let number = written.parse().ok().filter(|number: &f64| number.is_finite());
            FieldValue::Number(number.ok_or_else(|| refused(Trouble::NoNumber))?)
        }
        FieldKind::Date => FieldValue::Day(written.parse().map_err(|_| refused(Trouble::NoDay))?),
        FieldKind::YesNo => FieldValue::Flag(target::is_yes(values, &key)?.unwrap_or_default()),
        FieldKind::Choices => FieldValue::Several(parts(written)),
        FieldKind::Money => {
            let money = FieldValue::read(field, &written.into()).map_err(&refused)?;
            money.ok_or_else(|| refused(Trouble::NoMoney))?
        }
        FieldKind::Choice => FieldValue::Words(choice(field, written)),
        FieldKind::Text | FieldKind::LongText | FieldKind::Link => FieldValue::Words(written.to_owned()),
    };
    field.checked(Some(&value)).map_err(refused)
}

/// The choice as the field writes it.
fn choice(field: &Field, written: &str) -> String {
    let folded = fold(written);
    let known = field.text.choices.iter().find(|choice| fold(choice) == folded);
    known.cloned().unwrap_or_else(|| written.to_owned())
}

/// What commas, semicolons or bars part in a cell.
pub(crate) fn parts(written: &str) -> Vec<String> {
    let parts = written.split([',', ';', '|']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn refusal(field: &Field, trouble: Trouble, written: &str) -> Refusal {
    let about: String = written.chars().take(40).collect();
    match trouble {
        Trouble::Missing => Refusal::of(target::MISSING),
        Trouble::TooLong if field.kind == FieldKind::LongText => Refusal::of(target::TOO_LONG).about(10_000),
        Trouble::TooLong => Refusal::of(target::TOO_LONG).about(200),
        Trouble::NoNumber | Trouble::NoMoney => Refusal::of(target::BAD_AMOUNT).about(about),
        Trouble::NoDay => Refusal::of(target::BAD_DAY).about(about),
        Trouble::NoLink => Refusal::of(target::BAD_WEBSITE),
        Trouble::NoChoice | Trouble::OtherKind => Refusal::of(target::BAD_WORD).about(about).instead(
            field
                .text
                .choices
                .iter()
                .take(8)
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
        ),
    }
}
