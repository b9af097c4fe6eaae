//! How the failures of invoices look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::InvoiceError;

const fn code(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const NUMBER: Code = code("invoice-number", "invoices-failure-number");
pub(super) const TAKEN: Code = code("invoice-number-taken", "invoices-failure-taken");
pub(super) const TOTAL: Code = code("invoice-total", "invoices-failure-total");
pub(super) const DUE: Code = code("invoice-due", "invoices-failure-due");
pub(super) const AMOUNT: Code = code("payment-amount", "invoices-failure-amount");
pub(super) const CURRENCY: Code = code("invoice-currency", "invoices-failure-currency");
/// It is void, so nothing can be paid.
pub(super) const VOID: Code = Code::new("invoice-void", StatusCode::CONFLICT, "invoices-failure-void");
/// Someone changed it since the sender saw it.
pub(super) const STALE: Code = Code::new("invoice-stale", StatusCode::CONFLICT, "invoices-failure-stale");

/// The field that is wrong, and how.
pub(super) fn fault(error: &InvoiceError) -> Option<(&'static str, &'static Code)> {
    Some(match error {
        InvoiceError::BadNumber => ("number", &NUMBER),
        InvoiceError::NumberTaken => ("number", &TAKEN),
        InvoiceError::BadTotal => ("total", &TOTAL),
        InvoiceError::DueTooEarly => ("due", &DUE),
        InvoiceError::BadAmount => ("amount", &AMOUNT),
        InvoiceError::CurrencyStays => ("total", &CURRENCY),
        _ => return None,
    })
}

impl From<InvoiceError> for Failure {
    fn from(error: InvoiceError) -> Self {
        if let Some((field, code)) = fault(&error) {
            return Self::field(field, code).detail(error.to_string());
        }
        match error {
            InvoiceError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            InvoiceError::IsVoid => Self::new(&VOID).detail(error.to_string()),
            InvoiceError::Stale(now) => {
                Self::new(&STALE).detail(format!("the invoice is at version {}", now.version))
            }
            InvoiceError::Db(error) => error.into(),
            _ => Self::of(StatusCode::NOT_FOUND),
        }
    }
}
