//! What a mail says: the words, the signature, the history, as text and as HTML. No database, no network.

use kit::clock::Timestamp;
use mail::compose::{Enclosure, Letter, Occasion, OutlookThread};
use mail::threading::Signer;
use mail::understand::Address;

use super::model::{Parcel, Recipient};
use super::{STAMP, budgets};
use crate::mailboxes::Mailbox;
use crate::tickets::formatted::Formatted;

/// The most lines of history that are quoted.
const QUOTED: usize = 200;

/// The words of an answer with what stands below them: signature after the customary two hyphens, then the quoted message
/// under a line that says whose it is.
pub(super) fn text(words: &str, signature: &str, history: Option<(&str, &str)>) -> String {
    text_within(words, signature, history, QUOTED)
}

/// The same with so many lines of the quoted text.
pub(super) fn text_within(
    words: &str,
    signature: &str,
    history: Option<(&str, &str)>,
    most: usize,
) -> String {
    let mut text = words.trim_end().to_owned();
    if !signature.trim().is_empty() {
        text.push_str("\n\n-- \n");
        text.push_str(signature.trim_end());
    }
    if let Some((whose, quoted)) = history {
        text.push_str("\n\n");
        text.push_str(whose);
        for line in quoted.trim_end().lines().take(most) {
            text.push('\n');
            text.push('>');
            if !line.starts_with('>') && !line.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
        }
    }
    text.push('\n');
    text
}

/// `Re: ` before a subject that has none.
pub(super) fn answered(subject: &str) -> String {
    let subject = subject.trim();
    let is_answer = subject
        .get(..3)
        .is_some_and(|head| head.eq_ignore_ascii_case("re:"));
    if is_answer {
        subject.to_owned()
    } else {
        format!("Re: {subject}").trim_end().to_owned()
    }
}

/// A subject with the signed tag of its conversation at its end, where its mailbox wants that. Tags that came back in it give way.
pub(super) fn tagged(
    subject: &str,
    (mailbox, signer): (&Mailbox, &Signer),
    conversation: [u8; 16],
    now: Timestamp,
) -> String {
    let now = now.calendar().unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let mut plain = String::new();
    let mut rest = subject;
    while let Some((before, from)) = rest.split_once("[#") {
        let tag = from.split_once(']');
        let is_ours = tag.is_some_and(|(tag, _)| signer.read_subject(&format!("[#{tag}]"), now).is_some());
        plain.push_str(if is_ours { before.trim_end() } else { before });
        rest = match tag {
            Some((_, after)) if is_ours => after,
            _ => {
                plain.push_str("[#");
                from
            }
        };
    }
    plain.push_str(rest);
    if mailbox.tags_subjects {
        format!("{} {}", plain.trim_end(), signer.tag(conversation, None))
    } else {
        plain
    }
}

/// The same text as HTML: paragraphs, quotes as quotes, addresses of the web as links. Nothing of the text is markup. Words with
/// formatting stand in the place of the plain ones with which the text begins.
pub(super) fn html(text: &str, formatted: Option<&Formatted>, domain: &str) -> String {
    let mut html = String::from("<!DOCTYPE html>\n<html><body>");
    let behind = formatted.and_then(|words| Some((words, text.strip_prefix(words.body.trim_end())?)));
    let rest = match behind {
        Some((words, rest)) => {
            html.push_str(
                &words
                    .written
                    .mail(|name| Some(format!("cid:{}", content_id(name, domain)))),
            );
            html.push('\n');
            rest
        }
        None => text,
    };
    blocks(&rest.lines().collect::<Vec<_>>(), &mut html);
    html.push_str("</body></html>\n");
    html
}

/// By what a mail's HTML names a file of it.
pub(super) fn content_id(file: &str, domain: &str) -> String {
    format!("{file}@{domain}")
}

/// The domain of the mailbox by which a mail leaves.
pub(super) fn domain(parcel: &Parcel) -> &str {
    let address = parcel.mail.from_address.rsplit_once('@');
    address.map_or("localhost", |(_, domain)| domain)
}

fn blocks(lines: &[&str], html: &mut String) {
    let mut rest = lines;
    let mut is_signed = false;
    while let Some((first, _)) = rest.split_first() {
        let is_quote = first.starts_with('>');
        let is_same = |line: &&&str| line.starts_with('>') == is_quote && (is_quote || !line.is_empty());
        if !is_quote && first.is_empty() {
            rest = &rest[1..];
            continue;
        }
        if !is_quote && *first == "-- " {
            html.push_str("<div style=\"color:#666\">");
            html.push_str("-- <br>");
            is_signed = true;
            rest = &rest[1..];
            continue;
        }
        let count = rest.iter().take_while(is_same).count().max(1);
        if is_quote {
            if std::mem::take(&mut is_signed) {
                html.push_str("</div>");
            }
            let inner: Vec<&str> = rest[..count]
                .iter()
                .map(|line| line[1..].strip_prefix(' ').unwrap_or(&line[1..]))
                .collect();
            html.push_str(
                "<blockquote style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex\">",
            );
            blocks(&inner, html);
            html.push_str("</blockquote>");
        } else {
            let paragraph: Vec<String> = rest[..count].iter().map(|line| linked(line)).collect();
            html.push_str("<p>");
            html.push_str(&paragraph.join("<br>\n"));
            html.push_str("</p>\n");
        }
        rest = &rest[count..];
    }
    if is_signed {
        html.push_str("</div>");
    }
}

/// A line with its addresses of the web as links.
fn linked(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    let begin = |text: &str| match (text.find("https://"), text.find("http://")) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    while let Some(at) = begin(rest) {
        let (before, from) = rest.split_at(at);
        let end = from
            .find(|letter: char| letter.is_whitespace() || "<>\"'".contains(letter))
            .unwrap_or(from.len());
        let link = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']']);
        out.push_str(&escaped(before));
        let shown = escaped(link);
        out.push_str(&format!("<a href=\"{shown}\">{shown}</a>"));
        rest = &from[link.len()..];
    }
    out.push_str(&escaped(rest));
    out
}

/// A text as HTML has it.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}

/// The mail as it is composed at `date`, with what its message says with formatting.
pub(super) fn letter(
    parcel: &Parcel,
    (formatted, enclosures): (Option<&Formatted>, Vec<Enclosure>),
    date: jiff::Timestamp,
) -> Letter {
    let mail = &parcel.mail;
    let address = |name: &str, address: &str| Address {
        name: name.to_owned(),
        address: address.to_owned(),
    };
    let those = |is_copy: bool| {
        // Who was forgotten has no address any more.
        let is_there = |one: &&Recipient| one.is_copy == is_copy && !one.address.is_empty();
        let all = parcel.recipients.iter().filter(is_there);
        all.map(|one| address(&one.name, &one.address)).collect()
    };
    Letter {
        message_id: mail.identifier.clone(),
        date,
        from: address(&mail.from_name, &mail.from_address),
        reply_to: mail.reply_to.as_ref().map(|to| address("", to)),
        to: those(false),
        cc: those(true),
        subject: mail.subject.clone(),
        in_reply_to: mail.in_reply_to.clone(),
        references: mail.references.clone(),
        text: mail.body.clone(),
        html: Some(html(&mail.body, formatted, domain(parcel))),
        enclosures,
        occasion: if budgets::is_automatic(&mail.written_by) {
            Occasion::AutoGenerated
        } else {
            Occasion::Written
        },
        outlook: mail
            .outlook
            .clone()
            .map(|(topic, index)| OutlookThread { topic, index }),
        stamp: Some((STAMP.to_owned(), mail.id.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail::written::Written;

    #[test]
    fn signature_and_history_stand_below_the_words() {
        let said = text(
            "Hello\n",
            "Ada\nNorthwind\n",
            Some(("Leyla wrote:", "Where?\n> there\n\nBye")),
        );
        assert_eq!(
            said,
            "Hello\n\n-- \nAda\nNorthwind\n\nLeyla wrote:\n> Where?\n>> there\n>\n> Bye\n"
        );
        assert_eq!(text("Hello", " ", None), "Hello\n");
    }

    #[test]
    fn nothing_of_a_text_is_markup_and_addresses_are_links() {
        let html = html(
            "See <b>\"this\"</b> (https://a.example/?x=1&y=2).\nBye\n\n-- \nAda\n\nLeyla:\n> one\n>> two\n",
            None,
            "desk.example",
        );
        assert!(
            html.contains("See &lt;b&gt;&quot;this&quot;&lt;/b&gt; ("),
            "{html}"
        );
        assert!(
            html.contains("<a href=\"https://a.example/?x=1&amp;y=2\">https://a.example/?x=1&amp;y=2</a>)."),
            "{html}"
        );
        assert!(
            html.contains("Bye</p>\n<div style=\"color:#666\">-- <br><p>Ada</p>"),
            "{html}"
        );
        assert_eq!(html.matches("<blockquote").count(), 2);
        assert_eq!(html.matches("<div").count(), html.matches("</div>").count());
    }

    #[test]
    fn formatted_words_stand_before_signature_and_history_in_html_alone() {
        let written = Written::read(
            "<p>Try <b>this</b>:</p><ul><li>one</li></ul><p><img src=\"cid:tfl_1\" alt=\"a\"></p>",
            |src| Some((src.strip_prefix("cid:")?.to_owned(), String::new())),
        )
        .unwrap();
        let formatted = Formatted {
            body: written.text(),
            written,
        };
        let said = text(&formatted.body, "Ada", Some(("Leyla wrote:", "Where?")));
        assert!(
            said.starts_with("Try this:\n\n- one\n\n[a]\n\n-- \nAda\n"),
            "{said}"
        );
        let shown = html(&said, Some(&formatted), "desk.example");
        assert!(
            shown.contains(
                "<p>Try <strong>this</strong>:</p><ul><li>one</li></ul><p><img src=\"cid:tfl_1@desk.example\""
            ),
            "{shown}"
        );
        assert!(
            shown.contains("<div style=\"color:#666\">-- <br><p>Ada</p>"),
            "{shown}"
        );
        assert!(shown.contains("<p>Where?</p>"), "{shown}");
        assert!(!shown.contains("- one"), "{shown}");
        // Other words than those of the message are what they are.
        let other = html("How did we do?\n", Some(&formatted), "desk.example");
        assert!(
            other.contains("<p>How did we do?</p>") && !other.contains("<ul>"),
            "{other}"
        );
    }

    #[test]
    fn a_subject_is_answered_once() {
        assert_eq!(answered("Lamp"), "Re: Lamp");
        assert_eq!(answered(" RE: Lamp"), "RE: Lamp");
        assert_eq!(answered(""), "Re:");
        assert_eq!(answered("Ré"), "Re: Ré");
    }
}
