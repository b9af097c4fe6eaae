//! What a row can say of an order.

use kit::text::fold;

use crate::accounts::references;
use crate::imports::target::{self, Field, Form, Refusal, Values};

pub(super) const NUMBER: &str = "number";
pub(super) const DAY: &str = "day";
pub(super) const TOTAL: &str = "total";
pub(super) const CURRENCY: &str = "currency";
pub(super) const PRODUCT: &str = "product";
pub(super) const TEXT: &str = "text";
pub(super) const STATE: &str = "state";

#[rustfmt::skip]
pub(super) const ALL: &[Field] = &[
    Field::new(NUMBER, "orders-number", &[
        "number", "order", "orderno", "ordernumber", "orderid", "id", "name", "externalid", "reference",
        "numer", "zamówienie", "numerzamówienia", "nrzamówienia",
        "номер", "заказ", "номерзаказа",
        "nömrə", "sifariş", "sifarişnömrəsi",
        "nomor", "pesanan", "nomorpesanan",
    ], Form::Text).required(),
    Field::new(DAY, "orders-day", &[
        "day", "date", "orderdate", "orderedat", "ordered", "createdat", "placedat", "paidat",
        "dzień", "data", "datazamówienia",
        "день", "дата", "датазаказа",
        "gün", "tarix", "sifariştarixi",
        "hari", "tanggal", "tanggalpesanan",
    ], Form::Day).required(),
    Field::new(TOTAL, "orders-total", &[
        "total", "amount", "sum", "value", "ordertotal", "grandtotal", "price", "totalprice",
        "razem", "suma", "kwota", "wartość",
        "итого", "сумма", "стоимость",
        "cəmi", "məbləğ",
        "jumlah", "nilai",
    ], Form::Amount).required(),
    Field::new(CURRENCY, "currencies-currency", &["currency", "currencycode", "curr", "waluta", "валюта", "valyuta", "matauang"], Form::Text),
    Field::new(PRODUCT, "orders-product", &["product", "productname", "produkt", "продукт", "товар", "məhsul", "produk"], Form::Text),
    Field::new(TEXT, "orders-text", &[
        "description", "items", "lineitem", "lineitemname", "text", "what", "note",
        "opis", "pozycje",
        "описание", "позиции",
        "təsvir",
        "deskripsi", "barang",
    ], Form::Text),
    Field::new(STATE, "orders-state", &["state", "status", "orderstatus", "stan", "статус", "состояние", "vəziyyət"], Form::Text),
    references::NAME,
    references::EXTERNAL_ID,
    references::WEBSITE,
];

/// Words for orders that hold.
#[rustfmt::skip]
const HOLDS: &[&str] = &[
    "valid", "open", "paid", "complete", "completed", "done", "fulfilled", "shipped", "delivered", "closed", "processing", "pending", "new", "confirmed", "active", "partially_paid", "authorized",
    "ważne", "otwarte", "opłacone", "zrealizowane", "wysłane", "nowe",
    "действует", "открыт", "оплачен", "выполнен", "отправлен", "новый",
    "qüvvədədir", "açıq", "ödənilib", "tamamlandı", "yeni",
    "berlaku", "terbuka", "dibayar", "selesai", "dikirim", "baru",
];
/// Words for orders that are cancelled.
#[rustfmt::skip]
const CANCELLED: &[&str] = &[
    "cancelled", "canceled", "void", "voided", "refunded", "returned", "failed",
    "anulowane", "anulowano", "zwrócone",
    "отменён", "отменен", "возврат",
    "ləğv edilib", "ləğv", "qaytarılıb",
    "dibatalkan", "batal", "dikembalikan",
];

/// Whether the order is cancelled, where the row says how it stands.
pub(super) fn is_cancelled(values: &Values) -> Result<Option<bool>, Refusal> {
    let Some(written) = values.get(STATE) else {
        return Ok(None);
    };
    let word = fold(written);
    let is = |words: &[&str]| words.iter().any(|known| fold(known) == word);
    match (is(CANCELLED), is(HOLDS)) {
        (true, _) => Ok(Some(true)),
        (_, true) => Ok(Some(false)),
        _ => Err(Refusal::of(target::BAD_WORD)
            .field(STATE)
            .about(written.chars().take(40).collect::<String>())
            .instead("open, cancelled")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_an_order_stands_is_said_in_five_languages() {
        for (written, is) in [
            ("Paid", false),
            ("Anulowane", true),
            ("ОТМЕНЁН", true),
            ("yeni", false),
            ("batal", true),
        ] {
            assert_eq!(
                is_cancelled(&Values::of(&[(STATE, written)])),
                Ok(Some(is)),
                "{written}"
            );
        }
        let refusal = is_cancelled(&Values::of(&[(STATE, "perhaps")])).unwrap_err();
        assert_eq!(
            (refusal.code.as_str(), refusal.field.as_str()),
            (target::BAD_WORD, STATE)
        );
        assert_eq!(is_cancelled(&Values::default()), Ok(None));
    }
}
