//! HTML as a tree that can be read line by line, marked and written again.
//!
//! The parser is html5ever, the one of a browser; the tree is our own because lines must know their nodes. HTML that
//! would make a browser's algorithm slow is not parsed: [`is_tame`] decides by counting, in one pass.

mod lines;
mod sink;
mod write;

pub(crate) use lines::{Line, lines};
pub(crate) use write::escape;

use html5ever::tendril::TendrilSink;
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

/// Where a node stands in [`Dom::nodes`].
pub(crate) type Id = usize;

/// A parsed document.
#[derive(Debug)]
pub(crate) struct Dom {
    pub(crate) nodes: Vec<Node>,
}

/// One node and its neighbours.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) parent: Option<Id>,
    pub(crate) previous: Option<Id>,
    pub(crate) next: Option<Id>,
    pub(crate) first: Option<Id>,
    pub(crate) last: Option<Id>,
    pub(crate) data: Data,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Data {
    Document,
    Text(String),
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
        template: Option<Id>,
    },
    /// Comments, document types, instructions.
    Other,
}

/// Longest HTML that is parsed.
const MOST_BYTES: usize = 4 << 20;
const MOST_TAGS: usize = 60_000;
/// Deepest nesting that is parsed.
const DEEPEST: usize = 400;

/// Whether a parser gets through this in time: not too long, not too many tags, not too deep.
pub(crate) fn is_tame(html: &str) -> bool {
    if html.len() > MOST_BYTES {
        return false;
    }
    let bytes = html.as_bytes();
    let (mut tags, mut depth) = (0usize, 0usize);
    for at in memchr(bytes, b'<') {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(letter) if letter.is_ascii_alphabetic() => {
                tags += 1;
                if !closes_itself(&bytes[at + 1..]) {
                    depth += 1;
                }
            }
            _ => {}
        }
        if tags > MOST_TAGS || depth > DEEPEST {
            return false;
        }
    }
    true
}

fn memchr(bytes: &[u8], wanted: u8) -> impl Iterator<Item = usize> + '_ {
    bytes
        .iter()
        .enumerate()
        .filter(move |(_, byte)| **byte == wanted)
        .map(|(at, _)| at)
}

/// Elements without content, and those that the next of their kind closes.
fn closes_itself(tag: &[u8]) -> bool {
    let name: String = tag
        .iter()
        .take(12)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let known = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
        "p", "li", "td", "th", "tr", "tbody", "dd", "dt", "option", "html", "head", "body", "o",
    ];
    known.contains(&name.as_str())
}

impl Dom {
    /// Parses HTML that is tame.
    pub(crate) fn parse(html: &str) -> Option<Self> {
        if !is_tame(html) {
            return None;
        }
        let options = ParseOpts::default();
        let dom = parse_document(sink::Sink::default(), options).one(html);
        Some(dom)
    }

    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[id].first, |child| self.nodes[*child].next)
    }

    /// The name of an element in small letters; empty for everything else.
    pub(crate) fn name(&self, id: Id) -> &str {
        match &self.nodes[id].data {
            Data::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    pub(crate) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        let Data::Element { attributes, .. } = &self.nodes[id].data else {
            return None;
        };
        let found = attributes
            .iter()
            .find(|attribute| &*attribute.name.local == wanted)?;
        Some(&found.value)
    }

    /// Takes a node out of its place; its children stay with it.
    pub(crate) fn detach(&mut self, id: Id) {
        let (parent, previous, next) = {
            let node = &mut self.nodes[id];
            (node.parent.take(), node.previous.take(), node.next.take())
        };
        match (previous, parent) {
            (Some(previous), _) => self.nodes[previous].next = next,
            (None, Some(parent)) => self.nodes[parent].first = next,
            _ => {}
        }
        match (next, parent) {
            (Some(next), _) => self.nodes[next].previous = previous,
            (None, Some(parent)) => self.nodes[parent].last = previous,
            _ => {}
        }
    }

    pub(crate) fn append(&mut self, parent: Id, child: Id) {
        self.detach(child);
        let last = self.nodes[parent].last.replace(child);
        match last {
            Some(last) => self.nodes[last].next = Some(child),
            None => self.nodes[parent].first = Some(child),
        }
        self.nodes[child].parent = Some(parent);
        self.nodes[child].previous = last;
    }

    pub(crate) fn insert_before(&mut self, sibling: Id, child: Id) {
        self.detach(child);
        let (parent, previous) = (self.nodes[sibling].parent, self.nodes[sibling].previous);
        match (previous, parent) {
            (Some(previous), _) => self.nodes[previous].next = Some(child),
            (None, Some(parent)) => self.nodes[parent].first = Some(child),
            _ => {}
        }
        let node = &mut self.nodes[child];
        (node.parent, node.previous, node.next) = (parent, previous, Some(sibling));
        self.nodes[sibling].previous = Some(child);
    }

    pub(crate) fn add(&mut self, data: Data) -> Id {
        self.nodes.push(Node {
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
            data,
        });
        self.nodes.len() - 1
    }
}

/// HTML as plain text, and whether it was too odd to be parsed.
pub fn text(html: &str) -> (String, bool) {
    let Some(mut dom) = Dom::parse(html) else {
        return (loose_text(html), true);
    };
    let lines = lines(&mut dom);
    let text: Vec<String> = lines.iter().map(Line::with_prefix).collect();
    (text.join("\n").trim_matches('\n').to_owned(), false)
}

/// What is left of HTML when everything between `<` and `>` goes: for HTML that can't be parsed in time.
pub(crate) fn loose_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut is_inside = false;
    for character in html.chars() {
        match character {
            '<' => is_inside = true,
            '>' if is_inside => {
                is_inside = false;
                text.push(' ');
            }
            other if !is_inside => text.push(other),
            _ => {}
        }
    }
    let words = text
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let lines = words
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Plain text as HTML.
pub fn from_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    html.push_str("<div style=\"white-space: pre-wrap\">");
    escape(text, false, &mut html);
    html.push_str("</div>");
    html
}
