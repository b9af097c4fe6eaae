//! Which conversation is held, and how much of it is taken.

/// Which protocol is spoken: LMTP answers for each recipient after the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 5321.
    Smtp,
    /// RFC 2033.
    Lmtp,
}

/// How much is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of one mail.
    pub bytes: usize,
    /// Recipients of one mail.
    pub recipients: usize,
    /// Bytes of a command line.
    pub line: usize,
    /// Wrong commands before the conversation ends.
    pub errors: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            bytes: 50 << 20,
            recipients: 100,
            line: 2_048,
            errors: 20,
        }
    }
}
