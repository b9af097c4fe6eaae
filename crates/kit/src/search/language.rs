//! The languages whose words have stems here.
//!
//! English, Polish, Russian and Indonesian by the Snowball algorithms (snowballstem.org), Azerbaijani by
//! [`azerbaijani`](super::azerbaijani).

use frostem::{Algorithm, Stemmer};

use super::azerbaijani;
use super::fold::fold;
use super::words::Word;

/// A language with a stemmer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// Polish.
    Polish,
    /// Russian.
    Russian,
    /// Azerbaijani.
    Azerbaijani,
    /// Indonesian.
    Indonesian,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::English,
        Self::Polish,
        Self::Russian,
        Self::Azerbaijani,
        Self::Indonesian,
    ];

    /// Its tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Polish => "pl",
            Self::Russian => "ru",
            Self::Azerbaijani => "az",
            Self::Indonesian => "id",
        }
    }

    /// The language of a tag like `pl` or `pl-PL`; none for one that has no stemmer here.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The term under which the stem of `word` is indexed: `pl:kot`. A stem is folded like everything else, so that a word
    /// typed without accents meets the stem of the right one where the two have the same ending.
    pub(super) fn stem(self, word: &Word) -> Option<String> {
        if !word.is_spaced() {
            return None;
        }
        let algorithm = match self {
            Self::English => Algorithm::English,
            Self::Polish => Algorithm::Polish,
            Self::Russian => Algorithm::Russian,
            Self::Indonesian => Algorithm::Indonesian,
            Self::Azerbaijani => return Some(format!("az:{}", azerbaijani::stem(&word.folded))),
        };
        let stem = Stemmer::new(algorithm).stem(&word.lower).into_owned();
        Some(format!("{}:{}", self.tag(), fold(&stem)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::words;

    /// Whether each word of the line has the same stem.
    fn meet(language: Language, line: &str) {
        let stems: Vec<_> = words(line)
            .iter()
            .filter_map(|word| language.stem(word))
            .collect();
        assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{stems:?}");
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        meet(Language::English, "invoice invoices invoiced invoicing");
        meet(Language::English, "refund refunds refunded refunding");
        meet(Language::Polish, "faktura faktury fakturę fakturą faktur");
        meet(Language::Polish, "klient klienta klientowi klientem");
        meet(Language::Russian, "заказ заказа заказу заказом заказы заказов");
        meet(Language::Russian, "счёт счёта счёту счётом");
        meet(Language::Indonesian, "kirim dikirim kiriman kirimkan");
        meet(Language::Indonesian, "bayar membayar pembayaran dibayar");
    }

    #[test]
    fn tags_lead_to_languages() {
        assert_eq!(Language::of_tag("pl-PL"), Some(Language::Polish));
        assert_eq!(Language::of_tag("AZ"), Some(Language::Azerbaijani));
        assert_eq!(Language::of_tag("de"), None);
        assert_eq!(Language::of_tag(""), None);
    }
}
