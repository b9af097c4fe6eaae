//! Delivery reports by the book (RFC 3464), and what programs write in their place.

use super::reason::{is_waiting, line_with_code, reason, status as status_of};
use super::{Failure, Lasting};
use crate::understand::{Field, Kind, Message, blocks};

/// Most failures of one report.
const MOST: usize = 1_000;

/// Addresses that failed or are late; nothing if the mail has no part for machines.
pub(super) fn failures(message: &Message) -> Option<Vec<Failure>> {
    let reports: Vec<_> = message
        .attachments
        .iter()
        .filter(|attachment| attachment.kind == Kind::DeliveryStatus)
        .collect();
    let mut failures: Vec<Failure> = Vec::new();
    for report in &reports {
        for block in blocks(&report.content) {
            for failure in failure(&block) {
                push(&mut failures, failure);
            }
        }
    }
    // Exim's own field says the same in the header.
    for value in message.all("X-Failed-Recipients") {
        for word in value.split([',', ' ']) {
            if let Some(address) = address(word) {
                push(&mut failures, plain(address, &message.text));
            }
        }
    }
    let is_report = !reports.is_empty() || message.field("X-Failed-Recipients").is_some();
    is_report.then_some(failures)
}

/// Whether the report is about mail that did arrive, or was passed on.
pub(super) fn says_it_arrived(message: &Message) -> bool {
    let mut actions = Vec::new();
    for report in message
        .attachments
        .iter()
        .filter(|attachment| attachment.kind == Kind::DeliveryStatus)
    {
        let fields = blocks(&report.content).concat();
        actions.extend(
            fields
                .iter()
                .filter(|field| field.name.eq_ignore_ascii_case("action"))
                .map(|field| field.value.to_ascii_lowercase()),
        );
    }
    !actions.is_empty()
        && actions
            .iter()
            .all(|action| !is_failure(action) && !is_delay(action))
}

fn is_failure(action: &str) -> bool {
    action.trim_start().starts_with("fail")
}

fn is_delay(action: &str) -> bool {
    action.trim_start().starts_with("delay")
}

/// The failures of one block; some programs put several recipients into one.
fn failure(block: &[Field]) -> Vec<Failure> {
    let value = |name: &str| {
        block
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
            .map(|field| field.value.trim())
    };
    let all = |name: &'static str| {
        block
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
            .filter_map(|field| address(&field.value))
    };
    let action = value("Action").unwrap_or_default().to_ascii_lowercase();
    let status = value("Status").and_then(status_of);
    let arrived = ["delivered", "relayed", "expanded"]
        .iter()
        .any(|known| action.trim().starts_with(known));
    let is_error = status.as_deref().is_some_and(|status| !status.starts_with('2'));
    let has_failed = is_failure(&action) || is_delay(&action) || is_error;
    if !has_failed || arrived {
        return Vec::new();
    }
    let said = value("Diagnostic-Code")
        .map(without_kind)
        .unwrap_or_default()
        .to_owned();
    let status = status
        .filter(|status| !status.ends_with(".0.0"))
        .or_else(|| status_of(&said))
        .or_else(|| value("Status").and_then(status_of));
    let lasting = if is_delay(&action)
        || status
            .as_deref()
            .is_some_and(|status| status.starts_with('4') && !is_failure(&action))
    {
        Lasting::Temporary
    } else {
        Lasting::Permanent
    };
    let originals: Vec<String> = all("Original-Recipient").collect();
    let finals: Vec<String> = all("Final-Recipient").collect();
    let addresses = if originals.is_empty() || finals.len() > originals.len() {
        finals
    } else {
        originals
    };
    let reason = reason(status.as_deref(), &said);
    addresses
        .into_iter()
        .map(|address| Failure {
            address,
            lasting,
            status: status.clone(),
            reason,
            said: said.clone(),
        })
        .collect()
}

/// `rfc822; a@b` or `a@b` or `<a@b>`; nothing for what is no address of mail.
pub(super) fn address(value: &str) -> Option<String> {
    let (kind, rest) = match value.split_once(';') {
        Some((kind, rest)) => (kind.trim().to_ascii_lowercase(), rest),
        None => (String::new(), value),
    };
    if matches!(kind.as_str(), "x400" | "x-unknown" | "unknown") && !rest.contains('@') {
        return None;
    }
    let rest = rest.trim();
    let inner = match (rest.rfind('<'), rest.rfind('>')) {
        (Some(start), Some(end)) if start < end => &rest[start + 1..end],
        _ => rest,
    };
    let plain = inner
        .trim()
        .trim_matches(['<', '>', '"', '\'', '(', ')', ',', ';', ':']);
    let plain = plain.strip_prefix("mailto:").unwrap_or(plain);
    let (local, domain) = plain.rsplit_once('@')?;
    let is_address =
        !local.is_empty() && !domain.is_empty() && !plain.contains(char::is_whitespace) && plain.len() <= 320;
    is_address.then(|| plain.to_owned())
}

/// `smtp; 550 no` without what it is.
fn without_kind(value: &str) -> &str {
    match value.split_once(';') {
        Some((kind, rest)) if !kind.trim().contains(' ') => rest.trim(),
        _ => value.trim(),
    }
}

pub(super) fn plain(address: String, text: &str) -> Failure {
    let status = status_of(text);
    let lasting = match status.as_deref() {
        Some(status) if status.starts_with('4') && is_waiting(text) => Lasting::Temporary,
        _ if is_waiting(text) => Lasting::Temporary,
        _ => Lasting::Permanent,
    };
    let said = line_with_code(text).unwrap_or_default();
    Failure {
        address,
        lasting,
        reason: reason(status.as_deref(), text),
        status,
        said,
    }
}

pub(super) fn push(failures: &mut Vec<Failure>, failure: Failure) {
    let is_known = |known: &Failure| known.address.eq_ignore_ascii_case(&failure.address);
    match failures.iter().position(is_known) {
        None if failures.len() < MOST => failures.push(failure),
        // A mail that was late and then failed has failed.
        Some(at) if failures[at].lasting == Lasting::Temporary && failure.lasting == Lasting::Permanent => {
            failures[at] = failure;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reason;
    use super::*;

    #[test]
    fn addresses_are_read_with_and_without_their_kind() {
        for (value, expected) in [
            ("rfc822; a@b.example", Some("a@b.example")),
            ("RFC822;<a@b.example>", Some("a@b.example")),
            ("a@b.example", Some("a@b.example")),
            ("rfc822; Ada <a@b.example>", Some("a@b.example")),
            ("x400; /C=US/", None),
            ("rfc822; nobody", None),
        ] {
            assert_eq!(address(value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn a_failure_without_a_usable_reason_is_still_one() {
        assert_eq!(plain("a@b.example".into(), "").reason, Reason::Unknown);
    }
}
