//! Whether a mail comes from who it says: what the server that took it in has stated (RFC 8601), and our own checks
//! ([`Checker`]).
//!
//! A mailbox that is fetched knows nothing of the connection that its mail came over; its server does, and writes
//! `Authentication-Results`. Anybody may write that field, so only fields under a name that the administrator trusts count,
//! and of those only the ones that stand together at the top: what a sender forged stands below the `Received` of the
//! server that took it in.

mod check;
mod records;

pub use check::{Arrival, Checker};
pub use records::{NoResolver, Zone};

use crate::understand::{Field, Message};

/// What was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Whether the sending server may send for the envelope's domain (RFC 7208).
    Spf,
    /// Whether a domain has signed the mail (RFC 6376).
    Dkim,
    /// Whether one of both belongs to the domain in From (RFC 9989).
    Dmarc,
    /// Whether those who passed the mail on vouch for it (RFC 8617).
    Arc,
}

/// What came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not.
    Fail,
    /// It does not, says a domain that isn't sure.
    SoftFail,
    /// The domain says nothing of it.
    Neutral,
    /// There was nothing to check.
    None,
    /// It could not be checked now.
    TemporaryError,
    /// What there was to check is broken.
    PermanentError,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What was checked.
    pub method: Method,
    /// What came out.
    pub outcome: Outcome,
    /// The domain it is about, in small letters, if it is stated.
    pub domain: Option<String>,
}

/// Who wrote a mail, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Identity {
    /// The domain in From vouches for it.
    Authenticated,
    /// The domain in From denies it.
    Denied,
    /// Nothing is known: the address is a claim.
    Unknown,
}

/// Most statements of one mail.
const MOST: usize = 100;

/// The statements of the server that took a mail in. `trusted` are the names it signs its statements with.
pub fn statements(message: &Message, trusted: &[String]) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut has_begun = false;
    for field in &message.fields {
        if has_begun && field.name.eq_ignore_ascii_case("Received") {
            break;
        }
        if let Some(found) = of_field(field, trusted) {
            has_begun = true;
            statements.extend(found);
        }
        if statements.len() >= MOST {
            break;
        }
    }
    statements
}

fn of_field(field: &Field, trusted: &[String]) -> Option<Vec<Statement>> {
    if !field.name.eq_ignore_ascii_case("Authentication-Results") {
        return None;
    }
    let plain = without_comments(&field.value);
    let mut pieces = plain.split(';');
    let server = pieces.next()?.split_whitespace().next()?;
    if !trusted.iter().any(|known| known.eq_ignore_ascii_case(server)) {
        return None;
    }
    Some(pieces.filter_map(statement).collect())
}

/// `dkim=pass header.d=example.com`.
fn statement(text: &str) -> Option<Statement> {
    let mut words = text.split_whitespace();
    let (method, outcome) = words.next()?.split_once('=')?;
    let method = match method.split('/').next()?.to_ascii_lowercase().as_str() {
        "spf" => Method::Spf,
        "dkim" => Method::Dkim,
        "dmarc" => Method::Dmarc,
        "arc" => Method::Arc,
        _ => return None,
    };
    let outcome = match outcome.to_ascii_lowercase().as_str() {
        "pass" => Outcome::Pass,
        "fail" | "hardfail" => Outcome::Fail,
        "softfail" => Outcome::SoftFail,
        "neutral" | "policy" => Outcome::Neutral,
        "temperror" => Outcome::TemporaryError,
        "permerror" => Outcome::PermanentError,
        _ => Outcome::None,
    };
    let wanted: &[&str] = match method {
        Method::Spf => &["smtp.mailfrom", "smtp.helo"],
        Method::Dkim => &["header.d", "header.i"],
        Method::Dmarc => &["header.from"],
        Method::Arc => &["header.d"],
    };
    let properties: Vec<(String, &str)> = words
        .filter_map(|word| word.split_once('='))
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    let found = wanted
        .iter()
        .find_map(|name| properties.iter().find(|(known, _)| known == name));
    let domain = found.map(|(_, value)| {
        let plain = value.trim_matches(['"', '<', '>']);
        let domain = plain.rsplit('@').next().unwrap_or(plain);
        domain.trim_end_matches('.').to_ascii_lowercase()
    });
    Some(Statement {
        method,
        outcome,
        domain: domain.filter(|domain| !domain.is_empty()),
    })
}

/// Comments may hold anything, semicolons and forged results too.
fn without_comments(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let (mut depth, mut is_quoted, mut is_escaped) = (0usize, false, false);
    for letter in value.chars() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' if depth == 0 => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted && depth > 0 => depth -= 1,
            ';' if is_quoted => {}
            other if depth == 0 => plain.push(other),
            _ => {}
        }
    }
    plain
}

/// Who wrote a mail, by these statements. A mail with several addresses in From has nobody who could vouch for all.
pub fn identity(message: &Message, statements: &[Statement]) -> Identity {
    let [writer] = message.from.as_slice() else {
        return Identity::Unknown;
    };
    let domain = writer.domain();
    let of = |method: Method| {
        statements
            .iter()
            .filter(move |statement| statement.method == method)
    };
    let is_about = |statement: &&Statement| statement.domain.as_deref() == Some(domain);
    if let Some(dmarc) = of(Method::Dmarc).find(is_about) {
        match dmarc.outcome {
            Outcome::Pass => return Identity::Authenticated,
            Outcome::Fail => return Identity::Denied,
            _ => {}
        }
    }
    // Without DMARC a signature of the very domain, or of one above it, says as much.
    let has_signed = of(Method::Dkim).any(|dkim| {
        dkim.outcome == Outcome::Pass
            && dkim
                .domain
                .as_deref()
                .is_some_and(|signer| covers(signer, domain))
    });
    let may_send =
        of(Method::Spf).any(|spf| spf.outcome == Outcome::Pass && spf.domain.as_deref() == Some(domain));
    if has_signed || may_send {
        Identity::Authenticated
    } else {
        Identity::Unknown
    }
}

/// Whether a signer speaks for a domain: the same, or above it and not a bare top level.
fn covers(signer: &str, domain: &str) -> bool {
    let is_above = domain
        .strip_suffix(signer)
        .is_some_and(|rest| rest.ends_with('.'));
    signer == domain || (is_above && signer.split('.').count() >= 2 && !is_shared(signer))
}

/// Two short labels are more often a registry (`co.uk`) than somebody's.
fn is_shared(signer: &str) -> bool {
    let labels: Vec<&str> = signer.split('.').collect();
    labels.len() == 2 && labels.iter().all(|label| label.len() <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::{Limits, understand};
    use jiff::Timestamp;

    fn judged(header: &str) -> Identity {
        let raw = format!("{header}\nTo: x@desk.example\n\nHi");
        let message = understand(raw.as_bytes(), Timestamp::UNIX_EPOCH, &Limits::default());
        identity(
            &message,
            &statements(&message, &["mx.provider.example".to_owned()]),
        )
    }

    const FROM: &str = "From: Ada <ada@example.com>";

    #[test]
    fn the_trusted_server_is_believed() {
        for (value, expected) in [
            (
                "mx.provider.example; dmarc=pass (p=REJECT; sp=NONE) header.from=example.com",
                Identity::Authenticated,
            ),
            (
                "mx.provider.example; dmarc=fail header.from=example.com; spf=pass smtp.mailfrom=x@example.com",
                Identity::Denied,
            ),
            (
                "mx.provider.example; dkim=pass header.i=@example.com header.s=x",
                Identity::Authenticated,
            ),
            (
                "mx.provider.example; dkim=pass header.d=other.example",
                Identity::Unknown,
            ),
            (
                "mx.provider.example; spf=pass smtp.mailfrom=bounce@example.com",
                Identity::Authenticated,
            ),
            (
                "mx.provider.example; spf=softfail smtp.mailfrom=example.com",
                Identity::Unknown,
            ),
            ("mx.provider.example 1; none", Identity::Unknown),
            (
                "mx.provider.example; x=y (; dmarc=pass header.from=example.com)",
                Identity::Unknown,
            ),
        ] {
            let header = format!("Authentication-Results: {value}\nReceived: from outside\n{FROM}");
            assert_eq!(judged(&header), expected, "{value}");
        }
    }

    #[test]
    fn what_a_sender_writes_counts_nothing() {
        let forged = "Authentication-Results: mx.provider.example; dmarc=pass header.from=example.com";
        let own = "Authentication-Results: mx.provider.example; dmarc=fail header.from=example.com";
        assert_eq!(
            judged(&format!("{own}\nReceived: from outside\n{forged}\n{FROM}")),
            Identity::Denied
        );
        let other = forged.replace("mx.provider", "mx.evil");
        assert_eq!(judged(&format!("{other}\n{FROM}")), Identity::Unknown);
        let many = "From: ada@example.com, eve@evil.example";
        assert_eq!(
            judged(&format!("{forged}\nReceived: x\n{many}")),
            Identity::Unknown
        );
    }

    #[test]
    fn a_registry_speaks_for_nobody() {
        assert!(covers("example.com", "mail.example.com"));
        assert!(!covers("co.uk", "example.co.uk"));
        assert!(!covers("com", "example.com"));
        assert!(!covers("ample.com", "example.com"));
    }
}
