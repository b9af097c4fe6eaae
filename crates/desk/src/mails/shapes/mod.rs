//! What a mail has beyond the words of its message: a look of its own, and a rest (what it quotes, signatures and footers). Both
//! are unfolded below the message, where it is read; words say which there is, so that nobody unfolds nothing.

mod store;
mod views;
pub mod web;

use std::collections::HashMap;

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use mail::html::has_look;
use mail::quotes;
use mail::understand::Message;
use tandem_core::workspaces::WorkspaceId;

use super::{Mail, MailId};
use crate::tickets::marks::Fold;

/// The word for a look of its own.
const LOOK: &str = "look";
/// The word for a rest.
const REST: &str = "rest";

/// What a mail has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Images, tables, colours or links in what is new in it.
    has_look: bool,
    /// Something that its message does not show.
    has_rest: bool,
}

impl Shape {
    /// Where nobody has looked: whoever wants to see all of it sees its look.
    const UNKNOWN: Self = Self {
        has_look: true,
        has_rest: false,
    };

    pub(super) fn of(message: &Message, rest: &str) -> Self {
        let look = |html: &String| has_look(&quotes::html(html).shown);
        Self {
            has_look: message.html.as_ref().is_some_and(look),
            has_rest: !rest.trim().is_empty(),
        }
    }

    fn words(self) -> String {
        let words = [(self.has_look, LOOK), (self.has_rest, REST)].into_iter();
        let said: Vec<&str> = words.filter_map(|(is_so, word)| is_so.then_some(word)).collect();
        said.join(" ")
    }

    fn read(words: &str) -> Self {
        let has = |wanted: &str| words.split(' ').any(|word| word == wanted);
        Self {
            has_look: has(LOOK),
            has_rest: has(REST),
        }
    }
}

/// The text of a mail, in two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Divided {
    /// What is new; all of it where nothing would be.
    pub(super) shown: String,
    /// What it quotes, signatures and footers.
    pub(super) rest: String,
    /// Whether anything in it is new beyond an old mail that is passed on.
    pub(super) has_new: bool,
}

/// Divides the text of a mail.
pub(super) fn divided(message: &Message) -> Divided {
    let (shown, rest, has_new) = match &message.html {
        Some(html) if message.is_text_from_html => {
            let marked = quotes::html(html);
            (marked.text, marked.rest, marked.has_new)
        }
        _ => {
            let division = quotes::text(&message.text);
            let rest = division.only(&message.text, |kind| !kind.is_shown());
            (division.shown(&message.text), rest, division.has_new)
        }
    };
    if shown.trim().is_empty() {
        return Divided {
            shown: message.text.trim().to_owned(),
            rest: String::new(),
            has_new: false,
        };
    }
    Divided { shown, rest, has_new }
}

/// Keeps what a mail has.
pub(super) fn keep(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailId, shape: Shape) -> Result<(), DbError> {
    store::set(tx, workspace, id, &shape.words())
}

/// What mails have; none of those that were read before anybody looked.
pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mails: &[MailId],
) -> Result<HashMap<MailId, Shape>, DbError> {
    let found = store::of(tx, workspace, mails)?.into_iter();
    Ok(found.map(|(id, words)| (id, Shape::read(&words))).collect())
}

/// What can be unfolded below the message that a mail is.
pub(super) fn folds(t: &Text, mail: &Mail, shape: Option<Shape>) -> Vec<Fold> {
    if mail.arrival.blob.is_none() {
        return Vec::new();
    }
    let shape = shape.unwrap_or(Shape::UNKNOWN);
    let parts = [
        (shape.has_rest, REST, "ellipsis", "mails-rest"),
        (shape.has_look, "sheet", "mail", "mails-look"),
    ];
    let folds = parts.into_iter().filter(|(is_there, ..)| *is_there);
    folds
        .map(|(_, part, icon, text)| Fold {
            frame: frame(part, mail.id),
            icon,
            text: t.say(text),
            address: format!("/mails/{}/{part}", mail.id),
        })
        .collect()
}

/// What the frame of a part is called in a page.
fn frame(part: &str, id: MailId) -> String {
    format!("{part}-{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail::understand::{Limits, understand};

    fn read(raw: &str) -> (Divided, Shape) {
        let message = understand(raw.as_bytes(), jiff::Timestamp::UNIX_EPOCH, &Limits::default());
        let divided = divided(&message);
        let shape = Shape::of(&message, &divided.rest);
        (divided, shape)
    }

    #[test]
    fn a_mail_is_divided_into_what_is_new_and_its_rest() {
        let (plain, shape) = read("Subject: x\n\nIt works.\n\nOn Mon, 2 Mar 2026, Ada wrote:\n> Does it?\n");
        assert_eq!(plain.shown, "It works.");
        assert!(plain.rest.contains("> Does it?"), "{}", plain.rest);
        assert_eq!(shape.words(), "rest");
        assert!(plain.has_new);
        let (quoted, _) = read("Subject: x\n\nOn Mon, 2 Mar 2026, Ada wrote:\n> Does it?\n");
        assert!(
            !quoted.has_new && quoted.shown.contains("> Does it?"),
            "{quoted:?}"
        );
        let old = "-----Original Message-----\nFrom: Ada <ada@example.com>\nSent: Monday\nTo: Leyla\nSubject: x\n\nDoes it?\n";
        assert!(!read(&format!("Subject: x\n\n{old}")).0.has_new);
        assert!(read(&format!("Subject: x\n\nIt does.\n\n{old}")).0.has_new);
        let html = "<p>It works.</p><blockquote type=cite><img src=cid:logo>Does it?</blockquote>";
        let (html, shape) = read(&format!("Content-Type: text/html\n\n{html}"));
        assert_eq!(html.shown, "It works.");
        assert!(html.rest.contains("Does it?"), "{}", html.rest);
        assert_eq!(
            shape.words(),
            "rest",
            "a picture that is quoted is no look of its own"
        );
    }

    #[test]
    fn a_mail_says_what_it_has() {
        assert_eq!(read("Subject: x\n\nHello").1.words(), "");
        let table = "<table><tr><td bgcolor=red>Offer</td></tr></table>";
        let (_, shape) = read(&format!("Content-Type: text/html\n\n{table}"));
        assert_eq!(shape.words(), "look");
        for words in ["", "look", "rest", "look rest"] {
            assert_eq!(Shape::read(words).words(), words);
        }
    }
}
