//! The page of a form: a document of its own in the visitor's language, which other sites may frame.
//!
//! It holds no session and sets no cookie, so a frame around it gains nothing. Its one script is a file: it makes the proof of
//! work and hides fields that depend on others; what is there and what has to be filled in is decided here.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use kit::db::Db;
use kit::i18n::{Locale, Text};
use kit::web::{Failure, Filled};
use tandem_core::doors::Visitor;
use tandem_core::fields::FieldError;

use super::admitting::{Trouble, limited};
use super::views::FieldsView;
use super::{FormError, Opened, Spot, proof, reading, sending};
use crate::tickets::turn;

/// What the page may load: styles, pictures and scripts of ours, nothing else; anybody may frame it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors *";

impl Opened {
    fn title(&self) -> String {
        self.words.or(&Spot::Title, &self.form.text.title)
    }

    fn intro(&self) -> String {
        self.words.or(&Spot::Intro, &self.form.text.intro)
    }

    fn thanks(&self) -> String {
        self.words.or(&Spot::Thanks, &self.form.text.thanks)
    }
}

#[derive(Template)]
#[template(path = "forms/views/public.html")]
struct PublicPage<'a> {
    t: &'a Text,
    opened: &'a Opened,
    filled: &'a Filled,
    inputs: FieldsView<'a>,
    stamp: String,
    /// Why nothing was taken, where it is about no field.
    trouble: String,
    trap: &'static str,
}

impl PublicPage<'_> {
    /// How many zero bits the page's script looks for.
    fn bits(&self) -> u32 {
        proof::BITS
    }
}

#[derive(Template)]
#[template(path = "forms/views/thanks.html")]
struct ThanksPage<'a> {
    t: &'a Text,
    opened: &'a Opened,
    number: i64,
}

#[derive(Template)]
#[template(path = "forms/views/closed.html")]
struct ClosedPage<'a> {
    t: &'a Text,
}

/// Shows a form to whoever has its address.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, t: Text, Path(key): Path<String>) -> Result<Response, Failure> {
    match opened(&db, key, t.locale()).await {
        Ok((opened, stamp)) => Ok(page(&t, &opened, (&Filled::default(), ""), stamp)),
        Err(FormError::Closed) => Ok(closed(&t)),
        Err(error) => Err(error.into()),
    }
}

/// The open form with a key, and a new stamp for it.
async fn opened(db: &Db, key: String, language: Locale) -> Result<(Opened, String), FormError> {
    let seal = proof::seal(db)?;
    db.read(move |tx| {
        let opened = super::open(tx, &key, language)?;
        let stamp = proof::stamp(&seal, &opened.form.key, tx.now(), tx.ids());
        Ok((opened, stamp))
    })
    .await
}

/// Takes what somebody sends, or shows the form again with what is wrong; nothing that was typed is lost.
///
/// # Errors
/// A body that is no form, trouble of the store, or the database's.
pub async fn send(
    State(db): State<Db>,
    t: Text,
    visitor: Visitor,
    Path(key): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let (opened, stamp) = match opened(&db, key, t.locale()).await {
        Ok(found) => found,
        Err(FormError::Closed) => return Ok(closed(&t)),
        Err(error) => return Err(error.into()),
    };
    let body = reading::body(&db, &opened, &visitor.source, request).await?;
    let (trouble, admission) = (body.trouble, body.admission);
    let (draft, filled) = reading::draft(&t, &opened, body);
    let trouble = match trouble {
        None if filled.is_good() => limited(&db, &visitor.source, &draft.address, admission).await?,
        known => known,
    };
    if trouble.is_some() || !filled.is_good() {
        reading::discard(&db, &draft.files).await?;
        return Ok(refused(&t, &opened, &filled, trouble, stamp));
    }
    taken(&db, &t, opened, (draft, filled), stamp).await
}

/// The form again, with what is wrong as a whole or beside its fields, and a stamp that was not used yet.
fn refused(t: &Text, opened: &Opened, filled: &Filled, trouble: Option<Trouble>, stamp: String) -> Response {
    let again = |said: &str| page(t, opened, (filled, said), stamp);
    match trouble {
        None => (StatusCode::UNPROCESSABLE_ENTITY, again("")).into_response(),
        Some(Trouble::Said(key)) => (StatusCode::UNPROCESSABLE_ENTITY, again(&t.say(key))).into_response(),
        Some(Trouble::Busy) => {
            let again = again(&t.say("forms-failure-busy"));
            (StatusCode::TOO_MANY_REQUESTS, again).into_response()
        }
        Some(Trouble::Often(time)) => {
            let seconds = time.as_secs() + 1;
            let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
            let again = again(&t.count("forms-failure-often", minutes));
            let after = [(RETRY_AFTER, seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, after, again).into_response()
        }
    }
}

/// Opens the ticket and says its number.
async fn taken(
    db: &Db,
    t: &Text,
    opened: Opened,
    (draft, mut filled): (sending::Draft, Filled),
    stamp: String,
) -> Result<Response, Failure> {
    let (workspace, form) = (opened.workspace.id, opened.form.clone());
    let files = draft.files.clone();
    let ticket = db
        .write_in_turn(&turn(workspace), move |tx| {
            sending::take(tx, workspace, &form, &draft)
        })
        .await;
    let trouble = match ticket {
        Ok(ticket) => {
            let view = ThanksPage {
                t,
                opened: &opened,
                number: ticket.number,
            };
            return Ok(document(&view));
        }
        Err(FormError::Busy) => Some(Trouble::Busy),
        Err(FormError::Field(FieldError::Wrong(all))) => {
            for wrong in all {
                filled.refuse(format!("f.{}", wrong.key), t.say(wrong.trouble.text()));
            }
            None
        }
        // Whether it was kept is not known: what is not needed is swept.
        Err(error) => return Err(error.into()),
    };
    reading::discard(db, &files).await?;
    Ok(refused(t, &opened, &filled, trouble, stamp))
}

fn page(t: &Text, opened: &Opened, (filled, trouble): (&Filled, &str), stamp: String) -> Response {
    let view = PublicPage {
        t,
        opened,
        filled,
        inputs: FieldsView {
            t,
            asked: &opened.asked,
            filled,
            words: &opened.words,
        },
        stamp,
        trouble: trouble.to_owned(),
        trap: reading::TRAP,
    };
    document(&view)
}

fn closed(t: &Text) -> Response {
    (StatusCode::NOT_FOUND, document(&ClosedPage { t })).into_response()
}

/// A document by itself that nothing keeps.
fn document(view: &impl Template) -> Response {
    let html = view
        .render()
        .expect("a template writes into a string, which cannot fail");
    let headers = [
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex"),
        ),
    ];
    (headers, Html(html)).into_response()
}
