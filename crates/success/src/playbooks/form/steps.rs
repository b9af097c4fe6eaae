//! Steps as fields of a form, and what its buttons do with them before it is saved.

use kit::i18n::Text;
use kit::web::Filled;

use crate::health::Band;
use crate::playbooks::checking::MOST_STEPS;
use crate::playbooks::failures::STEP;
use crate::playbooks::{OwnerOf, Recipient, Step, Test};
use crate::tasks::Priority;

/// The fields of a step, whatever its kind.
const FIELDS: [&str; 19] = [
    "kind",
    "title",
    "words",
    "owner",
    "days",
    "priority",
    "test",
    "metric",
    "value",
    "band",
    "otherwise",
    "label",
    "to",
    "subject",
    "webhook",
    "field",
    "set_stage",
    "set_tier",
    "set_owner",
];

/// How many steps the form has.
pub(in crate::playbooks) fn count(form: &Filled) -> usize {
    (1..=MOST_STEPS)
        .take_while(|number| form.has(&format!("kind.{number}")))
        .count()
}

/// Does what a button of the steps says; `false` for one that saves. Branches lead to where they led, and the step that was
/// touched has the focus.
pub(in crate::playbooks) fn arranged(form: &mut Filled) -> bool {
    let act = form.value("act").to_owned();
    let (word, place) = act.split_once('.').unwrap_or((act.as_str(), ""));
    let place = place.parse::<usize>().unwrap_or_default();
    let before = count(form);
    let mut steps: Vec<Fields> = (1..=before).map(|number| taken(form, number)).collect();
    // Which step was which; one beyond the last is the end.
    let mut order: Vec<usize> = (1..=before).collect();
    let focus = match word {
        "add" => {
            if before < MOST_STEPS {
                steps.push(fresh(form.value("new_kind")));
                order.push(0);
            }
            steps.len()
        }
        "remove" if (1..=before).contains(&place) => {
            drop(steps.remove(place - 1));
            order.remove(place - 1);
            place.min(steps.len())
        }
        "up" if (2..=before).contains(&place) => {
            steps.swap(place - 1, place - 2);
            order.swap(place - 1, place - 2);
            place - 1
        }
        "down" if (1..before).contains(&place) => {
            steps.swap(place - 1, place);
            order.swap(place - 1, place);
            place + 1
        }
        "remove" | "up" | "down" => place,
        _ => return false,
    };
    let is_step = |name: &str| {
        name.split_once('.')
            .is_some_and(|(field, _)| FIELDS.contains(&field))
    };
    let rest: Vec<(String, String)> = form
        .pairs()
        .filter(|(name, _)| !is_step(name) && !["act", "focus"].contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    *form = rest.into_iter().collect();
    for (index, step) in steps.into_iter().enumerate() {
        for (field, value) in step {
            let value = if field == "otherwise" {
                led(&value, before, &order)
            } else {
                value
            };
            form.set(format!("{field}.{}", index + 1), value);
        }
    }
    form.set("focus", focus.to_string());
    true
}

/// Where a branch leads by now that led to a step before; where that is gone, the number stays and is asked about when it is
/// saved.
fn led(value: &str, before: usize, order: &[usize]) -> String {
    match value.trim().parse::<usize>() {
        Ok(old) if old == before + 1 => (order.len() + 1).to_string(),
        Ok(old) => order
            .iter()
            .position(|one| *one == old)
            .map_or_else(|| value.to_owned(), |at| (at + 1).to_string()),
        Err(_) => value.to_owned(),
    }
}

/// The fields of a step and what stands in them.
type Fields = Vec<(&'static str, String)>;

/// A new step of a kind.
fn fresh(kind: &str) -> Fields {
    let kind = Step::KINDS.into_iter().find(|one| *one == kind).unwrap_or("task");
    vec![
        ("kind", kind.to_owned()),
        ("owner", "account".to_owned()),
        ("priority", "normal".to_owned()),
    ]
}

fn taken(form: &Filled, number: usize) -> Fields {
    FIELDS
        .into_iter()
        .map(|field| (field, form.value(&format!("{field}.{number}")).to_owned()))
        .collect()
}

/// Puts a step into the form.
pub(super) fn into(form: &mut Filled, number: usize, step: &Step) {
    let mut set = |name: &str, value: String| form.set(format!("{name}.{number}"), value);
    set("kind", step.kind().to_owned());
    match step {
        Step::Task {
            title,
            words,
            owner,
            due_in,
            priority,
        } => {
            set("title", title.clone());
            set("words", words.clone());
            set(
                "owner",
                match owner {
                    OwnerOf::Account => "account".to_owned(),
                    OwnerOf::Named(id) => id.clone(),
                },
            );
            set("days", due_in.to_string());
            set("priority", priority.as_str().to_owned());
        }
        Step::Wait { days } | Step::Await { days } => set("days", days.to_string()),
        Step::Branch { test, otherwise } => {
            let (word, metric, value, band) = test_of(test);
            set("metric", metric);
            set("value", value);
            set("band", band.to_owned());
            set("test", word.to_owned());
            set("otherwise", otherwise.to_string());
        }
        Step::Tag { name } | Step::Signal { name } => set("label", name.clone()),
        Step::Note { words } => set("words", words.clone()),
        Step::Mail { to, subject, words } => {
            set("to", to.as_str().to_owned());
            set("subject", subject.clone());
            set("words", words.clone());
        }
        Step::Webhook { webhook, name } => {
            set("webhook", webhook.clone());
            set("label", name.clone());
        }
        Step::Set { field, value } => {
            set("field", field.clone());
            set(input_of(field), value.clone());
        }
    }
}

/// A test as fields: its word, metric, value and band.
fn test_of(test: &Test) -> (&'static str, String, String, &'static str) {
    let nothing = String::new;
    match test {
        Test::Above { metric, value } => ("above", metric.clone(), value.to_string(), ""),
        Test::Below { metric, value } => ("below", metric.clone(), value.to_string(), ""),
        Test::Band { band } => ("band", nothing(), nothing(), band.as_str()),
        Test::Done => ("done", nothing(), nothing(), ""),
    }
}

/// Reads a step of the form; nothing after refusing what can't be read.
pub(super) fn read(form: &mut Filled, t: &Text, number: usize) -> Option<Step> {
    let value = |name: &str| form.value(&format!("{name}.{number}")).trim().to_owned();
    let days = value("days").parse::<i64>().ok();
    let read = match value("kind").as_str() {
        "wait" => days.map(|days| Step::Wait { days }),
        "await" => days.map(|days| Step::Await { days }),
        "branch" => {
            let otherwise = value("otherwise").parse().ok();
            test(&value)
                .zip(otherwise)
                .map(|(test, otherwise)| Step::Branch { test, otherwise })
        }
        "tag" => Some(Step::Tag { name: value("label") }),
        "note" => Some(Step::Note {
            words: value("words"),
        }),
        "signal" => Some(Step::Signal { name: value("label") }),
        "mail" => Some(Step::Mail {
            to: Recipient::named(&value("to")).unwrap_or_default(),
            subject: value("subject"),
            words: value("words"),
        }),
        "webhook" => Some(Step::Webhook {
            webhook: value("webhook"),
            name: value("label"),
        }),
        "set" => Some(Step::Set {
            field: value("field"),
            value: value(input_of(&value("field"))),
        }),
        _ => days.map(|due_in| Step::Task {
            title: value("title"),
            words: value("words"),
            owner: match value("owner").as_str() {
                "account" | "" => OwnerOf::Account,
                id => OwnerOf::Named(id.to_owned()),
            },
            due_in,
            priority: Priority::named(&value("priority")).unwrap_or_default(),
        }),
    };
    if read.is_none() {
        refuse_step(form, t, number);
    }
    read
}

fn test(value: &impl Fn(&str) -> String) -> Option<Test> {
    let measured = value("value")
        .replace(',', ".")
        .parse::<f64>()
        .ok()
        .filter(|value| value.is_finite());
    let metric = value("metric");
    match value("test").as_str() {
        "above" => measured.map(|value| Test::Above { metric, value }),
        "below" => measured.map(|value| Test::Below { metric, value }),
        "band" => Band::named(&value("band")).map(|band| Test::Band { band }),
        "done" => Some(Test::Done),
        _ => None,
    }
}

/// Where the value of a field is written: stages, tiers and owners are chosen, own fields are written.
fn input_of(field: &str) -> &'static str {
    match field {
        "stage" => "set_stage",
        "tier" => "set_tier",
        "owner" => "set_owner",
        _ => "value",
    }
}

/// Says at a step that it can't be done as it is written.
pub(in crate::playbooks) fn refuse_step(form: &mut Filled, t: &Text, number: usize) {
    form.refuse(format!("step.{number}"), t.say(STEP.text));
}

/// Says at a step that it names a variable that there is not.
pub(in crate::playbooks) fn refuse_variable(form: &mut Filled, t: &Text, number: usize, name: &str) {
    let said = t.say_with("playbooks-failure-variable-named", kit::args!(name = name));
    form.refuse(format!("step.{number}"), said);
}
