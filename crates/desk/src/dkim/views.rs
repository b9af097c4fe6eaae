//! What the template of DKIM keys takes.

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use mail::dkim::{Algorithm, Published};

use super::{DkimKey, STANDS, Stage};

/// A domain with its keys.
pub(super) struct Domain {
    name: String,
    sends: bool,
    in_use: Vec<DkimKey>,
    retired: Vec<DkimKey>,
}

/// The domains that send and those that have keys, in their order.
pub(super) fn domains(sending: &[String], keys: &[DkimKey]) -> Vec<Domain> {
    let mut names = sending.to_vec();
    names.extend(keys.iter().map(|key| key.domain.clone()));
    names.sort();
    names.dedup();
    let of = |name: String| {
        let own = keys.iter().filter(|key| key.domain == name).cloned();
        let (retired, in_use) = own.partition(|key| key.stage() == Stage::Retired);
        Domain {
            sends: sending.contains(&name),
            name,
            in_use,
            retired,
        }
    };
    names.into_iter().map(of).collect()
}

/// What the DNS said, in a sentence.
pub(super) fn verdict(verdict: Published) -> &'static str {
    match verdict {
        Published::Fits => "dkim-verdict-fits",
        Published::Missing => "dkim-verdict-missing",
        Published::Other => "dkim-verdict-other",
        Published::Revoked => "dkim-verdict-revoked",
        Published::Broken => "dkim-verdict-broken",
        Published::Several => "dkim-verdict-several",
        Published::NoAnswer => "dkim-verdict-no-answer",
    }
}

/// How something stands, as a badge shows it.
pub(super) struct Badge {
    tone: &'static str,
    icon: &'static str,
    word: &'static str,
}

#[derive(Template)]
#[template(path = "dkim/views/list.html")]
pub(super) struct KeysPage<'a> {
    pub(super) t: &'a Text,
    pub(super) domains: Vec<Domain>,
    pub(super) may_write: bool,
}

impl KeysPage<'_> {
    /// Whether what a domain sends is signed.
    fn standing(&self, domain: &Domain) -> Badge {
        let signs = domain.in_use.iter().any(|key| key.stage() == Stage::Signing);
        let (tone, icon, word) = match (signs, domain.in_use.is_empty()) {
            (true, _) => ("good", "shield-check", "dkim-domain-signed"),
            (false, true) => ("warn", "triangle-alert", "dkim-domain-unsigned"),
            (false, false) => ("info", "hourglass", "dkim-domain-waiting"),
        };
        Badge { tone, icon, word }
    }

    fn stage(&self, key: &DkimKey) -> Badge {
        let says_otherwise = |verdict| {
            !matches!(
                verdict,
                Published::Fits | Published::Missing | Published::NoAnswer
            )
        };
        let is_wrong = key.lost_at.is_some() || key.verdict.is_some_and(says_otherwise);
        let (tone, icon, word) = match key.stage() {
            Stage::Signing => ("good", "circle-check", "dkim-stage-signing"),
            Stage::Retired => ("", "archive", "dkim-stage-retired"),
            Stage::Waiting if is_wrong => ("bad", "circle-alert", "dkim-stage-wrong"),
            Stage::Waiting => ("info", "hourglass", "dkim-stage-waiting"),
        };
        Badge { tone, icon, word }
    }

    fn kind(&self, key: &DkimKey) -> String {
        self.t.say(match key.algorithm {
            Algorithm::Rsa => "dkim-kind-rsa",
            Algorithm::Ed25519 => "dkim-kind-ed25519",
        })
    }

    /// What the DNS said of a key, and when.
    fn told(&self, key: &DkimKey) -> String {
        match (key.verdict, key.checked_at) {
            (Some(said), Some(at)) => {
                let said = self.t.say(verdict(said));
                let ago = self.t.ago(at);
                self.t
                    .say_with("dkim-told", kit::args!(said = said.as_str(), ago = ago.as_str()))
            }
            _ => self.t.say("dkim-not-asked"),
        }
    }

    /// Which kinds of key can be made for a domain: one of a kind waits at a time.
    fn kinds(&self, domain: &Domain) -> Vec<(&'static str, String)> {
        let may = |algorithm: &Algorithm| {
            let mut waiting = domain.in_use.iter().filter(|key| key.stage() == Stage::Waiting);
            domain.sends && !waiting.any(|key| key.algorithm == *algorithm)
        };
        let word = |algorithm: Algorithm| {
            let has_one = domain.in_use.iter().any(|key| key.algorithm == algorithm);
            self.t.say(match (algorithm, has_one) {
                (Algorithm::Rsa, false) => "dkim-make-rsa",
                (Algorithm::Rsa, true) => "dkim-renew-rsa",
                (Algorithm::Ed25519, false) => "dkim-make-ed25519",
                (Algorithm::Ed25519, true) => "dkim-renew-ed25519",
            })
        };
        let all = Algorithm::ALL.into_iter().filter(may);
        all.map(|algorithm| (algorithm.as_str(), word(algorithm)))
            .collect()
    }

    /// What is to be done with the record of a retired key.
    fn leftover(&self, key: &DkimKey) -> String {
        let until: Option<Timestamp> = key
            .retirement
            .as_ref()
            .map(|retirement| retirement.at.plus(STANDS));
        match until {
            Some(until) if until > self.t.now() => {
                let day = self.t.date(until);
                self.t
                    .say_with("dkim-leave-until", kit::args!(day = day.as_str()))
            }
            _ => self.t.say("dkim-may-go"),
        }
    }
}
