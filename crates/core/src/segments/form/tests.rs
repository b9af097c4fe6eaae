use kit::money::Currency;

use super::*;
use crate::segments::catalogue::{Called, Shelf};
use crate::segments::model::Test;

fn catalogue() -> Catalogue {
    let entry = |subject: Subject, nature, choices: &[&str], has_past| Entry {
        subject,
        called: Called::Own("Something".to_owned()),
        shelf: Shelf::Account,
        nature,
        choices: choices
            .iter()
            .map(|choice| ((*choice).to_owned(), Called::Own((*choice).to_owned())))
            .collect(),
        has_past,
        is_daily: false,
        is_offered: true,
    };
    let metric = |name: &str| Subject::Metric(name.to_owned());
    Catalogue {
        entries: vec![
            entry(Subject::Name, Nature::Text, &[], false),
            entry(Subject::State, Nature::Choice, &["open", "closed"], false),
            entry(Subject::Arr, Nature::Number(Scale::Money), &[], false),
            entry(Subject::Renews, Nature::Day, &[], false),
            entry(metric("usage.share"), Nature::Number(Scale::Share), &[], true),
        ],
        currency: "EUR".parse::<Currency>().expect("a currency"),
    }
}

fn definition() -> Group {
    let ask = |about, test| Condition { about, test };
    let share = || Subject::Metric("usage.share".to_owned());
    Group {
        join: Join::All,
        conditions: vec![
            ask(Subject::Name, Test::Contains("nord".to_owned())),
            ask(Subject::State, Test::OneOf(vec!["open".to_owned()])),
        ],
        groups: vec![
            Group {
                join: Join::Any,
                conditions: vec![ask(Subject::Arr, Test::AtLeast(1_250_000.0))],
                groups: vec![Group {
                    join: Join::None,
                    conditions: vec![ask(share(), Test::FellBy(0.25, 30)), ask(share(), Test::Unknown)],
                    groups: Vec::new(),
                }],
            },
            Group {
                join: Join::Any,
                conditions: vec![ask(Subject::Renews, Test::Next(90))],
                groups: Vec::new(),
            },
        ],
    }
}

fn draft() -> Draft {
    let text = SegmentText {
        name: "Nordic".to_owned(),
        about: String::new(),
        owner: None,
        definition: definition(),
    };
    Draft::of(&text, 3, &catalogue(), &Text::default())
}

/// What a browser sends of a draft.
fn sent(draft: &Draft) -> Sent {
    let mut pairs = vec![
        ("name".to_owned(), draft.name.clone()),
        ("audience".to_owned(), draft.audience.clone()),
        ("version".to_owned(), draft.version.to_string()),
    ];
    for (number, node) in draft.nodes.iter().enumerate() {
        let mut pair = |name: &str, value: &str| pairs.push((format!("{name}.{number}"), value.to_owned()));
        pair("depth", &node.depth.to_string());
        match &node.part {
            Part::Group(join) => {
                pair("kind", "group");
                pair("join", join.as_str());
            }
            Part::Line(typed) => {
                pair("kind", "line");
                pair("subject", &typed.about);
                pair("is", &typed.is);
                typed.words.iter().for_each(|word| pair("words", word));
                pair("number", &typed.number);
                pair("days", &typed.days);
                pair("day", &typed.day);
            }
        }
    }
    pairs.into_iter().collect()
}

#[test]
fn a_definition_goes_through_the_form_as_it_is() {
    let (catalogue, t) = (catalogue(), Text::default());
    let mut read = Draft::read(&sent(&draft()));
    assert_eq!(
        (read.name.as_str(), read.version, read.nodes.len()),
        ("Nordic", 3, 10)
    );
    assert_eq!(read.definition(&catalogue, &t), Some(definition()));
}

#[test]
fn groups_and_conditions_come_and_go_without_losing_what_was_typed() {
    let mut draft = draft();
    assert!(draft.arranged("line.0"));
    assert_eq!(
        (draft.newest, draft.nodes[3].part.clone()),
        (Some(3), Part::Line(blank()))
    );
    assert!(draft.arranged("remove.3"));
    assert!(draft.arranged("remove.3"), "the group with the one in it");
    let mut left = definition();
    left.groups.remove(0);
    assert_eq!(draft.definition(&catalogue(), &Text::default()), Some(left));
    assert!(draft.arranged("group.0") && draft.nodes.len() == 7);
    assert!(
        draft.arranged("remove.0") && draft.nodes.len() == 7,
        "the outermost stays"
    );
    assert!(draft.arranged("arrange") && draft.arranged("line.99"));
    assert!(!draft.arranged("save") && !draft.arranged(""));
}

#[test]
fn what_is_wrong_is_said_where_it_is() {
    let (catalogue, t) = (catalogue(), Text::default());
    let mut wrong = draft();
    let Part::Line(typed) = &mut wrong.nodes[4].part else {
        panic!("a condition");
    };
    typed.number = "much".to_owned();
    assert_eq!(wrong.definition(&catalogue, &t), None);
    assert!(!wrong.error("number.4").is_empty() && wrong.error("number.6").is_empty());
    let mut empty = draft();
    assert!(empty.arranged("remove.9"));
    assert_eq!(empty.definition(&catalogue, &t), None);
    assert!(!empty.error("group.8").is_empty());
    let mut stranger = draft();
    let Part::Line(typed) = &mut stranger.nodes[2].part else {
        panic!("a condition");
    };
    typed.words = vec!["ajar".to_owned()];
    assert_eq!(stranger.definition(&catalogue, &t), None);
    assert!(!stranger.error("words.2").is_empty());
}

#[test]
fn another_subject_gets_a_test_that_goes_with_it() {
    let mut draft = draft();
    let Part::Line(typed) = &mut draft.nodes[1].part else {
        panic!("a condition");
    };
    typed.about = "renews".to_owned();
    draft.tidied(&catalogue());
    let Part::Line(typed) = &draft.nodes[1].part else {
        panic!("a condition");
    };
    assert_eq!(typed.is, "next");
}
