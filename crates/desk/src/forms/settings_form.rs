//! What the editor of a form sends.

use kit::web::Sent;
use tandem_core::fields::FieldId;

use super::{Condition, FormError, FormField, FormText};
use crate::tickets::{Kind, Priority};

/// A condition as the editor writes it: the field's id and its value.
pub(crate) fn when_word(when: &Condition) -> String {
    format!("{}={}", when.field, when.value)
}

/// The form that the editor describes. Fields come in the order of the numbers beside them, those without one last.
///
/// # Errors
/// [`FormError`] naming what is none of its choices.
pub(super) fn described(sent: &Sent) -> Result<FormText, FormError> {
    let team = sent
        .given("team")
        .map(|id| id.parse().map_err(|_| FormError::BadTeam));
    let mut fields = Vec::new();
    for id in sent.all("field") {
        let field: FieldId = id.parse().map_err(|_| FormError::BadField)?;
        let place: u32 = sent.one(&format!("place.{id}")).parse().unwrap_or(u32::MAX);
        let when = sent.given(&format!("when.{id}")).map(condition).transpose()?;
        let is_required = sent.all("must").any(|must| must == id);
        fields.push((
            place,
            FormField {
                field,
                is_required,
                when,
            },
        ));
    }
    fields.sort_by_key(|(place, _)| *place);
    Ok(FormText {
        title: sent.one("title").to_owned(),
        intro: sent.one("intro").to_owned(),
        thanks: sent.one("thanks").to_owned(),
        team: team.transpose()?,
        kind: sent.one("kind").parse().unwrap_or(Kind::Question),
        priority: sent.one("priority").parse().unwrap_or(Priority::Normal),
        takes_files: !sent.one("takes_files").is_empty(),
        per_hour: sent.one("per_hour").parse().unwrap_or(0),
        fields: fields.into_iter().map(|(_, field)| field).collect(),
    })
}

/// What such a word says.
///
/// # Errors
/// [`FormError::BadCondition`] for any other.
pub(crate) fn condition(word: &str) -> Result<Condition, FormError> {
    let (field, value) = word.split_once('=').ok_or(FormError::BadCondition)?;
    Ok(Condition {
        field: field.parse().map_err(|_| FormError::BadCondition)?,
        value: value.to_owned(),
    })
}
