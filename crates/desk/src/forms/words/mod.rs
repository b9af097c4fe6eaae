//! What a form says in other languages than its own.
//!
//! A form is written in one language; for each other one its title, introduction and thanks, and the labels, hints and choices of
//! the fields that it asks for may have *words*. Visitors read those of their language, and where there are none what the form
//! itself says. What they choose is kept as the field says it, in whatever language they read it.

pub mod api;
mod documents;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::i18n::Locale;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{Act, Entry};
use tandem_core::fields;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use model::{Spot, Translations, Words};

use super::{Asked, FormError, WebForm, WebFormId, known, note};
use crate::tickets::nouns::NOUN;

/// What a form says in other languages, with the form.
///
/// # Errors
/// [`FormError::Unknown`] for a form of no or another workspace, a missing permission, or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor, id: WebFormId) -> Result<(WebForm, Translations), FormError> {
    actor.must(Permission::TicketsRead)?;
    let form = known(tx, actor, id)?;
    let words = store::all(tx, actor.workspace, id)?;
    Ok((form, words))
}

/// Gives a form other words in one language, made from `version` of the form; words that are empty are said as the form itself
/// says them.
///
/// # Errors
/// As of [`replace`].
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, version): (WebFormId, i64),
    language: Locale,
    words: Words,
) -> Result<WebForm, FormError> {
    actor.must(Permission::InboxWrite)?;
    let mut all = store::all(tx, actor.workspace, id)?;
    all.insert(language.tag(), words);
    replace(tx, actor, (id, version), all)
}

/// Replaces what a form says in all other languages, made from `version` of the form.
///
/// # Errors
/// [`FormError::LongWords`] naming the part, [`FormError::BadField`] for a field of no or another workspace,
/// [`FormError::Stale`] when someone changed the form meanwhile, [`FormError::Unknown`], a missing permission, the database's.
pub fn replace(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, version): (WebFormId, i64),
    mut wanted: Translations,
) -> Result<WebForm, FormError> {
    actor.must(Permission::InboxWrite)?;
    let mut form = known(tx, actor, id)?;
    if form.version != version {
        return Err(FormError::Stale(Box::new(form)));
    }
    let fields = fields::all(tx, actor.workspace, &NOUN)?;
    for words in wanted.values_mut() {
        *words = words.checked()?;
        let mut asked = words.fields();
        if !asked.all(|id| fields.iter().any(|field| field.id == id)) {
            return Err(FormError::BadField);
        }
    }
    wanted.retain(|_, words| !words.is_empty());
    let before = store::all(tx, actor.workspace, id)?;
    if before == wanted {
        return Ok(form);
    }
    store::replace(tx, actor.workspace, id, &wanted)?;
    form.version += 1;
    super::store::update(tx, actor.workspace, &form)?;
    let facts = |all: &Translations| json!({ "languages": all.keys().collect::<Vec<_>>() });
    let entry = Entry::of(Act::WebFormChanged, id)
        .before(facts(&before))
        .after(facts(&wanted));
    note(tx, actor, &form, entry)?;
    Ok(form)
}

/// What a form says to who reads a language; nothing where it has no words in it.
pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    form: WebFormId,
    language: Locale,
) -> Result<Words, DbError> {
    let mut all = store::all(tx, workspace, form)?;
    Ok(all.remove(language.tag()).unwrap_or_default())
}

/// Everything of a form that can have words, with what the form itself says, in the order of its page.
fn spots(form: &WebForm, asked: &[Asked]) -> Vec<(Spot, String)> {
    let mut all = vec![
        (Spot::Title, form.text.title.clone()),
        (Spot::Intro, form.text.intro.clone()),
        (Spot::Thanks, form.text.thanks.clone()),
    ];
    for one in asked {
        let field = &one.field;
        all.push((Spot::Label(field.id), field.text.label.clone()));
        all.push((Spot::Hint(field.id), field.text.hint.clone()));
        let choices = field.text.choices.iter();
        all.extend(choices.map(|choice| (Spot::Choice(field.id, choice.clone()), choice.clone())));
    }
    // What the form does not say needs no words; thanks are ours where it says none.
    all.retain(|(spot, own)| !own.is_empty() || *spot == Spot::Thanks);
    all
}
