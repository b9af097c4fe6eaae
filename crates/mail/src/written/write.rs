//! From blocks and runs to HTML and to text. Every element, attribute and address is written here; only words come from outside,
//! and they are escaped.

use std::sync::Arc;

use super::{Block, Run, What, Written};
use crate::dom::escape;

/// What elements say beside what they are: attributes, with a space before them.
pub(super) struct Dress {
    link: &'static str,
    quote: &'static str,
    code: &'static str,
    picture: &'static str,
}

pub(super) const KEPT: Dress = Dress {
    link: "",
    quote: "",
    code: "",
    picture: "",
};

pub(super) const PAGE: Dress = Dress {
    link: " target=\"_blank\" rel=\"noopener noreferrer\"",
    quote: "",
    code: "",
    picture: " loading=\"lazy\"",
};

pub(super) const MAIL: Dress = Dress {
    link: "",
    quote: " style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex\"",
    code: " style=\"font-family:monospace;white-space:pre-wrap\"",
    picture: " style=\"max-width:100%\"",
};

struct Writer<'a> {
    address_of: &'a dyn Fn(&str) -> Option<String>,
    dress: &'a Dress,
    html: String,
}

pub(super) fn html(written: &Written, address_of: &dyn Fn(&str) -> Option<String>, dress: &Dress) -> String {
    let mut writer = Writer {
        address_of,
        dress,
        html: String::new(),
    };
    writer.blocks(&written.blocks);
    writer.html
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(runs) => {
                self.html.push_str("<p>");
                self.runs(runs);
                self.html.push_str("</p>");
            }
            Block::List { is_ordered, items } => {
                let name = if *is_ordered { "ol" } else { "ul" };
                self.open(name, "");
                for item in items {
                    self.item(item);
                }
                self.close(name);
            }
            Block::Quote(inner) => {
                self.open("blockquote", self.dress.quote);
                self.blocks(inner);
                self.close("blockquote");
            }
            Block::Code(text) => {
                self.open("pre", self.dress.code);
                // A browser takes the first line's end away.
                if text.starts_with('\n') {
                    self.html.push('\n');
                }
                escape(text, false, &mut self.html);
                self.close("pre");
            }
        }
    }

    /// A point begins with its words, not with a paragraph.
    fn item(&mut self, blocks: &[Block]) {
        self.open("li", "");
        match blocks {
            [Block::Paragraph(runs), rest @ ..] => {
                self.runs(runs);
                self.blocks(rest);
            }
            all => self.blocks(all),
        }
        self.close("li");
    }

    fn runs(&mut self, runs: &[Run]) {
        for part in runs.chunk_by(|one, next| one.link == next.link) {
            let Some(link) = part.first().and_then(|run| run.link.as_ref()) else {
                part.iter().for_each(|run| self.run(run));
                continue;
            };
            self.html.push_str("<a href=\"");
            escape(link, true, &mut self.html);
            self.html.push('"');
            self.html.push_str(self.dress.link);
            self.html.push('>');
            part.iter().for_each(|run| self.run(run));
            self.close("a");
        }
    }

    fn run(&mut self, run: &Run) {
        for name in run.marks.elements() {
            self.open(name, "");
        }
        match &run.what {
            What::Text(text) => escape(text, false, &mut self.html),
            What::Break => self.html.push_str("<br>"),
            What::Picture { name, alt } => match (self.address_of)(name) {
                Some(address) => {
                    self.html.push_str("<img src=\"");
                    escape(&address, true, &mut self.html);
                    self.html.push_str("\" alt=\"");
                    escape(alt, true, &mut self.html);
                    self.html.push('"');
                    self.html.push_str(self.dress.picture);
                    self.html.push('>');
                }
                None => escape(&called(alt), false, &mut self.html),
            },
        }
        for name in run.marks.elements().rev() {
            self.close(name);
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        self.html.push('<');
        self.html.push_str(name);
        self.html.push_str(attributes);
        self.html.push('>');
    }

    fn close(&mut self, name: &str) {
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
    }
}

/// What stands for a picture that is not shown.
fn called(alt: &str) -> String {
    if alt.is_empty() {
        String::new()
    } else {
        format!("[{alt}]")
    }
}

pub(super) fn text(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks.iter().map(block).collect();
    texts.join("\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(runs) => paragraph(runs),
        Block::List { is_ordered, items } => {
            let points = items.iter().enumerate().map(|(place, item)| {
                let mark = if *is_ordered {
                    format!("{}. ", place + 1)
                } else {
                    "- ".to_owned()
                };
                let texts: Vec<String> = item.iter().map(self::block).collect();
                let rest = " ".repeat(mark.len());
                prefixed(&texts.join("\n"), &mark, &rest)
            });
            points.collect::<Vec<_>>().join("\n")
        }
        Block::Quote(inner) => prefixed(&text(inner), "> ", "> "),
        Block::Code(text) => text.clone(),
    }
}

/// Lines with something before them: before the first, and before all others. Nothing stands at the end of an empty one.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let lines = text.split('\n').enumerate().map(|(place, line)| {
        let mark = if place == 0 { first } else { rest };
        format!("{mark}{line}").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn paragraph(runs: &[Run]) -> String {
    let mut text = String::new();
    for part in runs.chunk_by(|one, next| one.link == next.link) {
        let begin = text.len();
        for run in part {
            match &run.what {
                What::Text(words) => text.push_str(&words.replace('\u{a0}', " ")),
                What::Break => text.push('\n'),
                What::Picture { alt, .. } => text.push_str(&called(alt)),
            }
        }
        if let Some(link) = part.first().and_then(|run| run.link.as_ref())
            && !says(&text[begin..], link)
        {
            text.push_str(&format!(" ({})", link.strip_prefix("mailto:").unwrap_or(link)));
        }
    }
    text
}

/// Whether the words of a link are its address.
fn says(words: &str, link: &Arc<str>) -> bool {
    let bare = |text: &str| {
        let text = text.trim().trim_end_matches('/').to_lowercase();
        let parts = ["https://", "http://", "mailto:"];
        let cut = parts.iter().find_map(|part| text.strip_prefix(*part));
        cut.unwrap_or(&text).to_owned()
    };
    bare(words) == bare(link)
}
