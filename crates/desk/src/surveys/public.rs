//! The page that a contact answers on: a document of its own, without scripts, in their language.
//!
//! A rating in the address only chooses: what answers is the form. So nothing that follows the links of mails by itself can
//! answer, and one press is enough for a person.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName};
use http::{HeaderValue, StatusCode};
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Filled};
use serde::Deserialize;
use tandem_core::doors::tries::{self, Verdict};
use tandem_core::doors::{self, Secret, Visitor};

use super::answering::{self, Opened};
use super::letter;
use super::model::{Survey, SurveyError};
use crate::tickets::turn;

/// What the page may load: styles and pictures of ours, nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What a link chooses beforehand.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    rating: String,
}

/// How the page stands.
enum Stand {
    /// The question, with what is chosen and what is wrong.
    Asked,
    /// It was answered just now.
    Thanks,
    /// It was answered too long ago to be changed.
    Settled,
    /// They get no more questions.
    Refused,
}

#[derive(Template)]
#[template(path = "surveys/views/public.html")]
struct PublicPage<'a> {
    t: &'a Text,
    link: &'a str,
    workspace: &'a str,
    about: String,
    question: String,
    survey: &'a Survey,
    stand: Stand,
    rating: Option<i64>,
    comment: String,
    rating_error: String,
    comment_error: String,
}

#[derive(Template)]
#[template(path = "surveys/views/closed.html")]
struct ClosedPage<'a> {
    t: &'a Text,
}

impl PublicPage<'_> {
    /// The places of the scale.
    fn places(&self) -> Vec<i64> {
        (1..=self.survey.asks.scale).collect()
    }

    fn is_chosen(&self, place: &i64) -> bool {
        self.rating == Some(*place)
    }

    /// What a place says beside its number: the ends have words.
    fn end(&self, rating: &i64) -> String {
        let (low, high) = self.survey.asks.ends();
        match *rating {
            1 => self.t.say(low),
            last if last == self.survey.asks.scale => self.t.say(high),
            _ => String::new(),
        }
    }
}

/// Shows the question of a link; a rating in the address is chosen, nothing is answered.
///
/// # Errors
/// The database's.
pub async fn show(
    State(db): State<Db>,
    t: Text,
    Path(link): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Failure> {
    let Ok(secret) = link.parse::<Secret>() else {
        return Ok(closed(&t));
    };
    let looked = db.read(move |tx| words_of(tx, &secret)).await;
    let (opened, question, t) = match looked {
        Ok(looked) => looked,
        Err(SurveyError::Closed) => return Ok(closed(&t)),
        Err(error) => return Err(error.into()),
    };
    let kept = opened.survey.answer.as_ref();
    let rating = chosen.rating.parse().ok().or(kept.map(|answer| answer.rating));
    let mut filled = Filled::default();
    filled.set(
        "rating",
        rating.map(|rating| rating.to_string()).unwrap_or_default(),
    );
    filled.set("comment", kept.map_or("", |answer| &answer.comment));
    let stand = if opened.is_open {
        Stand::Asked
    } else {
        Stand::Settled
    };
    Ok(page(&t, &link, (&opened, question), stand, &filled))
}

/// Answers, or shows the question again with what is wrong.
///
/// # Errors
/// Too many answers from one source; the database's.
pub async fn answer(
    State(db): State<Db>,
    t: Text,
    visitor: Visitor,
    Path(link): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut filled: Filled = sent.into_iter().collect();
    let Ok(secret) = link.parse::<Secret>() else {
        return Ok(closed(&t));
    };
    must_wait(&db, visitor).await?;
    let (first, again) = (secret.clone(), secret.clone());
    let workspace = match db.read(move |tx| answering::whose(tx, &first)).await {
        Ok(workspace) => workspace,
        Err(SurveyError::Closed) => return Ok(closed(&t)),
        Err(error) => return Err(error.into()),
    };
    let rating = filled.value("rating").parse().unwrap_or_default();
    let comment = filled.value("comment").to_owned();
    let answered = db
        .write_in_turn(&turn(workspace), move |tx| {
            let answered = answering::answer(tx, &secret, rating, &comment);
            with_words(tx, answered)
        })
        .await;
    let error = match answered {
        Ok((opened, question, t)) => {
            return Ok(page(&t, &link, (&opened, question), Stand::Thanks, &filled));
        }
        Err(SurveyError::Closed) => return Ok(closed(&t)),
        Err(error) => error,
    };
    let (opened, question, t) = db.read(move |tx| words_of(tx, &again)).await?;
    let status = Failure::from(error.clone()).status();
    let stand = match error {
        SurveyError::Settled => Stand::Settled,
        error => {
            filled.refuse_all(error.into(), &t)?;
            Stand::Asked
        }
    };
    let page = page(&t, &link, (&opened, question), stand, &filled);
    Ok((status, page).into_response())
}

/// Notes that they want no more questions. Programs for mail post here by themselves when their reader says so (RFC 8058).
///
/// # Errors
/// Too many from one source; the database's.
pub async fn refuse(
    State(db): State<Db>,
    t: Text,
    visitor: Visitor,
    Path(link): Path<String>,
) -> Result<Response, Failure> {
    let Ok(secret) = link.parse::<Secret>() else {
        return Ok(closed(&t));
    };
    must_wait(&db, visitor).await?;
    let refused = db
        .write(move |tx| {
            let refused = answering::refuse(tx, &secret);
            with_words(tx, refused)
        })
        .await;
    match refused {
        Ok((opened, question, t)) => {
            let empty = Filled::default();
            Ok(page(&t, &link, (&opened, question), Stand::Refused, &empty))
        }
        Err(SurveyError::Closed) => Ok(closed(&t)),
        Err(error) => Err(error.into()),
    }
}

async fn must_wait(db: &Db, visitor: Visitor) -> Result<(), Failure> {
    let source = visitor.source;
    let verdict = db
        .write(move |tx| tries::count(tx, &[(tries::ANSWER, source.as_str())]))
        .await?;
    match verdict {
        Verdict::Free => Ok(()),
        Verdict::Wait(time) => Err(doors::too_many(time)),
    }
}

/// What a link leads to, with its words.
fn words_of(tx: &mut Tx<'_>, secret: &Secret) -> Result<(Opened, String, Text), SurveyError> {
    let opened = answering::look(tx, secret);
    with_words(tx, opened)
}

/// What a link leads to, the question in its language, and the words around it.
fn with_words(
    tx: &mut Tx<'_>,
    opened: Result<Opened, SurveyError>,
) -> Result<(Opened, String, Text), SurveyError> {
    let opened = opened?;
    let t = letter::reader(tx, opened.workspace.id, &opened.survey)?;
    let question = letter::question(tx, opened.workspace.id, &opened.survey, &t)?;
    Ok((opened, question, t))
}

fn page(
    t: &Text,
    link: &str,
    (opened, question): (&Opened, String),
    stand: Stand,
    filled: &Filled,
) -> Response {
    let rating: Option<i64> = filled.value("rating").parse().ok();
    let view = PublicPage {
        t,
        link,
        workspace: &opened.workspace.name,
        about: t.say_with("surveys-about", kit::args!(subject = opened.subject.as_str())),
        question,
        survey: &opened.survey,
        stand,
        rating: rating.filter(|rating| opened.survey.asks.has(*rating)),
        comment: filled.value("comment").to_owned(),
        rating_error: filled.error("rating").to_owned(),
        comment_error: filled.error("comment").to_owned(),
    };
    document(&view)
}

fn closed(t: &Text) -> Response {
    (StatusCode::NOT_FOUND, document(&ClosedPage { t })).into_response()
}

/// A document by itself that nothing keeps and no engine lists.
fn document(view: &impl Template) -> Response {
    let html = view
        .render()
        .expect("a template writes into a string, which cannot fail");
    let headers = [
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex, nofollow"),
        ),
    ];
    (headers, Html(html)).into_response()
}
