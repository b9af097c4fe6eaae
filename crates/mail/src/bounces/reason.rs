//! Why, from a status (RFC 3463) and from words.

use regex::Regex;
use std::sync::LazyLock;

/// Why a mail was not delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// There is no such mailbox.
    NoSuchAddress,
    /// There is no such domain, or none that takes mail.
    NoSuchDomain,
    /// The mailbox exists and is switched off.
    Disabled,
    /// The mailbox is full.
    MailboxFull,
    /// The mail is larger than they take.
    TooLarge,
    /// They take us or the mail for spam.
    Spam,
    /// Not from us: authentication, permission, a list for members.
    Refused,
    /// They want us to be slower.
    TooMany,
    /// Something in it they don't take: a virus, a file.
    Content,
    /// The mail went round in circles.
    Loop,
    /// Nobody answered, or in time.
    Unreachable,
    /// They did not say, or nothing we know.
    Unknown,
}

static ENHANCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?:[^\d.]|\.?$|\.\s)").expect("is a valid expression")
});

static REPLY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\d.])([45])([0-5])\d(?:[ \-#:]|$)").expect("is a valid expression"));

/// Words, in small letters, from the most telling to the least.
const WORDS: &[(Reason, &[&str])] = &[
    (
        Reason::MailboxFull,
        &[
            "mailbox full",
            "mailbox is full",
            "mailfolder is full",
            "over quota",
            "overquota",
            "quota exceeded",
            "exceeded quota",
            "exceeds quota",
            "exceed its quota",
            "disk quota",
            "storage limit",
            "mailbox size",
            "out of storage",
            "not enough storage",
            "insufficient system storage",
            "inbox is full",
            "over the allowed quota",
            "postfach ist voll",
        ],
    ),
    (
        Reason::NoSuchAddress,
        &[
            "user unknown",
            "unknown user",
            "no such user",
            "no such recipient",
            "no such mailbox",
            "unknown recipient",
            "recipient unknown",
            "does not exist",
            "doesn't exist",
            "mailbox unavailable",
            "mailbox not found",
            "no mailbox here",
            "user not found",
            "not a valid mailbox",
            "invalid recipient",
            "invalid mailbox",
            "address rejected: undeliverable",
            "recipient address rejected",
            "unknown address",
            "unknown or illegal user",
            "not listed in",
            "bad destination mailbox",
            "unrouteable address",
            "not our customer",
            "no matches to nameserver",
            "recipient name is not recognized",
            "address unknown",
            "addressee unknown",
            "doesn't have an account",
            "not found in",
            "unknown local part",
            "couldn't be found",
            "wasn't found",
        ],
    ),
    (
        Reason::Disabled,
        &[
            "disabled",
            "inactive",
            "deactivated",
            "suspended",
            "no longer active",
            "account has been locked",
            "no longer in use",
            "not accepting mail",
            "is not currently active",
            "expired",
        ],
    ),
    (
        Reason::NoSuchDomain,
        &[
            "host unknown",
            "unknown host",
            "host not found",
            "domain not found",
            "no such domain",
            "unable to route",
            "nxdomain",
            "name service error",
            "bad destination host",
            "unrouteable mail domain",
            "does not accept mail",
            "null mx",
            "couldn't find any host",
            "domain name not found",
            "no route to",
        ],
    ),
    (
        Reason::TooLarge,
        &[
            "too large",
            "too big",
            "message size",
            "size limit",
            "exceeds the maximum",
            "message length exceeds",
            "exceeds size",
        ],
    ),
    (
        Reason::Loop,
        &["too many hops", "loop", "hop count", "routing loop"],
    ),
    (
        Reason::TooMany,
        &[
            "too many",
            "rate limit",
            "throttl",
            "try again later",
            "deferred due to",
            "temporarily deferred",
            "greylist",
            "graylist",
            "exceeded the rate",
        ],
    ),
    (
        Reason::Content,
        &["virus", "attachment", "content rejected", "malware", "file type"],
    ),
    (
        Reason::Spam,
        &[
            "spam",
            "blacklist",
            "blocklist",
            "black list",
            "blocked",
            "spamhaus",
            "reputation",
            "junk",
            "unsolicited",
            "listed at",
            "listed by",
            "bulk mail",
            "dnsbl",
        ],
    ),
    (
        Reason::Refused,
        &[
            "spf",
            "dkim",
            "dmarc",
            "unauthenticated",
            "authentication required",
            "relay",
            "not permitted",
            "not allowed",
            "access denied",
            "permission",
            "restricted",
            "only accepts",
            "policy",
            "refused",
            "rejected",
            "denied",
            "not authorized",
            "not authorised",
        ],
    ),
    (
        Reason::Unreachable,
        &[
            "timed out",
            "timeout",
            "connection refused",
            "could not connect",
            "unable to connect",
            "couldn't connect",
            "connection failed",
            "not responding",
            "unreachable",
            "no answer",
            "wasn't able to establish an smtp connection",
            "too long",
            "retry time",
            "network",
            "temporary failure",
            "delivery attempts",
            "still being retried",
            "not yet been delivered",
        ],
    ),
];

/// The reason, from the status if it says enough, else from the words.
pub fn reason(status: Option<&str>, said: &str) -> Reason {
    let by_status = status.map_or(Reason::Unknown, by_status);
    let by_words = by_words(said);
    match (by_status, by_words) {
        // Statuses for "something" give way to words.
        (Reason::Unknown, words) => words,
        (Reason::Refused, words) if words != Reason::Unknown => words,
        (status, _) => status,
    }
}

fn by_status(status: &str) -> Reason {
    let (_, detail) = status.split_once('.').unwrap_or_default();
    match detail {
        "1.1" | "1.6" | "1.0" | "1.3" => Reason::NoSuchAddress,
        "1.2" | "1.10" | "4.4" => Reason::NoSuchDomain,
        "2.1" => Reason::Disabled,
        "2.2" => Reason::MailboxFull,
        "2.3" | "3.4" => Reason::TooLarge,
        "4.6" => Reason::Loop,
        "4.1" | "4.2" | "4.7" | "4.3" => Reason::Unreachable,
        "6.0" | "6.1" | "6.2" | "6.3" => Reason::Content,
        detail if detail.starts_with("7.") => Reason::Refused,
        _ => Reason::Unknown,
    }
}

fn by_words(said: &str) -> Reason {
    let lower = said.to_lowercase();
    let found = WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| lower.contains(word)));
    found.map_or(Reason::Unknown, |(reason, _)| *reason)
}

/// The first enhanced status in a text, or what a plain reply code says.
pub(super) fn status(text: &str) -> Option<String> {
    if let Some(found) = ENHANCED.captures(text) {
        return Some(found[1].to_owned());
    }
    REPLY.captures(text).map(|found| format!("{}.0.0", &found[1]))
}

/// The line of a text that names a code, in one line.
pub(super) fn line_with_code(text: &str) -> Option<String> {
    let line = text.lines().find(|line| status(line).is_some())?;
    let words: Vec<&str> = line.split_whitespace().take(60).collect();
    Some(words.join(" "))
}

/// Whether the letter says that it goes on trying.
pub(super) fn is_waiting(text: &str) -> bool {
    let lower = text.to_lowercase();
    let known = [
        "not yet been delivered",
        "has been delayed",
        "delayed delivery",
        "delivery delayed",
        "delivery is delayed",
        "delivery to the following recipients has been delayed",
        "will continue to",
        "will continue for",
        "will keep trying",
        "will be retried",
        "will retry",
        "will try again",
        "still being retried",
        "still trying",
        "has not yet been",
        "could not be delivered for",
        "this is a warning message only",
        "warning message only",
        "you do not need to resend",
        "you don't need to resend",
        "continue trying",
        "attempts will continue",
        "temporarily delayed",
        "delivery incomplete",
        "zustellung verzögert",
        "wird weiterhin versucht",
        "livraison retardée",
        "entrega retrasada",
        "mail still in queue",
        "message delayed",
        "temporary problem",
        "noch nicht zugestellt",
    ];
    known.iter().any(|known| lower.contains(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_says_why_and_words_say_more() {
        for (status, said, expected) in [
            (Some("5.1.1"), "", Reason::NoSuchAddress),
            (Some("5.2.2"), "", Reason::MailboxFull),
            (Some("5.7.1"), "listed at Spamhaus", Reason::Spam),
            (Some("5.0.0"), "550 user unknown", Reason::NoSuchAddress),
            (None, "Mailbox quota exceeded", Reason::MailboxFull),
            (Some("4.4.1"), "", Reason::Unreachable),
            (None, "whatever", Reason::Unknown),
        ] {
            assert_eq!(reason(status, said), expected, "{status:?} {said}");
        }
    }

    #[test]
    fn codes_are_found_in_text_and_addresses_of_hosts_are_none() {
        assert_eq!(
            status("host x[10.5.1.1] said: 550 5.1.1 <a@b> no").as_deref(),
            Some("5.1.1")
        );
        assert_eq!(status("550 no such user").as_deref(), Some("5.0.0"));
        assert_eq!(status("(#4.4.1)").as_deref(), Some("4.4.1"));
        assert_eq!(status("version 1.2.3 at 10.0.0.1"), None);
    }
}
