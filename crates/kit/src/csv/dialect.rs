//! How a file is written: its characters, its separator, its quotation mark.

use std::fmt;
use std::str::FromStr;

use encoding_rs::{Encoding, UTF_8};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An encoding of characters, by the name of the WHATWG's standard: `UTF-8`, `windows-1251`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Charset(pub(super) &'static Encoding);

/// A name of no encoding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an encoding: {0}; such as UTF-8 or windows-1251")]
pub struct UnknownCharset(pub String);

impl Charset {
    /// UTF-8.
    pub const UTF_8: Self = Self(UTF_8);

    /// Those that people may choose by hand, the likeliest first.
    pub const CHOICES: [&'static str; 10] = [
        "UTF-8",
        "UTF-16LE",
        "UTF-16BE",
        "windows-1252",
        "windows-1250",
        "windows-1251",
        "windows-1254",
        "windows-1257",
        "KOI8-R",
        "IBM866",
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl fmt::Debug for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Charset {
    type Err = UnknownCharset;
    fn from_str(name: &str) -> Result<Self, UnknownCharset> {
        let found = Encoding::for_label(name.as_bytes());
        found.map(Self).ok_or_else(|| UnknownCharset(name.to_owned()))
    }
}

impl Serialize for Charset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Charset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// How its characters are encoded.
    pub charset: Charset,
    /// What stands between two cells; one of [`Dialect::SEPARATORS`].
    pub separator: char,
    /// What stands around a cell that holds a separator.
    pub quote: char,
}

impl Dialect {
    /// Everything that may stand between two cells.
    pub const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];
    /// Everything that may stand around a cell.
    pub const QUOTES: [char; 2] = ['"', '\''];
}

impl Default for Dialect {
    /// That of RFC 4180, in UTF-8.
    fn default() -> Self {
        Self {
            charset: Charset::UTF_8,
            separator: ',',
            quote: '"',
        }
    }
}
