//! Rules of tickets' fields as programs see and send them.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::fields::conditions::Condition;
use tandem_core::fields::{Field, FieldId};

use super::Rule;
use crate::tickets::Kind;

/// Which tickets have a field.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketFieldRule")]
pub struct RuleDocument {
    /// The field.
    id: FieldId,
    /// What programs call it.
    key: String,
    /// Of which kinds the tickets are that have it; nothing for all.
    kinds: Vec<Kind>,
    /// Whether an agent fills it in before solving.
    is_before_solving: bool,
    /// On which value of another field it depends; null where it is always there.
    when: Option<RuleCondition>,
    /// Grows by one with every change.
    version: i64,
}

/// A rule to be set.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketFieldRuleInput")]
#[serde(deny_unknown_fields)]
pub struct RuleInput {
    /// Of which kinds the tickets are that have the field; nothing for all.
    #[serde(default)]
    #[schemars(length(max = 6))]
    kinds: Vec<Kind>,
    /// Whether an agent fills it in before solving; not unless told.
    #[serde(default)]
    is_before_solving: bool,
    /// On which value of another field it depends.
    when: Option<RuleCondition>,
}

/// That another field has a value.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketFieldCondition")]
#[serde(deny_unknown_fields)]
pub struct RuleCondition {
    /// Which field.
    field: FieldId,
    /// One of its choices; `yes` or `no` of a field that takes these.
    #[schemars(length(max = 80))]
    value: String,
}

impl RuleDocument {
    pub(super) fn of(field: Field, rule: Rule) -> Self {
        Self {
            id: field.id,
            key: field.text.key,
            kinds: rule.kinds,
            is_before_solving: rule.is_before_solving,
            when: rule.when.map(|when| RuleCondition {
                field: when.field,
                value: when.value,
            }),
            version: rule.version,
        }
    }
}

impl RuleInput {
    /// The rule that it describes, made from a version.
    pub(super) fn rule(self, version: i64) -> Rule {
        Rule {
            kinds: self.kinds,
            is_before_solving: self.is_before_solving,
            when: self.when.map(|when| Condition {
                field: when.field,
                value: when.value,
            }),
            version,
        }
    }
}

impl Sample for RuleInput {
    fn sample() -> Self {
        Self {
            kinds: vec![Kind::Problem, Kind::Technical],
            is_before_solving: true,
            when: None,
        }
    }
}

impl Sample for RuleDocument {
    fn sample() -> Self {
        Self {
            id: "fld_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            key: "serial_number".to_owned(),
            kinds: vec![Kind::Problem, Kind::Technical],
            is_before_solving: true,
            when: None,
            version: 1,
        }
    }
}
