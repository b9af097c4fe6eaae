//! What a view asks of the workspace's own fields of tickets.

use kit::text::fold;
use kit::web::Sent;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::fields::{Field, FieldId, FieldKind, FieldValue, Values};

/// How many fields a view asks for at most, and how many values of each.
pub(super) const MOST: usize = 20;

/// What a view asks of one of the workspace's own fields of tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ViewField")]
pub struct FieldCondition {
    /// The field: one of one choice, of several, of yes or no, or of a line of text.
    pub field: FieldId,
    /// What stands in it, one of these: choices, `yes` or `no`, or the whole line.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub values: Vec<String>,
    /// Whether those fit too in which nothing stands.
    #[serde(default)]
    pub or_nothing: bool,
}

/// Whether a view can ask for what stands in a field of this kind.
pub(super) const fn can_be_asked(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Choice | FieldKind::Choices | FieldKind::YesNo | FieldKind::Text
    )
}

impl FieldCondition {
    /// What a form asks for: the fields that it names, those left out of which nothing is chosen.
    pub(super) fn sent(sent: &Sent) -> Vec<Self> {
        let fields = sent.all("own_fields").filter_map(|id| id.parse::<FieldId>().ok());
        let asked = fields.map(|field| Self {
            field,
            values: sent
                .all(&format!("own-{field}"))
                .map(str::trim)
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
                .collect(),
            or_nothing: sent.all(&format!("nothing-{field}")).next().is_some(),
        });
        asked
            .filter(|one| !one.values.is_empty() || one.or_nothing)
            .collect()
    }

    /// Whether a ticket with these values fits.
    pub(super) fn fits(&self, own: &Values) -> bool {
        let is_asked = |word: &str| self.values.iter().any(|value| fold(value) == fold(word));
        match own.get(self.field) {
            None => self.or_nothing,
            Some(FieldValue::Words(words)) => is_asked(words),
            Some(FieldValue::Several(all)) => all.iter().any(|word| is_asked(word)),
            Some(FieldValue::Flag(true)) => is_asked("yes"),
            Some(FieldValue::Flag(false)) => is_asked("no"),
            Some(FieldValue::Number(_) | FieldValue::Day(_) | FieldValue::Money(_)) => false,
        }
    }

    /// Whether it can be asked as it stands here.
    pub(super) fn is_whole(&self) -> bool {
        let is_word = |value: &String| !value.trim().is_empty() && value.chars().count() <= 200;
        let says_something = !self.values.is_empty() || self.or_nothing;
        says_something && self.values.len() <= MOST && self.values.iter().all(is_word)
    }

    /// Whether its field is one of these, and takes what it asks for.
    pub(super) fn is_of(&self, fields: &[Field]) -> bool {
        let Some(field) = fields.iter().find(|field| field.id == self.field) else {
            return false;
        };
        let fits = |value: &String| match field.kind {
            FieldKind::YesNo => matches!(value.as_str(), "yes" | "no"),
            _ => true,
        };
        can_be_asked(field.kind) && self.values.iter().all(fits)
    }
}
