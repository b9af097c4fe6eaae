//! The page of words: a tab for each other language, what the form itself says beside each input.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::{Locale, Text};
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page, Sent, Tab};
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::views::{Line, WordsPage};
use super::{Spot, Translations, Words, spots};
use crate::forms::{Asked, FormError, WebForm, WebFormId};

const ADDRESS: &str = "/settings/forms";

/// Which language.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct WordsQuery {
    language: Option<String>,
}

/// A form with what it asks and what it says in other languages.
struct Known {
    form: WebForm,
    asked: Vec<Asked>,
    words: Translations,
    /// In which language it is written: that of the workspace.
    own: Locale,
}

/// What a form says in one other language: the first one without being told.
///
/// # Errors
/// No such form here, a language that is none, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebFormId>,
    Query(query): Query<WordsQuery>,
) -> Result<Page, Failure> {
    let known = known(&db, &actor, id).await?;
    let locale = match query.language.as_deref() {
        Some(tag) => locale(tag)?,
        None => others(known.own).next().unwrap_or_else(Locale::english),
    };
    let mut filled = Filled::default();
    if let Some(words) = known.words.get(locale.tag()) {
        for (spot, words) in words.iter() {
            filled.set(spot.to_string(), words);
        }
    }
    let version = known.form.version;
    Ok(page(&t, &known, locale, (&filled, version, None)))
}

/// Keeps what a form says in one other language, or shows the page again with what is wrong.
///
/// # Errors
/// No such form here, a missing permission, a language that is none, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebFormId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let known = known(&db, &actor, id).await?;
    let locale = locale(sent.one("language"))?;
    let version = sent.one("version").parse().unwrap_or(0);
    let (words, mut filled) = read(&known, locale, &sent);
    let writer = actor.clone();
    let kept = db
        .write(move |tx| super::set(tx, &writer, (id, version), locale, words.clone()))
        .await;
    let (version, whole) = match kept {
        Ok(form) => {
            let said = t.say_with(
                "forms-were-translated",
                kit::args!(name = form.text.title.as_str()),
            );
            let back = format!("{ADDRESS}/{id}/words?language={}", locale.tag());
            return Ok((Notice::new(said), Redirect::to(&back)).into_response());
        }
        Err(FormError::LongWords(spot)) => {
            filled.refuse(spot, t.say("forms-failure-words"));
            (version, None)
        }
        Err(FormError::Stale(now)) => (now.version, Some(t.say("forms-failure-stale"))),
        Err(error) => return Err(error.into()),
    };
    let status = if whole.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let again = page(&t, &known, locale, (&filled, version, whole));
    Ok(again.status(status).into_response())
}

/// What was typed, beside words of what the form does not ask at present.
fn read(known: &Known, locale: Locale, sent: &Sent) -> (Words, Filled) {
    let mut words = known.words.get(locale.tag()).cloned().unwrap_or_default();
    let mut filled = Filled::default();
    for (spot, _) in spots(&known.form, &known.asked) {
        let name = spot.to_string();
        let typed = sent.one(&name).to_owned();
        filled.set(name, typed.as_str());
        words.put(spot, typed);
    }
    (words, filled)
}

async fn known(db: &Db, actor: &Actor, id: WebFormId) -> Result<Known, Failure> {
    let reader = actor.clone();
    let known = db
        .read(move |tx| {
            let (form, words) = super::all(tx, &reader, id)?;
            let asked = crate::forms::asked(tx, reader.workspace, &form)?;
            let workspace = tandem_core::workspaces::find(tx, reader.workspace)?;
            let own = workspace.and_then(|workspace| Locale::parse(&workspace.locale));
            Ok::<_, FormError>(Known {
                form,
                asked,
                words,
                own: own.unwrap_or_else(Locale::english),
            })
        })
        .await?;
    Ok(known)
}

/// The languages that a form can have words in, beside its own.
fn others(own: Locale) -> impl Iterator<Item = Locale> {
    Locale::all().filter(move |locale| locale.tag() != own.tag())
}

fn locale(tag: &str) -> Result<Locale, Failure> {
    let found = Locale::all().find(|locale| locale.tag() == tag);
    Ok(found.ok_or(FormError::BadLanguage)?)
}

fn page(
    t: &Text,
    known: &Known,
    locale: Locale,
    (filled, version, whole): (&Filled, i64, Option<String>),
) -> Page {
    let form = &known.form;
    let address = format!("{ADDRESS}/{}", form.id);
    let tab = |one: Locale| Tab {
        text: one.own_name(),
        href: format!("{address}/words?language={}", one.tag()),
        current: one.tag() == locale.tag(),
        count: None,
    };
    let line = |(spot, own): (Spot, String)| Line {
        label: label(t, known, &spot),
        spot,
        own,
    };
    let view = WordsPage {
        t,
        form,
        version,
        tabs: others(known.own).map(tab).collect(),
        language: locale.tag(),
        lines: spots(form, &known.asked).into_iter().map(line).collect(),
        filled,
        whole,
    };
    Page::new(t.say("forms-languages"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-forms"), ADDRESS)
        .crumb(&form.text.title, address)
        .live(form.id.to_string())
}

/// What a part of a form is called in its editor.
fn label(t: &Text, known: &Known, spot: &Spot) -> String {
    let of = |field| {
        let mut asked = known.asked.iter();
        let found = asked.find(|one| one.field.id == field);
        found.map_or_else(String::new, |one| one.field.text.label.clone())
    };
    let say = |key, field| t.say_with(key, kit::args!(field = of(field)));
    match spot {
        Spot::Title => t.say("forms-title"),
        Spot::Intro => t.say("forms-intro"),
        Spot::Thanks => t.say("forms-thanks-words"),
        Spot::Label(field) => say("forms-words-label", *field),
        Spot::Hint(field) => say("forms-words-of-hint", *field),
        Spot::Choice(field, _) => say("forms-words-choice", *field),
    }
}
