//! What was odd about a mail when it was read: limits that it went over, and what could not be read in it. Codes with blanks
//! between, of [`mail::understand::Trouble`] and of our own; each has a sentence.

mod store;

use std::collections::HashMap;

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use mail::understand::{Message, Trouble};
use tandem_core::workspaces::WorkspaceId;

use super::{MailId, carrying};
use crate::tickets::LONGEST;

/// There are more words than a message has.
const TOO_LONG: &str = "message-too-long";
/// There are more files than a message has.
const TOO_MANY_FILES: &str = "too-many-files";
/// By which something of a mail is not in its message, or not as it was sent: its reader has to know.
const MISSED: [&str; 15] = [
    Trouble::TooLarge.code(),
    Trouble::TooManyParts.code(),
    Trouble::TooDeep.code(),
    Trouble::FieldTooLong.code(),
    Trouble::TooMuchWork.code(),
    Trouble::BodyTooLong.code(),
    Trouble::NoBoundary.code(),
    Trouble::Unclosed.code(),
    Trouble::OddEncoding.code(),
    Trouble::UnknownEncoding.code(),
    Trouble::UndecodableText.code(),
    Trouble::UnreadableTnef.code(),
    Trouble::OddHtml.code(),
    TOO_LONG,
    TOO_MANY_FILES,
];

/// The codes of a mail, from what was understood of it and the words that become its message.
pub(super) fn codes(message: &Message, text: &str) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = message.troubles.iter().map(Trouble::code).collect();
    if text.chars().nth(LONGEST).is_some() {
        codes.push(TOO_LONG);
    }
    if carrying::are_too_many(&message.attachments) {
        codes.push(TOO_MANY_FILES);
    }
    codes
}

/// Keeps the codes of a mail, in place of those from when it was read before, and which version of the reader found them.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailId,
    codes: &[&'static str],
) -> Result<(), DbError> {
    store::set(tx, workspace, id, &codes.join(" "))
}

/// The codes of mails, of those that have any.
pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mails: &[MailId],
) -> Result<HashMap<MailId, Vec<String>>, DbError> {
    let found = store::of(tx, workspace, mails)?.into_iter();
    Ok(found
        .map(|(id, codes)| (id, codes.split_whitespace().map(str::to_owned).collect()))
        .collect())
}

/// Whether something of a mail is not in its message by a code.
pub(super) fn is_missed(code: &str) -> bool {
    MISSED.contains(&code)
}

/// What codes say, a sentence each.
pub(super) fn sentences<'c>(t: &Text, codes: impl IntoIterator<Item = &'c String>) -> Vec<String> {
    let said = codes.into_iter().map(|code| t.say(&format!("mails-odd-{code}")));
    said.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail::understand::{Limits, understand};

    #[test]
    fn what_is_cut_is_named() {
        let read = |raw: &str| understand(raw.as_bytes(), jiff::Timestamp::UNIX_EPOCH, &Limits::default());
        let plain = read(
            "From: a@b.example\nTo: c@d.example\nSubject: x\nDate: Mon, 2 Mar 1970 08:00:00 +0000\nMessage-ID: <1@x>\n\nHello",
        );
        let codes_of = |text: &str| {
            codes(&plain, text)
                .into_iter()
                .filter(|code| is_missed(code))
                .collect::<Vec<_>>()
        };
        assert!(codes_of(&"a".repeat(LONGEST)).is_empty());
        assert_eq!(codes_of(&"a".repeat(LONGEST + 1)), [TOO_LONG]);
        let part = "--b\nContent-Type: text/x\nContent-Disposition: attachment; filename=a.x\n\n1\n";
        let many = read(&format!(
            "Content-Type: multipart/mixed; boundary=b\n\n{}--b--\n",
            part.repeat(300)
        ));
        assert!(codes(&many, "").contains(&TOO_MANY_FILES));
        assert!(codes(&many, "").contains(&"no-from") && !is_missed("no-from"));
    }
}
