//! Settings whose values come from a short list: roles, log format, log level; and networks.

use std::{collections::BTreeSet, net::IpAddr};

use tracing_subscriber::EnvFilter;

use super::values::Value;

/// What one process of many takes part in; a single machine does all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Pages, the API and live streams.
    Web,
    /// Reading and receiving mail.
    Mail,
    /// Running jobs.
    Worker,
    /// Accepting usage events.
    Ingest,
}

const ROLES: [(&str, Role); 4] = [
    ("web", Role::Web),
    ("mail", Role::Mail),
    ("worker", Role::Worker),
    ("ingest", Role::Ingest),
];

/// The roles of this process: at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Whether this process takes part in `role`.
    #[must_use]
    pub fn includes(&self, role: Role) -> bool {
        self.0.contains(&role)
    }
}

impl Value for Roles {
    const KIND: &'static str = "list of roles";

    fn parse(text: &str) -> Result<Self, String> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        let roles: Option<BTreeSet<Role>> = names
            .map(|name| {
                ROLES
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, role)| *role)
            })
            .collect();
        roles
            .filter(|roles| !roles.is_empty())
            .map(Self)
            .ok_or_else(|| "one or more of web, mail, worker, ingest, joined by commas".to_owned())
    }

    fn show(&self) -> String {
        let names = ROLES
            .iter()
            .filter(|(_, role)| self.includes(*role))
            .map(|(name, _)| *name);
        names.collect::<Vec<_>>().join(",")
    }
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For a person at a terminal.
    Text,
    /// One JSON object a line, for a collector.
    Json,
}

impl Value for LogFormat {
    const KIND: &'static str = "text or json";

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("text or json".to_owned()),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Json => "json".to_owned(),
        }
    }
}

/// Which log lines are written, overall and for single modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLevel(String);

impl LogLevel {
    /// The filter this level stands for.
    #[must_use]
    pub fn filter(&self) -> EnvFilter {
        EnvFilter::try_new(&self.0).expect("checked when it was parsed")
    }
}

impl Value for LogLevel {
    const KIND: &'static str = "log level";

    fn parse(text: &str) -> Result<Self, String> {
        // A bare misspelt word would be taken for a module name and silence everything.
        let levels_are_known = text.split(',').all(|part| {
            let level = part.rsplit_once('=').map_or(part, |(_, level)| level);
            ["off", "error", "warn", "info", "debug", "trace"].contains(&level.trim())
        });
        if levels_are_known && EnvFilter::try_new(text).is_ok() {
            Ok(Self(text.to_owned()))
        } else {
            Err("error, warn, info, debug or trace, with module=level after a comma, such as info,kit::db=debug".to_owned())
        }
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// A range of addresses, such as `10.0.0.0/8`; a lone address is a range of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether `address` lies in this range. An IPv4 address that came mapped into IPv6 counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(mine), IpAddr::V4(other)) => {
                u32::from(mine).checked_shr(32 - u32::from(self.prefix))
                    == u32::from(other).checked_shr(32 - u32::from(self.prefix))
            }
            (IpAddr::V6(mine), IpAddr::V6(other)) => {
                u128::from(mine).checked_shr(128 - u32::from(self.prefix))
                    == u128::from(other).checked_shr(128 - u32::from(self.prefix))
            }
            _ => false,
        }
    }
}

impl Value for Network {
    const KIND: &'static str = "list of networks";

    fn parse(text: &str) -> Result<Self, String> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let right = || "addresses or networks joined by commas, such as 127.0.0.1,10.0.0.0/8,::1".to_owned();
        let address: IpAddr = address.parse().map_err(|_| right())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix: u8 = prefix.map_or(Ok(longest), str::parse).map_err(|_| right())?;
        if prefix > longest {
            return Err(right());
        }
        Ok(Self { address, prefix })
    }

    fn show(&self) -> String {
        format!("{}/{}", self.address, self.prefix)
    }
}
