//! What is unfolded below the message of a mail, fetched when somebody asks for it.

use axum::extract::{Query, State as Shared};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Page};
use mail::understand::{Limits, understand};
use tandem_core::actor::Actor;

use super::views::{RestPage, SheetPage};
use super::{Divided, REST, divided, frame};
use crate::mails::asked::images;
use crate::mails::web::LookQuery;
use crate::mails::{Mail, MailId, look, views};

/// The longest rest that is shown, in characters; the mail as it was sent has all of it.
const LONGEST: usize = 100_000;
/// Letters that stand in a line of the frame.
const LINE: usize = 80;
/// Lines that an image is as high as.
const IMAGE: usize = 6;

/// A mail as it was sent, in its frame, with the choice about images of other hosts.
///
/// # Errors
/// No such mail here, or trouble of the store.
pub async fn sheet(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
    Query(query): Query<LookQuery>,
) -> Result<Page, Failure> {
    let images = images(&db, &actor, id, &query).await?;
    let (mail, _, height) = taken_apart(&db, &actor, id).await?;
    let view = SheetPage {
        t: &t,
        mail: &mail,
        frame: frame("sheet", id),
        images,
        height,
    };
    Ok(around(&t, &mail, &view))
}

/// What a mail quotes, its signature and what machines put below it.
///
/// # Errors
/// As of [`sheet`].
pub async fn rest(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
) -> Result<Page, Failure> {
    let (mail, divided, _) = taken_apart(&db, &actor, id).await?;
    let end = divided.rest.char_indices().nth(LONGEST);
    let end = end.map_or(divided.rest.len(), |(at, _)| at);
    let view = RestPage {
        t: &t,
        frame: frame(REST, id),
        text: &divided.rest[..end],
    };
    Ok(around(&t, &mail, &view))
}

fn around(t: &Text, mail: &Mail, view: &impl askama::Template) -> Page {
    let page = Page::new(views::subject(t, mail), view).place("inbox");
    match mail.ticket {
        Some(ticket) => page.crumb(t.say("mails-ticket"), format!("/tickets/{ticket}")),
        None => page,
    }
}

/// A mail, its text in two, and about how high it is.
async fn taken_apart(db: &Db, actor: &Actor, id: MailId) -> Result<(Mail, Divided, &'static str), Failure> {
    let (mail, raw) = look::bytes(db, actor, id).await?;
    let reading = tokio::task::spawn_blocking(move || {
        let arrived = jiff::Timestamp::from_microsecond(mail.arrival.arrived_at.0).unwrap_or_default();
        let message = understand(&raw, arrived, &Limits::default());
        let html = message.html.as_deref().unwrap_or_default();
        let images = html.matches("<img").count() + html.matches("<IMG").count();
        let height = height(&message.text, images);
        (mail, divided(&message), height)
    });
    reading
        .await
        .map_err(|_| Failure::of(StatusCode::INTERNAL_SERVER_ERROR))
}

/// About how high a mail is. Nothing runs in its frame that could say it, so this is guessed; whoever looks can draw it larger.
fn height(text: &str, images: usize) -> &'static str {
    let lines = text
        .lines()
        .map(|line| 1 + line.chars().count() / LINE)
        .sum::<usize>();
    match lines + images * IMAGE {
        0..12 => "short",
        12..60 => "",
        _ => "tall",
    }
}

#[cfg(test)]
mod tests {
    use super::height;

    #[test]
    fn a_frame_is_about_as_high_as_its_mail() {
        assert_eq!(height("Hello\n\nAda", 0), "short");
        assert_eq!(height("Hello", 3), "");
        assert_eq!(height(&"a".repeat(8_000), 0), "tall");
    }
}
