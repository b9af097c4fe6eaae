//! Sample statuses, fields of tickets, and a form that asks for them.

use kit::db::Tx;
use kit::i18n::Locale;
use tandem_core::actor::Actor;
use tandem_core::fields::{self, FieldId, FieldKind, FieldText};

use super::{Condition, FormError, FormField, FormText, Spot, WebForm, Words, words};
use crate::statuses::{self, StatusError, StatusText};
use crate::tickets::details::rules::{self, Rule, RuleError};
use crate::tickets::nouns::NOUN;
use crate::tickets::{Kind, Status};

/// What people write about, in the form.
const ABOUT: [&str; 3] = ["Something is broken", "An order", "Something else"];

/// The form in other languages: title, introduction, and what two of its fields are called.
const WORDS: [(&str, [&str; 4]); 4] = [
    (
        "pl",
        [
            "Napisz do nas",
            "Odpowiadamy w ciągu dnia roboczego, najczęściej w ciągu godziny.",
            "Temat",
            "Numer zamówienia",
        ],
    ),
    (
        "ru",
        [
            "Напишите нам",
            "Мы отвечаем в течение рабочего дня, чаще всего за час.",
            "Тема",
            "Номер заказа",
        ],
    ),
    (
        "az",
        [
            "Bizə yazın",
            "Bir iş günü ərzində, çox vaxt bir saata cavab veririk.",
            "Mövzu",
            "Sifariş nömrəsi",
        ],
    ),
    (
        "id",
        [
            "Tulis kepada kami",
            "Kami menjawab dalam satu hari kerja, biasanya dalam satu jam.",
            "Topik",
            "Nomor pesanan",
        ],
    ),
];

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
    set_rules(tx, actor, when(ABOUT[1]), [order.id, worth.id, since.id])?;
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
    let form = super::add(tx, actor, &form)?;
    translate(tx, actor, form, [about.id, order.id])?;
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

/// What is asked of orders is on tickets about orders, and since when on those about something that does not work.
fn set_rules(
    tx: &mut Tx<'_>,
    actor: &Actor,
    when: Option<Condition>,
    [order, worth, since]: [FieldId; 3],
) -> Result<(), FormError> {
    let on_orders = Rule {
        when,
        ..Rule::default()
    };
    let on_problems = Rule {
        kinds: vec![Kind::Problem, Kind::Technical],
        ..Rule::default()
    };
    for (field, rule) in [(order, &on_orders), (worth, &on_orders), (since, &on_problems)] {
        rules::set(tx, actor, field, rule).map_err(of_rule)?;
    }
    Ok(())
}

fn of_rule(error: RuleError) -> FormError {
    match error {
        RuleError::Forbidden(missing) => missing.into(),
        RuleError::Db(error) => error.into(),
        _ => FormError::Unknown,
    }
}

fn of_status(error: StatusError) -> FormError {
    match error {
        StatusError::Forbidden(missing) => missing.into(),
        StatusError::Db(error) => error.into(),
        _ => FormError::Unknown,
    }
}

/// Says in other languages what the form says.
fn translate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut form: WebForm,
    [about, order]: [FieldId; 2],
) -> Result<(), FormError> {
    for (tag, [title, intro, topic, number]) in WORDS {
        let Some(locale) = Locale::parse(tag) else {
            continue;
        };
        let mut said = Words::default();
        said.put(Spot::Title, title);
        said.put(Spot::Intro, intro);
        said.put(Spot::Label(about), topic);
        said.put(Spot::Label(order), number);
        form = words::set(tx, actor, (form.id, form.version), locale, said)?;
    }
    Ok(())
}
