//! Names to addresses, of which only those pass that may be connected to.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Allowed;

/// Finds the addresses of a name.
pub type Lookup = Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync>;

/// Why a name leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Forbidden,
    Unknown,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Forbidden => "the name leads to a network that is not allowed",
            Self::Unknown => "the name has no address",
        })
    }
}

impl std::error::Error for Refused {}

/// The resolver of a guarded client: what it gives is what is connected to.
pub(super) struct Resolver {
    may: Allowed,
    lookup: Lookup,
}

impl Resolver {
    pub(super) fn new(may: Allowed, lookup: Lookup) -> Self {
        Self { may, lookup }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (may, found) = (Arc::clone(&self.may), (self.lookup)(name.as_str().to_owned()));
        async move {
            let found = found.await.map_err(|_| Refused::Unknown)?;
            if found.is_empty() {
                return Err(Refused::Unknown.into());
            }
            let good: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| may(*address))
                .map(|address| SocketAddr::new(address.to_canonical(), 0))
                .collect();
            if good.is_empty() {
                return Err(Refused::Forbidden.into());
            }
            Ok(Box::new(good.into_iter()) as Addrs)
        }
        .boxed()
    }
}

/// The machine's own way to resolve names.
pub(super) fn system() -> Lookup {
    Arc::new(|name| {
        async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        }
        .boxed()
    })
}
