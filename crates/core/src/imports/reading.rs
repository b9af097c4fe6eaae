//! What the values of several targets are read by: currencies, amounts of money, and marks of states.

use kit::money::Currency;

use super::target::{BAD_CURRENCY, OUT_OF_RANGE, Refusal, TOO_PRECISE, Values};

/// Signs and words that people write for currencies.
#[rustfmt::skip]
const CURRENCIES: &[(&str, &str)] = &[
    ("€", "EUR"), ("euro", "EUR"), ("eur.", "EUR"), ("$", "USD"), ("us$", "USD"), ("dollar", "USD"), ("£", "GBP"), ("zł", "PLN"), ("zl", "PLN"),
    ("złoty", "PLN"), ("₽", "RUB"), ("руб", "RUB"), ("руб.", "RUB"), ("rur", "RUB"), ("₼", "AZN"), ("manat", "AZN"), ("rp", "IDR"), ("rp.", "IDR"), ("rupiah", "IDR"),
    ("¥", "JPY"), ("₴", "UAH"), ("грн", "UAH"), ("₺", "TRY"), ("tl", "TRY"), ("₹", "INR"), ("kč", "CZK"), ("fr.", "CHF"), ("sfr", "CHF"),
];

/// A currency by its code; who writes a sign or a word for one is told the code.
///
/// # Errors
/// [`BAD_CURRENCY`], about no field.
pub fn currency(written: &str) -> Result<Currency, Refusal> {
    written.parse().map_err(|_| {
        let word = written.trim().to_lowercase();
        let known = CURRENCIES.iter().find(|(known, _)| *known == word);
        let about: String = written.chars().take(40).collect();
        let perhaps = known.map(|(_, code)| *code).unwrap_or_default();
        Refusal::of(BAD_CURRENCY).about(about).instead(perhaps)
    })
}

/// An amount of a field in minor units of its currency, where the row says one.
///
/// # Errors
/// [`TOO_PRECISE`] and [`OUT_OF_RANGE`].
pub fn minor(values: &Values, field: &str, currency: Currency) -> Result<Option<i64>, Refusal> {
    let Some(written) = values.get(field) else {
        return Ok(None);
    };
    let digits = currency.scale().ilog10() as usize;
    let (whole, cents) = written.split_once('.').unwrap_or((written, ""));
    let cents = cents.trim_end_matches('0');
    if cents.len() > digits {
        return Err(Refusal::of(TOO_PRECISE).field(field).about(digits));
    }
    let number = format!("{whole}{cents:0<digits$}").parse();
    let refusal = |_| Refusal::of(OUT_OF_RANGE).field(field).about(written);
    number.map(Some).map_err(refusal)
}

/// A number that tells one state of something from another, for features that count no versions.
pub fn mark(state: &str) -> i64 {
    let hash = kit::text::sha256(state.as_bytes());
    let first = <[u8; 8]>::try_from(&hash[..8]).expect("a hash has 32 bytes");
    i64::from_be_bytes(first)
}
