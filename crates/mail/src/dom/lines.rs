//! What a reader sees of a tree, line by line.

use super::{Data, Dom, Id};
use crate::quotes::begins_old;

/// One line, and the nodes that make it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Line {
    /// Spaces collapsed, except in preformatted text.
    pub(crate) text: String,
    /// How many quotations it stands in: `blockquote` that a mail program made.
    pub(crate) depth: usize,
    /// Texts and images of the line.
    pub(crate) nodes: Vec<Id>,
    /// The innermost element with a meaning to us that it stands in.
    pub(crate) block: Option<Id>,
    /// Whether a rule or such a border stands right before it.
    pub(crate) is_after_rule: bool,
    /// Whether an element that mail programs put around old mail begins right before it.
    pub(crate) begins_old: bool,
}

/// Decides about elements on the way down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    /// A quotation made by a mail program.
    Quotation,
    /// Something that [`Line::block`] should name.
    Meaning,
}

impl Line {
    /// With a `>` for each quotation.
    pub(crate) fn with_prefix(&self) -> String {
        match self.depth {
            0 => self.text.clone(),
            depth => format!("{} {}", ">".repeat(depth), self.text)
                .trim_end()
                .to_owned(),
        }
    }
}

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "ul",
    "title",
];

/// Elements with an empty line around them.
const SPACED: &[&str] = &[
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ol",
    "p",
    "pre",
    "ul",
];

const UNSEEN: &[&str] = &[
    "head", "script", "style", "template", "title", "noscript", "object", "select", "textarea",
];

/// The lines of a whole tree. Preformatted texts of several lines are cut into a node for each.
pub(crate) fn lines(dom: &mut Dom) -> Vec<Line> {
    let mut flow = Flow {
        preformatted: cut_preformatted(dom),
        ..Flow::default()
    };
    enum Step {
        Open(Id),
        Close(Id),
    }
    let mut steps = vec![Step::Open(0)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Close(id) => flow.close(dom, id),
            Step::Open(id) => {
                if !flow.open(dom, id) {
                    continue;
                }
                steps.push(Step::Close(id));
                let children: Vec<Id> = dom.children(id).collect();
                steps.extend(children.into_iter().rev().map(Step::Open));
            }
        }
    }
    flow.end_line();
    flow.lines
}

/// What a mail program means by an element.
pub(crate) fn meaning(dom: &Dom, id: Id) -> Option<Block> {
    if dom.name(id) == "blockquote" {
        let class = dom.attribute(id, "class").unwrap_or_default();
        let is_cited = dom
            .attribute(id, "type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("cite"))
            || [
                "gmail_quote",
                "yahoo_quoted",
                "protonmail_quote",
                "tutanota_quote",
                "front-blockquote",
            ]
            .iter()
            .any(|known| class.contains(known))
            || dom.attribute(id, "cite").is_some()
            || dom.attribute(id, "id").is_some_and(|id| id.contains("quote"));
        return is_cited.then_some(Block::Quotation);
    }
    let has_name = ["id", "class", "name", "data-marker"]
        .iter()
        .any(|key| dom.attribute(id, key).is_some_and(|value| !value.is_empty()));
    has_name.then_some(Block::Meaning)
}

#[derive(Default)]
struct Flow {
    /// For each node.
    preformatted: Vec<bool>,
    lines: Vec<Line>,
    line: Line,
    depth: usize,
    blocks: Vec<Id>,
    wants_empty: bool,
    has_space: bool,
    is_after_rule: bool,
    begins_old: bool,
}

impl Flow {
    /// Whether to go on with the element's children.
    fn open(&mut self, dom: &Dom, id: Id) -> bool {
        match &dom.nodes[id].data {
            Data::Text(text) => {
                self.text(id, text, self.preformatted[id]);
                return false;
            }
            Data::Other => return false,
            Data::Document => return true,
            Data::Element { .. } => {}
        }
        let name = dom.name(id);
        if UNSEEN.contains(&name) || is_hidden(dom, id) {
            return false;
        }
        match name {
            "br" => self.line_break(id),
            "img" => self.image(dom, id),
            "td" | "th" => self.has_space = true,
            _ if BLOCKS.contains(&name) => self.begin_block(dom, id, name),
            _ => {}
        }
        if name == "hr" || is_ruled(dom, id) {
            self.is_after_rule = true;
        }
        self.begins_old |= begins_old(dom, id);
        match meaning(dom, id) {
            Some(Block::Quotation) => {
                self.end_line();
                self.depth += 1;
            }
            Some(Block::Meaning) => self.blocks.push(id),
            None => {}
        }
        true
    }

    fn close(&mut self, dom: &Dom, id: Id) {
        let name = dom.name(id);
        if BLOCKS.contains(&name) {
            self.end_line();
            self.wants_empty |= SPACED.contains(&name) && !is_tight(dom, id);
        }
        match meaning(dom, id) {
            Some(Block::Quotation) => {
                self.end_line();
                self.depth = self.depth.saturating_sub(1);
            }
            Some(Block::Meaning) => {
                self.blocks.pop();
            }
            None => {}
        }
    }

    fn begin_block(&mut self, dom: &Dom, id: Id, name: &str) {
        self.end_line();
        self.wants_empty |= SPACED.contains(&name) && !is_tight(dom, id);
        if name == "li" {
            self.begin_text();
            self.line.text.push_str("- ");
        }
    }

    fn text(&mut self, id: Id, text: &str, is_preformatted: bool) {
        if is_preformatted {
            self.begin_text();
            self.line.nodes.push(id);
            self.line.text.push_str(text.trim_end_matches('\n'));
            if text.ends_with('\n') {
                self.force_line();
            }
            return;
        }
        for word in text.split_inclusive(|character: char| character.is_whitespace()) {
            let plain = word.trim_matches(|character: char| character.is_whitespace());
            if !plain.is_empty() {
                self.begin_text();
                if self.has_space && !self.line.text.is_empty() && !self.line.text.ends_with("- ") {
                    self.line.text.push(' ');
                }
                self.has_space = false;
                if self.line.nodes.last() != Some(&id) {
                    self.line.nodes.push(id);
                }
                self.line.text.push_str(plain);
            }
            self.has_space |= plain.len() < word.len();
        }
    }

    fn image(&mut self, dom: &Dom, id: Id) {
        self.begin_text();
        self.line.nodes.push(id);
        let alternative = dom.attribute(id, "alt").unwrap_or_default().trim();
        if !alternative.is_empty() && alternative.len() < 200 {
            if !self.line.text.is_empty() {
                self.line.text.push(' ');
            }
            self.line.text.push_str(&format!("[{alternative}]"));
        }
    }

    fn begin_text(&mut self) {
        if self.line.nodes.is_empty() && self.line.text.is_empty() {
            self.line.depth = self.depth;
            self.line.block = self.blocks.last().copied();
            self.line.is_after_rule = std::mem::take(&mut self.is_after_rule);
            self.line.begins_old = std::mem::take(&mut self.begins_old);
            if self.wants_empty && self.lines.last().is_some_and(|line| !line.text.is_empty()) {
                let depth = self.lines.last().map_or(0, |line| line.depth.min(self.depth));
                self.lines.push(Line {
                    depth,
                    ..Line::default()
                });
            }
            self.wants_empty = false;
        }
    }

    fn line_break(&mut self, _: Id) {
        if self.line.nodes.is_empty() && self.line.text.is_empty() {
            self.begin_text();
        }
        self.force_line();
    }

    /// Ends the line even if it is empty.
    fn force_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.depth = self.depth;
        line.text.truncate(line.text.trim_end().len());
        self.has_space = false;
        self.lines.push(line);
    }

    fn end_line(&mut self) {
        self.has_space = false;
        if !self.line.nodes.is_empty() || !self.line.text.is_empty() {
            let depth = self.line.depth;
            self.force_line();
            if let Some(last) = self.lines.last_mut() {
                last.depth = depth;
            }
        }
    }
}

fn style(dom: &Dom, id: Id) -> String {
    let style = dom.attribute(id, "style").unwrap_or_default();
    style
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase()
}

fn is_hidden(dom: &Dom, id: Id) -> bool {
    let style = style(dom, id);
    style.contains("display:none") || style.contains("mso-hide:all") || style.contains("visibility:hidden")
}

/// Outlook draws the line above the old mail as a border.
fn is_ruled(dom: &Dom, id: Id) -> bool {
    let style = style(dom, id);
    style.contains("border-top:solid")
        || style.contains("border-top:1pxsolid")
        || style.contains("border-top:1.0pt")
}

fn is_tight(dom: &Dom, id: Id) -> bool {
    let class = dom.attribute(id, "class").unwrap_or_default();
    let style = style(dom, id);
    class.contains("MsoNormal") || style.contains("margin:0") || style.contains("margin-bottom:0")
}

/// Whether each node stands in preformatted text; found in one walk, so that it costs the same however deep that is.
fn preformatted(dom: &Dom) -> Vec<bool> {
    let mut flags = vec![false; dom.nodes.len()];
    let mut stack = vec![(0, false)];
    while let Some((id, is_inside)) = stack.pop() {
        let is_inside = is_inside || dom.name(id) == "pre" || style(dom, id).contains("white-space:pre");
        flags[id] = is_inside;
        stack.extend(dom.children(id).map(|child| (child, is_inside)));
    }
    flags
}

fn cut_preformatted(dom: &mut Dom) -> Vec<bool> {
    let mut flags = preformatted(dom);
    for id in 0..dom.nodes.len() {
        let Data::Text(text) = &dom.nodes[id].data else {
            continue;
        };
        if !flags[id] || !text.trim_end_matches('\n').contains('\n') || dom.nodes[id].parent.is_none() {
            continue;
        }
        let pieces: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        let Some((last, before)) = pieces.split_last() else {
            continue;
        };
        for piece in before {
            let new = dom.add(Data::Text(piece.clone()));
            flags.push(true);
            dom.insert_before(id, new);
        }
        dom.nodes[id].data = Data::Text(last.clone());
    }
    flags
}

#[cfg(test)]
mod tests;
