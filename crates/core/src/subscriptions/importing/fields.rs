//! What a row can say of a subscription.

use kit::money::Currency;
use kit::text::fold;

use crate::accounts::references;
use crate::imports::target::{self, Field, Form, Refusal, Values};

pub(super) const PRODUCT: &str = "product";
pub(super) const STARTS: &str = "starts";
pub(super) const ENDS: &str = "ends";
pub(super) const PRICE: &str = "price";
pub(super) const CURRENCY: &str = "currency";
pub(super) const INTERVAL: &str = "interval";
pub(super) const SEATS: &str = "seats";
pub(super) const DISCOUNT: &str = "discount";
pub(super) const TERM: &str = "term_months";
pub(super) const RENEWS: &str = "renews";
pub(super) const AUTOMATIC: &str = "automatic";
pub(super) const NOTICE: &str = "notice_days";
pub(super) const EXTERNAL_ID: &str = "external_id";

#[rustfmt::skip]
pub(super) const ALL: &[Field] = &[
    Field::new(PRODUCT, "subscriptions-product", &["product", "productname", "plan", "planname", "produkt", "продукт", "тариф", "məhsul", "produk", "paket"], Form::Text).required(),
    Field::new(STARTS, "subscriptions-starts", &[
        "start", "starts", "startdate", "from", "since", "begin", "contractstart", "startsat",
        "od", "początek", "datarozpoczęcia", "start",
        "начало", "датаначала", "с",
        "başlama", "başlamatarixi",
        "mulai", "tanggalmulai",
    ], Form::Day).required(),
    Field::new(ENDS, "subscriptions-ends", &[
        "end", "ends", "enddate", "until", "to", "contractend", "cancelledat", "endsat",
        "do", "koniec", "datazakończenia",
        "конец", "датаокончания", "по",
        "bitmə", "bitmətarixi",
        "selesai", "tanggalselesai", "berakhir",
    ], Form::Day),
    Field::new(PRICE, "subscriptions-price", &[
        "price", "unitprice", "amount", "priceperseat", "fee", "value",
        "cena", "kwota", "opłata",
        "цена", "сумма", "стоимость",
        "qiymət", "məbləğ",
        "harga", "jumlah",
    ], Form::Amount).required(),
    Field::new(CURRENCY, "currencies-currency", &["currency", "currencycode", "curr", "waluta", "валюта", "valyuta", "matauang"], Form::Text),
    Field::new(INTERVAL, "subscriptions-period", &[
        "interval", "period", "billingperiod", "billinginterval", "cycle", "billingcycle", "frequency",
        "okres", "okresrozliczeniowy", "interwał",
        "период", "интервал",
        "dövr", "interval",
        "periode",
    ], Form::Text),
    Field::new(SEATS, "subscriptions-seats", &["seats", "quantity", "qty", "users", "licenses", "licences", "ilość", "stanowiska", "количество", "места", "yerlər", "say", "jumlahkursi", "kuantitas"], Form::Amount),
    Field::new(DISCOUNT, "subscriptions-discount", &["discount", "discountpercent", "rabat", "zniżka", "скидка", "endirim", "diskon"], Form::Amount),
    Field::new(TERM, "subscriptions-term-months", &["term", "termmonths", "contractlength", "duration", "okresumowy", "срок", "müddət", "jangkawaktu"], Form::Amount),
    Field::new(RENEWS, "subscriptions-renews", &["renewal", "renewaldate", "renews", "nextrenewal", "renewsat", "odnowienie", "продление", "yenilənmə", "perpanjangan"], Form::Day),
    Field::new(AUTOMATIC, "subscriptions-automatic", &["automatic", "autorenew", "autorenewal", "automaticrenewal", "automatycznie", "автопродление", "avtomatik", "otomatis"], Form::Text),
    Field::new(NOTICE, "subscriptions-notice-days", &["notice", "noticedays", "noticeperiod", "okreswypowiedzenia", "уведомление", "bildiriş", "pemberitahuan"], Form::Amount),
    references::NAME,
    references::EXTERNAL_ID,
    references::WEBSITE,
    Field::new(EXTERNAL_ID, "imports-external-id", &["id", "externalid", "subscriptionid", "contractid", "contractno", "identyfikator", "внешнийid", "идентификатор", "xariciid", "ideksternal"], Form::Text),
];

/// Words for how often something is paid, in months.
#[rustfmt::skip]
const INTERVALS: &[(i64, &[&str])] = &[
    (1, &["month", "monthly", "mo", "m", "miesiąc", "miesięcznie", "miesięczny", "месяц", "ежемесячно", "ay", "aylıq", "bulan", "bulanan"]),
    (3, &["quarter", "quarterly", "q", "kwartał", "kwartalnie", "kwartalny", "квартал", "ежеквартально", "rüb", "rüblük", "kuartal", "triwulan"]),
    (6, &["half year", "half-yearly", "semiannual", "semi-annual", "semiannually", "półrocze", "półrocznie", "полгода", "yarımil", "semester"]),
    (12, &["year", "yearly", "annual", "annually", "y", "a", "rok", "rocznie", "roczny", "год", "ежегодно", "годовой", "il", "illik", "tahun", "tahunan"]),
    (24, &["two years", "biennial", "2 lata", "два года", "iki il", "dua tahun"]),
];

/// How many months the price pays for.
pub(super) fn interval(values: &Values) -> Result<Option<i64>, Refusal> {
    let Some(written) = values.get(INTERVAL) else {
        return Ok(None);
    };
    let word = fold(written);
    let named = INTERVALS
        .iter()
        .find(|(_, words)| words.iter().any(|known| fold(known) == word));
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let months = named.map(|(months, _)| *months).or_else(|| digits.parse().ok());
    let refusal = || {
        Refusal::of(target::BAD_WORD)
            .field(INTERVAL)
            .about(written)
            .instead("month, quarter, year, 12")
    };
    months.map(Some).ok_or_else(refusal)
}

/// A whole number.
pub(super) fn whole(values: &Values, key: &'static str) -> Result<Option<i64>, Refusal> {
    let Some(written) = values.get(key) else {
        return Ok(None);
    };
    let (whole, cents) = written.split_once('.').unwrap_or((written, ""));
    let number = whole
        .parse()
        .ok()
        .filter(|_| cents.bytes().all(|digit| digit == b'0'));
    number
        .map(Some)
        .ok_or_else(|| Refusal::of(target::BAD_AMOUNT).field(key).about(written))
}

/// The currency, where the row names one: by its code, its sign, or a word for it.
pub(super) fn currency(values: &Values) -> Result<Option<Currency>, Refusal> {
    let Some(written) = values.get(CURRENCY) else {
        return Ok(None);
    };
    target::currency(written)
        .map(Some)
        .map_err(|refusal| refusal.field(CURRENCY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(key: &'static str, value: &str) -> Values {
        Values::of(&[(key, value)])
    }

    #[test]
    fn intervals_are_words_or_months() {
        for (written, months) in [
            ("Monthly", 1),
            ("rocznie", 12),
            ("24", 24),
            ("3 months", 3),
            ("Годовой", 12),
        ] {
            assert_eq!(interval(&said(INTERVAL, written)), Ok(Some(months)), "{written}");
        }
        assert_eq!(
            interval(&said(INTERVAL, "often")).unwrap_err().code,
            target::BAD_WORD
        );
        assert_eq!(interval(&Values::default()), Ok(None));
    }
}
