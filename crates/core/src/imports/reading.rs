//! What the values of several targets are read by: currencies, amounts of money, and marks of states.

use kit::money::Currency;
use kit::text::fold;

use super::target::{BAD_CURRENCY, BAD_WORD, OUT_OF_RANGE, Refusal, TOO_PRECISE, Values};

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

/// Words that say yes, and words that say no.
const YES: &[&str] = &[
    "yes", "y", "true", "1", "on", "x", "tak", "да", "bəli", "hə", "ya",
];
const NO: &[&str] = &[
    "no", "n", "false", "0", "off", "nie", "нет", "xeyr", "yox", "tidak",
];

/// Whether a field says yes, where the row says anything.
///
/// # Errors
/// [`BAD_WORD`].
pub fn is_yes(values: &Values, key: &str) -> Result<Option<bool>, Refusal> {
    let Some(written) = values.get(key) else {
        return Ok(None);
    };
    let word = fold(written);
    let is = |words: &[&str]| words.iter().any(|known| fold(known) == word);
    match (is(YES), is(NO)) {
        (true, _) => Ok(Some(true)),
        (_, true) => Ok(Some(false)),
        _ => Err(Refusal::of(BAD_WORD).field(key).about(written).instead("yes, no")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_is_said_in_five_languages() {
        for (written, is) in [("TAK", true), ("xeyr", false), ("да", true), ("0", false)] {
            assert_eq!(
                is_yes(&Values::of(&[("automatic", written)]), "automatic"),
                Ok(Some(is)),
                "{written}"
            );
        }
        assert!(is_yes(&Values::of(&[("automatic", "perhaps")]), "automatic").is_err());
    }
}
