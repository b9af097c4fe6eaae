//! A segment as a form that works without scripts, and back: a flat list of groups and conditions, each with how deep it
//! lies. A group comes before its conditions, and those before the groups in it.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::i18n::Text;
use kit::web::Sent;

use super::catalogue::{Catalogue, Entry, Nature, Scale};
use super::checking::{self, Misplaced, Reason};
use super::line::{Is, Line, Misfit};
use super::model::{CONDITIONS, Condition, DEPTH, Group, Join, SegmentText, Subject};

/// How many groups and conditions a form has at most.
const MOST: usize = 2 * CONDITIONS;

/// A segment as it was typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) about: String,
    /// `own` or `everyone`.
    pub(super) audience: String,
    pub(super) version: i64,
    /// The outermost group first.
    pub(super) nodes: Vec<Node>,
    /// By the name of the field.
    wrong: BTreeMap<String, String>,
    /// What has just been added.
    pub(super) newest: Option<usize>,
}

/// A group or a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// How deep the group lies, or the group of the condition; the outermost is 1.
    pub(super) depth: usize,
    pub(super) part: Part,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Group(Join),
    Line(Typed),
}

/// A condition as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) about: String,
    pub(super) is: String,
    pub(super) words: Vec<String>,
    pub(super) number: String,
    pub(super) days: String,
    pub(super) day: String,
}

impl Draft {
    /// What a form sends.
    pub(super) fn read(sent: &Sent) -> Self {
        let mut draft = Self {
            name: sent.one("name").to_owned(),
            about: sent.one("about").to_owned(),
            audience: sent.one("audience").to_owned(),
            version: sent.one("version").parse().unwrap_or(0),
            nodes: vec![Node {
                depth: 1,
                part: Part::Group(Join::named(sent.one("join.0")).unwrap_or_default()),
            }],
            ..Self::default()
        };
        let mut deepest = 1;
        for number in 1..MOST {
            let value = |name: &str| sent.one(&format!("{name}.{number}")).to_owned();
            let depth = value("depth").parse::<usize>().unwrap_or(1);
            let node = match value("kind").as_str() {
                "group" => {
                    let depth = depth.clamp(2, DEPTH.min(deepest + 1));
                    deepest = depth;
                    Node {
                        depth,
                        part: Part::Group(Join::named(&value("join")).unwrap_or_default()),
                    }
                }
                "line" => Node {
                    depth: deepest,
                    part: Part::Line(Typed {
                        about: value("subject"),
                        is: value("is"),
                        words: sent.all(&format!("words.{number}")).map(str::to_owned).collect(),
                        number: value("number"),
                        days: value("days"),
                        day: value("day"),
                    }),
                },
                _ => break,
            };
            draft.nodes.push(node);
        }
        draft
    }

    /// A segment as a form.
    pub(super) fn of(text: &SegmentText, version: i64, catalogue: &Catalogue, t: &Text) -> Self {
        let mut draft = Self {
            name: text.name.clone(),
            about: text.about.clone(),
            audience: if text.owner.is_some() { "own" } else { "everyone" }.to_owned(),
            version,
            ..Self::default()
        };
        draft.take(&text.definition, 1, catalogue, t);
        draft
    }

    fn take(&mut self, group: &Group, depth: usize, catalogue: &Catalogue, t: &Text) {
        self.nodes.push(Node {
            depth,
            part: Part::Group(group.join),
        });
        for condition in &group.conditions {
            self.nodes.push(Node {
                depth,
                part: Part::Line(typed(condition, catalogue, t)),
            });
        }
        for inner in &group.groups {
            self.take(inner, depth + 1, catalogue, t);
        }
    }

    /// What is wrong with a field; empty when nothing is.
    pub(super) fn error(&self, name: &str) -> &str {
        self.wrong.get(name).map_or("", String::as_str)
    }

    /// The same before anybody has looked whether it can be asked.
    pub(super) fn unmarked(&self) -> Self {
        Self {
            wrong: BTreeMap::new(),
            ..self.clone()
        }
    }

    /// Refuses a field; the first sentence stays.
    pub(super) fn refuse(&mut self, name: impl Into<String>, sentence: String) {
        self.wrong.entry(name.into()).or_insert(sentence);
    }

    /// Does what a button of the tree says; `false` for one that saves.
    pub(super) fn arranged(&mut self, act: &str) -> bool {
        let (word, place) = act.split_once('.').unwrap_or((act, ""));
        let place: usize = place.parse().unwrap_or_default();
        let has_room = self.nodes.len() < MOST - 1;
        match (word, self.nodes.get(place).map(|node| (node.depth, &node.part))) {
            ("line", Some((depth, Part::Group(_)))) if has_room => {
                let at = self.behind_lines(place);
                self.put(at, depth, Part::Line(blank()));
            }
            ("group", Some((depth, Part::Group(_)))) if has_room && depth < DEPTH => {
                let at = self.behind(place);
                self.put(at, depth + 1, Part::Group(Join::Any));
                self.put(at + 1, depth + 1, Part::Line(blank()));
            }
            ("remove", Some((_, Part::Line(_)))) => drop(self.nodes.remove(place)),
            ("remove", Some((_, Part::Group(_)))) if place > 0 => {
                let end = self.behind(place);
                drop(self.nodes.drain(place..end));
            }
            ("line" | "group" | "remove" | "arrange", _) => {}
            _ => return false,
        }
        true
    }

    fn put(&mut self, at: usize, depth: usize, part: Part) {
        self.nodes.insert(at, Node { depth, part });
        self.newest = Some(at);
    }

    /// The place behind the conditions of a group.
    fn behind_lines(&self, group: usize) -> usize {
        let lines = self.nodes[group + 1..].iter();
        group
            + 1
            + lines
                .take_while(|node| matches!(node.part, Part::Line(_)))
                .count()
    }

    /// The place behind a group and everything in it.
    fn behind(&self, group: usize) -> usize {
        let depth = self.nodes[group].depth;
        let inner = self.nodes[group + 1..].iter();
        let is_inner = |node: &&Node| matches!(node.part, Part::Line(_)) || node.depth > depth;
        group + 1 + inner.take_while(is_inner).count()
    }

    /// Gives every condition a test that goes with what it asks.
    pub(super) fn tidied(&mut self, catalogue: &Catalogue) {
        for node in &mut self.nodes {
            let Part::Line(typed) = &mut node.part else {
                continue;
            };
            let subject = Subject::of_word(&typed.about);
            let Some(entry) = subject.and_then(|subject| catalogue.find(&subject)) else {
                continue;
            };
            let tests = entry.tests();
            if !Is::named(&typed.is).is_some_and(|is| tests.contains(&is)) {
                typed.is = tests.first().map_or("", |is| is.as_str()).to_owned();
            }
        }
    }

    /// What the form says; nothing after refusing what can't be asked.
    pub(super) fn definition(&mut self, catalogue: &Catalogue, t: &Text) -> Option<Group> {
        let mut read = BTreeMap::new();
        for number in 0..self.nodes.len() {
            let Part::Line(typed) = self.nodes[number].part.clone() else {
                continue;
            };
            match condition(&typed, catalogue, t) {
                Ok(condition) => drop(read.insert(number, condition)),
                Err((field, reason)) => self.refuse(format!("{field}.{number}"), t.say(reason.text())),
            }
        }
        if !self.wrong.is_empty() {
            return None;
        }
        let mut at = 0;
        let group = self.group(&mut at, &mut read);
        match checking::check(&group, catalogue) {
            Ok(()) => Some(group),
            Err(misplaced) => {
                self.place(&misplaced, t);
                None
            }
        }
    }

    /// The group at a place, with everything in it; leaves the place behind it.
    fn group(&self, at: &mut usize, read: &mut BTreeMap<usize, Condition>) -> Group {
        let depth = self.nodes[*at].depth;
        let join = match &self.nodes[*at].part {
            Part::Group(join) => *join,
            Part::Line(_) => Join::All,
        };
        let mut group = Group {
            join,
            ..Group::default()
        };
        *at += 1;
        while let Some(node) = self.nodes.get(*at) {
            match &node.part {
                Part::Line(_) => {
                    group.conditions.extend(read.remove(at));
                    *at += 1;
                }
                Part::Group(_) if node.depth > depth => {
                    let inner = self.group(at, read);
                    group.groups.push(inner);
                }
                Part::Group(_) => break,
            }
        }
        group
    }

    /// Says what is wrong where it is.
    pub(super) fn place(&mut self, misplaced: &Misplaced, t: &Text) {
        let is_line = misplaced.condition.is_some();
        let wanted = misplaced.condition.or(misplaced.group).unwrap_or(0);
        let nodes = self.nodes.iter().enumerate();
        let mut same = nodes.filter(|(_, node)| matches!(node.part, Part::Line(_)) == is_line);
        let number = same.nth(wanted).map_or(0, |(number, _)| number);
        let field = match misplaced.path.rsplit('/').next() {
            Some("about" | "key") if is_line => "subject",
            Some("is") if is_line => "is",
            Some("words") if is_line => "words",
            _ => "group",
        };
        self.refuse(format!("{field}.{number}"), t.say(misplaced.reason.text()));
    }
}

fn blank() -> Typed {
    Typed {
        about: "name".to_owned(),
        ..Typed::default()
    }
}

/// A condition as people type it.
fn typed(condition: &Condition, catalogue: &Catalogue, t: &Text) -> Typed {
    let line = Line::from(condition.clone());
    let scale = match catalogue.find(&condition.about).map(|entry| entry.nature) {
        Some(Nature::Number(scale)) => scale,
        _ => Scale::Plain,
    };
    let number = |number: f64| match scale {
        Scale::Money => t.money_written(number.round() as i64, catalogue.currency.code()),
        Scale::Share => plain(number * 100.0),
        Scale::Plain | Scale::Days => plain(number),
    };
    Typed {
        about: condition.about.word(),
        is: line.is.as_str().to_owned(),
        words: line.words,
        number: line.number.map(number).unwrap_or_default(),
        days: line.days.map(|days| days.to_string()).unwrap_or_default(),
        day: line.day.map(|day| t.day_written(day)).unwrap_or_default(),
    }
}

/// A number without the dust of binary fractions.
fn plain(number: f64) -> String {
    ((number * 1e6).round() / 1e6).to_string()
}

/// Reads a condition; else the field that is wrong, and why.
fn condition(typed: &Typed, catalogue: &Catalogue, t: &Text) -> Result<Condition, (&'static str, Reason)> {
    let subject = Subject::of_word(&typed.about);
    let entry = subject.and_then(|subject| catalogue.find(&subject));
    let entry = entry.ok_or(("subject", Reason::Subject))?;
    let is = Is::named(&typed.is).ok_or(("is", Reason::Test))?;
    let line = Line {
        words: typed.words.clone(),
        number: number(&typed.number, entry, catalogue, t),
        days: typed.days.trim().parse().ok(),
        day: t.read_day(&typed.day).map(Day::from),
        ..Line::new(&entry.subject, is)
    };
    Condition::try_from(line).map_err(|Misfit(part)| match part {
        "key" => ("subject", Reason::Subject),
        part => (part, Reason::of_part(part)),
    })
}

fn number(typed: &str, entry: &Entry, catalogue: &Catalogue, t: &Text) -> Option<f64> {
    if entry.nature == Nature::Number(Scale::Money) {
        let minor = t.read_money(typed, catalogue.currency.code()).ok()?;
        return Some(minor as f64);
    }
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.trim_end_matches('%').replace(',', ".").replace('−', "-");
    let number: f64 = plain.parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(match entry.nature {
        Nature::Number(Scale::Share) => number / 100.0,
        _ => number,
    })
}

#[cfg(test)]
mod tests;
