//! The way to mail servers that people have written down: public addresses, and those that the installation allows.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use kit::outgoing::is_public;
use mail::wire::{Budget, Reach};

/// Why the way to mail servers can't be made.
pub use mail::wire::WireError as ReachError;

/// Connections to one host at a time, where nothing else is said: providers block those who come too often.
pub const AT_ONCE: usize = 8;
/// The least time between two that begin.
const BETWEEN: Duration = Duration::from_millis(300);

/// The one way to mail servers of this process. Clones share.
#[derive(Clone, Debug)]
pub struct MailReach {
    /// Who may be connected to.
    pub reach: Reach,
    /// How much one host is asked of.
    pub budget: Budget,
    /// How we name ourselves to other servers.
    pub host: String,
}

impl MailReach {
    /// Reaches public addresses and those that `allowed` says, naming itself `host`. Only what is allowed so is spoken to
    /// without encryption, and only on this machine.
    ///
    /// # Errors
    /// [`ReachError::Tls`] when no encryption can be set up.
    pub fn new(
        allowed: impl Fn(IpAddr) -> bool + Send + Sync + 'static,
        authorities: &[Vec<u8>],
        host: &str,
    ) -> Result<Self, ReachError> {
        let may = Arc::new(move |address| is_public(address) || allowed(address));
        Ok(Self {
            reach: Reach::new(may, authorities)?.with_plain_loopback(),
            budget: Budget::new(AT_ONCE, BETWEEN),
            host: host.to_owned(),
        })
    }

    /// The same with another number of connections to one host at a time.
    #[must_use]
    pub fn with_connections(self, most: usize) -> Self {
        Self {
            budget: Budget::new(most, BETWEEN),
            ..self
        }
    }
}
