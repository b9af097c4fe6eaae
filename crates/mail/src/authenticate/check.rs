//! Our own checks: who may send for a domain, who signed, and whether that is who stands in From.
//!
//! SPF (RFC 7208) needs the connection that a mail came over; where a mailbox is fetched, only what its server states of it
//! is known. DKIM (RFC 6376, RFC 8463), ARC (RFC 8617) and DMARC (RFC 9989, which finds the organisation's domain by
//! walking the DNS and needs no list of suffixes) follow from the bytes and the DNS.

use super::records::{NoResolver, Records, Zone};
use super::{Method, Outcome, Statement};
use crate::dkim::{Published, relaxed_body};
use mail_auth::arc::ArcError;
use mail_auth::dkim::{Canonicalization, DkimError};
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    ArcOutput, AuthenticatedMessage, DkimOutput, DkimResult, DmarcResult, Error, SpfOutput, SpfResult,
};
use std::net::IpAddr;
use std::time::Duration;

/// Longest time for all checks of one mail; what is not done then could not be checked.
const WHOLE: Duration = Duration::from_secs(20);
/// Most signatures that are looked at, and fields of ARC: each costs a look into the DNS.
const SIGNATURES: usize = 10;
const SETS: usize = 10;

/// The connection that a mail came over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival<'a> {
    /// Who was on the other side.
    pub peer: IpAddr,
    /// What it said with EHLO.
    pub hello: &'a str,
    /// MAIL FROM, empty for reports.
    pub from: &'a str,
    /// How we name ourselves.
    pub host: &'a str,
}

/// Checks mails. Keep one: it remembers what it asked.
pub struct Checker {
    records: Records,
}

impl std::fmt::Debug for Checker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Checker")
    }
}

impl Checker {
    /// Asks the machine's resolvers.
    ///
    /// # Errors
    /// [`NoResolver`].
    pub fn of_system() -> Result<Self, NoResolver> {
        Records::of_system().map(|records| Self { records })
    }

    /// Asks this zone only.
    ///
    /// # Errors
    /// [`NoResolver`].
    pub fn of_zone(zone: Zone) -> Result<Self, NoResolver> {
        Records::of_zone(zone).map(|records| Self { records })
    }

    /// How the record `ours`, which is to stand under `name`, is published now.
    pub async fn published(&self, name: &str, ours: &str) -> Published {
        match tokio::time::timeout(WHOLE, self.records.published(name)).await {
            Ok(Ok(found)) => Published::compare(ours, found.as_deref()),
            Ok(Err(_)) | Err(_) => Published::NoAnswer,
        }
    }

    /// Everything that is known of who wrote a mail: what the server that took it in `stated` ([`super::statements`]), and
    /// for the methods it said nothing of, what we find ourselves. A server at the border saw the mail as it came; we may
    /// see what others have added since.
    pub async fn check(
        &self,
        raw: &[u8],
        arrival: Option<Arrival<'_>>,
        stated: Vec<Statement>,
    ) -> Vec<Statement> {
        let own = self.own(raw, arrival, &stated);
        let own = tokio::time::timeout(WHOLE, own).await.unwrap_or_else(|_| {
            [Method::Spf, Method::Dkim, Method::Dmarc]
                .map(|method| Statement {
                    method,
                    outcome: Outcome::TemporaryError,
                    domain: None,
                })
                .into()
        });
        merged(stated, own)
    }

    async fn own(&self, raw: &[u8], arrival: Option<Arrival<'_>>, stated: &[Statement]) -> Vec<Statement> {
        let few = few_signatures(raw);
        let Some(message) = AuthenticatedMessage::parse(&few) else {
            return Vec::new();
        };
        let authenticator = &self.records.authenticator;
        let mut found = Vec::new();
        let spf = match arrival {
            Some(arrival) => {
                let sender = SpfParameters::verify(arrival.peer, arrival.hello, arrival.host, arrival.from);
                let output = authenticator.verify_spf(self.records.ask(sender)).await;
                found.push(Statement {
                    method: Method::Spf,
                    outcome: spf_outcome(output.result()),
                    domain: domain(output.domain()),
                });
                Some(output)
            }
            None => stated_spf(stated),
        };
        let relaxed = relaxed_copy(&message);
        let again = relaxed.as_deref().and_then(AuthenticatedMessage::parse);
        let dkim = self.signatures(&message, again.as_ref()).await;
        found.extend(dkim.iter().filter_map(dkim_statement));
        let sender = match (&spf, arrival) {
            (_, Some(arrival)) => arrival.from.rsplit('@').next().unwrap_or_default().to_owned(),
            (Some(spf), None) => spf.domain().to_owned(),
            (None, None) => String::new(),
        };
        // A report comes from nobody; then the name of the server counts (RFC 7208 2.4).
        let sender = match (sender.as_str(), arrival) {
            ("", Some(arrival)) => arrival.hello.to_owned(),
            _ => sender,
        };
        let none = SpfOutput::new(String::new()).with_result(SpfResult::None);
        let question = DmarcParameters::new(&message, &dkim, &sender, spf.as_ref().unwrap_or(&none));
        let dmarc = authenticator.verify_dmarc(self.records.ask(question)).await;
        found.push(Statement {
            method: Method::Dmarc,
            outcome: dmarc_outcome(&dmarc.result(), spf.is_some()),
            domain: domain(dmarc.domain()),
        });
        let arc = authenticator.verify_arc(self.records.ask(&message)).await;
        found.extend(arc_statement(&arc));
        found
    }

    /// Signatures, those over relaxed bodies looked at once more where only white space at the end stands between mail and
    /// signature.
    async fn signatures<'m>(
        &'m self,
        message: &'m AuthenticatedMessage<'m>,
        again: Option<&'m AuthenticatedMessage<'m>>,
    ) -> Vec<DkimOutput<'m>> {
        let authenticator = &self.records.authenticator;
        let mut outputs = authenticator.verify_dkim(self.records.ask(message)).await;
        let Some(again) = again.filter(|_| outputs.iter().any(is_about_the_body)) else {
            return outputs;
        };
        for output in authenticator.verify_dkim(self.records.ask(again)).await {
            let is_relaxed = |output: &DkimOutput| {
                output
                    .signature()
                    .is_some_and(|signature| signature.cb == Canonicalization::Relaxed)
            };
            if output.result() == &DkimResult::Pass && is_relaxed(&output) {
                let same = outputs.iter_mut().find(|known| {
                    is_about_the_body(known)
                        && known.signature().map(|signature| &signature.b)
                            == output.signature().map(|signature| &signature.b)
                });
                if let Some(known) = same {
                    *known = output;
                }
            }
        }
        outputs
    }
}

fn is_about_the_body(output: &DkimOutput) -> bool {
    output.result() == &DkimResult::Neutral(Error::Dkim(DkimError::FailedBodyHashMatch))
}

/// The mail with its body in the relaxed form, if it ends with lines of white space: those are empty lines by the standard,
/// and the library takes them for text.
fn relaxed_copy(message: &AuthenticatedMessage<'_>) -> Option<Vec<u8>> {
    let (header, body) = message.raw_message().split_at(message.body_offset());
    let last = body.trim_ascii_end().len();
    body[last..]
        .iter()
        .any(|byte| matches!(byte, b' ' | b'\t'))
        .then(|| [header, &relaxed_body(body)].concat())
}

/// The mail without signatures beyond the limits.
fn few_signatures(raw: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let (header, body) = raw.split_at(crate::dkim::header_end(raw));
    let (mut signatures, mut sets, mut is_kept) = (0, 0, true);
    let mut kept = Vec::new();
    for line in header.split_inclusive(|byte| *byte == b'\n') {
        if !matches!(line.first(), Some(b' ' | b'\t')) {
            let starts = |name: &[u8]| {
                line.get(..name.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(name))
            };
            signatures += usize::from(starts(b"dkim-signature") || starts(b"dkim2-signature"));
            sets += usize::from(starts(b"arc-"));
            is_kept = !((starts(b"dkim") && signatures > SIGNATURES) || (starts(b"arc-") && sets > 3 * SETS));
        }
        if is_kept {
            kept.extend_from_slice(line);
        }
    }
    if kept.len() == header.len() {
        return raw.into();
    }
    kept.extend_from_slice(body);
    kept.into()
}

/// What the border's statement means to DMARC.
fn stated_spf(stated: &[Statement]) -> Option<SpfOutput> {
    let spf = stated.iter().find(|statement| statement.method == Method::Spf)?;
    let result = match spf.outcome {
        Outcome::Pass => SpfResult::Pass,
        Outcome::Fail => SpfResult::Fail,
        Outcome::SoftFail => SpfResult::SoftFail,
        Outcome::Neutral => SpfResult::Neutral,
        Outcome::None => SpfResult::None,
        Outcome::TemporaryError => SpfResult::TempError,
        Outcome::PermanentError => SpfResult::PermError,
    };
    Some(SpfOutput::new(spf.domain.clone().unwrap_or_default()).with_result(result))
}

/// The border's word stands for every method that it spoke of.
fn merged(stated: Vec<Statement>, own: Vec<Statement>) -> Vec<Statement> {
    let has_spoken = |method: Method| stated.iter().any(|statement| statement.method == method);
    let ours: Vec<Statement> = own
        .into_iter()
        .filter(|statement| !has_spoken(statement.method))
        .collect();
    stated.into_iter().chain(ours).collect()
}

fn spf_outcome(result: SpfResult) -> Outcome {
    match result {
        SpfResult::Pass => Outcome::Pass,
        SpfResult::Fail => Outcome::Fail,
        SpfResult::SoftFail => Outcome::SoftFail,
        SpfResult::Neutral => Outcome::Neutral,
        SpfResult::None => Outcome::None,
        SpfResult::TempError => Outcome::TemporaryError,
        SpfResult::PermError => Outcome::PermanentError,
    }
}

/// A signature over another body fails; one that is too old or not understood says nothing.
fn signature_outcome(result: &DkimResult) -> Outcome {
    match result {
        DkimResult::Pass => Outcome::Pass,
        DkimResult::Neutral(Error::Dkim(DkimError::FailedBodyHashMatch))
        | DkimResult::Neutral(Error::Arc(ArcError::FailedBodyHashMatch))
        | DkimResult::Fail(_) => Outcome::Fail,
        DkimResult::Neutral(_) => Outcome::Neutral,
        DkimResult::PermError(_) => Outcome::PermanentError,
        DkimResult::TempError(_) => Outcome::TemporaryError,
        DkimResult::None => Outcome::None,
    }
}

fn dkim_statement(output: &DkimOutput) -> Option<Statement> {
    let outcome = signature_outcome(output.result());
    (outcome != Outcome::None).then(|| Statement {
        method: Method::Dkim,
        outcome,
        domain: output.signature().and_then(|signature| domain(&signature.d)),
    })
}

fn arc_statement(output: &ArcOutput) -> Option<Statement> {
    let outcome = signature_outcome(output.result());
    let newest = output.sets().iter().max_by_key(|set| set.seal.header.i);
    (outcome != Outcome::None).then(|| Statement {
        method: Method::Arc,
        outcome,
        domain: newest.and_then(|set| domain(&set.seal.header.d)),
    })
}

/// Without knowledge of SPF nobody can say that DMARC fails, only that it passes.
fn dmarc_outcome(result: &DmarcResult, is_spf_known: bool) -> Outcome {
    match result {
        DmarcResult::Pass => Outcome::Pass,
        DmarcResult::Fail(_) if is_spf_known => Outcome::Fail,
        DmarcResult::Fail(_) => Outcome::Neutral,
        DmarcResult::TempError(_) => Outcome::TemporaryError,
        DmarcResult::PermError(_) => Outcome::PermanentError,
        DmarcResult::None => Outcome::None,
    }
}

fn domain(name: &str) -> Option<String> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    Some(name).filter(|name| !name.is_empty())
}
