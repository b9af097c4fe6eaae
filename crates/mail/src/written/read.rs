//! From a tree of HTML to blocks and runs.

use std::sync::Arc;

use url::Url;

use super::{Block, Marks, Run, What, Written};
use crate::dom::{Data, Dom, Id};

/// How deep elements are followed one by one; below it, their words come as they stand.
const DEEPEST: usize = 80;
/// How deep lists and quotes lie in each other.
const LEVELS: usize = 6;
/// The longest address of a link, in bytes.
const LONGEST_LINK: usize = 2_000;
/// The longest name of a picture for whoever does not see it, in characters.
const LONGEST_ALT: usize = 200;

/// Elements whose content nobody reads.
const UNSEEN: &str = "applet audio canvas embed frame frameset head iframe math noembed noframes noscript object script select \
    style svg template textarea title video xmp";
/// Elements with space above and below them; lists and quotes too, where they lie too deep to be any.
const PARAGRAPHS: &str = "p h1 h2 h3 h4 h5 h6 table dl figure blockquote ul ol";
/// Elements that begin a line.
const LINES: &str = "address article aside caption center dd details div dt fieldset figcaption footer form header li main nav \
    section summary tr";

/// The space that does not break.
const FIRM: char = '\u{a0}';

/// Says of an image's address under which name the caller knows it, and what it is called.
type PictureOf<'a> = &'a dyn Fn(&str) -> Option<(String, String)>;

pub(super) fn read(html: &str, picture_of: PictureOf<'_>) -> Option<Written> {
    let dom = Dom::parse(html)?;
    let body = (0..dom.nodes.len()).find(|id| dom.name(*id) == "body");
    let reader = Reader {
        dom: &dom,
        picture_of,
    };
    let blocks = reader.flow(body.unwrap_or(0), &At::default());
    Some(Written { blocks })
}

struct Reader<'a> {
    dom: &'a Dom,
    picture_of: PictureOf<'a>,
}

/// Where in the tree the reader is.
#[derive(Clone, Default)]
struct At {
    marks: Marks,
    link: Option<Arc<str>>,
    /// Elements above it.
    depth: usize,
    /// Lists and quotes above it.
    level: usize,
}

impl At {
    fn inside(&self, element: &str) -> Self {
        Self {
            marks: self.marks.with(element),
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    fn next_level(&self) -> Self {
        Self {
            level: self.level + 1,
            ..self.inside("")
        }
    }

    fn run(&self, what: What) -> Run {
        Run {
            what,
            marks: self.marks,
            link: self.link.clone(),
        }
    }
}

impl Reader<'_> {
    /// What stands inside an element, as blocks of its own.
    fn flow(&self, id: Id, at: &At) -> Vec<Block> {
        let mut flow = Flow::default();
        self.inside(id, &mut flow, at);
        flow.end_paragraph();
        flow.blocks
    }

    fn inside(&self, id: Id, flow: &mut Flow, at: &At) {
        if at.depth > DEEPEST {
            flow.text(&self.words(id, ' '), at);
            return;
        }
        for child in self.dom.children(id) {
            match &self.dom.nodes[child].data {
                Data::Text(text) => flow.text(text, at),
                Data::Element { .. } => self.element(child, flow, at),
                Data::Document | Data::Other => {}
            }
        }
    }

    fn element(&self, id: Id, flow: &mut Flow, at: &At) {
        let name = self.dom.name(id);
        let below = at.inside(name);
        let may_nest = at.level < LEVELS;
        match name {
            "br" => flow.push(Run::plain(What::Break)),
            "hr" => flow.end_paragraph(),
            "img" => self.picture(id, flow, at),
            "a" => {
                let link = self.dom.attribute(id, "href").and_then(link);
                let link = link.or_else(|| at.link.clone());
                self.inside(id, flow, &At { link, ..below });
            }
            "pre" => flow.block(Block::Code(self.words(id, '\n'))),
            "blockquote" if may_nest => flow.block(Block::Quote(self.flow(id, &at.next_level()))),
            "ul" | "ol" if may_nest => {
                let items = self.items(id, &at.next_level());
                let is_ordered = name == "ol";
                flow.block(Block::List { is_ordered, items });
            }
            "td" | "th" => {
                flow.text(" ", at);
                self.inside(id, flow, &below);
            }
            _ if is_one_of(UNSEEN, name) => {}
            _ if is_one_of(PARAGRAPHS, name) => {
                flow.end_paragraph();
                self.inside(id, flow, &below);
                flow.end_paragraph();
            }
            _ if is_one_of(LINES, name) => {
                flow.end_line();
                self.inside(id, flow, &below);
                flow.end_line();
            }
            _ => self.inside(id, flow, &below),
        }
    }

    /// The points of a list; a list that stands between two belongs to the one before it, as browsers show it.
    fn items(&self, id: Id, at: &At) -> Vec<Vec<Block>> {
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in self.dom.children(id) {
            let name = self.dom.name(child);
            let mut flow = Flow::default();
            match &self.dom.nodes[child].data {
                Data::Element { .. } if name == "li" => self.inside(child, &mut flow, at),
                Data::Element { .. } => self.element(child, &mut flow, at),
                Data::Text(text) => flow.text(text, at),
                Data::Document | Data::Other => {}
            }
            flow.end_paragraph();
            if flow.blocks.is_empty() {
                continue;
            }
            let is_within = matches!(name, "ul" | "ol");
            if let Some(last) = items.last_mut().filter(|_| is_within) {
                last.append(&mut flow.blocks);
            } else {
                items.push(flow.blocks);
            }
        }
        items
    }

    fn picture(&self, id: Id, flow: &mut Flow, at: &At) {
        let src = self.dom.attribute(id, "src").unwrap_or_default();
        let Some((name, called)) = (self.picture_of)(src.trim()) else {
            return;
        };
        let alt = one_line(self.dom.attribute(id, "alt").unwrap_or_default());
        let alt = if alt.is_empty() { one_line(&called) } else { alt };
        flow.push(at.run(What::Picture { name, alt }));
    }

    /// All words below an element, however deep; `line` stands where one begins.
    fn words(&self, id: Id, line: char) -> String {
        let mut words = String::new();
        let mut stack: Vec<Id> = self.dom.children(id).collect();
        stack.reverse();
        while let Some(id) = stack.pop() {
            match &self.dom.nodes[id].data {
                Data::Text(text) => words.extend(text.chars().filter(|c| is_kept(*c))),
                Data::Element { .. } if is_one_of(UNSEEN, self.dom.name(id)) => {}
                Data::Element { .. } => {
                    let is_line = matches!(self.dom.name(id), "br" | "div" | "p" | "li");
                    if is_line && !words.is_empty() {
                        words.push(line);
                    }
                    let children: Vec<Id> = self.dom.children(id).collect();
                    stack.extend(children.into_iter().rev());
                }
                Data::Document | Data::Other => {}
            }
        }
        words
    }
}

/// Blocks in the making.
#[derive(Default)]
struct Flow {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    /// Whether what comes next begins a line.
    wants_break: bool,
}

impl Flow {
    fn push(&mut self, run: Run) {
        if std::mem::take(&mut self.wants_break) {
            self.runs.push(Run::plain(What::Break));
        }
        self.runs.push(run);
    }

    /// Words with their white space as browsers show it.
    fn text(&mut self, text: &str, at: &At) {
        let mut words = String::with_capacity(text.len());
        let mut is_spaced = self.wants_break || self.runs.last().is_none_or(Run::ends_spaced);
        for letter in text.chars() {
            if letter.is_ascii_whitespace() {
                if !is_spaced {
                    words.push(' ');
                }
                is_spaced = true;
            } else if is_kept(letter) {
                words.push(letter);
                is_spaced = false;
            }
        }
        if words.is_empty() {
            return;
        }
        let run = at.run(What::Text(words));
        if !self.wants_break
            && let (What::Text(words), Some(last)) = (&run.what, self.runs.last_mut())
            && last.marks == run.marks
            && last.link == run.link
            && let What::Text(before) = &mut last.what
        {
            before.push_str(words);
            return;
        }
        self.push(run);
    }

    fn end_line(&mut self) {
        self.wants_break = self.runs.last().is_some_and(|run| run.what != What::Break);
    }

    fn end_paragraph(&mut self) {
        self.wants_break = false;
        let mut runs = trimmed(std::mem::take(&mut self.runs));
        ease(&mut runs);
        if !runs.is_empty() {
            self.blocks.push(Block::Paragraph(runs));
        }
    }

    /// A block with something in it.
    fn block(&mut self, block: Block) {
        self.end_paragraph();
        let block = match block {
            Block::Code(text) => Block::Code(text.trim_matches('\n').trim_end().to_owned()),
            other => other,
        };
        let is_empty = match &block {
            Block::Paragraph(runs) => runs.is_empty(),
            Block::List { items, .. } => items.is_empty(),
            Block::Quote(inner) => inner.is_empty(),
            Block::Code(text) => text.is_empty(),
        };
        if !is_empty {
            self.blocks.push(block);
        }
    }
}

/// A paragraph without what nobody sees at its beginning and its end.
fn trimmed(mut runs: Vec<Run>) -> Vec<Run> {
    while let Some(last) = runs.last_mut() {
        match &mut last.what {
            What::Picture { .. } => break,
            What::Break => {}
            What::Text(text) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    break;
                }
            }
        }
        runs.pop();
    }
    let is_seen = |run: &Run| match &run.what {
        What::Text(text) => !text.trim().is_empty(),
        What::Break => false,
        What::Picture { .. } => true,
    };
    let first = runs.iter().position(is_seen).unwrap_or(runs.len());
    runs.drain(..first);
    runs
}

/// Editors write a space at the end or the beginning of a run as one that does not break, so that it is seen while it is the last
/// letter: beside words it is a space like any other.
fn ease(runs: &mut [Run]) {
    for at in 0..runs.len() {
        let is_spaced_before = at == 0 || runs[at - 1].ends_spaced();
        let is_spaced_behind = runs.get(at + 1).is_none_or(Run::begins_spaced);
        let What::Text(text) = &mut runs[at].what else {
            continue;
        };
        let rest = text.strip_suffix(FIRM);
        if !is_spaced_behind && rest.is_some_and(|rest| !rest.ends_with(char::is_whitespace)) {
            text.pop();
            text.push(' ');
        }
        let rest = text.strip_prefix(FIRM);
        if !is_spaced_before && rest.is_some_and(|rest| !rest.starts_with(char::is_whitespace)) {
            text.replace_range(..FIRM.len_utf8(), " ");
        }
    }
}

impl Run {
    /// Whether a space before it would not be seen.
    fn begins_spaced(&self) -> bool {
        match &self.what {
            What::Text(text) => text.starts_with(char::is_whitespace),
            What::Break => true,
            What::Picture { .. } => false,
        }
    }

    /// Whether a space behind it would not be seen.
    fn ends_spaced(&self) -> bool {
        match &self.what {
            What::Text(text) => text.ends_with(char::is_whitespace),
            What::Break => true,
            What::Picture { .. } => false,
        }
    }
}

/// Where a link may lead.
fn link(href: &str) -> Option<Arc<str>> {
    let url = Url::parse(href.trim()).ok()?;
    let may_lead = match url.scheme() {
        "http" | "https" => url.host_str().is_some_and(|host| !host.is_empty()),
        "mailto" => !url.path().is_empty(),
        _ => false,
    };
    let url = String::from(url);
    (may_lead && url.len() <= LONGEST_LINK).then(|| url.into())
}

fn one_line(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST_ALT)
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters that words have: no control characters, and not the space without width that editors put where a caret stands.
fn is_kept(letter: char) -> bool {
    matches!(letter, '\n' | '\t') || (!letter.is_control() && letter != '\u{200b}')
}

fn is_one_of(names: &str, name: &str) -> bool {
    names.split(' ').any(|one| one == name)
}
