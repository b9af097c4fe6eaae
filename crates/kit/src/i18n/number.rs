//! Numbers as each language writes them. Source of the separators: Unicode CLDR, "symbols-numberSystem-latn".

/// What stands between a number's digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Separators {
    decimal: &'static str,
    group: &'static str,
    /// Digits before which four-digit numbers stay together ("1234", but "12 345").
    least: usize,
}

const NO_BREAK: &str = "\u{a0}";

impl Separators {
    /// The separators of a language tag; those of English when the language is unknown.
    pub(super) fn of(tag: &str) -> Self {
        let (decimal, group, least) = match tag {
            "az" | "da" | "de" | "el" | "id" | "nl" | "ro" | "tr" | "vi" => (",", ".", 4),
            "es" | "it" | "pt" => (",", ".", 5),
            "bg" | "pl" => (",", NO_BREAK, 5),
            "be" | "cs" | "fi" | "hu" | "kk" | "lt" | "lv" | "nb" | "ru" | "sk" | "sv" | "uk" => {
                (",", NO_BREAK, 4)
            }
            "fr" => (",", "\u{202f}", 4),
            "gsw" => (".", "’", 4),
            _ => (".", ",", 4),
        };
        Self {
            decimal,
            group,
            least,
        }
    }

    /// What stands before the decimals.
    pub(super) fn decimal_mark(self) -> char {
        self.decimal.chars().next().unwrap_or('.')
    }

    /// A whole number: `1,204`.
    pub(super) fn whole(self, number: i64) -> String {
        let digits = self.grouped(number.unsigned_abs().into());
        if number < 0 {
            format!("−{digits}")
        } else {
            digits
        }
    }

    /// A number with at least `least` digits after the separator and at most three or `least`, whichever is more.
    pub(super) fn decimal(self, number: f64, least: usize) -> String {
        if !number.is_finite() {
            return "—".to_owned();
        }
        let plain = format!("{:.*}", least.max(3), number.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let kept = fraction.trim_end_matches('0').len().max(least);
        self.joined(number < 0.0, whole.parse().unwrap_or(0), &fraction[..kept])
    }

    /// A count of `1/10^digits` parts, exactly: `12345` with two digits is `123.45`.
    pub(super) fn parts(self, parts: i64, digits: u32) -> String {
        let scale = 10_u64.pow(digits);
        let (whole, rest) = (parts.unsigned_abs() / scale, parts.unsigned_abs() % scale);
        let fraction = if digits == 0 {
            String::new()
        } else {
            format!("{rest:0width$}", width = digits as usize)
        };
        self.joined(parts < 0, whole.into(), &fraction)
    }

    fn joined(self, negative: bool, whole: u128, fraction: &str) -> String {
        let whole = self.grouped(whole);
        let mark = if fraction.is_empty() { "" } else { self.decimal };
        // Nothing is "minus zero" to a reader.
        let zero = whole == "0" && fraction.bytes().all(|digit| digit == b'0');
        let sign = if negative && !zero { "−" } else { "" };
        format!("{sign}{whole}{mark}{fraction}")
    }

    fn grouped(self, number: u128) -> String {
        let digits = number.to_string();
        if digits.len() < self.least {
            return digits;
        }
        let mut grouped = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(self.group);
            }
            grouped.push(digit);
        }
        grouped
    }
}
