//! Money: integer minor units (cents) of an ISO 4217 currency. No amount is ever a float, and amounts of two currencies
//! never meet without a rate.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::db::{ColumnError, FromColumn, ToParam, Value};
use crate::i18n::minor_digits;

/// The codes of ISO 4217 that people pay with, as of 2026.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD \
    HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD \
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR \
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS \
    UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// A currency of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text that names no currency.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no currency of ISO 4217; write one like EUR")]
pub struct UnknownCurrency(pub String);

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units of the currency: cents of a euro, yen of a yen.
    pub minor: i64,
    /// Of what.
    pub currency: Currency,
}

/// What one unit of a currency was worth in another, in trillionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(i64);

/// The unit of a [`Rate`]: digits after its point.
const RATE_DIGITS: usize = 12;
const RATE_ONE: i64 = 1_000_000_000_000;

impl Currency {
    /// Every currency by its code.
    pub fn all() -> impl Iterator<Item = Self> {
        CODES.split_whitespace().filter_map(|code| code.parse().ok())
    }

    /// The code: `EUR`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("codes are ASCII")
    }

    /// How many minor units make a major one.
    pub fn scale(self) -> i64 {
        10_i64.pow(minor_digits(self.code()))
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;
    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        let code = text.trim().to_uppercase();
        let known = CODES.split_whitespace().any(|known| known == code);
        let bytes = <[u8; 3]>::try_from(code.as_bytes()).ok().filter(|_| known);
        bytes.map(Self).ok_or_else(|| UnknownCurrency(text.to_owned()))
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;
    fn try_from(text: String) -> Result<Self, UnknownCurrency> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let codes: Vec<&str> = CODES.split_whitespace().collect();
        schemars::json_schema!({ "type": "string", "description": "A currency of ISO 4217.", "enum": codes })
    }
}

impl ToParam for Currency {
    fn to_param(&self) -> Value<'_> {
        Value::Text(self.code().into())
    }
}

impl FromColumn for Currency {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        match &column {
            Value::Text(text) => text.parse().map_err(|_| column.is_not("a currency")),
            _ => Err(column.is_not("a currency")),
        }
    }
}

impl ToParam for Rate {
    fn to_param(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}

impl FromColumn for Rate {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        i64::from_column(column).map(Self)
    }
}

impl Rate {
    /// One for one.
    pub const ONE: Self = Self(RATE_ONE);

    /// Reads `4.2735` or `4,2735`; `None` for what is no positive number of at most six digits before the point and
    /// twelve behind it.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().replace(',', ".");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = !whole.is_empty() && whole.len() <= 6 && fraction.len() <= RATE_DIGITS;
        if !fits || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let parts = format!("{whole}{fraction:0<RATE_DIGITS$}").parse().ok()?;
        (parts > 0).then_some(Self(parts))
    }

    /// `minor` units of `from`, of which this is the worth of one major unit in major units of `to`, as minor units of
    /// `to`. Half a unit goes away from zero. `None` when the amount is larger than anything we count.
    pub fn convert(self, minor: i64, from: Currency, to: Currency) -> Option<i64> {
        let worth = i128::from(minor).checked_mul(i128::from(self.0))?;
        let worth = worth.checked_mul(to.scale().into())?;
        quotient(worth, i128::from(RATE_ONE) * i128::from(from.scale()))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:0RATE_DIGITS$}", self.0 / RATE_ONE, self.0 % RATE_ONE);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// `amount · times ⁄ of`, half a unit away from zero, as invoices do; `None` beyond what we count or for an `of` of 0.
pub fn portion(amount: i64, times: i64, of: i64) -> Option<i64> {
    quotient(i128::from(amount).checked_mul(times.into())?, of.into())
}

fn quotient(amount: i128, of: i128) -> Option<i64> {
    let (whole, rest) = (amount.checked_div(of)?, amount.checked_rem(of)?);
    let up = if rest.unsigned_abs() * 2 >= of.unsigned_abs() {
        amount.signum() * of.signum()
    } else {
        0
    };
    i64::try_from(whole + up).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn a_currency_is_one_of_the_standard() {
        assert_eq!(currency(" eur ").code(), "EUR");
        assert_eq!(
            "EURO".parse::<Currency>(),
            Err(UnknownCurrency("EURO".to_owned()))
        );
        assert!("XYZ".parse::<Currency>().is_err() && "zł".parse::<Currency>().is_err());
        assert!(Currency::all().count() > 150);
    }

    #[test]
    fn amounts_are_converted_between_scales_and_rounded_like_invoices() {
        let rate = Rate::read("0,0000581").unwrap();
        assert_eq!(
            rate.convert(1_720_000, currency("IDR"), currency("EUR")),
            Some(100)
        );
        let yen = Rate::read("161.25").unwrap();
        assert_eq!(yen.convert(1_000, currency("EUR"), currency("JPY")), Some(1_613));
        assert_eq!(
            yen.convert(-1_000, currency("EUR"), currency("JPY")),
            Some(-1_613)
        );
        assert_eq!(Rate::ONE.convert(7, currency("EUR"), currency("EUR")), Some(7));
        assert_eq!(yen.convert(i64::MAX, currency("EUR"), currency("JPY")), None);
    }

    #[test]
    fn a_rate_is_a_positive_number() {
        assert_eq!(Rate::read("4.2735").unwrap().to_string(), "4.2735");
        assert_eq!(Rate::read("3").unwrap().to_string(), "3");
        for wrong in ["", "0", "-1", "1.2.3", "1e3", "x", "1234567", "1.0000000000001"] {
            assert_eq!(Rate::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_portion_rounds_half_away_from_zero() {
        assert_eq!(portion(100, 1, 12), Some(8));
        assert_eq!(portion(105, 1, 10), Some(11));
        assert_eq!(portion(-105, 1, 10), Some(-11));
        assert_eq!(portion(1, 1, 0), None);
    }
}
