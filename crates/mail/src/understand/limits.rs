//! How much of one mail is looked at, so that no mail can hold the program up.
//!
//! Time is bounded by counting work, never by a clock, so that the same mail always has the same outcome.

/// Bounds for one mail. What lies beyond is kept, and named in the message's troubles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the raw mail; a longer one is only looked at up to here.
    pub bytes: usize,
    /// Parts of all levels together.
    pub parts: usize,
    /// Levels of multipart inside multipart.
    pub depth: usize,
    /// Header fields of one part; beyond these only the fields that decide something are kept.
    pub fields: usize,
    /// Bytes of all header fields of one part.
    pub field_bytes: usize,
    /// Identifiers taken from one References field: the newest ones.
    pub references: usize,
    /// Addresses taken from one field.
    pub addresses: usize,
    /// Bytes of text and of HTML that become the body, each; the rest stays in the raw mail.
    pub body_bytes: usize,
    /// Units of work, roughly bytes looked at.
    pub work: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 50 << 20,
            parts: 1_000,
            depth: 50,
            fields: 200,
            field_bytes: 64 << 10,
            references: 200,
            addresses: 1_000,
            body_bytes: 2 << 20,
            work: 600 << 20,
        }
    }
}

/// What may still be spent on one mail.
#[derive(Debug)]
pub(crate) struct Work {
    left: u64,
}

impl Work {
    pub(crate) fn of(limits: &Limits) -> Self {
        Self { left: limits.work }
    }

    /// Whether there was enough left; if not, nothing is left any more.
    pub(crate) fn spend(&mut self, units: usize) -> bool {
        let units = units as u64;
        let is_enough = self.left >= units;
        self.left = self.left.saturating_sub(units);
        is_enough
    }
}
