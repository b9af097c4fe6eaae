//! The settings page of a rule: which tickets have a field.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page, Sent};
use tandem_core::actor::Actor;
use tandem_core::fields::{self, Field, FieldId};

use super::super::super::nouns::NOUN;
use super::failures::STALE;
use super::views::RulePage;
use super::{LIST, Rule, RuleError};
use crate::forms;

/// The settings page of fields.
const FIELDS: &str = "/settings/fields";

/// The form with a field's rule in it.
///
/// # Errors
/// No such field of tickets here, or the database's.
pub async fn edit(State(db): State<Db>, actor: Actor, t: Text, At(id): At<FieldId>) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (field, rule) = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let filled = written(&rule);
    let kinds = rule.kinds.iter().map(|kind| kind.as_str().to_owned());
    page(&db, &actor, &t, (&field, &filled, kinds.collect())).await
}

/// Sets a field's rule as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such field of tickets here, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<FieldId>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let sent: Sent = pairs.iter().cloned().collect();
    let mut filled: Filled = pairs.into_iter().collect();
    let (writer, asked, version) = (actor.clone(), sent.clone(), filled.version());
    let done = db.write(move |tx| super::set(tx, &writer, id, &described(&asked, version)?));
    let error = match done.await {
        Ok((field, _)) => {
            let said = t.say_with(
                "details-rule-was-set",
                kit::args!(name = field.text.label.as_str()),
            );
            return Ok((Notice::new(said), Redirect::to(FIELDS)).into_response());
        }
        Err(error) => error,
    };
    let status = match error {
        RuleError::Stale(now) => {
            filled.set("version", now.version.to_string());
            filled.set("whole", t.say(STALE.text));
            StatusCode::CONFLICT
        }
        error => filled.refuse_all(error.into(), &t)?,
    };
    let reader = actor.clone();
    let (field, _) = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let kinds = sent.all("kinds").map(str::to_owned).collect();
    let page = page(&db, &actor, &t, (&field, &filled, kinds)).await?;
    Ok(page.status(status).into_response())
}

/// The rule that a form describes. Words that name no kind are none.
fn described(sent: &Sent, version: i64) -> Result<Rule, RuleError> {
    let when = sent.given("when").map(forms::condition).transpose();
    Ok(Rule {
        kinds: sent.all("kinds").filter_map(|word| word.parse().ok()).collect(),
        is_before_solving: !sent.one("before_solving").is_empty(),
        when: when.map_err(|_| RuleError::BadCondition)?,
        version,
    })
}

fn written(rule: &Rule) -> Filled {
    let mut filled = Filled::default();
    filled.set("version", rule.version.to_string());
    filled.set("before_solving", if rule.is_before_solving { "on" } else { "" });
    filled.set(
        "when",
        rule.when.as_ref().map(forms::when_word).unwrap_or_default(),
    );
    filled
}

async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (field, filled, kinds): (&Field, &Filled, Vec<String>),
) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let open = db.read(move |tx| fields::open(tx, workspace, &NOUN)).await?;
    let whole = filled.value("whole");
    let view = RulePage {
        t,
        field,
        filled,
        kinds,
        whens: forms::whens(t, &open, field, filled.value("when")),
        whole: (!whole.is_empty()).then(|| whole.to_owned()),
    };
    Ok(Page::new(t.say("details-rule"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-fields"), FIELDS)
        .crumb(&field.text.label, format!("{FIELDS}/{}", field.id))
        .live(LIST))
}
