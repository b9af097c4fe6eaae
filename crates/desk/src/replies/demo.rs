//! Sample replies and macros.

use std::collections::BTreeMap;

use kit::db::Tx;
use tandem_core::actor::Actor;

use super::{Audience, ReplyError, ReplyText};
use crate::tickets::Field;
use crate::tickets::extras::Extras;

/// The macro that also puts a tag on and lets whoever uses it follow.
const URGENT: &str = "Urgent: everybody look";

/// A reply: its name, folder, words, and what it changes.
type Sample = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(Field, &'static str)],
);

const SAMPLES: &[Sample] = &[
    (
        "Greeting",
        "",
        "Hello {{ contact.first_name | default(\"there\") }},\n\n\n\nBest regards\n{{ agent.name }}",
        &[],
    ),
    (
        "Ask for steps",
        "Technical",
        "Hello {{ contact.first_name | default(\"there\") }},\n\nthank you for telling us. Would you write down what you did, what you expected and what happened instead? A picture of the screen helps too.",
        &[(Field::Status, "waiting"), (Field::Agent, "me")],
    ),
    (
        "It works again",
        "Technical",
        "Hello {{ contact.first_name | default(\"there\") }},\n\nit is mended and live. Would you try once more and tell us if anything is left?{% if account.owner %} {{ account.owner }} knows of it too.{% endif %}",
        &[(Field::Status, "solved")],
    ),
    (
        "Corrected invoice",
        "Billing",
        "Hello {{ contact.first_name | default(\"there\") }},\n\nthe corrected invoice for {{ account.name | default(\"your account\") }} is on its way to your billing contact.",
        &[(Field::Kind, "billing")],
    ),
    (
        "Look again on Monday",
        "",
        "",
        &[(Field::Agent, "me"), (Field::Snooze, "monday")],
    ),
    (
        URGENT,
        "",
        "",
        &[
            (Field::Status, "open"),
            (Field::Agent, "nobody"),
            (Field::Priority, "urgent"),
        ],
    ),
    (
        "Powitanie",
        "Polski",
        "Dzień dobry,\n\ndziękujemy za wiadomość w sprawie „{{ ticket.subject }}”.\n\nPozdrawiam\n{{ agent.name }}",
        &[],
    ),
    (
        "Приветствие",
        "Русский",
        "Здравствуйте!\n\nСпасибо за обращение № {{ ticket.number }}.\n\nС уважением,\n{{ agent.name }}",
        &[],
    ),
    (
        "Salamlama",
        "Azərbaycanca",
        "Salam,\n\nmüraciətiniz üçün təşəkkür edirik (№ {{ ticket.number }}).\n\nHörmətlə,\n{{ agent.name }}",
        &[],
    ),
    (
        "Sapaan",
        "Bahasa Indonesia",
        "Halo,\n\nterima kasih atas pesan Anda tentang \"{{ ticket.subject }}\".\n\nSalam hangat,\n{{ agent.name }}",
        &[],
    ),
];

/// What the greeting says in other languages.
const GREETINGS: &[(&str, &str)] = &[
    ("az", "Salam,\n\n\n\nHörmətlə,\n{{ agent.name }}"),
    ("id", "Halo,\n\n\n\nSalam hangat,\n{{ agent.name }}"),
    ("pl", "Dzień dobry,\n\n\n\nPozdrawiam\n{{ agent.name }}"),
    ("ru", "Здравствуйте!\n\n\n\nС уважением,\n{{ agent.name }}"),
];

fn words_of(name: &str) -> BTreeMap<String, String> {
    let all = GREETINGS.iter().filter(|_| name == "Greeting");
    all.map(|(tag, words)| ((*tag).to_owned(), (*words).to_owned()))
        .collect()
}

/// Writes them down for everyone.
///
/// # Errors
/// The database's.
pub fn fill(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), ReplyError> {
    for (name, folder, body, changes) in SAMPLES {
        let text = ReplyText {
            name: (*name).to_owned(),
            folder: (*folder).to_owned(),
            body: (*body).to_owned(),
            words: words_of(name),
            is_note: false,
            audience: Audience::Everyone,
            changes: changes
                .iter()
                .map(|(field, value)| (*field, (*value).to_owned()))
                .collect(),
            extras: if *name == URGENT {
                Extras::said("escalated", "", "on")
            } else {
                Extras::default()
            },
        };
        super::add(tx, actor, &text)?;
    }
    Ok(())
}
