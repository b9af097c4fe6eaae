//! Fields that are there only where another field has a value: in forms on the web and on tickets.

use std::collections::BTreeMap;

use kit::text::fold;

use super::{Field, FieldId, FieldKind, FieldValue};

/// That another field has a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Which field.
    pub field: FieldId,
    /// The choice; `yes` or `no` of a field that takes these.
    pub value: String,
}

/// What may be known of fields: their values, those that have one.
pub type Answers = BTreeMap<FieldId, Option<FieldValue>>;

/// Which of these fields are there with these answers: one whose condition does not hold is not, nor is what depends on it. A
/// condition on a field that is none of these holds: nobody could make it hold.
pub fn shown(asked: &[(FieldId, Option<&Condition>)], answers: &Answers) -> Vec<bool> {
    let all: BTreeMap<FieldId, Option<&Condition>> = asked.iter().copied().collect();
    let is_there = |(id, _): &(FieldId, Option<&Condition>)| is_shown(*id, &all, answers, asked.len());
    asked.iter().map(is_there).collect()
}

/// Follows the conditions for as many steps as there are fields: where they go in a circle, none of it is there.
fn is_shown(
    id: FieldId,
    all: &BTreeMap<FieldId, Option<&Condition>>,
    answers: &Answers,
    steps: usize,
) -> bool {
    let Some(Some(when)) = all.get(&id) else {
        return true;
    };
    if !all.contains_key(&when.field) {
        return true;
    }
    let answer = answers.get(&when.field).and_then(Option::as_ref);
    let holds = answer.is_some_and(|answer| says(answer, &when.value));
    holds && steps > 0 && is_shown(when.field, all, answers, steps - 1)
}

fn says(answer: &FieldValue, wanted: &str) -> bool {
    match answer {
        FieldValue::Words(words) => fold(words) == fold(wanted),
        FieldValue::Several(all) => all.iter().any(|one| fold(one) == fold(wanted)),
        FieldValue::Flag(flag) => wanted == if *flag { "yes" } else { "no" },
        FieldValue::Number(_) | FieldValue::Day(_) | FieldValue::Money(_) => false,
    }
}

/// The values of a field on which others can depend.
pub fn deciding(field: &Field) -> Vec<String> {
    match field.kind {
        FieldKind::YesNo => vec!["yes".to_owned(), "no".to_owned()],
        FieldKind::Choice | FieldKind::Choices => field.text.choices.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_conditions_holds_in_any_order_and_a_circle_never() {
        let id = |number: u128| format!("fld_{number:026}").parse::<FieldId>().unwrap();
        let on = |number: u128| Condition {
            field: id(number),
            value: "yes".to_owned(),
        };
        let (first, second) = (on(1), on(2));
        let chain = [(id(3), Some(&second)), (id(2), Some(&first)), (id(1), None)];
        let flags = |one: bool, two: bool| {
            BTreeMap::from([
                (id(1), Some(FieldValue::Flag(one))),
                (id(2), Some(FieldValue::Flag(two))),
            ])
        };
        assert_eq!(shown(&chain, &flags(true, true)), [true, true, true]);
        assert_eq!(shown(&chain, &flags(true, false)), [false, true, true]);
        assert_eq!(shown(&chain, &flags(false, true)), [false, false, true]);
        let circle = [(id(1), Some(&second)), (id(2), Some(&first))];
        assert_eq!(shown(&circle, &flags(true, true)), [false, false]);
    }
}
