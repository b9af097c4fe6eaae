//! Connections to mail servers that somebody has written down: guarded, encrypted, bounded.
//!
//! Names are resolved here and only addresses that the installation allows are connected to, so that nobody reaches this
//! machine's own network by writing down a mailbox. Every wait has an end, every line a longest length. After STARTTLS
//! nothing counts that was sent before.

mod budget;
mod reach;

pub use budget::{Budget, Place};
pub use reach::{Allowed, Reach, Security, Server};

use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

/// Why a connection does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum WireError {
    /// The name has no address.
    #[error("the host's name could not be resolved")]
    NoSuchHost,
    /// It leads to a network that is not allowed here.
    #[error("the host leads to a network that this installation does not allow")]
    Forbidden,
    /// Nobody listens there.
    #[error("nobody answers at this host and port")]
    Refused,
    /// It took too long.
    #[error("there was no answer in time")]
    TooLate,
    /// The connection ended.
    #[error("the connection was lost")]
    Lost,
    /// The other side does not speak TLS.
    #[error("the other side does not speak TLS at this port")]
    NoTls,
    /// The certificate is for another name.
    #[error("the certificate is for another name")]
    OtherName,
    /// The certificate is not valid at this time.
    #[error("the certificate has expired or is not valid yet")]
    Expired,
    /// Nobody we know vouches for the certificate.
    #[error("the certificate is from an authority that is not known")]
    UnknownAuthority,
    /// TLS failed for another reason.
    #[error("no encrypted connection could be made")]
    Tls,
    /// Something was said before encryption that must not be.
    #[error("the other side sent more than it may before encryption")]
    Injected,
    /// More came than is taken.
    #[error("the other side sent more than is taken")]
    TooLong,
    /// Without encryption only loopback is spoken to, and only if it is set so.
    #[error("without encryption nothing is sent")]
    NotEncrypted,
}

/// What bytes go through.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection with a buffer.
pub(crate) struct Wire {
    stream: Box<dyn Stream>,
    buffer: Vec<u8>,
    start: usize,
    patience: Duration,
    is_encrypted: bool,
}

/// Bytes that are read at once.
const PIECE: usize = 16 << 10;
/// The slowest that a large piece may come, in bytes a second.
const SLOWEST: u64 = 8 << 10;

impl Wire {
    pub(crate) fn new(
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        patience: Duration,
    ) -> Self {
        Self {
            stream: Box::new(stream),
            buffer: Vec::new(),
            start: 0,
            patience,
            is_encrypted: false,
        }
    }

    /// Whether what is sent can be read by others.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }

    /// How long one answer is waited for.
    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }

    /// A line with its end, of at most so many bytes.
    pub(crate) async fn line(&mut self, most: usize) -> Result<Vec<u8>, WireError> {
        self.line_within(most, self.patience).await
    }

    /// The same with a wait of its own. What was read is kept if nothing came of it.
    pub(crate) async fn line_within(&mut self, most: usize, wait: Duration) -> Result<Vec<u8>, WireError> {
        timeout(wait, self.read_line(most))
            .await
            .map_err(|_| WireError::TooLate)?
    }

    async fn read_line(&mut self, most: usize) -> Result<Vec<u8>, WireError> {
        let mut looked = 0;
        loop {
            let waiting = &self.buffer[self.start..];
            if let Some(at) = waiting[looked..].iter().position(|byte| *byte == b'\n') {
                let line = waiting[..=looked + at].to_vec();
                if line.len() > most {
                    return Err(WireError::TooLong);
                }
                self.start += line.len();
                return Ok(line);
            }
            looked = waiting.len();
            if looked > most {
                return Err(WireError::TooLong);
            }
            self.fill().await?;
        }
    }

    /// Exactly so many bytes; the wait grows with them.
    pub(crate) async fn exactly(&mut self, count: usize) -> Result<Vec<u8>, WireError> {
        let wait = self.patience + Duration::from_secs(count as u64 / SLOWEST);
        timeout(wait, self.read_exactly(count))
            .await
            .map_err(|_| WireError::TooLate)?
    }

    async fn read_exactly(&mut self, count: usize) -> Result<Vec<u8>, WireError> {
        // Room is made as bytes come, not as they are announced.
        let mut bytes = Vec::with_capacity(count.min(1 << 20));
        loop {
            let waiting = &self.buffer[self.start..];
            let take = waiting.len().min(count - bytes.len());
            bytes.extend_from_slice(&waiting[..take]);
            self.start += take;
            if bytes.len() == count {
                return Ok(bytes);
            }
            timeout(self.patience, self.fill())
                .await
                .map_err(|_| WireError::TooLate)??;
        }
    }

    async fn fill(&mut self) -> Result<(), WireError> {
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.reserve(PIECE);
        match self.stream.read_buf(&mut self.buffer).await {
            Ok(0) | Err(_) => Err(WireError::Lost),
            Ok(_) => Ok(()),
        }
    }

    /// Sends everything.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        let wait = self.patience + Duration::from_secs(bytes.len() as u64 / SLOWEST);
        let sending = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        match timeout(wait, sending).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(WireError::Lost),
            Err(_) => Err(WireError::TooLate),
        }
    }

    /// Encrypts from here on.
    pub(crate) async fn encrypted(self, reach: &Reach, host: &str) -> Result<Self, WireError> {
        if self.start < self.buffer.len() {
            return Err(WireError::Injected);
        }
        let patience = self.patience;
        let stream = timeout(patience, reach.encrypt(self.stream, host))
            .await
            .map_err(|_| WireError::TooLate)??;
        let mut wire = Self::new(stream, patience);
        wire.is_encrypted = true;
        Ok(wire)
    }
}
