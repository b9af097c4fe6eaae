//! What the question says by mail: every rating is a link of its own. The row of the mail holds no secret: its links end in
//! [`PLACE`], and get their secret when the bytes are composed.

use std::sync::Arc;

use kit::db::{DbError, Tx};
use kit::i18n::{Locale, Text};
use mail::compose::{Letter, Occasion, WayOut};
use tandem_core::contacts;
use tandem_core::doors::Secret;
use tandem_core::workspaces::WorkspaceId;

use super::Origin;
use super::model::{Survey, SurveyError};
use super::settings::settings;
use crate::outbox::html_escaped;
use crate::tickets::Ticket;

/// What stands for the secret until the mail is composed.
const PLACE: &str = "/s/…";

/// The reader of a survey: the language in which it was asked, by the clock of whom it was asked.
pub(super) fn reader(tx: &mut Tx<'_>, workspace: WorkspaceId, survey: &Survey) -> Result<Text, DbError> {
    let t = contacts::reader(tx, workspace, survey.contact)?;
    let locale = Locale::parse(&survey.language).unwrap_or_else(Locale::english);
    Ok(Text::new(locale, t.zone().clone(), t.now()))
}

/// The question as it is asked in a language: in the workspace's own words or in ours.
pub(super) fn question(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    survey: &Survey,
    t: &Text,
) -> Result<String, DbError> {
    let own = settings(tx, workspace)?.words.remove(&survey.language);
    Ok(own.unwrap_or_else(|| t.say(survey.asks.words())))
}

/// Subject and words of the mail that asks, in the contact's language.
pub(super) fn written(
    tx: &mut Tx<'_>,
    survey: &Survey,
    ticket: &Ticket,
    (name, origin): (&str, &Arc<str>),
    workspace: WorkspaceId,
) -> Result<(String, String), SurveyError> {
    let t = reader(tx, workspace, survey)?;
    // Nothing that they wrote becomes a link of ours.
    let (about, name) = (ticket.subject.replace(PLACE, ""), name.replace(PLACE, ""));
    let about = kit::args!(subject = about.as_str(), number = ticket.number);
    let mut parts = vec![
        t.say_with("surveys-mail-greeting", kit::args!(name = name.as_str())),
        t.say_with("surveys-mail-solved", about),
        question(tx, workspace, survey, &t)?,
    ];
    let (low, high) = survey.asks.ends();
    let scale = survey.asks.scale;
    let line = |rating: i64| {
        let end = match rating {
            1 => format!(" – {}", t.say(low)),
            _ if rating == scale => format!(" – {}", t.say(high)),
            _ => String::new(),
        };
        format!("{rating}{end}: {origin}{PLACE}?rating={rating}")
    };
    let best_first = survey.asks.goodness(1) < survey.asks.goodness(scale);
    let mut lines: Vec<String> = (1..=scale).map(line).collect();
    if best_first {
        lines.reverse();
    }
    parts.push(lines.join("\n"));
    parts.push(t.say("surveys-mail-click"));
    parts.push(format!("{}: {origin}{PLACE}/stop", t.say("surveys-mail-stop")));
    let subject = t.say_with(
        "surveys-mail-subject",
        kit::args!(subject = ticket.subject.as_str()),
    );
    Ok((subject, parts.join("\n\n") + "\n"))
}

/// Gives the links of a mail their secret, and the mail the fields by which machines leave it alone and people get no more
/// of them (RFC 3834, RFC 8058).
pub(crate) fn with_link(letter: &mut Letter, origin: &Origin, secret: &Secret) {
    let whole = super::address(&origin.0, secret);
    // Only our own links: words of the subject that look like one stay words.
    letter.text = letter.text.replace(&format!("{}{PLACE}", origin.0), &whole);
    letter.html = Some(html(&letter.text, &whole));
    let host = letter.from.address.rsplit_once('@').map_or("", |(_, host)| host);
    letter.occasion = Occasion::Bulk(WayOut {
        url: format!("{whole}/stop"),
        list_id: format!("surveys.{host}"),
    });
}

/// The words as HTML: a line that ends in a link with the secret is a button that says what stands before it. Nothing of it
/// is markup.
fn html(text: &str, whole: &str) -> String {
    let mut html = String::from("<!DOCTYPE html>\n<html><body>");
    for paragraph in text
        .split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
    {
        html.push_str("<p>");
        for line in paragraph.trim().lines() {
            match line.rsplit_once(": http") {
                Some((words, rest)) if format!("http{rest}").starts_with(whole) => {
                    let style = if rest.ends_with("/stop") {
                        "color:#666"
                    } else {
                        "display:inline-block;min-width:9em;margin:2px 0;padding:8px 14px;border:1px solid #ccc;\
                         border-radius:6px;text-decoration:none;color:#222"
                    };
                    let (address, words) = (html_escaped(&format!("http{rest}")), html_escaped(words));
                    html.push_str(&format!(
                        "<a href=\"{address}\" style=\"{style}\">{words}</a><br>\n"
                    ));
                }
                _ => {
                    html.push_str(&html_escaped(line));
                    html.push_str("<br>\n");
                }
            }
        }
        html.push_str("</p>\n");
    }
    html.push_str("</body></html>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_a_button_and_nothing_of_a_subject_is_markup() {
        let html = html(
            "About \"<b>: https://evil.example/\".\nNo: https://evil.example/s/abc/stop\n\n5 – Good: https://desk.example/s/abc?rating=5\n\nNo more: https://desk.example/s/abc/stop\n",
            "https://desk.example/s/abc",
        );
        assert!(
            html.contains("About &quot;&lt;b&gt;: https://evil.example/&quot;."),
            "{html}"
        );
        assert!(
            html.contains("<a href=\"https://desk.example/s/abc?rating=5\" style=\"display"),
            "{html}"
        );
        assert!(html.contains(">5 – Good</a>"), "{html}");
        assert_eq!(html.matches("<a ").count(), 2);
    }
}
