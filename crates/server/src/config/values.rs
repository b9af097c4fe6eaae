//! What a setting may hold: how each type is read from text and shown again.
//!
//! Every source (file, environment, flag) hands over text, so there is one grammar for all of them.
//! A [`Value`] says what would have been right, never what was given: the text may be a secret.

use std::{
    fmt,
    net::SocketAddr,
    num::{NonZeroU32, NonZeroUsize},
    path::PathBuf,
    time::Duration,
};

use axum::http::Uri;
use secrecy::{ExposeSecret, SecretString};

/// A type that a setting can have.
pub trait Value: Sized {
    /// What the reference calls this type, for example `duration`.
    const KIND: &'static str;
    /// Whether the text itself must stay out of error messages.
    const IS_SECRET: bool = false;

    /// Reads the value; the error completes the sentence "must be …".
    fn parse(text: &str) -> Result<Self, String>;

    /// The value as a person may see it: secrets are replaced.
    fn show(&self) -> String;
}

/// An absent value is written as nothing at all.
impl<T: Value> Value for Option<T> {
    const KIND: &'static str = T::KIND;
    const IS_SECRET: bool = T::IS_SECRET;

    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            Ok(None)
        } else {
            T::parse(text).map(Some)
        }
    }

    fn show(&self) -> String {
        self.as_ref().map(T::show).unwrap_or_default()
    }
}

/// A list is written with commas.
impl<T: Value> Value for Vec<T> {
    const KIND: &'static str = T::KIND;

    fn parse(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(T::parse)
            .collect()
    }

    fn show(&self) -> String {
        self.iter().map(T::show).collect::<Vec<_>>().join(",")
    }
}

impl Value for PathBuf {
    const KIND: &'static str = "path";

    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            Err("a path".to_owned())
        } else {
            Ok(Self::from(text))
        }
    }

    fn show(&self) -> String {
        self.display().to_string()
    }
}

impl Value for String {
    const KIND: &'static str = "text";

    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }

    fn show(&self) -> String {
        self.clone()
    }
}

impl Value for bool {
    const KIND: &'static str = "true or false";

    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| "true or false".to_owned())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for SocketAddr {
    const KIND: &'static str = "address";

    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "an IP address and a port, such as 127.0.0.1:8080 or [::]:8080".to_owned())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// How often something may be done.
impl Value for NonZeroU32 {
    const KIND: &'static str = "count";

    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "a whole number from 1 to 4294967295".to_owned())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for NonZeroUsize {
    const KIND: &'static str = "count";

    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .ok()
            .filter(|count: &Self| count.get() <= 1024)
            .ok_or_else(|| "a whole number from 1 to 1024".to_owned())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for Duration {
    const KIND: &'static str = "duration";

    fn parse(text: &str) -> Result<Self, String> {
        const RIGHT: &str = "a whole number of ms, s, min or h, such as 200ms, 5s or 10min";
        let (number, unit) = split_unit(text).ok_or(RIGHT)?;
        let milliseconds: u64 = match unit {
            "ms" => 1,
            "s" => 1_000,
            "min" | "m" => 60_000,
            "h" => 3_600_000,
            _ => return Err(RIGHT.to_owned()),
        };
        let total = number
            .checked_mul(milliseconds)
            .filter(|total| *total > 0)
            .ok_or(RIGHT)?;
        Ok(Self::from_millis(total))
    }

    fn show(&self) -> String {
        match self.as_millis() {
            whole if whole % 3_600_000 == 0 => format!("{}h", whole / 3_600_000),
            whole if whole % 60_000 == 0 => format!("{}min", whole / 60_000),
            whole if whole % 1_000 == 0 => format!("{}s", whole / 1_000),
            whole => format!("{whole}ms"),
        }
    }
}

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

impl Value for Size {
    const KIND: &'static str = "size";

    fn parse(text: &str) -> Result<Self, String> {
        const RIGHT: &str = "a whole number of B, KiB, MiB or GiB, such as 32MiB";
        let (number, unit) = split_unit(text).ok_or(RIGHT)?;
        let shift = match unit {
            "B" | "" => 0,
            "KiB" => 10,
            "MiB" => 20,
            "GiB" => 30,
            _ => return Err(RIGHT.to_owned()),
        };
        number
            .checked_mul(1 << shift)
            .map(Self)
            .ok_or_else(|| RIGHT.to_owned())
    }

    fn show(&self) -> String {
        [(30, "GiB"), (20, "MiB"), (10, "KiB")]
            .into_iter()
            .find(|(shift, _)| self.0 > 0 && self.0.trailing_zeros() >= *shift)
            .map_or_else(
                || format!("{}B", self.0),
                |(shift, unit)| format!("{}{unit}", self.0 >> shift),
            )
    }
}

/// Splits `200ms` into its number and its unit; the unit may be set off by a space.
fn split_unit(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    Some((number.parse().ok()?, unit.trim_start()))
}

/// A secret text, such as a key; it is wiped from memory when dropped and never printed.
impl Value for SecretString {
    const KIND: &'static str = "secret";
    const IS_SECRET: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        Ok(Self::from(text))
    }

    fn show(&self) -> String {
        "(secret)".to_owned()
    }
}

/// A URL whose user part may hold a password: shown without it.
#[derive(Clone)]
pub struct SecretUrl(SecretString);

impl SecretUrl {
    /// The whole URL with its password, for the client that connects.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// The part before `://`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.expose().split(':').next().unwrap_or_default()
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.show())
    }
}

impl Value for SecretUrl {
    const KIND: &'static str = "URL";
    const IS_SECRET: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        match text.split_once("://") {
            Some((scheme, rest)) if is_scheme(scheme) && !rest.is_empty() => {
                Ok(Self(SecretString::from(text)))
            }
            _ => Err("a URL, such as postgres://user:password@host/database".to_owned()),
        }
    }

    /// Scheme, host and path: neither the user part nor the query, where clients also accept passwords.
    fn show(&self) -> String {
        let (scheme, rest) = self
            .expose()
            .split_once("://")
            .expect("checked when it was parsed");
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        match rest.rsplit_once('@') {
            Some((_, host)) => format!("{scheme}://(secret)@{host}"),
            None => format!("{scheme}://{rest}"),
        }
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c))
}

/// Where people reach this server: scheme and authority, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The origin as text, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether people come by HTTPS, so that cookies may be marked secure.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl Value for Origin {
    const KIND: &'static str = "URL";

    fn parse(text: &str) -> Result<Self, String> {
        let right = "an http or https URL without a path, such as https://desk.example.com";
        let uri: Uri = text.trim_end_matches('/').parse().map_err(|_| right.to_owned())?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        match uri.authority() {
            Some(authority)
                if is_web
                    && uri.path() == "/"
                    && uri.query().is_none()
                    && !authority.as_str().contains('@') =>
            {
                Ok(Self(text.trim_end_matches('/').to_owned()))
            }
            _ => Err(right.to_owned()),
        }
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}
