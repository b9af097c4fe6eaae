//! What a mail step says to somebody, or what it lacks for that.

use std::collections::BTreeSet;

use crate::playbooks::filling::{Values, fill};
use crate::playbooks::{Recipient, Step};

/// The longest subject, in characters; what is beyond is left out.
const LINE: usize = 300;
/// The longest mail, in characters.
const LONGEST: usize = 50_000;

/// What a step says.
#[derive(Clone, Copy, Debug)]
pub(in crate::playbooks) struct Letter<'a> {
    pub(in crate::playbooks) to: Recipient,
    pub(in crate::playbooks) subject: &'a str,
    pub(in crate::playbooks) words: &'a str,
}

impl<'a> Letter<'a> {
    /// What a step says, if it is a mail.
    pub(in crate::playbooks) fn of(step: &'a Step) -> Option<Self> {
        match step {
            Step::Mail { to, subject, words } => Some(Self {
                to: *to,
                subject,
                words,
            }),
            _ => None,
        }
    }

    /// Subject and words for somebody; or what they lack: variables, or the part that would be empty or too long.
    pub(in crate::playbooks) fn filled(&self, values: &Values) -> Result<(String, String), Vec<String>> {
        match (fill(self.subject, values), fill(self.words, values)) {
            (Ok(subject), Ok(words)) => fitting(&subject, words),
            (subject, words) => {
                let missing = [subject.err(), words.err()].into_iter().flatten().flatten();
                let missing: BTreeSet<String> = missing.collect();
                Err(missing.into_iter().collect())
            }
        }
    }
}

/// Both as they go out. What stands for a variable may be nothing, and as long as a field takes.
fn fitting(subject: &str, words: String) -> Result<(String, String), Vec<String>> {
    let line = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).take(LINE).collect();
    let mut wrong = Vec::new();
    if line.trim().is_empty() {
        wrong.push("subject".to_owned());
    }
    if says_nothing(&words) || words.chars().count() > LONGEST {
        wrong.push("words".to_owned());
    }
    match wrong.is_empty() {
        true => Ok((line, words)),
        false => Err(wrong),
    }
}

fn says_nothing(words: &str) -> bool {
    words.chars().all(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(subject: &str, words: &str, value: &str) -> Result<(String, String), Vec<String>> {
        let values: Values = [("field.plan".to_owned(), value.to_owned())].into();
        let letter = Letter {
            to: Recipient::Champion,
            subject,
            words,
        };
        letter.filled(&values)
    }

    #[test]
    fn what_would_be_empty_or_too_long_is_named() {
        let plan = "{{ field.plan }}";
        let sent = filled(plan, "Your plan: {{ field.plan }}", " Large\nplan ");
        let (subject, words) = sent.expect("a mail");
        assert_eq!(
            (subject.as_str(), words.as_str()),
            ("Large plan", "Your plan:  Large\nplan ")
        );
        let lacks =
            |subject: &str, words: &str, value: &str| filled(subject, words, value).expect_err("no mail");
        for value in ["", " \n", "\u{7}\u{1b}"] {
            assert_eq!(lacks(plan, "Hello", value), ["subject"], "{value:?}");
            assert_eq!(lacks("Hello", plan, value), ["words"], "{value:?}");
            assert_eq!(lacks(plan, plan, value), ["subject", "words"], "{value:?}");
        }
        let long = "x".repeat(LONGEST);
        assert!(filled("Hello", plan, &long).is_ok());
        assert_eq!(lacks("Hello", "{{ field.plan }}.", &long), ["words"]);
        assert_eq!(lacks("{{ today }}", "Hello", &long), ["today"]);
    }
}
