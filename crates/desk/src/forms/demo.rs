//! Sample statuses, fields of tickets, and a form that asks for them.

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::fields::{self, FieldKind, FieldText};

use super::{Condition, FormError, FormField, FormText};
use crate::statuses::{self, StatusError, StatusText};
use crate::tickets::Status;
use crate::tickets::nouns::NOUN;

/// What people write about, in the form.
const ABOUT: [&str; 3] = ["Something is broken", "An order", "Something else"];

/// Makes them.
///
/// # Errors
/// The database's.
pub fn fill(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), FormError> {
    let own = [
        (Status::Waiting, "Waiting for the log files"),
        (Status::OnHold, "With the engineers"),
        (Status::OnHold, "With the carrier"),
    ];
    for (category, name) in own {
        let text = StatusText {
            name: name.to_owned(),
            is_default: false,
        };
        statuses::add(tx, actor, category, &text).map_err(of_status)?;
    }
    let choices: Vec<String> = ABOUT.map(str::to_owned).to_vec();
    let about = text("Topic", "", choices);
    let about = fields::add(tx, actor, &NOUN, FieldKind::Choice, &about)?;
    let order = text("Order number", "It begins with two letters", Vec::new());
    let order = fields::add(tx, actor, &NOUN, FieldKind::Text, &order)?;
    let since = text("Since when", "", Vec::new());
    let since = fields::add(tx, actor, &NOUN, FieldKind::Date, &since)?;
    let worth = text("Value of the goods", "", Vec::new());
    let worth = fields::add(tx, actor, &NOUN, FieldKind::Money, &worth)?;
    let when = |value: &str| {
        Some(Condition {
            field: about.id,
            value: value.to_owned(),
        })
    };
    let asked = |field, is_required, when| FormField {
        field,
        is_required,
        when,
    };
    let form = FormText {
        title: "Write to us".to_owned(),
        intro: "We answer within a working day, most often within an hour.".to_owned(),
        fields: vec![
            asked(about.id, true, None),
            asked(order.id, true, when(ABOUT[1])),
            asked(worth.id, false, when(ABOUT[1])),
            asked(since.id, false, when(ABOUT[0])),
        ],
        ..FormText::default()
    };
    super::add(tx, actor, &form)?;
    Ok(())
}

fn text(label: &str, hint: &str, choices: Vec<String>) -> FieldText {
    FieldText {
        label: label.to_owned(),
        hint: hint.to_owned(),
        choices,
        ..FieldText::default()
    }
}

fn of_status(error: StatusError) -> FormError {
    match error {
        StatusError::Forbidden(missing) => missing.into(),
        StatusError::Db(error) => error.into(),
        _ => FormError::Unknown,
    }
}
