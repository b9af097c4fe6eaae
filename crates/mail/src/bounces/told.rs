//! Delivery reports that are letters.
//!
//! Addresses are candidates by where they stand: alone on a line, before a colon, beside words of failure, below a line
//! that announces them. Whose address it can't be (ours, the postmaster's) is left out. Reading stops where the copy of
//! the original begins.

use super::reason;
use super::report::{plain, push};
use super::{Failure, Lasting, Original};
use crate::understand::Message;
use crate::words::Words;
use regex::Regex;
use std::sync::LazyLock;

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[A-Za-z0-9._%+=&'*/!#$?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
        .expect("is a valid expression")
});

static QUOTED_ID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?im)^[> \t]*message-id:\s*<([^<>\s]{1,500})>").expect("is a valid expression")
});

static QUOTED_SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?im)^[> \t]*subject:[ \t]*(\S[^\r\n]{0,400})").expect("is a valid expression")
});

/// Lines of a letter that are read, and bytes of each.
const MOST_LINES: usize = 400;
const LONGEST_LINE: usize = 2_000;
/// Most addresses that are weighed.
const MOST_CANDIDATES: usize = 200;

/// Who sends such letters.
static DAEMONS: Words = Words::new(|| include_str!("../words/daemons.txt"));

/// What their subjects say.
static SUBJECTS: Words = Words::new(|| include_str!("../words/bounce-subjects.txt"));

/// Words by which a letter shows what it is about.
static PHRASES: Words = Words::new(|| include_str!("../words/bounce-phrases.txt"));

/// Where the copy of the original begins.
static COPIES: Words = Words::new(|| include_str!("../words/copies.txt"));

/// Lines that name addresses of others: whom to ask, who we are.
static OTHERS: Words = Words::new(|| include_str!("../words/others.txt"));

/// Words that stand beside an address that failed.
static FAILED: Words = Words::new(|| include_str!("../words/failed.txt"));

/// How sure it is that a mail without a part for machines is a delivery report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Nothing says so.
    None,
    /// Its words say so, its sender doesn't.
    Words,
    /// It comes from who sends such letters, and says so.
    Sender,
}

pub(super) fn certainty(message: &Message) -> Certainty {
    if message.media_type == "multipart/report" && message.report_type.as_deref() == Some("delivery-status") {
        return Certainty::Sender;
    }
    let writer = message.writer();
    let local = writer
        .map(|writer| writer.local().to_ascii_lowercase())
        .unwrap_or_default();
    let name = writer
        .map(|writer| writer.name.to_lowercase())
        .unwrap_or_default();
    let is_named = ["mail deliver", "mailer-daemon", "mailer daemon", "postmaster"]
        .iter()
        .any(|known| name.contains(known));
    let is_daemon = DAEMONS.contains(&local.as_str())
        || local.contains("daemon")
        || local.starts_with("postmaster")
        || is_named;
    let has_null_path = message
        .field("Return-Path")
        .is_some_and(|path| path.trim() == "<>");
    let subject = message.subject.to_lowercase();
    let has_subject = SUBJECTS.iter().any(|known| subject.contains(known));
    let text = head(message).to_lowercase();
    let has_phrase = PHRASES.iter().any(|known| text.contains(known));
    if (is_daemon || has_null_path) && (has_subject || has_phrase) {
        return Certainty::Sender;
    }
    if has_subject && has_phrase && message.in_reply_to.is_empty() {
        return Certainty::Words;
    }
    Certainty::None
}

/// The letter without the copy below it.
fn head(message: &Message) -> String {
    let mut lines = Vec::new();
    let mut has_address = false;
    for (at, line) in message.text.lines().take(MOST_LINES).enumerate() {
        let line = cut(line);
        let lower = line.to_lowercase();
        let plain = lower.trim();
        let is_copy = plain.len() < 200 && COPIES.iter().any(|known| plain.contains(known));
        // "Returned mail" may be a title, and a sentence may announce the copy before naming the address.
        let is_drawn = plain.starts_with(['-', '>']) || plain.ends_with([':', '-', '.']) || at > 6;
        let is_header = plain.starts_with("received:") || plain.starts_with("return-path:");
        let begins_copy = is_copy && (is_drawn || is_header);
        let is_certain = has_address || is_header || plain.starts_with('-');
        if begins_copy && at > 0 && is_certain && !PHRASES.iter().any(|known| plain.contains(known)) {
            break;
        }
        has_address = has_address || ADDRESS.is_match(line);
        lines.push(line);
    }
    lines.join("\n")
}

fn cut(line: &str) -> &str {
    let mut end = line.len().min(LONGEST_LINE);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

/// The addresses that the letter names.
pub(super) fn failures(message: &Message) -> Vec<Failure> {
    let head = head(message);
    let mut candidates = candidates(message, &head);
    let best = candidates.iter().map(|(_, score, _)| *score).max().unwrap_or(0);
    if best >= 3 {
        candidates.retain(|(_, score, _)| *score >= 3);
    } else if candidates.len() > 1 {
        candidates.retain(|(_, score, _)| *score == best && best > 0);
    }
    let mut failures = Vec::new();
    for (address, _, context) in candidates {
        let mut failure = plain(address, &context);
        let whole = plain_of_whole(message, &head);
        if failure.status.is_none() {
            (failure.status, failure.said) = (whole.status.clone(), whole.said.clone());
        }
        if failure.reason == reason::Reason::Unknown {
            failure.reason = whole.reason;
        }
        failure.lasting = whole.lasting;
        push(&mut failures, failure);
    }
    if failures.is_empty() {
        failures.extend(
            bare(message, &head)
                .into_iter()
                .map(|address| plain(address, &head)),
        );
    }
    failures
}

fn plain_of_whole(message: &Message, head: &str) -> Failure {
    let mut whole = plain(String::new(), head);
    let subject = message.subject.to_lowercase();
    let beginning: Vec<&str> = message.text.lines().take(40).collect();
    let is_late = subject.contains("delay")
        || subject.contains("verzöger")
        || reason::is_waiting(&beginning.join("\n"));
    if is_late {
        whole.lasting = Lasting::Temporary;
    }
    whole
}

/// Addresses with how much speaks for each, and the lines around.
fn candidates(message: &Message, head: &str) -> Vec<(String, i32, String)> {
    let own: Vec<&str> = message
        .to
        .iter()
        .chain(&message.from)
        .map(|address| address.address.as_str())
        .collect();
    let lines: Vec<&str> = head.lines().collect();
    let mut candidates: Vec<(String, i32, String)> = Vec::new();
    let mut announced = 0i32;
    for (at, line) in lines.iter().enumerate() {
        let lower = line.to_lowercase();
        let is_announcing = PHRASES.iter().any(|known| lower.contains(known));
        for found in ADDRESS.find_iter(line) {
            let address = found
                .as_str()
                .trim_start_matches(['\'', '=', '#', '/', '*'])
                .trim_end_matches('.');
            let address = address.rsplit_once("SMTP=").map_or(address, |(_, rest)| rest);
            let score = score(line, &lower, address, announced.max(i32::from(is_announcing) * 8));
            let is_own = own.iter().any(|own| own.eq_ignore_ascii_case(address));
            let score = if is_own { score - 6 } else { score };
            let context = || lines[at..lines.len().min(at + 8)].join("\n");
            let known = candidates
                .iter()
                .position(|(known, ..)| known.eq_ignore_ascii_case(address));
            if let Some(known) = known {
                candidates[known].1 = candidates[known].1.max(score);
            } else if candidates.len() < MOST_CANDIDATES {
                candidates.push((address.to_owned(), score, context()));
            }
        }
        announced = if is_announcing { 8 } else { announced - 1 };
    }
    candidates.retain(|(_, score, _)| *score > 0);
    candidates
}

fn score(line: &str, lower: &str, address: &str, announced: i32) -> i32 {
    let plain = line
        .trim()
        .trim_matches(['<', '>', '*', '-', ' ', '\t', '"', '\'']);
    let is_alone = plain
        .trim_end_matches([':', '>', '.', ',', ';', ')'])
        .eq_ignore_ascii_case(address);
    let begins = plain.to_lowercase().starts_with(&address.to_lowercase());
    let mut score = 1;
    if is_alone {
        score += 2;
    }
    if begins && plain[address.len()..].starts_with([':', '>', ';', ' ', '\t', ',']) {
        score += 1;
    }
    if FAILED.iter().any(|known| lower.contains(known)) {
        score += 2;
    }
    if announced > 0 {
        score += 1;
    }
    // The field of the original, told again.
    if lower.trim_start().starts_with("to:") {
        score = 1;
    }
    let is_expanded = lower.contains("expanded from");
    if is_expanded {
        score += 2;
    } else if OTHERS.iter().any(|known| lower.contains(known)) && !is_alone {
        score -= 4;
    }
    score
}

/// A name without a domain, below a line that announces it: it lives where the letter comes from.
fn bare(message: &Message, head: &str) -> Vec<String> {
    let Some(domain) = message
        .writer()
        .map(crate::understand::Address::domain)
        .filter(|domain| !domain.is_empty())
    else {
        return Vec::new();
    };
    let lines: Vec<&str> = head.lines().collect();
    let announcing = lines.iter().position(|line| {
        let lower = line.to_lowercase();
        PHRASES.iter().any(|known| lower.contains(known))
    });
    let Some(announcing) = announcing else {
        return Vec::new();
    };
    let named = lines[announcing + 1..].iter().take(6).filter_map(|line| {
        let mut words = line.split_whitespace();
        let name = words.next()?;
        let is_indented = line.starts_with([' ', '\t']);
        let is_name = name.len() <= 64
            && name
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter));
        let is_listed = words.next().is_none() || line.contains("  ");
        (is_indented && is_name && is_listed).then(|| format!("{name}@{domain}"))
    });
    named.collect()
}

/// What a quoted copy says of itself.
pub(super) fn original(message: &Message) -> Original {
    let found = |expression: &Regex| {
        expression
            .captures(&message.text)
            .map(|found| found[1].trim().to_owned())
    };
    Original {
        message_id: found(&QUOTED_ID),
        subject: found(&QUOTED_SUBJECT),
    }
}
