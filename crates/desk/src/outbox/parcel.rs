//! What becomes of an outgoing mail: no database, no network.
//!
//! Each recipient has a fate of their own; the mail's state follows from theirs. A recipient *waits*, is *handed over*,
//! and is then *accepted*, *refused* or *unknown*. What is unknown is never sent again by itself: the other side may have
//! it. Only a person brings a settled recipient back to waiting.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::jobs::JobId;
use mail::submit::Fate;

use super::model::{Look, MailState, OutboxError, Parcel, Recipient, RecipientState, Step, Told};

/// The waits before the second attempt, the third, and so on. They come to five days (RFC 5321 4.5.4.1 asks for four to
/// five).
pub const SCHEDULE: [Duration; 14] = [
    minutes(1),
    minutes(5),
    minutes(15),
    minutes(30),
    minutes(60),
    minutes(2 * 60),
    minutes(4 * 60),
    minutes(6 * 60),
    minutes(8 * 60),
    minutes(12 * 60),
    minutes(12 * 60),
    minutes(24 * 60),
    minutes(24 * 60),
    minutes(27 * 60),
];
/// For how long an answer may be on its way: after it, a mail that another job handed over is unknown. Longer than the
/// longest wait for the last answer of a server.
pub const SILENCE: Duration = minutes(20);

const fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

impl Parcel {
    /// The state that follows from the recipients.
    pub fn state(&self) -> MailState {
        let any = |state| self.recipients.iter().any(|one| one.state == state);
        let is_nobodys = |one: &Recipient| one.state == RecipientState::Withdrawn;
        if self.recipients.iter().all(is_nobodys) {
            MailState::Withdrawn
        } else if any(RecipientState::Handing) {
            MailState::Handing
        } else if any(RecipientState::Waiting) {
            MailState::Waiting
        } else if any(RecipientState::Unknown) {
            MailState::Unknown
        } else if any(RecipientState::Refused) {
            MailState::Failed
        } else {
            MailState::Sent
        }
    }

    fn settle_state(&mut self, now: Timestamp) {
        self.mail.state = self.state();
        let is_over = !matches!(self.mail.state, MailState::Waiting | MailState::Handing);
        self.mail.settled_at = is_over.then(|| self.mail.settled_at.unwrap_or(now));
    }

    /// Addresses that wait, in their order.
    pub fn waiting(&self) -> Vec<String> {
        let waiting = |one: &&Recipient| one.state == RecipientState::Waiting;
        let all = self.recipients.iter().filter(waiting);
        all.map(|one| one.address.clone()).collect()
    }

    /// Whether it can still be taken back: nobody has it, and nobody is being handed it.
    pub fn may_withdraw(&self) -> bool {
        let mut states = self.recipients.iter().map(|one| one.state);
        self.mail.state == MailState::Waiting
            && states.all(|state| {
                use RecipientState::{Refused, Waiting, Withdrawn};
                matches!(state, Waiting | Refused | Withdrawn)
            })
    }

    /// Takes it back.
    ///
    /// # Errors
    /// [`OutboxError::TooLate`].
    pub fn withdraw(&mut self, now: Timestamp) -> Result<(), OutboxError> {
        if self.mail.state == MailState::Withdrawn {
            return Ok(());
        }
        if !self.may_withdraw() {
            return Err(OutboxError::TooLate);
        }
        for one in &mut self.recipients {
            one.state = RecipientState::Withdrawn;
        }
        self.settle_state(now);
        Ok(())
    }

    /// Takes back what waits for those whose addresses are somebody's who is forgotten; gives the places where they stood.
    /// What is being handed over can't be known any more.
    pub fn leave_out(&mut self, is_theirs: impl Fn(&str) -> bool, now: Timestamp) -> Vec<i64> {
        let mut places = Vec::new();
        for (place, one) in (0_i64..).zip(&mut self.recipients) {
            if is_theirs(&one.address) {
                one.state = match one.state {
                    RecipientState::Waiting => RecipientState::Withdrawn,
                    RecipientState::Handing => RecipientState::Unknown,
                    state => state,
                };
                one.said.clear();
                places.push(place);
            }
        }
        self.settle_state(now);
        places
    }

    /// Puts those on their way again who were refused or of whom it is not known.
    ///
    /// # Errors
    /// [`OutboxError::TooLate`] while it is on its way, [`OutboxError::NothingToSend`].
    pub fn again(&mut self, now: Timestamp) -> Result<(), OutboxError> {
        match self.mail.state {
            MailState::Failed | MailState::Unknown => {}
            // Waiting for a later attempt is made shorter.
            MailState::Waiting => {}
            MailState::Handing => return Err(OutboxError::TooLate),
            MailState::Sent | MailState::Withdrawn => return Err(OutboxError::NothingToSend),
        }
        for one in &mut self.recipients {
            if matches!(one.state, RecipientState::Refused | RecipientState::Unknown) {
                one.state = RecipientState::Waiting;
            }
        }
        self.mail.attempts = 0;
        self.mail.due_at = now;
        self.settle_state(now);
        Ok(())
    }

    /// What `job` may do with it at `now`. What an earlier run of the same job handed over is lost: that run is gone.
    /// What another job handed over is lost after [`SILENCE`].
    pub fn look(&mut self, job: JobId, now: Timestamp) -> Look {
        match self.mail.state {
            MailState::Waiting if self.mail.due_at > now => Look::Later(self.mail.due_at),
            MailState::Waiting => Look::Ready,
            MailState::Handing => {
                let until = self.mail.handed_at.unwrap_or(now).plus(SILENCE);
                if self.mail.handed_by != Some(job) && until > now {
                    return Look::Later(until);
                }
                self.lose(now);
                Look::Lost
            }
            _ => Look::Over,
        }
    }

    fn lose(&mut self, now: Timestamp) {
        for one in &mut self.recipients {
            if one.state == RecipientState::Handing {
                one.state = RecipientState::Unknown;
            }
        }
        self.settle_state(now);
    }

    /// Notes that `job` is about to hand it over; whether it may.
    pub fn hand(&mut self, job: JobId, now: Timestamp) -> bool {
        if self.look(job, now) != Look::Ready {
            return false;
        }
        for one in &mut self.recipients {
            if one.state == RecipientState::Waiting {
                one.state = RecipientState::Handing;
            }
        }
        self.mail.handed_by = Some(job);
        self.mail.handed_at = Some(now);
        self.settle_state(now);
        true
    }

    /// Writes the fates of `addresses` down: of those that `handed_by` handed over, or, without one, of those that wait
    /// still. An answer that comes late to the one who handed over still counts; what is in other hands stays. `late` is
    /// what the next wait is longer by. Gives when to try again, and each fate with its step.
    pub fn settle(
        &mut self,
        (handed_by, addresses): (Option<JobId>, &[String]),
        fates: &[Fate],
        (now, late): (Timestamp, Duration),
    ) -> (Option<Timestamp>, Vec<(String, Step)>) {
        if handed_by.is_some() && handed_by != self.mail.handed_by {
            return (None, Vec::new());
        }
        let may = |state| match handed_by {
            Some(_) => matches!(state, RecipientState::Handing | RecipientState::Unknown),
            None => state == RecipientState::Waiting,
        };
        self.mail.attempts += 1;
        let place = usize::try_from(self.mail.attempts - 1).unwrap_or(usize::MAX);
        let next = SCHEDULE.get(place).map(|wait| now.plus(*wait + late));
        let mut steps = Vec::new();
        for (address, fate) in addresses.iter().zip(fates) {
            let mut all = self.recipients.iter_mut();
            if let Some(one) = all.find(|one| one.address == *address && may(one.state)) {
                steps.push((address.clone(), one.meet(fate, next.is_some())));
            }
        }
        self.settle_state(now);
        let next = next.filter(|_| self.mail.state == MailState::Waiting);
        if let Some(next) = next {
            self.mail.due_at = next;
        }
        (next, steps)
    }

    /// What a report says of one recipient; whether it changed anything.
    pub fn told(&mut self, address: &str, told: &Told, now: Timestamp) -> bool {
        let same = |one: &&mut Recipient| one.address.eq_ignore_ascii_case(address);
        let Some(one) = self.recipients.iter_mut().find(same) else {
            return false;
        };
        let before = one.clone();
        let may_change = matches!(one.state, RecipientState::Accepted | RecipientState::Unknown);
        let said = |one: &mut Recipient, enhanced: Option<String>| {
            one.code = None;
            one.enhanced = enhanced;
            one.said.clone_from(&told.said);
        };
        match (told.is_delivered, told.is_final) {
            (true, _) if may_change => {
                if one.is_late() {
                    (one.enhanced, one.said) = (None, String::new());
                }
                one.state = RecipientState::Accepted;
            }
            (false, true) if may_change => {
                one.state = RecipientState::Refused;
                said(one, told.enhanced.clone());
            }
            // It is on its way still, and who said so has more to say later.
            (false, false) if one.state == RecipientState::Accepted => said(one, Some(late(told))),
            _ => return false,
        }
        let (is_other, is_turned) = (*one != before, one.state != before.state);
        self.mail.settled_at = self.mail.settled_at.filter(|_| !is_turned);
        self.settle_state(now);
        is_other
    }
}

/// The status of a delay (RFC 3463 2: class 4), also where the report names none.
fn late(told: &Told) -> String {
    let of_delay = told.enhanced.clone().filter(|status| status.starts_with('4'));
    of_delay.unwrap_or_else(|| "4.0.0".to_owned())
}

impl Recipient {
    /// Whether a report says that it has not arrived yet, although a server took it.
    pub fn is_late(&self) -> bool {
        let is_delay = self
            .enhanced
            .as_deref()
            .is_some_and(|status| status.starts_with('4'));
        self.state == RecipientState::Accepted && self.code.is_none() && is_delay
    }

    /// Somebody whom a mail waits for.
    pub fn new(name: &str, address: &str, is_copy: bool) -> Self {
        Self {
            name: name.to_owned(),
            address: address.to_owned(),
            is_copy,
            state: RecipientState::Waiting,
            code: None,
            enhanced: None,
            said: String::new(),
        }
    }

    fn meet(&mut self, fate: &Fate, may_wait: bool) -> Step {
        if let Fate::Accepted(reply) | Fate::Refused(reply) = fate {
            self.code = Some(i64::from(reply.code));
            self.enhanced.clone_from(&reply.enhanced);
            self.said = readable(&reply.said);
        }
        let waits = |may| {
            if may {
                RecipientState::Waiting
            } else {
                RecipientState::Refused
            }
        };
        let (state, step) = match fate {
            Fate::Accepted(_) => (RecipientState::Accepted, Step::Accepted),
            Fate::Refused(reply) if reply.is_for_later() => (waits(may_wait), Step::Deferred),
            Fate::Refused(_) => (RecipientState::Refused, Step::Refused),
            Fate::NotSent => (waits(may_wait), Step::NotSent),
            Fate::Unknown => (RecipientState::Unknown, Step::Unknown),
        };
        self.state = state;
        step
    }
}

/// How much of a server's words is kept, in characters.
const KEPT: usize = 1_000;

/// A server's words without control characters but line ends.
pub fn readable(said: &str) -> String {
    let plain = said
        .chars()
        .filter(|letter| !letter.is_control() || *letter == '\n');
    plain.take(KEPT).collect()
}

#[cfg(test)]
#[path = "parcel_tests.rs"]
mod tests;
