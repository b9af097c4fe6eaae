//! Who may be connected to, and how one proves who one is.

use super::{Stream, Wire, WireError};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, RootCertStore};
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Says which addresses may be connected to.
pub type Allowed = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Security {
    /// TLS from the first byte: ports 993 and 465.
    Tls,
    /// Encrypted by STARTTLS, or not at all used: ports 143 and 587.
    StartTls,
    /// Without encryption: to this machine only, and only where a [`Reach`] says so.
    Plain,
}

/// A server as somebody has written it down.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Server {
    /// Its name, which is what its certificate must be for.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
}

/// The way to servers. Clones share.
#[derive(Clone)]
pub struct Reach {
    allowed: Allowed,
    tls: Arc<ClientConfig>,
    patience: Duration,
    may_be_plain: bool,
}

impl fmt::Debug for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reach").finish_non_exhaustive()
    }
}

/// Longest time for a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Addresses of one name that are tried.
const TRIES: usize = 4;

impl Reach {
    /// Connects to the addresses that are `allowed`, and knows the world's authorities and these more (as DER).
    ///
    /// # Errors
    /// [`WireError::Tls`] if one of them is no certificate.
    pub fn new(allowed: Allowed, authorities: &[Vec<u8>]) -> Result<Self, WireError> {
        let mut roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        for authority in authorities {
            let authority = CertificateDer::from(authority.as_slice());
            roots.add(authority.into_owned()).map_err(|_| WireError::Tls)?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| WireError::Tls)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            allowed,
            tls: Arc::new(tls),
            patience: PATIENCE,
            may_be_plain: false,
        })
    }

    /// The same with another longest wait for one answer.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The same, which also speaks to this machine without encryption.
    #[must_use]
    pub fn with_plain_loopback(mut self) -> Self {
        self.may_be_plain = true;
        self
    }

    /// The addresses of a host that may be connected to.
    ///
    /// # Errors
    /// [`WireError::NoSuchHost`], [`WireError::Forbidden`] and [`WireError::TooLate`].
    pub async fn resolve(&self, server: &Server) -> Result<Vec<SocketAddr>, WireError> {
        let host = server.host.trim_matches(['[', ']']);
        let looking = tokio::net::lookup_host((host, server.port));
        let found = timeout(CONNECT, looking)
            .await
            .map_err(|_| WireError::TooLate)?
            .map_err(|_| WireError::NoSuchHost)?;
        let found: Vec<SocketAddr> = found.collect();
        if found.is_empty() {
            return Err(WireError::NoSuchHost);
        }
        let may = |address: &SocketAddr| {
            let ip = address.ip().to_canonical();
            (self.allowed)(ip)
                && (server.security != Security::Plain || (self.may_be_plain && ip.is_loopback()))
        };
        let good: Vec<SocketAddr> = found.iter().copied().filter(may).take(TRIES).collect();
        if !good.is_empty() {
            return Ok(good);
        }
        let is_reachable = found
            .iter()
            .any(|address| (self.allowed)(address.ip().to_canonical()));
        Err(if is_reachable {
            WireError::NotEncrypted
        } else {
            WireError::Forbidden
        })
    }

    /// A connection to one of these addresses, not yet encrypted.
    pub(crate) async fn open(&self, addresses: &[SocketAddr]) -> Result<Wire, WireError> {
        let mut last = WireError::Refused;
        for address in addresses {
            match timeout(CONNECT.min(self.patience), TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    // Commands are short and wait for their answers.
                    let _ = stream.set_nodelay(true);
                    return Ok(Wire::new(stream, self.patience));
                }
                Ok(Err(_)) => last = WireError::Refused,
                Err(_) => last = WireError::TooLate,
            }
        }
        Err(last)
    }

    /// A connection as the server's security begins: encrypted, or plain until STARTTLS.
    pub(crate) async fn connect(&self, server: &Server) -> Result<Wire, WireError> {
        let wire = self.open(&self.resolve(server).await?).await?;
        match server.security {
            Security::Tls => wire.encrypted(self, &server.host).await,
            Security::StartTls | Security::Plain => Ok(wire),
        }
    }

    pub(super) async fn encrypt(
        &self,
        stream: Box<dyn Stream>,
        host: &str,
    ) -> Result<TlsStream<Box<dyn Stream>>, WireError> {
        let host = host.trim_matches(['[', ']']).trim_end_matches('.').to_owned();
        let name = ServerName::try_from(host).map_err(|_| WireError::OtherName)?;
        let connector = TlsConnector::from(Arc::clone(&self.tls));
        connector
            .connect(name, stream)
            .await
            .map_err(|error| reason(&error))
    }
}

/// Why TLS failed.
fn reason(error: &io::Error) -> WireError {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(problem)) => match problem {
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                WireError::OtherName
            }
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => WireError::Expired,
            CertificateError::UnknownIssuer => WireError::UnknownAuthority,
            _ => WireError::Tls,
        },
        Some(rustls::Error::InvalidMessage(_)) => WireError::NoTls,
        Some(_) => WireError::Tls,
        None if error.kind() == io::ErrorKind::UnexpectedEof => WireError::NoTls,
        None => WireError::Lost,
    }
}
