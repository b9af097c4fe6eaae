//! Guards that keep machines from talking to each other.
//!
//! Each is enough for most loops, none for all: what the mail says of itself, who it comes from, our own stamp, and
//! budgets for a pair, for equal subjects, for a conversation and for everything. Counting is the caller's; what the
//! counts mean is decided here.

use crate::automatic::{self, Evidence};
use crate::understand::Message;

/// By what we know our own mail.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// The name of the field that [`crate::compose::Letter::stamp`] writes.
    pub stamp: &'a str,
    /// Every address that an inbox of ours listens to, in small letters.
    pub addresses: &'a [String],
}

/// Automatic messages already sent, as the caller counted them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// To this address from this inbox within a day.
    pub pair_in_day: u32,
    /// To this address from all inboxes within three hours.
    pub address_in_three_hours: u32,
    /// To this address with the same subject within a day.
    pub same_subject_in_day: u32,
    /// In this conversation within a day.
    pub conversation_in_day: u32,
    /// To everybody within an hour.
    pub everybody_in_hour: u32,
}

/// How many are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// For [`Sent::pair_in_day`]. One is what RFC 3834 asks for, two what a pair may see of us at most.
    pub pair_in_day: u32,
    /// For [`Sent::address_in_three_hours`].
    pub address_in_three_hours: u32,
    /// For [`Sent::same_subject_in_day`].
    pub same_subject_in_day: u32,
    /// For [`Sent::conversation_in_day`].
    pub conversation_in_day: u32,
    /// For [`Sent::everybody_in_hour`]: beyond it nothing automatic leaves, and somebody must be told.
    pub everybody_in_hour: u32,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            pair_in_day: 2,
            address_in_three_hours: 10,
            same_subject_in_day: 2,
            conversation_in_day: 5,
            everybody_in_hour: 1_000,
        }
    }
}

/// Why no automatic message goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// It would answer a machine, a list, or nobody.
    Machine(Evidence),
    /// The mail carries our stamp: it is our own.
    OwnStamp,
    /// It comes from an address of ours.
    OwnAddress,
    /// The budget of this name is spent.
    Budget(Budget),
}

/// Which budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Budget {
    /// One address and one inbox.
    Pair,
    /// One address.
    Address,
    /// One address and one subject.
    Subject,
    /// One conversation.
    Conversation,
    /// Everything: the breaker.
    Everybody,
}

/// Whether a mail may be answered automatically.
///
/// # Errors
/// Says which guard held.
pub fn may_answer(message: &Message, own: &Own<'_>, sent: &Sent, budgets: &Budgets) -> Result<(), Held> {
    if message.field(own.stamp).is_some() {
        return Err(Held::OwnStamp);
    }
    let is_own = |address: &str| own.addresses.contains(&without_tag(address));
    if message
        .from
        .iter()
        .chain(&message.sender)
        .any(|address| is_own(&address.address))
    {
        return Err(Held::OwnAddress);
    }
    automatic::may_be_answered(message).map_err(Held::Machine)?;
    may_send(sent, budgets).map_err(Held::Budget)
}

/// Whether the budgets let one more automatic message out, of whatever kind: notices to agents count too.
///
/// # Errors
/// Says which budget is spent.
pub fn may_send(sent: &Sent, budgets: &Budgets) -> Result<(), Budget> {
    let spent = [
        (
            sent.everybody_in_hour,
            budgets.everybody_in_hour,
            Budget::Everybody,
        ),
        (sent.pair_in_day, budgets.pair_in_day, Budget::Pair),
        (
            sent.same_subject_in_day,
            budgets.same_subject_in_day,
            Budget::Subject,
        ),
        (
            sent.conversation_in_day,
            budgets.conversation_in_day,
            Budget::Conversation,
        ),
        (
            sent.address_in_three_hours,
            budgets.address_in_three_hours,
            Budget::Address,
        ),
    ];
    match spent.iter().find(|(count, budget, _)| count >= budget) {
        Some((.., budget)) => Err(*budget),
        None => Ok(()),
    }
}

/// An address without what stands behind a plus, in small letters.
fn without_tag(address: &str) -> String {
    let lower = address.to_ascii_lowercase();
    match lower.split_once('@') {
        Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or(local)),
        None => lower,
    }
}
