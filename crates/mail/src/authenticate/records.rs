//! Where records of the DNS come from: the machine's resolvers, or a zone that is given.

use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::dkim::{Atps, DomainKeyReport};
use mail_auth::dmarc::Dmarc;
use mail_auth::hickory_resolver::config::{ResolverConfig, ResolverOpts};
use mail_auth::hickory_resolver::proto::op::ResponseCode;
use mail_auth::hickory_resolver::system_conf::read_system_conf;
use mail_auth::spf::Spf;
use mail_auth::{
    DnsError, DnssecStatus, Error, MX, MessageAuthenticator, Parameters, RecordSet, ResolverCache, Txt,
};
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, Instant};

/// Longest wait for one answer of one resolver.
const ONE: Duration = Duration::from_secs(3);
/// Names that are remembered, for as long as their records say.
const REMEMBERED: u64 = 20_000;
/// Longest time for which a name that isn't there is remembered.
const ABSENT: Duration = Duration::from_secs(15 * 60);

/// The resolver can't be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the machine's resolvers can't be used")]
pub struct NoResolver;

/// Records that stand in memory, for tests and for trying a record before it is published. What isn't in it isn't
/// anywhere.
#[derive(Default)]
pub struct Zone {
    texts: HashMap<Box<str>, Txt>,
    addresses4: HashMap<Box<str>, RecordSet<Ipv4Addr>>,
    addresses6: HashMap<Box<str>, RecordSet<Ipv6Addr>>,
    exchanges: HashMap<Box<str>, RecordSet<MX>>,
    names: HashMap<IpAddr, RecordSet<Box<str>>>,
    published: HashMap<Box<str>, Option<String>>,
}

impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Zone({} texts)", self.texts.len())
    }
}

impl Zone {
    /// A TXT record; what it is for follows from its name.
    #[must_use]
    pub fn text(mut self, name: &str, text: &str) -> Self {
        let parsed = |result: Result<Txt, Error>| result.unwrap_or_else(Txt::Error);
        let bytes = text.as_bytes();
        let value = if name.starts_with("_dmarc.") {
            parsed(Dmarc::parse(bytes).map(Into::into))
        } else if name.starts_with("_report._domainkey.") {
            parsed(DomainKeyReport::parse(bytes).map(Into::into))
        } else if name.contains("._domainkey.") {
            parsed(DomainKey::parse(bytes).map(Into::into))
        } else if name.contains("._atps.") {
            parsed(Atps::parse(bytes).map(Into::into))
        } else {
            parsed(Spf::parse(bytes).map(Into::into))
        };
        self.texts.insert(full(name), value);
        self.published.insert(full(name), Some(text.to_owned()));
        self
    }

    /// A name whose TXT record can't be had now.
    #[must_use]
    pub fn failing(mut self, name: &str) -> Self {
        let error = Error::Dns(DnsError::Resolver("no answer".into()));
        self.texts.insert(full(name), Txt::Error(error));
        self.published.insert(full(name), None);
        self
    }

    /// The addresses of a name.
    #[must_use]
    pub fn addresses(mut self, name: &str, addresses: &[IpAddr]) -> Self {
        let four = addresses.iter().filter_map(|address| match address {
            IpAddr::V4(address) => Some(*address),
            IpAddr::V6(_) => None,
        });
        let six = addresses.iter().filter_map(|address| match address {
            IpAddr::V6(address) => Some(*address),
            IpAddr::V4(_) => None,
        });
        self.addresses4.insert(full(name), set(four));
        self.addresses6.insert(full(name), set(six));
        self
    }

    /// The servers that take a domain's mail.
    #[must_use]
    pub fn exchanges(mut self, name: &str, hosts: &[&str]) -> Self {
        let exchange = MX {
            exchanges: hosts.iter().map(|host| full(host)).collect(),
            preference: 10,
        };
        self.exchanges.insert(full(name), set([exchange]));
        self
    }

    /// The name of an address.
    #[must_use]
    pub fn name(mut self, address: IpAddr, name: &str) -> Self {
        self.names.insert(address, set([full(name)]));
        self
    }
}

/// Names that are in no DNS (RFC 6761): nobody is asked for them.
fn is_reserved(name: &str) -> bool {
    let top = name.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    ["example", "invalid", "localhost", "test"].contains(&top)
}

fn full(name: &str) -> Box<str> {
    format!("{}.", name.trim_end_matches('.').to_ascii_lowercase()).into()
}

fn set<T>(records: impl IntoIterator<Item = T>) -> RecordSet<T> {
    RecordSet {
        rrset: records.into_iter().collect(),
        dnssec_status: DnssecStatus::Indeterminate,
    }
}

/// Answers before the resolver does, or lets it answer.
pub(super) struct Answers<K, V> {
    known: HashMap<K, V>,
    /// What a name that isn't known has; nothing lets the resolver answer.
    otherwise: Option<V>,
}

impl<K, V> Answers<K, V> {
    fn none() -> Self {
        Self {
            known: HashMap::new(),
            otherwise: None,
        }
    }

    fn only(known: HashMap<K, V>, otherwise: V) -> Self {
        Self {
            known,
            otherwise: Some(otherwise),
        }
    }
}

impl<K: Hash + Eq, V: Clone> ResolverCache<K, V> for Answers<K, V> {
    fn get<Q>(&self, name: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.known.get(name).or(self.otherwise.as_ref()).cloned()
    }

    fn remove<Q>(&self, _: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    // The resolver remembers by itself, bounded.
    fn insert(&self, _: K, _: V, _: Instant) {}
}

/// The source of records.
pub(super) struct Records {
    pub(super) authenticator: MessageAuthenticator,
    texts: Answers<Box<str>, Txt>,
    addresses4: Answers<Box<str>, RecordSet<Ipv4Addr>>,
    addresses6: Answers<Box<str>, RecordSet<Ipv6Addr>>,
    exchanges: Answers<Box<str>, RecordSet<MX>>,
    names: Answers<IpAddr, RecordSet<Box<str>>>,
    /// The texts of a zone as they were written, nothing for one that can't be had; without a zone the resolver is asked.
    published: Option<HashMap<Box<str>, Option<String>>>,
}

/// The DNS did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoAnswer;

/// A question with all that may answer it.
pub(super) type Question<'a, P> = Parameters<
    'a,
    P,
    Answers<Box<str>, Txt>,
    Answers<Box<str>, RecordSet<MX>>,
    Answers<Box<str>, RecordSet<Ipv4Addr>>,
    Answers<Box<str>, RecordSet<Ipv6Addr>>,
    Answers<IpAddr, RecordSet<Box<str>>>,
>;

impl Records {
    /// From the machine's resolvers, with limits on time and a memory.
    pub(super) fn of_system() -> Result<Self, NoResolver> {
        let (config, mut options) = read_system_conf().map_err(|_| NoResolver)?;
        options.timeout = ONE;
        options.attempts = 2;
        options.cache_size = REMEMBERED;
        options.negative_max_ttl = Some(ABSENT);
        Ok(Self {
            authenticator: MessageAuthenticator::new(config, options).map_err(|_| NoResolver)?,
            texts: Answers::none(),
            addresses4: Answers::none(),
            addresses6: Answers::none(),
            exchanges: Answers::none(),
            names: Answers::none(),
            published: None,
        })
    }

    /// From a zone and nowhere else.
    pub(super) fn of_zone(zone: Zone) -> Result<Self, NoResolver> {
        let nowhere = ResolverConfig::from_name_servers(Vec::new());
        let absent = Txt::Error(Error::Dns(DnsError::RecordNotFound(ResponseCode::NXDomain)));
        Ok(Self {
            authenticator: MessageAuthenticator::new(nowhere, ResolverOpts::default())
                .map_err(|_| NoResolver)?,
            texts: Answers::only(zone.texts, absent),
            addresses4: Answers::only(zone.addresses4, set([])),
            addresses6: Answers::only(zone.addresses6, set([])),
            exchanges: Answers::only(zone.exchanges, set([])),
            names: Answers::only(zone.names, set([])),
            published: Some(zone.published),
        })
    }

    /// The text under a name as it is now, whatever is remembered of it; nothing where there is none.
    pub(super) async fn published(&self, name: &str) -> Result<Option<String>, NoAnswer> {
        if let Some(known) = &self.published {
            return match known.get(&full(name)) {
                Some(Some(text)) => Ok(Some(text.clone())),
                Some(None) => Err(NoAnswer),
                None => Ok(None),
            };
        }
        if is_reserved(name) {
            return Ok(None);
        }
        // That a name was missing is remembered for minutes, and whoever has just published it looks at once.
        self.authenticator.0.clear_cache();
        match self.authenticator.txt_raw_lookup(name).await {
            Ok(bytes) if bytes.is_empty() => Ok(None),
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(Error::Dns(DnsError::RecordNotFound(_))) => Ok(None),
            Err(_) => Err(NoAnswer),
        }
    }

    pub(super) fn ask<P>(&self, what: P) -> Question<'_, P> {
        Parameters {
            params: what,
            cache_txt: Some(&self.texts),
            cache_mx: Some(&self.exchanges),
            cache_ptr: Some(&self.names),
            cache_ipv4: Some(&self.addresses4),
            cache_ipv6: Some(&self.addresses6),
        }
    }
}
