//! Ids: UUID version 7, sixteen bytes in the database, typed in code, prefixed outside (`tkt_01k…`).
//!
//! Outside, an id is its prefix, `_`, and 26 digits of Crockford's base 32 in lower case. Ids sort by the time they
//! were made; that order is for locality, never for correctness, because commits end in any order.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha12Rng;
pub use uuid::Uuid;

use crate::clock::Timestamp;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 26;
/// Counting within a millisecond starts below this …
const START: u16 = 2_048;
/// … and ends here: twelve bits.
const LAST: u16 = 4_095;
/// How many milliseconds ids may run ahead of the clock before they follow it back.
const AHEAD: u64 = 1_000;

/// A type of id made by [`id!`](crate::id!).
pub trait TypedId: Copy + Sized {
    /// What stands before the underscore outside.
    const PREFIX: &'static str;
    /// Takes the bare id.
    fn from_uuid(uuid: Uuid) -> Self;
    /// Gives the bare id.
    fn uuid(self) -> Uuid;
}

/// A text was not an id of the wanted type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {prefix}_ and 26 letters or digits")]
pub struct IdError {
    /// The prefix that was wanted.
    pub prefix: &'static str,
}

/// Where new ids come from. Clones share one source, and each id of a source sorts after the one before it.
#[derive(Clone, Debug)]
pub struct Ids(Arc<Mutex<Source>>);

#[derive(Debug)]
struct Source {
    random: ChaCha12Rng,
    /// The millisecond of the newest id and how many more than its random start it has counted.
    millis: u64,
    count: u16,
}

impl Ids {
    /// Unguessable ids, from the system's randomness.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine for randomness"
    )]
    pub fn random() -> Self {
        Self::of(ChaCha12Rng::from_rng(&mut rand::rng()))
    }

    /// The same ids in the same order for the same seed; for tests and demo data.
    pub fn seeded(seed: u64) -> Self {
        Self::of(ChaCha12Rng::seed_from_u64(seed))
    }

    fn of(random: ChaCha12Rng) -> Self {
        Self(Arc::new(Mutex::new(Source {
            random,
            millis: 0,
            count: 0,
        })))
    }

    /// A new id stamped with `now`. Within a millisecond the twelve bits after the time count upwards from a random
    /// start (RFC 9562, section 6.2, method 1); when they run over, or the clock steps back a little, the count goes on.
    pub fn next(&self, now: Timestamp) -> Uuid {
        let mut random = [0_u8; 10];
        let mut source = self.lock();
        source.random.fill_bytes(&mut random);
        let millis = u64::try_from(now.millis()).unwrap_or(0);
        let goes_on = source.millis >= millis && source.millis - millis < AHEAD;
        if goes_on && source.count < LAST {
            source.count += 1;
        } else {
            source.millis = if goes_on { source.millis + 1 } else { millis };
            source.count = u16::from_be_bytes([random[0], random[1]]) % START;
        }
        [random[0], random[1]] = source.count.to_be_bytes();
        uuid::Builder::from_unix_timestamp_millis(source.millis, &random).into_uuid()
    }

    /// Fills `bytes` with randomness of this source: for tokens, jitter and salts.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.lock().random.fill_bytes(bytes);
    }

    /// A number from 0 up to, not including, `end`; 0 when `end` is 0. For jitter: the bias of the remainder is let be.
    pub fn below(&self, end: u64) -> u64 {
        let mut bytes = [0_u8; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes).checked_rem(end).unwrap_or(0)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Source> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Writes `prefix_` and the 26 digits of `uuid`.
pub fn write(f: &mut fmt::Formatter<'_>, prefix: &str, uuid: Uuid) -> fmt::Result {
    let number = uuid.as_u128();
    let mut text = [0_u8; LENGTH];
    for (place, digit) in text.iter_mut().rev().enumerate() {
        *digit = DIGITS[usize::try_from((number >> (place * 5)) & 31).expect("five bits fit")];
    }
    write!(
        f,
        "{prefix}_{}",
        std::str::from_utf8(&text).expect("digits are ASCII")
    )
}

/// Reads what [`write()`] wrote; upper case is taken too.
///
/// # Errors
/// [`IdError`] for another prefix, length or alphabet, and for a number beyond 128 bits.
pub fn read(prefix: &'static str, text: &str) -> Result<Uuid, IdError> {
    let wrong = IdError { prefix };
    let digits = text
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .ok_or(wrong.clone())?;
    if digits.len() != LENGTH || digits.as_bytes()[0] > b'7' {
        return Err(wrong);
    }
    let mut number = 0_u128;
    for byte in digits.bytes() {
        let lower = byte.to_ascii_lowercase();
        let value = DIGITS
            .iter()
            .position(|digit| *digit == lower)
            .ok_or(wrong.clone())?;
        number = (number << 5) | value as u128;
    }
    Ok(Uuid::from_u128(number))
}

/// What the API's document says of an id with this prefix.
#[doc(hidden)]
pub fn schema(prefix: &str) -> schemars::Schema {
    schemars::json_schema!({
        "type": "string",
        "pattern": format!("^{prefix}_[0-7][0-9abcdefghjkmnpqrstvwxyz]{{25}}$"),
        "examples": [format!("{prefix}_01k5x0h3m8f2rq7v9c4w6d1nbe")],
    })
}

/// A prefix and its bare id, for subjects of any type: `acc_01k…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AnyId {
    /// What stands before the underscore.
    pub prefix: &'static str,
    /// The bare id.
    pub uuid: Uuid,
}

impl<T: TypedId> From<T> for AnyId {
    fn from(id: T) -> Self {
        Self {
            prefix: T::PREFIX,
            uuid: id.uuid(),
        }
    }
}

impl fmt::Display for AnyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, self.prefix, self.uuid)
    }
}

/// Parses the text of an id of type `T`, for callers that have the type at hand.
///
/// # Errors
/// [`IdError`] as of [`read`].
pub fn parse<T: TypedId + FromStr<Err = IdError>>(text: &str) -> Result<T, IdError> {
    text.parse()
}

/// Makes a type of id: `id! { /// A ticket. TicketId, "tkt" }`.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::id::Uuid);

        impl $crate::id::TypedId for $name {
            const PREFIX: &'static str = $prefix;
            fn from_uuid(uuid: $crate::id::Uuid) -> Self {
                Self(uuid)
            }
            fn uuid(self) -> $crate::id::Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::id::write(f, $prefix, self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::id::write(f, $prefix, self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::id::IdError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::id::read($prefix, text).map(Self)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as $crate::serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err($crate::serde::de::Error::custom)
            }
        }

        impl $crate::schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut $crate::schemars::SchemaGenerator) -> $crate::schemars::Schema {
                $crate::id::schema($prefix)
            }
        }

        impl $crate::db::ToParam for $name {
            fn to_param(&self) -> $crate::db::Value<'_> {
                $crate::db::Value::Bytes(self.0.as_bytes())
            }
        }

        impl $crate::db::FromColumn for $name {
            fn from_column(column: $crate::db::Value<'_>) -> Result<Self, $crate::db::ColumnError> {
                <$crate::id::Uuid as $crate::db::FromColumn>::from_column(column).map(Self)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    id! {
        /// A thing of these tests.
        ThingId, "thg"
    }

    #[test]
    fn text_and_id_are_two_forms_of_one() {
        let ids = Ids::seeded(7);
        for second in 0..200 {
            let id = ThingId::from_uuid(ids.next(Timestamp::from_seconds(second * 86_400)));
            let text = id.to_string();
            assert_eq!(text.len(), 30);
            assert_eq!(text.parse::<ThingId>(), Ok(id));
            assert_eq!(
                text.to_uppercase().replace("THG_", "thg_").parse::<ThingId>(),
                Ok(id)
            );
            assert_eq!(
                serde_json::from_str::<ThingId>(&serde_json::to_string(&id).unwrap()).unwrap(),
                id
            );
        }
    }

    #[test]
    fn later_ids_sort_after_earlier_ones_as_text_too() {
        let ids = Ids::seeded(1);
        let early = ThingId::from_uuid(ids.next(Timestamp::from_seconds(1_000)));
        let late = ThingId::from_uuid(ids.next(Timestamp::from_seconds(1_001)));
        assert!(early < late && early.to_string() < late.to_string());
    }

    #[test]
    fn ids_of_one_source_grow_even_within_a_millisecond() {
        let ids = Ids::seeded(3);
        let now = Timestamp::from_seconds(1_000);
        let made: Vec<_> = (0..10_000).map(|_| ids.next(now)).collect();
        assert!(made.is_sorted_by(|one, next| one < next));
        assert!(made.last() < Some(&ids.next(now.plus(std::time::Duration::from_secs(1)))));
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in [
            "",
            "thg_",
            "tkt_00000000000000000000000000",
            "thg_8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "thg_0000000000000000000000000u",
        ] {
            assert!(text.parse::<ThingId>().is_err(), "{text}");
        }
    }
}
