//! How the failures of alerts look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::AlertError;

const fn code(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const CLOSED: Code = Code::new("alert-closed", StatusCode::CONFLICT, "alerts-failure-closed");
pub(super) const SUPERSEDED: Code = Code::new(
    "alert-superseded",
    StatusCode::CONFLICT,
    "alerts-failure-superseded",
);
pub(super) const AGENT: Code = code("alert-agent", "alerts-failure-agent");
pub(super) const UNTIL: Code = code("alert-until", "alerts-failure-until");
pub(super) const WORDS: Code = code("alert-words", "alerts-failure-words");
pub(super) const WORD: Code = code("alert-word", "alerts-failure-word");
pub(super) const NAME: Code = code("warning-rule-name", "alerts-failure-name");
pub(super) const RUNG: Code = code("warning-rule-rung", "alerts-failure-rung");
pub(super) const DAYS: Code = code("warning-rule-days", "alerts-failure-days");
pub(super) const CONDITIONS: Code = code("warning-rule-conditions", "alerts-failure-conditions");
pub(super) const METRIC: Code = code("warning-rule-metric", "alerts-failure-metric");
pub(super) const VALUE: Code = code("warning-rule-value", "alerts-failure-value");
pub(super) const SPAN: Code = code("warning-rule-span", "alerts-failure-span");
pub(super) const STALE: Code = Code::new("warning-rule-stale", StatusCode::CONFLICT, "alerts-failure-stale");

pub(super) const TICKET: Code = code("signal-ticket", "signals-failure-ticket");
pub(super) const ACCOUNT: Code = code("signal-account", "signals-failure-account");

/// The code of what is wrong with a condition, the field of the form, and the condition's number from 1.
pub(super) fn of_condition(error: &AlertError) -> Option<(&'static Code, &'static str, usize)> {
    Some(match error {
        AlertError::UnknownMetric(number) => (&METRIC, "metric", *number),
        AlertError::BadValue(number) => (&VALUE, "value", *number),
        AlertError::BadSpan(number) => (&SPAN, "days", *number),
        _ => return None,
    })
}

impl From<AlertError> for Failure {
    fn from(error: AlertError) -> Self {
        let said = error.to_string();
        if let Some((code, _, _)) = of_condition(&error) {
            return Self::field("conditions", code).detail(said);
        }
        match error {
            AlertError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            AlertError::UnknownAlert
            | AlertError::UnknownAccount
            | AlertError::UnknownRule
            | AlertError::UnknownSignal => Self::of(StatusCode::NOT_FOUND),
            AlertError::UnknownTicket => Self::field("ticket", &TICKET),
            AlertError::NoAccount => Self::field("account", &ACCOUNT),
            AlertError::Stale(_) => Self::new(&STALE),
            AlertError::IsClosed => Self::new(&CLOSED),
            AlertError::Superseded => Self::new(&SUPERSEDED),
            AlertError::UnknownAgent => Self::field("agent", &AGENT),
            AlertError::BadUntil => Self::field("until", &UNTIL),
            AlertError::BadWords => Self::field("words", &WORDS),
            AlertError::BadWord => Self::field("word", &WORD),
            AlertError::BadName => Self::field("name", &NAME),
            AlertError::UnknownRung => Self::field("stage", &RUNG),
            AlertError::BadDays => Self::field("cooldown", &DAYS),
            AlertError::Db(error) => error.into(),
            _ => Self::field("conditions", &CONDITIONS),
        }
    }
}
