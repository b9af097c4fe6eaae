//! What a grant is, and how it stands.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::DbError;
use mail::probe::Problem;

use super::super::providers::talk::{TalkError, Tokens};
use super::super::providers::{MailProviderError, MailProviderId};
use super::super::{MailboxError, MailboxId};

/// How long before its end a token is renewed.
const EARLY: Duration = Duration::from_secs(5 * 60);
/// How long before its end a token is not used any more.
const LATE: Duration = Duration::from_secs(30);
/// The first wait after a failure; it doubles up to [`LONGEST`].
const SHORTEST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// How long it may fail before administrators hear of it.
const PATIENCE: Duration = Duration::from_secs(86_400);
/// How long before its end administrators hear of it.
const NEAR: Duration = Duration::from_secs(3 * 86_400);

/// That somebody signed a mailbox in.
#[derive(Clone, PartialEq, Eq)]
pub struct Grant {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// At which provider.
    pub provider: MailProviderId,
    /// As whom, where the provider says so.
    pub account: String,
    /// What lasts, sealed.
    pub(super) refresh: Vec<u8>,
    /// What opens, sealed.
    pub(super) access: Option<Vec<u8>>,
    /// Until when it does.
    pub access_until: Timestamp,
    /// Grows with every renewal, so that what comes late does not undo it.
    pub(super) round: i64,
    /// Who renews it at the moment; empty for nobody.
    pub(super) turn: String,
    /// Until when that counts.
    pub(super) turn_until: Timestamp,
    /// When it was last renewed.
    pub renewed_at: Timestamp,
    /// When what lasts is over, where the provider says so.
    pub dies_at: Option<Timestamp>,
    /// Since when it can't be renewed.
    pub failing_since: Option<Timestamp>,
    /// How often in a row that failed.
    pub(super) tries: i64,
    /// When it is tried again.
    pub(super) next_at: Timestamp,
    /// A word for what is wrong; empty while nothing is.
    pub trouble: String,
    /// What is known beside it.
    pub said: String,
    /// When the provider said that it is over.
    pub ended_at: Option<Timestamp>,
    /// Who signed in here.
    pub granted_by: String,
    /// When.
    pub granted_at: Timestamp,
}

impl std::fmt::Debug for Grant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Grant")
            .field("mailbox", &self.mailbox)
            .field("round", &self.round)
            .finish_non_exhaustive()
    }
}

impl Grant {
    pub(super) fn new(mailbox: MailboxId, provider: MailProviderId, by: &str, now: Timestamp) -> Self {
        Self {
            mailbox,
            provider,
            account: String::new(),
            refresh: Vec::new(),
            access: None,
            access_until: now,
            round: 0,
            turn: String::new(),
            turn_until: now,
            renewed_at: now,
            dies_at: None,
            failing_since: None,
            tries: 0,
            next_at: now,
            trouble: String::new(),
            said: String::new(),
            ended_at: None,
            granted_by: by.to_owned(),
            granted_at: now,
        }
    }

    /// Whether its token need not be renewed yet.
    pub(super) fn is_fresh(&self, now: Timestamp) -> bool {
        self.access.is_some() && self.access_until > now.plus(EARLY.min(self.half()))
    }

    /// Whether its token still opens.
    pub(super) fn is_usable(&self, now: Timestamp) -> bool {
        self.access.is_some() && self.access_until > now.plus(LATE.min(self.half()))
    }

    /// Half the time for which its token was given: some last for a few minutes only.
    fn half(&self) -> Duration {
        self.access_until.since(self.renewed_at) / 2
    }

    /// Takes a new token, sealed.
    pub(super) fn renew(&mut self, access: Vec<u8>, tokens: &Tokens, now: Timestamp) {
        let seconds = |count: i64| Duration::from_secs(count.unsigned_abs());
        let is_new = tokens.refresh.is_some();
        self.access = Some(access);
        self.access_until = now.plus(seconds(tokens.lasts));
        self.dies_at = match tokens.dies_in {
            Some(left) => Some(now.plus(seconds(left))),
            None => self.dies_at.filter(|_| !is_new),
        };
        self.round += 1;
        self.renewed_at = now;
        self.failing_since = None;
        self.tries = 0;
        self.next_at = now;
        self.trouble = String::new();
        self.said = String::new();
        self.ended_at = None;
    }

    /// Notes that it could not be renewed.
    pub(super) fn fail(&mut self, error: &TalkError, now: Timestamp) {
        self.trouble = error.word().to_owned();
        self.said = error.said();
        if error.is_over() {
            self.ended_at = Some(now);
            return;
        }
        self.failing_since = self.failing_since.or(Some(now));
        let doubled = 1_u32 << self.tries.clamp(0, 8);
        self.tries = self.tries.saturating_add(1);
        self.next_at = now.plus((SHORTEST * doubled).min(LONGEST));
    }
}

/// How a mailbox is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has signed it in.
    Nobody,
    /// It is.
    Good,
    /// It is, until then: then somebody has to sign in again.
    Dying(Timestamp),
    /// Its token can't be renewed since then.
    Failing(Timestamp),
    /// The provider has ended it.
    Over(Timestamp),
}

impl Standing {
    pub(super) fn of(grant: Option<&Grant>, now: Timestamp) -> Self {
        let Some(grant) = grant else {
            return Self::Nobody;
        };
        match (grant.ended_at, grant.failing_since, grant.dies_at) {
            (Some(at), ..) => Self::Over(at),
            (None, _, Some(at)) if at <= now => Self::Over(at),
            (None, Some(since), _) => Self::Failing(since),
            (None, None, Some(at)) if at <= now.plus(NEAR) => Self::Dying(at),
            (None, None, _) => Self::Good,
        }
    }

    /// The word in documents.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Good => "good",
            Self::Dying(_) => "dying",
            Self::Failing(_) => "failing",
            Self::Over(_) => "over",
        }
    }

    /// What administrators should hear of.
    pub(super) fn warning(&self, now: Timestamp) -> Option<&'static str> {
        match self {
            Self::Nobody | Self::Good => None,
            Self::Dying(_) => Some("sign_in_dies"),
            Self::Failing(since) if now.since(*since) < PATIENCE => None,
            Self::Failing(_) => Some("sign_in_fails"),
            Self::Over(_) => Some("sign_in_again"),
        }
    }
}

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// Nobody has signed the mailbox in.
    #[error("nobody has signed the mailbox in at its provider")]
    Nobody,
    /// The provider has ended it, with its words.
    #[error("the provider has ended the sign-in: {0}")]
    Over(String),
    /// It can't be renewed now, with what is known about it.
    #[error("the provider gives no token now: {0}")]
    Later(String),
    /// What was sealed does not open with the keys that are here.
    #[error("the sign-in of a mailbox does not open with this installation's keys")]
    Sealed,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl GrantError {
    /// What is wrong, by what there is to do about it, with what is known beside.
    pub fn problem(&self) -> (Problem, Option<String>) {
        let some = |said: &String| Some(said.clone()).filter(|said| !said.is_empty());
        match self {
            Self::Nobody => (Problem::NotSignedIn, None),
            Self::Over(said) => (Problem::SignInAgain, some(said)),
            Self::Later(said) => (Problem::SignInFails, some(said)),
            Self::Sealed => (Problem::SignInAgain, None),
            Self::Db(_) => (Problem::TryLater, None),
        }
    }
}

impl From<GrantError> for MailboxError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Db(error) => Self::Db(error),
            other => Self::Seal(other.to_string()),
        }
    }
}

impl From<MailProviderError> for GrantError {
    fn from(error: MailProviderError) -> Self {
        match error {
            MailProviderError::Db(error) => Self::Db(error),
            _ => Self::Sealed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::id::{TypedId, Uuid};
    use kit::outgoing::OutgoingError;

    const NOW: Timestamp = Timestamp(1_795_000_000_000_000);

    fn given(lasts: i64, dies_in: Option<i64>, refresh: Option<&str>) -> Tokens {
        Tokens {
            access: "a".to_owned(),
            refresh: refresh.map(str::to_owned),
            lasts,
            dies_in,
            account: String::new(),
        }
    }

    fn grant() -> Grant {
        let (mailbox, provider) = (
            MailboxId::from_uuid(Uuid::nil()),
            MailProviderId::from_uuid(Uuid::nil()),
        );
        let mut grant = Grant::new(mailbox, provider, "Ada", NOW);
        grant.renew(Vec::new(), &given(3_600, None, Some("r")), NOW);
        grant
    }

    fn later(seconds: u64) -> Timestamp {
        NOW.plus(Duration::from_secs(seconds))
    }

    #[test]
    fn a_token_is_renewed_early_and_used_until_shortly_before_its_end() {
        let grant = grant();
        assert!(grant.is_fresh(later(3_299)) && !grant.is_fresh(later(3_301)));
        assert!(grant.is_usable(later(3_569)) && !grant.is_usable(later(3_571)));
        let mut short = grant;
        short.renew(Vec::new(), &given(120, None, None), NOW);
        assert!(short.is_fresh(later(59)) && !short.is_fresh(later(61)));
    }

    #[test]
    fn failures_wait_longer_each_time_and_a_no_ends_it() {
        let mut grant = grant();
        let silent = TalkError::Outgoing(OutgoingError::TooLate);
        let mut waits = Vec::new();
        for _ in 0..12 {
            grant.fail(&silent, NOW);
            waits.push(grant.next_at.since(NOW).as_secs());
        }
        assert_eq!(waits[..6], [30, 60, 120, 240, 480, 900]);
        assert!(waits.iter().all(|wait| *wait <= 900));
        assert_eq!(Standing::of(Some(&grant), NOW), Standing::Failing(NOW));
        assert_eq!(Standing::Failing(NOW).warning(later(86_399)), None);
        assert_eq!(
            Standing::Failing(NOW).warning(later(86_401)),
            Some("sign_in_fails")
        );
        let no = TalkError::Refused {
            code: "invalid_grant".to_owned(),
            said: "revoked".to_owned(),
        };
        grant.fail(&no, later(5));
        assert_eq!(Standing::of(Some(&grant), NOW), Standing::Over(later(5)));
        grant.renew(Vec::new(), &given(3_600, None, None), later(6));
        assert_eq!(Standing::of(Some(&grant), later(6)), Standing::Good);
    }

    #[test]
    fn the_end_of_what_lasts_is_known_and_forgotten_with_it() {
        let mut grant = grant();
        let week = 7 * 86_400;
        grant.renew(Vec::new(), &given(3_600, Some(week), None), NOW);
        assert_eq!(Standing::of(Some(&grant), NOW), Standing::Good);
        let near = later(5 * 86_400);
        assert!(matches!(Standing::of(Some(&grant), near), Standing::Dying(_)));
        assert!(matches!(
            Standing::of(Some(&grant), later(8 * 86_400)),
            Standing::Over(_)
        ));
        grant.renew(Vec::new(), &given(3_600, None, None), near);
        assert!(grant.dies_at.is_some(), "the same lasts");
        grant.renew(Vec::new(), &given(3_600, None, Some("new")), near);
        assert!(grant.dies_at.is_none());
    }
}
