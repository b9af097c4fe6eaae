//! Reading what the form of a new ticket sends: its fields, and files as they come.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{FromRequest, Request};
use futures::StreamExt;
use http::header::CONTENT_TYPE;
use kit::blob::Stored;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Sent, UploadPart, Uploads};
use tandem_core::contacts::identities::NewIdentity;
use tandem_core::fields::{self, Field, FieldId, FieldValue};

use super::super::files::{self, LARGEST, MOST};
use super::super::{Kind, TicketError};
use crate::forms::{self, Asked};

/// How many bytes a form has beside its files.
const WORDS: u64 = 2 << 20;
/// How many further addresses are read.
const ADDRESSES: usize = 40;

/// What a form sent.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its fields, in their order.
    pub(super) pairs: Vec<(String, String)>,
    /// What goes with its message.
    pub(super) files: Vec<(String, Stored)>,
    /// What is wrong with its files.
    pub(super) trouble: Option<TicketError>,
}

impl Body {
    /// The form as people see it again.
    pub(super) fn filled(&self) -> Filled {
        self.pairs.iter().cloned().collect()
    }

    /// Its fields, with those that come more than once.
    pub(super) fn sent(&self) -> Sent {
        self.pairs.iter().cloned().collect()
    }
}

/// Reads a form, with files or without. They are taken into the store; those of a form that is refused are swept later.
///
/// # Errors
/// A body that is no form, or trouble of the store.
pub(super) async fn body(db: &Db, request: Request) -> Result<Body, Failure> {
    let kind = request.headers().get(CONTENT_TYPE);
    let has_files = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    if !has_files {
        let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
        let Form(pairs) = form.map_err(|bad| Failure::of(bad.status()).detail(bad.body_text()))?;
        return Ok(Body {
            pairs,
            ..Body::default()
        });
    }
    let mut uploads = Uploads::within(request, LARGEST + WORDS)?;
    let mut body = Body::default();
    while let Some(part) = uploads.next_part().await? {
        match part {
            UploadPart::Field(name, value) => body.pairs.push((name, value)),
            UploadPart::File(name, mut content) => {
                if name.is_empty() || body.trouble.is_some() || body.files.len() >= MOST {
                    if !name.is_empty() {
                        body.trouble = body.trouble.or(Some(TicketError::BadFile));
                    }
                    // A content that is broken says so whenever it is asked.
                    while let Some(Ok(_)) = content.next().await {}
                    continue;
                }
                match files::take(db, content).await {
                    Ok(stored) => body.files.push((name, stored)),
                    Err(TicketError::LargeFile) => {
                        body.trouble = Some(TicketError::LargeFile);
                        return Ok(body);
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
    Ok(body)
}

/// What stands in the workspace's own fields, those that were sent; and what can't be read, in `filled`.
pub(super) fn values(
    t: &Text,
    asked: &[Asked],
    sent: &Sent,
    filled: &mut Filled,
) -> BTreeMap<FieldId, Option<FieldValue>> {
    let is_sent = |one: &&Asked| sent.all(&fields::form::input(&one.field)).next().is_some();
    let kind = sent.one("kind").parse::<Kind>().ok();
    let fits = |one: &&Asked| one.kinds.is_empty() || kind.is_some_and(|kind| one.kinds.contains(&kind));
    let there: Vec<&Asked> = asked.iter().filter(is_sent).filter(fits).collect();
    let known: Vec<Field> = there.iter().map(|one| one.field.clone()).collect();
    let (mut values, read) = fields::form::read(t, &known, sent);
    let bare: Vec<Asked> = there.iter().map(|one| (*one).clone()).collect();
    let is_shown = forms::shown(&bare, &values);
    for (one, _) in there.iter().zip(&is_shown).filter(|(_, is_shown)| !**is_shown) {
        values.remove(&one.field.id);
    }
    let both = there.into_iter().zip(is_shown);
    let there = both.filter(|(_, is_shown)| *is_shown).map(|(one, _)| one);
    for one in there {
        let name = fields::form::input(&one.field);
        filled.set(&name, read.value(&name));
        let wrong = read.error(&name);
        let is_empty = values.get(&one.field.id).is_none_or(Option::is_none);
        if !wrong.is_empty() {
            filled.refuse(name, wrong.to_owned());
        } else if one.is_required && is_empty {
            filled.refuse(name, t.say("fields-trouble-missing"));
        }
    }
    values
}

/// The addresses of a line: with commas, semicolons or blanks between them, each once.
pub(super) fn addresses(line: &str) -> Vec<String> {
    let parts = line.split([',', ';']).flat_map(|part| {
        // "Tom <tom@example.com>" is the address in it; without brackets, blanks are between addresses.
        match part.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
            Some((address, _)) => vec![address],
            None => part.split_whitespace().collect(),
        }
    });
    let mut once: Vec<String> = Vec::new();
    for address in parts.map(str::trim).filter(|address| !address.is_empty()) {
        if !once.iter().any(|known| known.eq_ignore_ascii_case(address)) && once.len() < ADDRESSES {
            once.push(address.to_owned());
        }
    }
    once
}

/// Words with commas between them, each once.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for word in line
        .split([',', ';'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        if !once.iter().any(|known| known == word) {
            once.push(word.to_owned());
        }
    }
    once
}

/// An address and the name before it, of what somebody typed; none where no address is in it.
pub(super) fn named(typed: &str) -> Option<(String, String)> {
    let typed = typed.trim();
    let (name, address) = match typed
        .split_once('<')
        .and_then(|(name, rest)| Some((name, rest.split_once('>')?.0)))
    {
        Some((name, address)) => (name.trim().trim_matches('"').trim(), address.trim()),
        None => ("", typed),
    };
    let is_address = address.contains('@') && NewIdentity::email(address).checked().is_ok();
    is_address.then(|| (address.to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_typed_is_an_address_with_or_without_a_name() {
        let pair = |address: &str, name: &str| Some((address.to_owned(), name.to_owned()));
        assert_eq!(named(" tom@example.com "), pair("tom@example.com", ""));
        assert_eq!(
            named("Tom Ro <tom@example.com>"),
            pair("tom@example.com", "Tom Ro")
        );
        assert_eq!(
            named("\"Ro, Tom\" <tom@example.com>"),
            pair("tom@example.com", "Ro, Tom")
        );
        for none in ["", "Tom", "Tom <>", "Tom <tom>", "@"] {
            assert_eq!(named(none), None, "{none}");
        }
    }

    #[test]
    fn addresses_and_words_of_a_line_are_each_there_once() {
        assert_eq!(
            addresses("a@x.example, B@x.example; Tom <c@x.example>, A@X.example"),
            ["a@x.example", "B@x.example", "c@x.example"]
        );
        assert_eq!(
            addresses("a@x.example b@x.example"),
            ["a@x.example", "b@x.example"]
        );
        assert_eq!(words("exports, month end ,, exports"), ["exports", "month end"]);
    }
}
