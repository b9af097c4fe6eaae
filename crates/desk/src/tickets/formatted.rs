//! Formatted words: what a message says beyond its plain text.
//!
//! The words of a message are plain text: lists, search, quotes and programs read that. Where formatting says more, `html` says
//! the same in the few elements of [`mail::written`], canonical, pictures by `cid:` and the id of a file of the message, and the
//! plain text follows from it. What is shown or sent is written anew from what was read, never passed on as it is stored.

use kit::db::{DbError, Tx};
use mail::written::Written;
use tandem_core::workspaces::WorkspaceId;

use super::files::{File, FileId};
use super::{LONGEST, MessageId, TicketError, history, model};

/// The longest HTML that is read, in bytes: editors write more than is kept.
const LONGEST_READ: usize = 1_000_000;
/// Where pages show files.
const ADDRESS: &str = "/tickets/files/";

/// Words as they are kept.
pub(super) struct Words {
    pub(super) body: String,
    pub(super) html: Option<String>,
}

/// What a mail says of a message with formatting.
pub(crate) struct Formatted {
    /// The plain words.
    pub(crate) body: String,
    /// The same with formatting; its pictures are named by the ids of files.
    pub(crate) written: Written,
}

/// What somebody sends, with the files that go with it: from `html` where there is some, else from `body`.
///
/// # Errors
/// [`TicketError::BadBody`] or [`TicketError::BadHtml`] when there are no words or too many.
pub(super) fn words(body: &str, html: Option<&str>, files: &[File]) -> Result<Words, TicketError> {
    let Some(html) = html.filter(|html| !html.trim().is_empty()) else {
        let body = model::body(body)?;
        return Ok(Words { body, html: None });
    };
    let called = |id: FileId| {
        let found = files.iter().find(|file| file.id == id && file.is_picture())?;
        Some(found.name.clone())
    };
    let written = read(html, called)?;
    let body = model::body(&written.text()).map_err(|_| TicketError::BadHtml)?;
    let html = kept(&written)?;
    Ok(Words { body, html })
}

/// What somebody has begun to write; pictures may wait for it still.
///
/// # Errors
/// [`TicketError::BadHtml`] when it is too much.
pub(super) fn begun(body: &str, html: Option<&str>) -> Result<Words, TicketError> {
    let Some(html) = html.filter(|html| !html.trim().is_empty()) else {
        let body = body.to_owned();
        return Ok(Words { body, html: None });
    };
    let written = read(html, |_| Some(String::new()))?;
    Ok(Words {
        body: written.text(),
        html: kept(&written)?,
    })
}

/// Some words behind others; none where neither has formatting.
pub(super) fn joined(one: (&str, Option<&str>), other: (&str, Option<&str>)) -> Option<String> {
    let said = |html: Option<&str>| html.is_some_and(|html| !html.trim().is_empty());
    if !said(one.1) && !said(other.1) {
        return None;
    }
    let html = |(body, html): (&str, Option<&str>)| match html.filter(|_| said(html)) {
        Some(html) => html.to_owned(),
        None => Written::of_text(body).html(),
    };
    Some(html(one) + &html(other))
}

/// A message in a page, with pictures of its own files alone.
pub(super) fn page(html: &str, files: &[&File]) -> String {
    let address = |name: &str| {
        let is_it = |file: &&&File| file.is_picture() && file.id.to_string() == name;
        files
            .iter()
            .find(is_it)
            .map(|file| format!("{ADDRESS}{}", file.id))
    };
    stored(html).page(address)
}

/// What a composer begins with.
pub(super) fn in_composer(html: &str) -> String {
    stored(html).page(|name| Some(format!("{ADDRESS}{name}")))
}

/// The files that a message shows within its words.
pub(super) fn pictures(html: &str) -> Vec<FileId> {
    let written = stored(html);
    let ids = written.pictures().into_iter().map(str::parse::<FileId>);
    ids.filter_map(Result::ok).collect()
}

/// What a message says with formatting, if it has any.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn of_message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MessageId,
) -> Result<Option<Formatted>, DbError> {
    let found = history::store::find_message(tx, workspace, id)?;
    Ok(found.and_then(|message| {
        let written = stored(message.html.as_deref()?);
        let body = message.body;
        Some(Formatted { body, written })
    }))
}

/// What is stored was written by ourselves; whatever else should stand there is read as strictly as what comes.
fn stored(html: &str) -> Written {
    read(html, |_| Some(String::new())).unwrap_or_default()
}

fn read(html: &str, called: impl Fn(FileId) -> Option<String>) -> Result<Written, TicketError> {
    if html.len() > LONGEST_READ {
        return Err(TicketError::BadHtml);
    }
    let picture = |src: &str| {
        let name = src.strip_prefix("cid:").or_else(|| src.strip_prefix(ADDRESS))?;
        let id: FileId = name.parse().ok()?;
        Some((id.to_string(), called(id)?))
    };
    let written = Written::read(html, picture);
    Ok(written.unwrap_or_else(|| Written::of_text(&mail::dom::text(html).0)))
}

fn kept(written: &Written) -> Result<Option<String>, TicketError> {
    if written.is_plain() {
        return Ok(None);
    }
    let html = written.html();
    if html.chars().count() > LONGEST {
        return Err(TicketError::BadHtml);
    }
    Ok(Some(html))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_kept_as_such_and_formatted_ones_as_both() {
        let plain = words("ignored", Some("<p>Hello</p><p>you</p>"), &[]).unwrap();
        assert_eq!((plain.body.as_str(), plain.html), ("Hello\n\nyou", None));
        let bold = words("", Some("<p>Hello <b>you</b></p>"), &[]).unwrap();
        assert_eq!(bold.body, "Hello you");
        assert_eq!(bold.html.as_deref(), Some("<p>Hello <strong>you</strong></p>"));
        let none = words(" Hello\r\nyou ", Some(" "), &[]).unwrap();
        assert_eq!((none.body.as_str(), none.html), ("Hello\nyou", None));
    }

    #[test]
    fn no_words_and_too_many_are_refused_where_they_were_written() {
        let wrong = |html: &str| words("Hello", Some(html), &[]).err();
        assert_eq!(wrong("<p> </p>"), Some(TicketError::BadHtml));
        assert_eq!(wrong("<script>x</script>"), Some(TicketError::BadHtml));
        assert_eq!(wrong(&"<b>a</b> ".repeat(60_000)), Some(TicketError::BadHtml));
        assert_eq!(wrong(&"a".repeat(1_000_001)), Some(TicketError::BadHtml));
        assert_eq!(words("", None, &[]).err(), Some(TicketError::BadBody));
    }

    #[test]
    fn a_picture_that_is_no_file_of_the_message_is_not_shown() {
        let strange = "tfl_01k5x0h3m8f2rq7v9c4w6d1nbe";
        let html = format!("<p>Look <b>here</b> <img src=\"/tickets/files/{strange}\" alt=\"x\"></p>");
        let kept = words("", Some(&html), &[]).unwrap();
        assert!(!kept.html.unwrap_or_default().contains("<img"));
        // A draft's files wait still.
        let begun = begun("", Some(&html)).unwrap().html.unwrap_or_default();
        assert!(
            begun.contains(&format!("<img src=\"cid:{strange}\" alt=\"x\">")),
            "{begun}"
        );
        assert!(in_composer(&begun).contains(&format!("src=\"/tickets/files/{strange}\"")));
        assert_eq!(page(&begun, &[]), "<p>Look <strong>here</strong> [x]</p>");
        assert_eq!(pictures(&begun).len(), 1);
    }

    #[test]
    fn drafts_that_meet_keep_their_formatting() {
        assert_eq!(joined(("a", None), ("b", Some(" "))), None);
        let first = joined(("a", Some("<p><em>a</em></p>")), ("b", Some("")));
        assert_eq!(first.as_deref(), Some("<p><em>a</em></p><p>b</p>"));
        let both = joined(("a < b", None), ("c", Some("<p><em>c</em></p>")));
        assert_eq!(both.as_deref(), Some("<p>a &lt; b</p><p><em>c</em></p>"));
    }
}
