//! A playbook as a form, and back; and what its buttons do with the steps before it is saved.

use kit::i18n::Text;
use kit::money::Currency;
use kit::web::Filled;
use tandem_core::ladders::RungId;

use super::checking::MOST_STEPS;
use super::failures::{COOLDOWN, HOLDOUT, RUNG, STEP, TRIGGER};
use super::{Conditions, Content, OwnerOf, Step, Test, Trigger};
use crate::health::Band;
use crate::tasks::Priority;

/// The fields of a step, whatever its kind.
const FIELDS: [&str; 12] = [
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
];

/// The form with a playbook in it.
pub(super) fn filled(t: &Text, name: &str, content: &Content, currency: Currency) -> Filled {
    let mut form = Filled::default();
    form.set("name", name);
    form.set("about", &content.about);
    trigger_into(&mut form, &content.trigger);
    let id = |id: Option<RungId>| id.map(|id| id.to_string()).unwrap_or_default();
    form.set("tier", id(content.conditions.tier));
    form.set("at_stage", id(content.conditions.stage));
    let money = |minor: Option<i64>| minor.map(|minor| t.money_written(minor, currency.code()));
    form.set("mrr_from", money(content.conditions.mrr_from).unwrap_or_default());
    form.set("mrr_to", money(content.conditions.mrr_to).unwrap_or_default());
    form.set("until_band", content.until_band.map_or("", Band::as_str));
    if content.until_closed {
        form.set("until_closed", "on");
    }
    form.set("holdout", content.holdout.to_string());
    form.set("cooldown", content.cooldown.to_string());
    for (index, step) in content.steps.iter().enumerate() {
        step_into(&mut form, index + 1, step);
    }
    form
}

fn trigger_into(form: &mut Filled, trigger: &Trigger) {
    let word = match trigger {
        Trigger::Hand => "hand",
        Trigger::Alert { rule, severity } => {
            form.set("rule", rule);
            form.set("severity", severity);
            "alert"
        }
        Trigger::Band { band } => {
            form.set("to_band", band.as_str());
            "band"
        }
        Trigger::Stage { stage } => {
            form.set("stage", stage.to_string());
            "stage"
        }
        Trigger::Renewal { days } => {
            form.set("before", days.to_string());
            "renewal"
        }
        Trigger::Event { event } => {
            form.set("event", event);
            "event"
        }
    };
    form.set("trigger", word);
}

fn step_into(form: &mut Filled, number: usize, step: &Step) {
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
            let word = match test {
                Test::Above { metric, value } | Test::Below { metric, value } => {
                    set("metric", metric.clone());
                    set("value", value.to_string());
                    if matches!(test, Test::Above { .. }) {
                        "above"
                    } else {
                        "below"
                    }
                }
                Test::Band { band } => {
                    set("band", band.as_str().to_owned());
                    "band"
                }
                Test::Done => "done",
            };
            set("test", word.to_owned());
            set("otherwise", otherwise.to_string());
        }
        Step::Tag { name } | Step::Signal { name } => set("label", name.clone()),
        Step::Note { words } => set("words", words.clone()),
    }
}

/// How many steps the form has.
pub(super) fn count(form: &Filled) -> usize {
    (1..=MOST_STEPS)
        .take_while(|number| form.has(&format!("kind.{number}")))
        .count()
}

/// Does what a button of the steps says; `false` for one that saves.
pub(super) fn arranged(form: &mut Filled) -> bool {
    let act = form.value("act").to_owned();
    let (word, place) = act.split_once('.').unwrap_or((act.as_str(), ""));
    let place = place.parse::<usize>().unwrap_or_default();
    let mut steps: Vec<Vec<(&str, String)>> = (1..=count(form)).map(|number| taken(form, number)).collect();
    match word {
        "add" if steps.len() < MOST_STEPS => {
            let kind = Step::KINDS
                .into_iter()
                .find(|kind| *kind == form.value("new_kind"))
                .unwrap_or("task");
            steps.push(vec![
                ("kind", kind.to_owned()),
                ("owner", "account".to_owned()),
                ("priority", "normal".to_owned()),
            ]);
        }
        "add" => {}
        "remove" if (1..=steps.len()).contains(&place) => drop(steps.remove(place - 1)),
        "up" if (2..=steps.len()).contains(&place) => steps.swap(place - 1, place - 2),
        "down" if (1..steps.len()).contains(&place) => steps.swap(place - 1, place),
        "remove" | "up" | "down" => {}
        _ => return false,
    }
    let is_step = |name: &str| {
        name.split_once('.')
            .is_some_and(|(field, _)| FIELDS.contains(&field))
    };
    let rest: Vec<(String, String)> = form
        .pairs()
        .filter(|(name, _)| !is_step(name) && *name != "act")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    *form = rest.into_iter().collect();
    for (index, step) in steps.into_iter().enumerate() {
        for (field, value) in step {
            form.set(format!("{field}.{}", index + 1), value);
        }
    }
    true
}

fn taken(form: &Filled, number: usize) -> Vec<(&'static str, String)> {
    FIELDS
        .into_iter()
        .map(|field| (field, form.value(&format!("{field}.{number}")).to_owned()))
        .collect()
}

/// What the form says; nothing after refusing what can't be read.
pub(super) fn content(form: &mut Filled, t: &Text, currency: Currency) -> Option<Content> {
    let trigger = trigger(form, t);
    let conditions = conditions(form, t, currency);
    let holdout = number(form, "holdout", t.say(HOLDOUT.text));
    let cooldown = number(form, "cooldown", t.say(COOLDOWN.text));
    let mut steps = Vec::new();
    for number in 1..=count(form) {
        steps.push(step(form, t, number));
    }
    Some(Content {
        about: form.value("about").to_owned(),
        trigger: trigger?,
        conditions: conditions?,
        steps: steps.into_iter().collect::<Option<_>>()?,
        until_band: Band::named(form.value("until_band")),
        until_closed: form.value("until_closed") == "on",
        holdout: holdout?,
        cooldown: cooldown?,
    })
}

fn number(form: &mut Filled, name: &str, sentence: String) -> Option<i64> {
    let typed = form.value(name).trim().to_owned();
    if typed.is_empty() {
        return Some(0);
    }
    let read = typed.parse().ok();
    if read.is_none() {
        form.refuse(name.to_owned(), sentence);
    }
    read
}

fn trigger(form: &mut Filled, t: &Text) -> Option<Trigger> {
    let read = match form.value("trigger") {
        "alert" => Some(Trigger::Alert {
            rule: form.value("rule").trim().to_owned(),
            severity: form.value("severity").trim().to_owned(),
        }),
        "band" => Band::named(form.value("to_band")).map(|band| Trigger::Band { band }),
        "stage" => form
            .value("stage")
            .parse()
            .ok()
            .map(|stage| Trigger::Stage { stage }),
        "renewal" => form
            .value("before")
            .trim()
            .parse()
            .ok()
            .map(|days| Trigger::Renewal { days }),
        "event" => Some(Trigger::Event {
            event: form.value("event").to_owned(),
        }),
        _ => Some(Trigger::Hand),
    };
    if read.is_none() {
        form.refuse("trigger", t.say(TRIGGER.text));
    }
    read
}

fn conditions(form: &mut Filled, t: &Text, currency: Currency) -> Option<Conditions> {
    let tier = rung(form, t, "tier");
    let stage = rung(form, t, "at_stage");
    let mut money = |name: &str| match form.value(name).trim().is_empty() {
        true => Some(None),
        false => form.amount(t, name, currency).map(Some),
    };
    let (mrr_from, mrr_to) = (money("mrr_from"), money("mrr_to"));
    Some(Conditions {
        tier: tier?,
        stage: stage?,
        mrr_from: mrr_from?,
        mrr_to: mrr_to?,
    })
}

fn rung(form: &mut Filled, t: &Text, name: &str) -> Option<Option<RungId>> {
    match form.value(name) {
        "" => Some(None),
        id => match id.parse() {
            Ok(id) => Some(Some(id)),
            Err(_) => {
                form.refuse(name.to_owned(), t.say(RUNG.text));
                None
            }
        },
    }
}

fn step(form: &mut Filled, t: &Text, number: usize) -> Option<Step> {
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

/// Says at a step that it can't be done as it is written.
pub(super) fn refuse_step(form: &mut Filled, t: &Text, number: usize) {
    form.refuse(format!("step.{number}"), t.say(STEP.text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbooks::standard;

    fn euro() -> Currency {
        "EUR".parse().expect("a currency")
    }

    #[test]
    fn a_playbook_goes_through_the_form_as_it_is() {
        let t = Text::default();
        for (name, content) in [standard::save(), standard::renewal()] {
            let mut form = filled(&t, name, &content, euro());
            assert_eq!(self::content(&mut form, &t, euro()), Some(content));
        }
    }

    #[test]
    fn steps_move_and_go_without_losing_what_was_typed() {
        let t = Text::default();
        let (name, content) = standard::save();
        let mut form = filled(&t, name, &content, euro());
        form.set("act", "down.1");
        assert!(arranged(&mut form));
        assert_eq!((form.value("kind.1"), form.value("kind.2")), ("await", "task"));
        assert!(form.value("title.2").starts_with("Call"));
        form.set("act", "remove.1");
        assert!(arranged(&mut form));
        assert_eq!(
            (count(&form), form.value("name")),
            (content.steps.len() - 1, name)
        );
        form.set("act", "add");
        form.set("new_kind", "wait");
        assert!(arranged(&mut form));
        assert_eq!(form.value(&format!("kind.{}", content.steps.len())), "wait");
        form.set("act", "save");
        assert!(!arranged(&mut form));
    }
}
