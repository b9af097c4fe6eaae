//! Amounts of money as each language writes them: integer minor units and an ISO 4217 code in, words out.

use super::number::Separators;

/// Digits after the separator for an ISO 4217 code; two where the standard has no other.
pub fn minor_digits(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// `$1,234.50`, `1 234,50 $`: every minor unit is shown unless `whole` asks for rounded major units.
pub(super) fn written(tag: &str, separators: Separators, minor: i64, currency: &str, whole: bool) -> String {
    let digits = minor_digits(currency);
    let amount = if whole {
        separators.whole(rounded(minor, 10_i64.pow(digits)))
    } else {
        separators.parts(minor, digits)
    };
    let (sign, amount) = amount
        .strip_prefix('−')
        .map_or(("", amount.as_str()), |amount| ("−", amount));
    let symbol = symbol(tag, currency);
    let letters = symbol.chars().all(char::is_alphabetic);
    match tag {
        "en" | "id" if letters => format!("{sign}{symbol}\u{a0}{amount}"),
        "en" | "id" => format!("{sign}{symbol}{amount}"),
        _ => format!("{sign}{amount}\u{a0}{symbol}"),
    }
}

/// Half away from zero, as invoices do.
fn rounded(minor: i64, scale: i64) -> i64 {
    let (whole, rest) = (minor / scale, minor % scale);
    if rest.abs() * 2 >= scale {
        whole + rest.signum()
    } else {
        whole
    }
}

/// The sign readers of the language know without thinking; the ISO code otherwise.
fn symbol<'a>(tag: &str, currency: &'a str) -> &'a str {
    match (tag, currency) {
        (_, "EUR") => "€",
        (_, "GBP") => "£",
        (_, "RUB") => "₽",
        (_, "AZN") => "₼",
        ("en" | "ru", "USD") => "$",
        ("id" | "az", "USD") => "US$",
        ("en", "JPY") => "¥",
        ("pl", "PLN") => "zł",
        ("id", "IDR") => "Rp",
        (_, code) => code,
    }
}
