//! One reader's language, zone, formats and present moment, with the calls a template makes.

use jiff::tz::TimeZone;

use super::number::Separators;
use super::{Args, Formats, Locale, NumberStyle, Value, bundle, money};
use crate::args;
use crate::clock::Timestamp;

/// What a template needs to speak to one reader; by custom the field `t` of the template.
#[derive(Clone, Debug)]
pub struct Text {
    locale: Locale,
    zone: TimeZone,
    now: Timestamp,
    formats: Formats,
}

impl Text {
    /// A voice in `locale` for a reader whose clock stands in `zone`; `now` is what relative dates are relative to.
    pub fn new(locale: Locale, zone: TimeZone, now: Timestamp) -> Self {
        Self {
            locale,
            zone,
            now,
            formats: Formats::default(),
        }
    }

    /// The same voice, writing days, times and numbers as the reader chose.
    #[must_use]
    pub fn with_formats(self, formats: Formats) -> Self {
        Self { formats, ..self }
    }

    /// The message `key`; English when the language has none, the key itself when nobody has.
    pub fn say(&self, key: &str) -> String {
        self.spoken(key, None)
    }

    /// The message `key` with its arguments: `t.say_with("greeting", args![name = agent.name])`.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "arguments are made for the call and read better without `&`"
    )]
    pub fn say_with(&self, key: &str, args: Args<'_>) -> String {
        self.spoken(key, Some(&args))
    }

    /// A message about `n` things: its argument `$n` chooses the plural form.
    pub fn count(&self, key: &str, n: impl Value<i64>) -> String {
        self.say_with(key, args![n = n.value()])
    }

    /// A whole number: "1,204".
    pub fn number(&self, n: impl Value<i64>) -> String {
        self.separators().whole(n.value())
    }

    /// A number with exactly `digits` digits after the separator, rounded: "3.50".
    pub fn decimal(&self, number: impl Value<f64>, digits: usize) -> String {
        let number = number.value();
        let scale = 10_f64.powi(i32::try_from(digits).unwrap_or(0));
        self.separators()
            .decimal((number * scale).round() / scale, digits)
    }

    /// A share as a percentage: `0.123` with one digit is "12.3%".
    pub fn percent(&self, share: impl Value<f64>, digits: usize) -> String {
        self.say_with(
            "number-percent",
            args![number = self.decimal(share.value() * 100.0, digits)],
        )
    }

    /// An amount in minor units of an ISO 4217 currency, exactly: "$1,234.50".
    pub fn money(&self, minor: impl Value<i64>, currency: &str) -> String {
        money::written(
            self.locale.tag(),
            self.separators(),
            minor.value(),
            currency,
            false,
        )
    }

    /// An amount in minor units as a field for amounts holds it: without the currency, "1,234.50".
    pub fn money_written(&self, minor: impl Value<i64>, currency: &str) -> String {
        let digits = money::minor_digits(currency);
        let parts = self.separators().parts(minor.value(), digits);
        parts.replace('−', "-")
    }

    /// Several things as one: "a, b and c".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let Some((last, first)) = items.split_last() else {
            return String::new();
        };
        let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
        let key = match first.len() {
            0 => return last.as_ref().to_owned(),
            1 => "list-two",
            _ => "list-end",
        };
        self.say_with(key, args![first = first.join(", "), last = last.as_ref()])
    }

    /// An amount rounded to major units, for columns where pennies are noise: "$1,235".
    pub fn money_whole(&self, minor: impl Value<i64>, currency: &str) -> String {
        money::written(
            self.locale.tag(),
            self.separators(),
            minor.value(),
            currency,
            true,
        )
    }

    /// The language.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The reader's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// How the reader wants days, times and numbers written.
    pub fn formats(&self) -> Formats {
        self.formats
    }

    /// What stands between the digits of this reader's numbers.
    pub(super) fn separators(&self) -> Separators {
        let usual = self.locale.language().separators;
        self.formats.numbers.map_or(usual, NumberStyle::separators)
    }

    /// The moment relative dates are relative to.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    fn spoken(&self, key: &str, args: Option<&Args<'_>>) -> String {
        let numbers = self.formats.numbers;
        let own = self.locale.language().message_in(key, args, numbers);
        own.or_else(|| bundle::english().message_in(key, args, numbers))
            .unwrap_or_else(|| {
                tracing::warn!(key, "no language has this message");
                key.to_owned()
            })
    }
}

impl Default for Text {
    /// English in UTC at the start of 1970: for a test whose words do not depend on time.
    fn default() -> Self {
        Self::new(Locale::english(), TimeZone::UTC, Timestamp::default())
    }
}
