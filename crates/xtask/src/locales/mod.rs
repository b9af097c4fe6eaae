//! House rules for words that people read: they stand in `locales/<language>/*.ftl`, complete in every language.
//!
//! English is the measure. Every id that code or a template says exists there; every other language has the same
//! ids in files of the same name, with the same variables and its own plural forms; no id is left over; no
//! template holds words of its own.

mod markup;
mod messages;
mod usage;

use crate::excuses::Excuses;
use crate::rules::Report;
use crate::source::{Finding, SourceFile, Sources};
use messages::{Language, Message};
use std::collections::BTreeSet;
use usage::{Call, Usage};

/// The language that all others are measured against.
const ENGLISH: &str = "en";

/// The languages and the plural forms that whole numbers have in each (Unicode CLDR). `other` may stand in any of
/// them: fractions need it, and a choice has to have a default.
const PLURALS: &[(&str, &[&str])] = &[
    (ENGLISH, &["one", "other"]),
    ("pl", &["one", "few", "many"]),
    ("ru", &["one", "few", "many"]),
    ("az", &["one", "other"]),
    ("id", &["other"]),
];

/// Languages in which a word beside a number must change with it, so that English's choice needs one here too.
const INFLECTED: &[&str] = &["pl", "ru"];

/// Compares the languages with each other and with what code and templates say.
pub(crate) fn check(sources: &Sources, excuses: &Excuses) -> Report {
    let (languages, mut findings) = messages::read(sources);
    let usage = Usage::of(sources);
    let english = Language::named(&languages, ENGLISH);
    for language in &languages {
        findings.extend(own_problems(language));
        if language.tag != ENGLISH {
            findings.extend(differences(english, language));
        }
    }
    findings.extend(usage.calls.iter().filter_map(|call| unsayable(english, call)));
    findings.extend(left_over(english, &usage, excuses));
    for file in sources.with_extension("html").filter(|file| !file.is_vendored()) {
        findings.extend(markup::own_words(file, excuses));
    }
    let ids = english.map_or(0, |english| english.messages.len());
    Report {
        findings,
        summary: format!("{ids} messages in {} languages", languages.len()),
    }
}

fn own_problems(language: &Language) -> Vec<Finding> {
    let mut findings = Vec::new();
    let forms = PLURALS
        .iter()
        .find(|(tag, _)| *tag == language.tag)
        .map(|(_, forms)| *forms);
    for message in &language.messages {
        for reference in message
            .references
            .iter()
            .filter(|id| language.message(id).is_none())
        {
            findings.push(message.finding(format!("refers to `{reference}`, which {} lacks", language.tag)));
        }
        for choice in &message.choices {
            let mut given: BTreeSet<&str> = choice.forms.iter().map(String::as_str).collect();
            let wanted: BTreeSet<&str> = forms.unwrap_or_default().iter().copied().collect();
            if !wanted.contains("other") {
                given.remove("other");
            }
            if given != wanted {
                let (given, wanted) = (listed(&given), listed(&wanted));
                findings.push(message.finding(format!(
                    "`${}` chooses between {given}; {} has {wanted}",
                    choice.variable, language.tag
                )));
            }
        }
    }
    if forms.is_none() {
        let path = format!("locales/{}", language.tag);
        let message = "a language whose plural forms xtask's locales/mod.rs does not know".into();
        findings.push(Finding {
            path,
            line: 0,
            message,
        });
    }
    findings
}

fn differences(english: Option<&Language>, language: &Language) -> Vec<Finding> {
    let Some(english) = english else { return Vec::new() };
    let mut findings = Vec::new();
    for original in &english.messages {
        match language.message(&original.id) {
            Some(message) => findings.extend(difference(original, message, language)),
            None => findings.push(original.finding(format!("{} lacks it", language.tag))),
        }
    }
    let foreign = language
        .messages
        .iter()
        .filter(|message| english.message(&message.id).is_none());
    findings.extend(foreign.map(|message| message.finding("English has no such message")));
    findings
}

fn difference(original: &Message, message: &Message, language: &Language) -> Vec<Finding> {
    let mut problems = Vec::new();
    if message.variables != original.variables {
        let (own, wanted) = (listed(&message.variables), listed(&original.variables));
        problems.push(message.finding(format!("has the variables {own}, English has {wanted}")));
    }
    let file = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    if file(&message.path) != file(&original.path) {
        problems.push(message.finding(format!("stands in {} in English", file(&original.path))));
    }
    for choice in original
        .choices
        .iter()
        .filter(|_| INFLECTED.contains(&language.tag.as_str()))
    {
        if !message.choices.iter().any(|own| own.variable == choice.variable) {
            problems
                .push(message.finding(format!("English chooses a plural form by `${}`", choice.variable)));
        }
    }
    problems
}

/// A message that is said but does not exist, or is said with other arguments than it needs.
fn unsayable(english: Option<&Language>, call: &Call) -> Option<Finding> {
    let Some(message) = english?.message(&call.id) else {
        return Some(call.finding(format!("English has no message `{}`", call.id)));
    };
    let given = call.arguments.as_ref()?;
    if *given == message.variables {
        return None;
    }
    let (given, wanted) = (listed(given), listed(&message.variables));
    Some(call.finding(format!(
        "`{}` is said with the variables {given}, it has {wanted}",
        call.id
    )))
}

fn left_over(english: Option<&Language>, usage: &Usage, excuses: &Excuses) -> Vec<Finding> {
    let Some(english) = english else { return Vec::new() };
    let referred: BTreeSet<&String> = english
        .messages
        .iter()
        .flat_map(|message| &message.references)
        .collect();
    let idle = english.messages.iter().filter(|message| {
        !usage.mentions(&message.id) && !referred.contains(&message.id) && !excuses.message(&message.id)
    });
    idle.map(|message| message.finding("nothing says it")).collect()
}

impl Message {
    fn finding(&self, problem: impl std::fmt::Display) -> Finding {
        Finding {
            path: self.path.clone(),
            line: self.line,
            message: format!("`{}`: {problem}", self.id),
        }
    }
}

fn listed<T: AsRef<str>>(words: &BTreeSet<T>) -> String {
    match words.len() {
        0 => "none".into(),
        _ => words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "),
    }
}

/// The name of a language's folder, when a file is a message file.
fn language_of(file: &SourceFile) -> Option<&str> {
    file.path
        .strip_prefix("locales/")?
        .split_once('/')
        .map(|(tag, _)| tag)
}

#[cfg(test)]
mod tests;
