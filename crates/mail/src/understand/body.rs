//! What there is to read, and what lies beside it.

use super::attachment::{self, Attachment, Kind};
use super::limits::{Limits, Work};
use super::structure::Part;
use super::trouble::{Trouble, Troubles};
use super::{charset, is_readable, safe_file_name, tnef, transfer};
use crate::dom;

/// The body and the attachments of a mail.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) text: String,
    pub(crate) is_text_from_html: bool,
    pub(crate) html: Option<String>,
    pub(crate) attachments: Vec<Attachment>,
}

/// One stretch of the body: the same thing as text, as HTML, or both.
#[derive(Debug, Default)]
struct Stretch {
    text: Option<String>,
    html: Option<String>,
}

/// What a collection carries along.
struct Collection<'c> {
    limits: &'c Limits,
    work: &'c mut Work,
    troubles: &'c mut Troubles,
    stretches: Vec<Stretch>,
    attachments: Vec<Attachment>,
}

pub(crate) fn content(root: &Part<'_>, limits: &Limits, work: &mut Work, troubles: &mut Troubles) -> Content {
    let mut collection = Collection {
        limits,
        work,
        troubles,
        stretches: Vec::new(),
        attachments: Vec::new(),
    };
    collection.collect(root, true);
    let (stretches, attachments) = (collection.stretches, collection.attachments);
    joined(stretches, attachments, limits, troubles)
}

impl Collection<'_> {
    /// `is_alone`: nothing else in the mail could be its text.
    fn collect(&mut self, part: &Part<'_>, is_alone: bool) {
        match (&part.children, part.essence()) {
            (Some(children), "multipart/alternative") => self.alternative(children),
            (Some(children), "multipart/related") => self.related(part, children),
            (Some(children), "multipart/encrypted") => {
                for child in children {
                    let mut attachment = Attachment::of(child, self.limits, self.troubles);
                    attachment.kind = Kind::Encrypted;
                    self.attachments.push(attachment);
                }
            }
            (Some(children), _) => {
                for child in children {
                    self.collect(child, children.len() == 1 && is_alone);
                }
            }
            (None, _) => self.leaf(part, is_alone),
        }
    }

    fn leaf(&mut self, part: &Part<'_>, is_alone: bool) {
        if is_read(part, is_alone) {
            let stretch = self.read(part);
            self.stretches.push(stretch);
            return;
        }
        if part.essence().starts_with("multipart/") && part.body.trim_ascii().is_empty() {
            return;
        }
        if !self.work.spend(part.body.len()) {
            self.troubles.add(Trouble::TooMuchWork);
            let undivided = Attachment {
                kind: Kind::Undivided,
                name: attachment::raw_name(part).and_then(safe_file_name),
                media_type: part.essence().to_owned(),
                content_id: None,
                content: part.body.to_vec(),
            };
            self.attachments.push(undivided);
            return;
        }
        let attachment = Attachment::of(part, self.limits, self.troubles);
        if attachment.kind == Kind::Undivided {
            self.undivided(part);
        }
        if is_tnef(&attachment) {
            self.opened(attachment);
        } else {
            self.attachments.push(attachment);
        }
    }

    /// A multipart that could not be divided is still shown: its beginning may be all that its writer said.
    fn undivided(&mut self, part: &Part<'_>) {
        let shown = &part.body[..part.body.len().min(64 << 10)];
        let text = charset::decode(shown, None, self.troubles);
        self.stretches.push(Stretch {
            text: Some(text),
            html: None,
        });
    }

    /// Of several forms of the same thing, the last readable of each kind counts (RFC 2046 5.1.4).
    fn alternative(&mut self, children: &[Part<'_>]) {
        let mut stretch = Stretch::default();
        for child in children {
            let before = self.stretches.len();
            self.collect(child, children.len() == 1);
            let found = self.stretches.split_off(before);
            let texts: Vec<String> = found.iter().filter_map(|one| one.text.clone()).collect();
            let htmls: Vec<String> = found.into_iter().filter_map(|one| one.html).collect();
            if !texts.is_empty() && stretch.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
                stretch.text = Some(texts.join("\n"));
            }
            if !htmls.is_empty() {
                stretch.html = Some(htmls.join("\n"));
            }
        }
        if stretch.text.is_some() || stretch.html.is_some() {
            self.stretches.push(stretch);
        }
    }

    /// One part to read, the others belong to it.
    fn related(&mut self, part: &Part<'_>, children: &[Part<'_>]) {
        let start = part.media.get("start").map(|id| id.trim_matches(['<', '>']));
        let by_start =
            |child: &Part<'_>| start.is_some() && attachment::content_id(&child.fields).as_deref() == start;
        let root = children
            .iter()
            .position(by_start)
            .or_else(|| {
                children
                    .iter()
                    .position(|child| child.children.is_some() || is_readable(child))
            })
            .unwrap_or(0);
        for (at, child) in children.iter().enumerate() {
            if at == root {
                self.collect(child, true);
                continue;
            }
            let before = self.attachments.len();
            self.collect(child, false);
            for attachment in &mut self.attachments[before..] {
                if attachment.kind == Kind::File && attachment.media_type.starts_with("image/") {
                    attachment.kind = Kind::Inline;
                }
            }
        }
    }

    fn read(&mut self, part: &Part<'_>) -> Stretch {
        if !self.work.spend(part.body.len().saturating_mul(2)) {
            self.troubles.add(Trouble::TooMuchWork);
        }
        // Encoded text is up to four times as long as what it says.
        let most = self.limits.body_bytes.saturating_mul(4);
        if part.body.len() > most {
            self.troubles.add(Trouble::BodyTooLong);
        }
        let body = &part.body[..part.body.len().min(most)];
        let decoded = transfer::decode(body, part.fields.get("content-transfer-encoding"), self.troubles);
        let text = charset::decode(&decoded, part.media.get("charset"), self.troubles);
        let text = cut(
            text.replace("\r\n", "\n").replace('\r', "\n"),
            self.limits,
            self.troubles,
        );
        if part.essence() == "text/html" || (part.essence() == "text/plain" && looks_like_html(&text)) {
            return Stretch {
                text: None,
                html: Some(text),
            };
        }
        if matches!(part.essence(), "text/enriched" | "text/richtext") {
            let plain = dom::loose_text(&text);
            return Stretch {
                text: Some(plain),
                html: None,
            };
        }
        let is_flowed = part
            .media
            .get("format")
            .is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        let deletes = part
            .media
            .get("delsp")
            .is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes"));
        let text = if is_flowed { unflowed(&text, deletes) } else { text };
        Stretch {
            text: Some(text),
            html: None,
        }
    }

    /// A winmail.dat gives way to what it holds.
    fn opened(&mut self, tnef: Attachment) {
        let Some(opened) = tnef::open(&tnef.content) else {
            self.troubles.add(Trouble::UnreadableTnef);
            self.attachments.push(tnef);
            return;
        };
        let has_text = self.stretches.iter().any(|stretch| {
            let text = stretch.text.as_deref().or(stretch.html.as_deref());
            text.is_some_and(|text| !text.trim().is_empty())
        });
        if !has_text {
            self.stretches.push(Stretch {
                text: opened.text,
                html: opened.html,
            });
        }
        for file in opened.files {
            let media_type = file
                .media_type
                .unwrap_or_else(|| "application/octet-stream".into());
            let is_inline = file.content_id.is_some() && media_type.starts_with("image/");
            self.attachments.push(Attachment {
                kind: if is_inline { Kind::Inline } else { Kind::File },
                name: safe_file_name(&file.name),
                media_type: media_type.to_ascii_lowercase(),
                content_id: file.content_id,
                content: file.content,
            });
        }
    }
}

/// Text with a name, or marked to be saved, is a file, unless the mail has nothing else to read.
fn is_read(part: &Part<'_>, is_alone: bool) -> bool {
    let is_saved = part.disposition.essence == "attachment" || attachment::raw_name(part).is_some();
    is_readable(part) && (!is_saved || (is_alone && part.disposition.essence != "attachment"))
}

fn is_tnef(attachment: &Attachment) -> bool {
    matches!(
        attachment.media_type.as_str(),
        "application/ms-tnef" | "application/vnd.ms-tnef"
    ) || attachment
        .name
        .as_deref()
        .is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat"))
}

fn looks_like_html(text: &str) -> bool {
    let start: String = text
        .trim_start()
        .chars()
        .take(20)
        .collect::<String>()
        .to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

fn cut(mut text: String, limits: &Limits, troubles: &mut Troubles) -> String {
    if text.len() > limits.body_bytes {
        troubles.add(Trouble::BodyTooLong);
        let mut end = limits.body_bytes;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}

/// Lines that end in a space go on in the next one (RFC 3676 4).
fn unflowed(text: &str, deletes_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let depth = line.chars().take_while(|character| *character == '>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_flowing = content.ends_with(' ') && content != "-- ";
        if open == Some(depth) && content != "-- " {
            out.push_str(content);
        } else {
            if !out.is_empty() || open.is_some() {
                out.push('\n');
            }
            out.push_str(&">".repeat(depth));
            if depth > 0 && !content.is_empty() {
                out.push(' ');
            }
            out.push_str(content);
        }
        if is_flowing && deletes_space {
            out.pop();
        }
        open = is_flowing.then_some(depth);
        if !is_flowing && out.is_empty() {
            out.push('\n');
        }
    }
    out
}

fn joined(
    stretches: Vec<Stretch>,
    attachments: Vec<Attachment>,
    limits: &Limits,
    troubles: &mut Troubles,
) -> Content {
    let has_html = stretches.iter().any(|stretch| stretch.html.is_some());
    let has_text = stretches.iter().any(|stretch| {
        stretch
            .text
            .as_deref()
            .is_some_and(|text| !text.trim().is_empty())
    });
    let mut texts = Vec::new();
    let mut htmls = Vec::new();
    for stretch in stretches {
        let from_html = |troubles: &mut Troubles| {
            let html = stretch.html.as_deref()?;
            let (text, is_odd) = dom::text(html);
            if is_odd {
                troubles.add(Trouble::OddHtml);
            }
            Some(text)
        };
        let text = match stretch.text.as_deref().filter(|text| !text.trim().is_empty()) {
            Some(text) => Some(text.to_owned()),
            None => from_html(troubles),
        };
        if has_html {
            htmls.push(match (&stretch.html, &stretch.text) {
                (Some(html), _) => html.clone(),
                (None, text) => dom::from_text(text.as_deref().unwrap_or_default()),
            });
        }
        texts.extend(text);
    }
    let text = cut(texts.join("\n"), limits, troubles);
    Content {
        text,
        is_text_from_html: has_html && !has_text,
        html: has_html.then(|| cut(htmls.join("\n"), limits, troubles)),
        attachments,
    }
}
