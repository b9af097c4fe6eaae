//! The one way out: requests to addresses that people have written down, such as webhooks.
//!
//! Whoever may write down an address must not reach what only this machine reaches: its own services, its network, a
//! cloud's metadata. So names are resolved here, and only public addresses are ever connected to: the filter sits
//! inside the resolver, where nothing can be resolved once more behind its back. Addresses written as numbers are held
//! to the same rule. No redirects, no proxies, ports 80, 443 and from 1024 on, limits on time and size.
//!
//! An installation can allow networks of its own; plain HTTP goes to those only.

mod ranges;
mod resolver;

#[cfg(test)]
mod tests;

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use reqwest::redirect::Policy;
use url::{Host, Url};

pub use ranges::is_public;
pub use resolver::Lookup;

use resolver::{Refused, Resolver};

/// Longest time for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Longest time for a whole request with its answer.
const WHOLE: Duration = Duration::from_secs(15);
/// How much of the answer to a message is read.
const READ: usize = 4_096;
/// The longest address.
const LONGEST: usize = 2_000;

/// Says which addresses an installation allows beside the public ones.
pub type Allowed = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// The guarded client. Clones share connections.
#[derive(Clone)]
pub struct Outgoing {
    secure: reqwest::Client,
    plain: reqwest::Client,
    allowed: Allowed,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").finish_non_exhaustive()
    }
}

/// What is asked of the other side.
#[derive(Clone, Debug)]
pub struct Ask {
    /// How.
    pub method: Method,
    /// With which headers.
    pub headers: HeaderMap,
    /// With what.
    pub body: Vec<u8>,
    /// How many bytes of the answer are read.
    pub most: usize,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The first bytes of the body, as many as were wanted.
    pub beginning: Vec<u8>,
}

/// Why nothing came back. The texts name no address: they are kept and shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutgoingError {
    /// It is no address for this client.
    #[error("an address begins with https:// and has a host, no password and at most 2000 characters")]
    BadAddress,
    /// The port is one of another service.
    #[error("only the ports 80, 443 and those from 1024 on are used")]
    BadPort,
    /// It leads to a network that is not public and not allowed here.
    #[error("the address leads to a network that this installation does not allow")]
    Forbidden,
    /// The name has no address.
    #[error("the host's name could not be resolved")]
    NoSuchHost,
    /// Nobody answers there, or not with a certificate that is known.
    #[error("no connection could be made")]
    NoConnection,
    /// It took too long.
    #[error("there was no answer in time")]
    TooLate,
    /// The connection ended before the answer did.
    #[error("the connection was lost before the answer was complete")]
    Lost,
    /// This machine's certificates can't be read.
    #[error("the client could not be made")]
    Client,
}

impl Outgoing {
    /// A client that reaches public addresses, and those that `allowed` says.
    ///
    /// # Errors
    /// [`OutgoingError::Client`].
    pub fn new(allowed: Allowed) -> Result<Self, OutgoingError> {
        Self::with_lookup(allowed, resolver::system())
    }

    /// The same, resolving names by `lookup`.
    ///
    /// # Errors
    /// As of [`Outgoing::new`].
    pub fn with_lookup(allowed: Allowed, lookup: Lookup) -> Result<Self, OutgoingError> {
        // The process has one provider; whoever comes first has set the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let of_public = {
            let allowed = Arc::clone(&allowed);
            move |address| is_public(address) || allowed(address)
        };
        Ok(Self {
            secure: client(Resolver::new(Arc::new(of_public), Arc::clone(&lookup)))?,
            plain: client(Resolver::new(Arc::clone(&allowed), lookup))?,
            allowed,
        })
    }

    /// The address as it can be used, or why it can't. What a name leads to is seen when it is used.
    ///
    /// # Errors
    /// [`OutgoingError::BadAddress`], [`OutgoingError::BadPort`] and [`OutgoingError::Forbidden`].
    pub fn accept(&self, text: &str) -> Result<Url, OutgoingError> {
        let url = Url::parse(text.trim()).map_err(|_| OutgoingError::BadAddress)?;
        let is_web = matches!(url.scheme(), "https" | "http");
        let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        if !is_web || !is_bare || url.as_str().len() > LONGEST {
            return Err(OutgoingError::BadAddress);
        }
        let port = url.port_or_known_default().unwrap_or_default();
        if port < 1_024 && port != 80 && port != 443 {
            return Err(OutgoingError::BadPort);
        }
        let may =
            |address: IpAddr| (self.allowed)(address) || (url.scheme() == "https" && is_public(address));
        match url.host().ok_or(OutgoingError::BadAddress)? {
            Host::Ipv4(address) if !may(address.into()) => Err(OutgoingError::Forbidden),
            Host::Ipv6(address) if !may(address.into()) => Err(OutgoingError::Forbidden),
            _ => Ok(url),
        }
    }

    /// Sends `body` to `url` and reads the beginning of the answer.
    ///
    /// # Errors
    /// As of [`Outgoing::ask`].
    pub async fn post(&self, url: &Url, headers: HeaderMap, body: Vec<u8>) -> Result<Reply, OutgoingError> {
        let ask = Ask {
            method: Method::POST,
            headers,
            body,
            most: READ,
        };
        self.ask(url, ask).await
    }

    /// Sends a request to `url` and reads the beginning of the answer.
    ///
    /// # Errors
    /// [`OutgoingError`]. After [`OutgoingError::TooLate`] and [`OutgoingError::Lost`] the other side may have taken it.
    pub async fn ask(&self, url: &Url, ask: Ask) -> Result<Reply, OutgoingError> {
        // Looked at again: it may have been written down under other rules.
        let url = self.accept(url.as_str())?;
        let client = match url.scheme() {
            "https" => &self.secure,
            _ => &self.plain,
        };
        let request = client
            .request(ask.method, url)
            .headers(ask.headers)
            .body(ask.body);
        let mut answer = request.send().await.map_err(|error| failed(&error))?;
        let mut beginning = Vec::new();
        while beginning.len() < ask.most {
            match answer.chunk().await {
                Ok(Some(piece)) => beginning.extend_from_slice(&piece),
                Ok(None) => break,
                Err(error) if error.is_timeout() => return Err(OutgoingError::TooLate),
                Err(_) => return Err(OutgoingError::Lost),
            }
        }
        beginning.truncate(ask.most);
        Ok(Reply {
            status: answer.status(),
            beginning,
        })
    }
}

fn client(resolver: Resolver) -> Result<reqwest::Client, OutgoingError> {
    let builder = reqwest::Client::builder()
        .dns_resolver(Arc::new(resolver))
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .pool_max_idle_per_host(0)
        .user_agent(concat!("Tandem/", env!("CARGO_PKG_VERSION")));
    builder.build().map_err(|_| OutgoingError::Client)
}

fn failed(error: &reqwest::Error) -> OutgoingError {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = source {
        if let Some(refused) = inner.downcast_ref::<Refused>() {
            return match refused {
                Refused::Forbidden => OutgoingError::Forbidden,
                Refused::Unknown => OutgoingError::NoSuchHost,
            };
        }
        source = inner.source();
    }
    if error.is_connect() {
        OutgoingError::NoConnection
    } else if error.is_timeout() {
        OutgoingError::TooLate
    } else {
        OutgoingError::Lost
    }
}
