//! How a mail stands, in words: when it goes out, that it is out, why it is not.

use kit::i18n::Text;
use mail::bounces::{Reason, reason};

use super::model::{MailState, Parcel, Recipient, RecipientState};
use super::suppression::Suppressed;
use super::trouble;

/// The place of the pages of outgoing mail.
pub(super) const ADDRESS: &str = "/settings/outgoing";

/// How a mail stands, in a sentence.
pub(super) fn sentence(t: &Text, parcel: &Parcel) -> String {
    let mail = &parcel.mail;
    let at = || t.ago(mail.settled_at.unwrap_or(mail.written_at));
    match mail.state {
        MailState::Waiting if mail.attempts > 0 => t.say_with(
            "outbox-mark-late",
            kit::args!(when = t.ago(mail.due_at), why = why(t, parcel)),
        ),
        MailState::Waiting if mail.due_at > t.now() => {
            let seconds = i64::try_from(mail.due_at.since(t.now()).as_secs()).unwrap_or(i64::MAX);
            if seconds < 90 {
                t.count("outbox-mark-due", seconds.max(1))
            } else {
                t.say_with("outbox-mark-due-later", kit::args!(when = t.ago(mail.due_at)))
            }
        }
        MailState::Waiting | MailState::Handing => t.say("outbox-mark-going"),
        MailState::Sent => match parcel.recipients.iter().find(|one| one.is_late()) {
            Some(late) => t.say_with(
                "outbox-mark-delayed",
                kit::args!(when = at(), why = because(t, late)),
            ),
            None => t.say_with("outbox-mark-sent", kit::args!(when = at())),
        },
        MailState::Failed => t.say_with("outbox-mark-failed", kit::args!(why = why(t, parcel))),
        MailState::Unknown => t.say("outbox-mark-unknown"),
        MailState::Withdrawn => t.say("outbox-mark-withdrawn"),
    }
}

/// Why it is not out: what stood in the way, or what the first who did not take it said.
fn why(t: &Text, parcel: &Parcel) -> String {
    if let Some(word) = &parcel.mail.trouble {
        return t.say(trouble::text(word));
    }
    let mut all = parcel.recipients.iter();
    let wanting = |state| matches!(state, RecipientState::Refused | RecipientState::Waiting);
    all.find(|one| wanting(one.state))
        .map(|one| because(t, one))
        .unwrap_or_default()
}

/// Why a recipient did not take it, in our words where their answer is of a known sort.
pub(super) fn because(t: &Text, one: &Recipient) -> String {
    t.say(match reason(one.enhanced.as_deref(), &one.said) {
        Reason::NoSuchAddress => "outbox-because-no-address",
        Reason::NoSuchDomain => "outbox-because-no-domain",
        Reason::Disabled => "outbox-because-disabled",
        Reason::MailboxFull => "outbox-because-full",
        Reason::TooLarge => "outbox-because-large",
        Reason::Spam => "outbox-because-spam",
        Reason::Refused => "outbox-because-refused",
        Reason::TooMany => "outbox-because-many",
        Reason::Content => "outbox-because-content",
        Reason::Loop => "outbox-because-loop",
        Reason::Unreachable => "outbox-because-unreachable",
        Reason::Unknown => "outbox-because-unknown",
    })
}

/// Why nothing is sent to an address, since when and for how long.
pub(super) fn why_suppressed(t: &Text, one: &Suppressed) -> String {
    let since = t.ago(one.at);
    match one.until() {
        Some(until) => t.say_with(
            "outbox-suppressed-refused",
            kit::args!(since = since, until = t.ago(until)),
        ),
        None => t.say_with("outbox-suppressed-complained", kit::args!(since = since)),
    }
}

/// How a state looks.
pub(super) struct Look {
    pub(super) tone: &'static str,
    pub(super) icon: &'static str,
    pub(super) word: &'static str,
}

impl Look {
    pub(super) fn of(parcel: &Parcel) -> Self {
        let is_late = parcel.mail.attempts > 0;
        let is_delayed = parcel.recipients.iter().any(Recipient::is_late);
        let (tone, icon, word) = match parcel.mail.state {
            MailState::Waiting if is_late => ("warn", "clock", "outbox-state-late"),
            MailState::Waiting => ("", "clock", "outbox-state-waiting"),
            MailState::Handing => ("", "send", "outbox-state-handing"),
            MailState::Sent if is_delayed => ("warn", "clock", "outbox-state-late"),
            MailState::Sent => ("good", "circle-check", "outbox-state-sent"),
            MailState::Failed => ("bad", "circle-alert", "outbox-state-failed"),
            MailState::Unknown => ("warn", "triangle-alert", "outbox-state-unknown"),
            MailState::Withdrawn => ("", "undo-2", "outbox-state-withdrawn"),
        };
        Self { tone, icon, word }
    }

    pub(super) fn of_recipient(one: &Recipient) -> Self {
        let (tone, icon, word) = match one.state {
            _ if one.is_late() => ("warn", "clock", "outbox-state-late"),
            RecipientState::Waiting => ("", "clock", "outbox-state-waiting"),
            RecipientState::Handing => ("", "send", "outbox-state-handing"),
            RecipientState::Accepted => ("good", "circle-check", "outbox-state-accepted"),
            RecipientState::Refused => ("bad", "circle-alert", "outbox-state-failed"),
            RecipientState::Unknown => ("warn", "triangle-alert", "outbox-state-unknown"),
            RecipientState::Withdrawn => ("", "undo-2", "outbox-state-withdrawn"),
        };
        Self { tone, icon, word }
    }
}
