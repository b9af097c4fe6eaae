//! A playbook as a form, and back.

use kit::i18n::Text;
use kit::money::Currency;
use kit::web::Filled;
use tandem_core::ladders::RungId;

use super::failures::{COOLDOWN, GOAL, HOLDOUT, RUNG, TRIGGER};
use super::{Aim, Conditions, Content, Goal, Side, Trigger};
use crate::health::Band;

pub(super) mod steps;

pub(super) use steps::{arranged, count, refuse_step, refuse_variable};

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
    if content.until_left {
        form.set("until_left", "on");
    }
    goal_into(&mut form, &content.goal);
    for (index, step) in content.steps.iter().enumerate() {
        steps::into(&mut form, index + 1, step);
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
        Trigger::Date { date, days, side } => {
            form.set("date", date);
            form.set("date_days", days.to_string());
            form.set("date_side", side.as_str());
            "date"
        }
        Trigger::Segment { segment } => {
            form.set("segment", segment);
            "segment"
        }
        Trigger::Event { event } => {
            form.set("event", event);
            "event"
        }
    };
    form.set("trigger", word);
}

fn goal_into(form: &mut Filled, goal: &Goal) {
    form.set("goal_days", goal.days.to_string());
    let word = match &goal.aim {
        Aim::Score { points } => {
            form.set("goal_points", points.to_string());
            "score"
        }
        Aim::Eased => "eased",
        Aim::Renewed => "renewed",
        Aim::Metric { metric, rise } => {
            form.set("goal_metric", metric);
            form.set("goal_rise", rise.to_string());
            "metric"
        }
    };
    form.set("goal", word);
}

/// What the form says; nothing after refusing what can't be read.
pub(super) fn content(form: &mut Filled, t: &Text, currency: Currency) -> Option<Content> {
    let trigger = trigger(form, t);
    let conditions = conditions(form, t, currency);
    let holdout = number(form, "holdout", t.say(HOLDOUT.text));
    let cooldown = number(form, "cooldown", t.say(COOLDOWN.text));
    let goal = goal(form, t);
    let mut steps = Vec::new();
    for number in 1..=count(form) {
        steps.push(steps::read(form, t, number));
    }
    Some(Content {
        about: form.value("about").to_owned(),
        trigger: trigger?,
        conditions: conditions?,
        steps: steps.into_iter().collect::<Option<_>>()?,
        until_band: Band::named(form.value("until_band")),
        until_closed: form.value("until_closed") == "on",
        until_left: form.value("until_left") == "on",
        holdout: holdout?,
        cooldown: cooldown?,
        goal: goal?,
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
        "date" => form
            .value("date_days")
            .trim()
            .parse()
            .ok()
            .map(|days| Trigger::Date {
                date: form.value("date").to_owned(),
                days,
                side: match form.value("date_side") {
                    "after" => Side::After,
                    _ => Side::Before,
                },
            }),
        "segment" => Some(Trigger::Segment {
            segment: form.value("segment").to_owned(),
        }),
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

/// What it is measured by; the usual where the form says nothing of it.
fn goal(form: &mut Filled, t: &Text) -> Option<Goal> {
    if !form.has("goal") {
        return Some(Goal::default());
    }
    let number = |name: &str| form.value(name).trim().parse::<i64>().ok();
    let aim = match form.value("goal") {
        "eased" => Some(Aim::Eased),
        "renewed" => Some(Aim::Renewed),
        "metric" => number("goal_rise").map(|rise| Aim::Metric {
            metric: form.value("goal_metric").to_owned(),
            rise,
        }),
        _ => number("goal_points").map(|points| Aim::Score { points }),
    };
    let read = aim.zip(number("goal_days")).map(|(aim, days)| Goal { aim, days });
    if read.is_none() {
        form.refuse("goal", t.say(GOAL.text));
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
