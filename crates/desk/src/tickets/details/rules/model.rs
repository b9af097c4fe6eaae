//! What a rule is, and which fields a ticket has by the rules. No database, no HTML.

use std::collections::BTreeMap;

use kit::db::DbError;
use serde_json::{Value, json};
use tandem_core::actor::Forbidden;
use tandem_core::fields::conditions::{self, Answers, Condition};
use tandem_core::fields::filling::Shape;
use tandem_core::fields::{self, Field, FieldId, Values};

use crate::forms::Asked;
use crate::tickets::Kind;

/// Which tickets have a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Of which kinds they are; none for all.
    pub kinds: Vec<Kind>,
    /// Whether an agent fills it in before solving.
    pub is_before_solving: bool,
    /// On which value of another field it depends.
    pub when: Option<Condition>,
    /// Grows by one with every change; nothing for a field that never had a rule.
    pub version: i64,
}

impl Rule {
    pub(super) fn facts(&self) -> Value {
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.as_str()).collect();
        let when = self.when.as_ref();
        let when = when.map(|when| json!({ "field": when.field, "value": when.value }));
        json!({ "kinds": kinds, "before_solving": self.is_before_solving, "when": when })
    }
}

/// The fields of tickets in use and their rules.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    fields: Vec<Field>,
    rules: BTreeMap<FieldId, Rule>,
}

impl Layout {
    /// Of fields in their order, and the rules that some have.
    pub(super) fn of(fields: Vec<Field>, rules: BTreeMap<FieldId, Rule>) -> Self {
        Self { fields, rules }
    }

    /// The fields in their order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    pub(super) fn asks_before_solving(&self) -> bool {
        let is_asked = |field: &Field| self.rule(field.id).is_some_and(|rule| rule.is_before_solving);
        self.fields.iter().any(is_asked)
    }

    fn rule(&self, field: FieldId) -> Option<&Rule> {
        self.rules.get(&field)
    }

    /// On what a field depends, as long as the other is in use.
    fn when(&self, field: FieldId) -> Option<&Condition> {
        let when = self.rule(field)?.when.as_ref()?;
        let is_open = self.fields.iter().any(|other| other.id == when.field);
        is_open.then_some(when)
    }

    /// Whether tickets of a kind may have a field: it is for them, and so is every field on which it depends.
    fn fits(&self, field: FieldId, kind: Kind) -> bool {
        let mut at = Some(field);
        for _ in 0..=self.fields.len() {
            let Some(now) = at else { return true };
            let kinds = self.rule(now).map(|rule| &rule.kinds[..]).unwrap_or_default();
            if !kinds.is_empty() && !kinds.contains(&kind) {
                return false;
            }
            at = self.when(now).map(|when| when.field);
        }
        false
    }

    /// The fields that a ticket of a kind has with what stands in them.
    fn shown(&self, kind: Kind, values: &Values) -> Vec<&Field> {
        let fitting = self.fields.iter().filter(|field| self.fits(field.id, kind));
        let fitting: Vec<&Field> = fitting.collect();
        let asked: Vec<_> = fitting
            .iter()
            .map(|field| (field.id, self.when(field.id)))
            .collect();
        let answers = fitting
            .iter()
            .map(|field| (field.id, values.get(field.id).cloned()));
        let is_shown = conditions::shown(&asked, &answers.collect::<Answers>());
        let both = fitting.into_iter().zip(is_shown);
        both.filter(|(_, is_shown)| *is_shown)
            .map(|(field, _)| field)
            .collect()
    }

    fn is_before_solving(&self, field: &Field) -> bool {
        self.rule(field.id).is_some_and(|rule| rule.is_before_solving)
    }

    /// What is to be filled in before a ticket of a kind is solved, and is empty.
    pub fn missing(&self, kind: Kind, values: &Values) -> Vec<Field> {
        let shown = self.shown(kind, values).into_iter();
        let empty = shown.filter(|field| self.is_before_solving(field) && values.get(field.id).is_none());
        empty.cloned().collect()
    }

    /// What is to be asked before a ticket of a kind is solved: what is missing, and what would be with an answer to that.
    pub fn questions(&self, kind: Kind, values: &Values) -> Vec<Asked> {
        let shown: Vec<FieldId> = self.shown(kind, values).iter().map(|field| field.id).collect();
        let is_open = |field: &Field| self.is_before_solving(field) && values.get(field.id).is_none();
        let open: Vec<&Field> = self.fields.iter().filter(|field| is_open(field)).collect();
        let mut asked = Vec::new();
        for field in &open {
            let on = self.when(field.id);
            let on = on.and_then(|when| Some((open.iter().find(|one| one.id == when.field)?, when)));
            if self.fits(field.id, kind) && (shown.contains(&field.id) || on.is_some()) {
                asked.push(Asked {
                    field: (*field).clone(),
                    is_required: false,
                    when: on.map(|(on, when)| (fields::form::input(on), when.clone())),
                    kinds: Vec::new(),
                });
            }
        }
        asked
    }

    /// The fields that a ticket of a kind has, for its form and for whoever reads it.
    pub fn shape(&self, kind: Kind) -> Shape {
        let ids = self.fields.iter().map(|field| field.id);
        let (with, without): (Vec<FieldId>, Vec<FieldId>) = ids.partition(|id| self.fits(*id, kind));
        let condition = |id: &FieldId| Some((*id, self.when(*id)?.clone()));
        let is_wanted = |field: &&Field| self.is_before_solving(field);
        Shape {
            without,
            whens: with.iter().filter_map(condition).collect(),
            wanted: self
                .fields
                .iter()
                .filter(is_wanted)
                .map(|field| field.id)
                .collect(),
        }
    }

    /// The fields as the form of a new ticket asks for them, in their order.
    pub fn asked(&self) -> Vec<Asked> {
        let input = |id: FieldId| {
            self.fields
                .iter()
                .find(|field| field.id == id)
                .map(fields::form::input)
        };
        let one = |field: &Field| Asked {
            field: field.clone(),
            is_required: field.text.is_required,
            when: self
                .when(field.id)
                .and_then(|when| Some((input(when.field)?, when.clone()))),
            kinds: self
                .rule(field.id)
                .map(|rule| rule.kinds.clone())
                .unwrap_or_default(),
        };
        self.fields.iter().map(one).collect()
    }
}

/// Why a rule stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// A condition on a value that another field does not take, or on one that depends on this.
    #[error("a field depends on a choice of another one that does not depend on it")]
    BadCondition,
    /// There is no such field of tickets here.
    #[error("there is no such field of tickets")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the rule meanwhile")]
    Stale(Box<Rule>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

#[cfg(test)]
mod tests {
    use tandem_core::fields::{FieldKind, FieldText};

    use super::*;

    fn id(number: u128) -> FieldId {
        format!("fld_{number:026}").parse().unwrap()
    }

    fn layout(rules: &[(u128, Rule)]) -> Layout {
        let field = |(number, _): &(u128, Rule)| Field {
            id: id(*number),
            noun: "ticket",
            kind: FieldKind::YesNo,
            text: FieldText {
                key: format!("f{number}"),
                ..FieldText::default()
            },
            place: 1,
            version: 1,
            archiving: None,
        };
        Layout {
            fields: rules.iter().map(field).collect(),
            rules: rules
                .iter()
                .map(|(number, rule)| (id(*number), rule.clone()))
                .collect(),
        }
    }

    fn before(kinds: &[Kind], on: Option<u128>) -> Rule {
        Rule {
            kinds: kinds.to_vec(),
            is_before_solving: true,
            when: on.map(|on| Condition {
                field: id(on),
                value: "yes".to_owned(),
            }),
            version: 1,
        }
    }

    #[test]
    fn only_what_is_for_the_kind_is_asked_before_solving_and_with_it_what_depends_on_it() {
        let layout = layout(&[
            (1, before(&[Kind::Billing], None)),
            (2, before(&[], Some(1))),
            (3, Rule::default()),
        ]);
        let nothing = Values::default();
        let keys =
            |fields: Vec<Field>| -> Vec<String> { fields.into_iter().map(|field| field.text.key).collect() };
        assert_eq!(keys(layout.missing(Kind::Billing, &nothing)), ["f1"]);
        assert!(layout.missing(Kind::Question, &nothing).is_empty());
        // The second is asked together with the first, because the answer may make it necessary.
        let asked = layout.questions(Kind::Billing, &nothing);
        assert_eq!(asked.len(), 2);
        assert_eq!(
            asked[1].when.as_ref().map(|(input, _)| input.as_str()),
            Some("f.f1")
        );
        let shape = layout.shape(Kind::Question);
        assert_eq!(shape.without, [id(1), id(2)]);
        assert!(shape.whens.is_empty());
    }

    #[test]
    fn what_depends_on_itself_is_nowhere() {
        let layout = layout(&[(1, before(&[], Some(2))), (2, before(&[], Some(1)))]);
        assert!(layout.missing(Kind::Problem, &Values::default()).is_empty());
        assert_eq!(layout.shape(Kind::Problem).without.len(), 2);
    }
}
