//! What a row can say of an invoice.

use kit::text::fold;

use crate::accounts::references;
use crate::imports::target::{self, Field, Form, Refusal, Values};

pub(super) const NUMBER: &str = "number";
pub(super) const ISSUED: &str = "issued";
pub(super) const DUE: &str = "due";
pub(super) const TOTAL: &str = "total";
pub(super) const CURRENCY: &str = "currency";
pub(super) const PAID: &str = "paid";
pub(super) const PAID_ON: &str = "paid_on";
pub(super) const STATE: &str = "state";

#[rustfmt::skip]
pub(super) const ALL: &[Field] = &[
    Field::new(NUMBER, "invoices-number", &[
        "number", "invoice", "invoiceno", "invoicenumber", "invoiceid", "id", "externalid", "reference", "documentnumber",
        "numer", "faktura", "numerfaktury", "nrfaktury",
        "номер", "счёт", "счет", "номерсчёта", "номерсчета",
        "nömrə", "hesabfaktura", "fakturanömrəsi",
        "nomor", "faktur", "nomorfaktur",
    ], Form::Text).required(),
    Field::new(ISSUED, "invoices-issued", &[
        "issued", "date", "invoicedate", "issuedate", "issuedat", "createdat", "documentdate",
        "data", "datawystawienia", "wystawiono",
        "дата", "датавыставления", "выставлен",
        "tarix", "verilmətarixi",
        "tanggal", "tanggalfaktur", "diterbitkan",
    ], Form::Day).required(),
    Field::new(DUE, "invoices-due", &[
        "due", "duedate", "dueat", "dueon", "payby", "paymentdue",
        "termin", "terminpłatności",
        "срок", "срокоплаты", "оплатитьдо",
        "sontarix", "ödəmətarixi",
        "jatuhtempo", "tanggaljatuhtempo",
    ], Form::Day),
    Field::new(TOTAL, "invoices-total", &[
        "total", "amount", "sum", "value", "invoicetotal", "grandtotal", "gross", "amountdue",
        "razem", "suma", "kwota", "brutto",
        "итого", "сумма",
        "cəmi", "məbləğ",
        "jumlah", "nilai",
    ], Form::Amount).required(),
    Field::new(CURRENCY, "currencies-currency", &["currency", "currencycode", "curr", "waluta", "валюта", "valyuta", "matauang"], Form::Text),
    Field::new(PAID, "invoices-paid", &[
        "paid", "amountpaid", "paidamount", "payment", "payments", "received",
        "zapłacono", "wpłata",
        "оплачено", "оплата",
        "ödənilib", "ödəniş",
        "dibayar", "pembayaran",
    ], Form::Amount),
    Field::new(PAID_ON, "invoices-paid-on", &[
        "paidon", "paidat", "paymentdate", "paiddate", "datepaid", "receivedon",
        "datazapłaty", "datapłatności", "zapłaconodnia",
        "датаоплаты", "оплачендня",
        "ödənişgünü", "ödəniştarixi",
        "tanggalbayar", "tanggalpembayaran",
    ], Form::Day),
    Field::new(STATE, "invoices-state", &["state", "status", "invoicestatus", "stan", "статус", "состояние", "vəziyyət"], Form::Text),
    references::NAME,
    references::EXTERNAL_ID,
    references::WEBSITE,
];

/// How a row says that an invoice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Open,
    Paid,
    Void,
}

#[rustfmt::skip]
const WORDS: &[(Said, &[&str])] = &[
    (Said::Open, &[
        "open", "sent", "due", "overdue", "unpaid", "issued", "outstanding", "partially paid", "partial", "past due",
        "otwarta", "nieopłacona", "wysłana", "po terminie", "częściowo opłacona",
        "открыт", "не оплачен", "просрочен", "выставлен",
        "açıq", "ödənilməyib", "gecikib",
        "terbuka", "belum dibayar", "terlambat",
    ]),
    (Said::Paid, &["paid", "closed", "settled", "opłacona", "zapłacona", "оплачен", "ödənilib", "dibayar", "lunas"]),
    (Said::Void, &["void", "voided", "cancelled", "canceled", "anulowana", "отменён", "отменен", "аннулирован", "ləğv edilib", "batal", "dibatalkan"]),
];

/// How the invoice stands, where the row says it.
pub(super) fn state(values: &Values) -> Result<Option<Said>, Refusal> {
    let Some(written) = values.get(STATE) else {
        return Ok(None);
    };
    let word = fold(written);
    let known = WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|known| fold(known) == word));
    let refusal = || {
        Refusal::of(target::BAD_WORD)
            .field(STATE)
            .about(written.chars().take(40).collect::<String>())
            .instead("open, paid, void")
    };
    known.map(|(said, _)| Some(*said)).ok_or_else(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_an_invoice_stands_is_said_in_five_languages() {
        for (written, said) in [
            ("Overdue", Said::Open),
            ("OPŁACONA", Said::Paid),
            ("аннулирован", Said::Void),
            ("Ödənilib", Said::Paid),
            ("lunas", Said::Paid),
        ] {
            assert_eq!(
                state(&Values::of(&[(STATE, written)])),
                Ok(Some(said)),
                "{written}"
            );
        }
        let refusal = state(&Values::of(&[(STATE, "perhaps")])).unwrap_err();
        assert_eq!(
            (refusal.code.as_str(), refusal.field.as_str()),
            (target::BAD_WORD, STATE)
        );
        assert_eq!(state(&Values::default()), Ok(None));
    }
}
