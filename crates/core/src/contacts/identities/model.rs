//! The kinds of identities, and what each must look like.

use std::str::FromStr;

use kit::db::{ColumnError, FromColumn, ToParam, Value};
use kit::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::agents::is_address;

/// What an identity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// What they are called in a network: its name is the realm.
    Handle,
    /// Their number in another system: its name is the realm.
    External,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Email, Self::Phone, Self::Handle, Self::External];

    /// The word in rows, forms and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Handle => "handle",
            Self::External => "external",
        }
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Email => "contacts-identity-email",
            Self::Phone => "contacts-identity-phone",
            Self::Handle => "contacts-identity-handle",
            Self::External => "contacts-identity-external",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Email => "mail",
            Self::Phone => "phone",
            Self::Handle => "at-sign",
            Self::External => "hash",
        }
    }

    /// Whether it says where it is from.
    pub const fn has_realm(self) -> bool {
        matches!(self, Self::Handle | Self::External)
    }
}

impl FromStr for Kind {
    type Err = Trouble;
    fn from_str(word: &str) -> Result<Self, Trouble> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.as_str() == word).ok_or(Trouble::NoKind)
    }
}

impl ToParam for Kind {
    fn to_param(&self) -> Value<'_> {
        Value::Text(self.as_str().into())
    }
}

impl FromColumn for Kind {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        match &column {
            Value::Text(word) => word.parse().map_err(|_| column.is_not("a kind of identity")),
            _ => Err(column.is_not("a kind of identity")),
        }
    }
}

/// What is wrong with an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// There is no such kind.
    #[error("an identity is an email, a phone, a handle or external")]
    NoKind,
    /// Not an address.
    #[error("an address looks like name@example.com")]
    NoAddress,
    /// Not a phone number.
    #[error("a number has 5 to 15 digits, like +48 22 555 01 00")]
    NoPhone,
    /// A handle or number without its network or system, or the other way round.
    #[error("a handle or a number of another system says where it is from")]
    NoRealm,
    /// Empty or too long.
    #[error("a handle or a number has 1 to 200 characters")]
    NoValue,
}

/// What people write down as an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIdentity {
    /// What it is.
    pub kind: Kind,
    /// Where it is from; empty for addresses and phones.
    pub realm: String,
    /// The address, number or handle.
    pub value: String,
}

impl NewIdentity {
    /// An address.
    pub fn email(address: impl Into<String>) -> Self {
        Self {
            kind: Kind::Email,
            realm: String::new(),
            value: address.into(),
        }
    }

    /// The identity as it is stored.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn checked(&self) -> Result<Self, Trouble> {
        let value = self.value.trim().to_owned();
        let realm = fold(self.realm.trim());
        if realm.is_empty() == self.kind.has_realm() || realm.chars().count() > 60 {
            return Err(Trouble::NoRealm);
        }
        match self.kind {
            Kind::Email if !is_address(&value) => return Err(Trouble::NoAddress),
            Kind::Phone if !is_phone(&value) => return Err(Trouble::NoPhone),
            Kind::Handle | Kind::External if !is_word(&value) => return Err(Trouble::NoValue),
            _ => {}
        }
        Ok(Self {
            kind: self.kind,
            realm,
            value,
        })
    }

    /// The form by which two are the same: an address without regard to capitals, a phone by its digits, a handle
    /// without its `@`. Numbers of other systems are taken as they are.
    pub fn folded(&self) -> String {
        match self.kind {
            Kind::Email => crate::agents::fold(&self.value),
            Kind::Phone => digits(&self.value),
            Kind::Handle => fold(self.value.trim_start_matches('@')),
            Kind::External => self.value.clone(),
        }
    }
}

fn is_word(value: &str) -> bool {
    (1..=200).contains(&value.chars().count()) && !value.chars().any(char::is_control)
}

/// Digits with what people write between them; ITU-T E.164 allows up to fifteen.
fn is_phone(value: &str) -> bool {
    let rest = value.strip_prefix('+').unwrap_or(value);
    rest.chars()
        .all(|c| c.is_ascii_digit() || " ()-./\u{a0}".contains(c))
        && (5..=15).contains(&digits(rest).trim_start_matches('+').len())
}

/// The number as a machine dials it; `00` before a country is a `+`.
fn digits(value: &str) -> String {
    let bare: String = value.chars().filter(char::is_ascii_digit).collect();
    match (value.trim_start().starts_with('+'), bare.strip_prefix("00")) {
        (true, _) => format!("+{bare}"),
        (false, Some(abroad)) => format!("+{abroad}"),
        (false, None) => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded_phone(value: &str) -> Result<String, Trouble> {
        let new = NewIdentity {
            kind: Kind::Phone,
            realm: String::new(),
            value: value.to_owned(),
        };
        new.checked().map(|new| new.folded())
    }

    #[test]
    fn a_phone_is_the_same_however_it_is_written() {
        for same in ["+48 22 555-01-00", "0048225550100", "+48(22)5550100"] {
            assert_eq!(folded_phone(same), Ok("+48225550100".to_owned()), "{same}");
        }
        for bad in ["1234", "+1234567890123456", "call me", "", "++48225550100"] {
            assert_eq!(folded_phone(bad), Err(Trouble::NoPhone), "{bad}");
        }
    }

    #[test]
    fn a_handle_says_its_network_and_an_address_none() {
        let handle = |kind, realm: &str, value: &str| {
            let new = NewIdentity {
                kind,
                realm: realm.to_owned(),
                value: value.to_owned(),
            };
            new.checked().map(|new| (new.realm.clone(), new.folded()))
        };
        assert_eq!(
            handle(Kind::Handle, " Telegram ", "@Nadia"),
            Ok(("telegram".to_owned(), "nadia".to_owned()))
        );
        assert_eq!(handle(Kind::Handle, "", "@nadia"), Err(Trouble::NoRealm));
        assert_eq!(handle(Kind::Email, "x", "a@example.com"), Err(Trouble::NoRealm));
        assert_eq!(handle(Kind::Email, "", "a at example"), Err(Trouble::NoAddress));
        assert_eq!(
            handle(Kind::External, "crm", "A-1"),
            Ok(("crm".to_owned(), "A-1".to_owned()))
        );
    }
}
