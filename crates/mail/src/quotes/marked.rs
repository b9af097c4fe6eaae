//! Division of HTML: the rows of what a reader sees, and their kinds put back on the tree.

use super::rows::{Mark, Row};
use super::{Kind, decide};
use crate::dom::{self, Data, Dom, Id, Line};
use crate::words::Words;
use html5ever::{Attribute, QualName, ns};
use std::collections::HashMap;

/// The attribute that names the kind of an element in marked HTML.
pub const PART: &str = "data-part";

/// HTML with its division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The whole body, elements that aren't shown at once carrying [`PART`]. Not sanitised.
    pub html: String,
    /// Only what is shown.
    pub shown: String,
    /// The same as plain text.
    pub text: String,
    /// What isn't shown at once, as plain text: quotations, signatures and footers.
    pub rest: String,
    /// Whether anything is known to be new beyond an old mail that is passed on.
    pub has_new: bool,
    /// Whether the HTML was too odd to be taken apart: everything counts as new then.
    pub is_odd: bool,
}

/// Ids and classes of what mail programs put around an old mail that goes on to the end.
static OLD: Words = Words::new(|| include_str!("../words/old-elements.txt"));

static ATTRIBUTIONS: Words = Words::new(|| include_str!("../words/attribution-elements.txt"));

static SIGNATURES: Words = Words::new(|| include_str!("../words/signature-elements.txt"));

/// Divides HTML.
pub fn html(html: &str) -> Marked {
    let Some(mut dom) = Dom::parse(html) else {
        return Marked {
            html: html.to_owned(),
            shown: html.to_owned(),
            text: dom::loose_text(html),
            rest: String::new(),
            has_new: false,
            is_odd: true,
        };
    };
    let lines = dom::lines(&mut dom);
    let mut meanings = HashMap::new();
    let rows: Vec<Row> = lines.iter().map(|line| row(&dom, line, &mut meanings)).collect();
    let (kinds, has_new) = decide::kinds(&rows);
    let text = text_of(&lines, &kinds, Kind::is_shown);
    let rest = text_of(&lines, &kinds, |kind| !kind.is_shown());
    let mut by_node = HashMap::new();
    for (line, kind) in lines.iter().zip(&kinds) {
        for node in &line.nodes {
            // A node on several lines is as new as its newest line.
            let known = by_node.entry(*node).or_insert(*kind);
            if kind.is_shown() {
                *known = *kind;
            }
        }
    }
    let folds = folds(&dom, &by_node);
    let shown = without(&dom, &folds);
    mark(&mut dom, &folds);
    Marked {
        html: dom.html(),
        shown,
        text,
        rest,
        has_new,
        is_odd: false,
    }
}

fn row(dom: &Dom, line: &Line, meanings: &mut HashMap<Id, Option<Mark>>) -> Row {
    let mark = if line.begins_old {
        Some(Mark::QuotedFromHere)
    } else {
        line.block.and_then(|block| meaning(dom, block, meanings))
    };
    Row::of_html(&line.text, line.depth, mark, line.is_after_rule)
}

/// What the elements around a line mean, the innermost meaning first.
fn meaning(dom: &Dom, block: Id, known: &mut HashMap<Id, Option<Mark>>) -> Option<Mark> {
    let mut path = Vec::new();
    let mut at = Some(block);
    let mut found = None;
    while let Some(id) = at {
        if let Some(mark) = known.get(&id) {
            found = *mark;
            break;
        }
        path.push(id);
        if is_any(dom, id, &ATTRIBUTIONS) {
            found = Some(Mark::Attribution);
        } else if is_any(dom, id, &SIGNATURES) {
            found = Some(Mark::Signature);
        }
        if found.is_some() {
            break;
        }
        at = dom.nodes[id].parent;
    }
    // Each element is looked at once, however many lines it holds.
    known.extend(path.into_iter().map(|id| (id, found)));
    found
}

/// Whether an element begins an old mail.
pub(crate) fn begins_old(dom: &Dom, id: Id) -> bool {
    is_any(dom, id, &OLD)
}

fn is_any(dom: &Dom, id: Id, names: &Words) -> bool {
    ["id", "class", "name", "data-smartmail"].iter().any(|key| {
        dom.attribute(id, key).is_some_and(|value| {
            let mut words = value.split_whitespace();
            words.any(|word| names.iter().any(|name| name.eq_ignore_ascii_case(word)))
        })
    })
}

fn text_of(lines: &[Line], kinds: &[Kind], is_wanted: impl Fn(Kind) -> bool) -> String {
    let wanted = lines.iter().zip(kinds).filter(|(_, kind)| is_wanted(**kind));
    let text: Vec<String> = wanted.map(|(line, _)| line.with_prefix()).collect();
    super::trimmed(&text.join("\n")).to_owned()
}

/// The highest nodes that hold nothing new, with their kind.
fn folds(dom: &Dom, kinds: &HashMap<Id, Kind>) -> HashMap<Id, Kind> {
    let mut whole: HashMap<Id, Option<Kind>> = HashMap::new();
    // Nodes are made before their children only by accident, so the order comes from a walk.
    let mut order = Vec::new();
    let mut stack = vec![0];
    while let Some(id) = stack.pop() {
        order.push(id);
        stack.extend(dom.children(id));
    }
    for id in order.iter().rev() {
        let mut kind = kinds.get(id).copied();
        let mut is_mixed = kind.is_some_and(Kind::is_shown);
        for child in dom.children(*id) {
            match whole.get(&child) {
                Some(None) => is_mixed = true,
                Some(Some(found)) => kind = Some(joined(kind, *found)),
                None => {}
            }
        }
        if is_mixed {
            whole.insert(*id, None);
        } else if let Some(kind) = kind {
            whole.insert(*id, Some(kind));
        }
    }
    let mut folds = HashMap::new();
    let mut stack = vec![0];
    while let Some(id) = stack.pop() {
        match whole.get(&id) {
            Some(Some(kind)) if !matches!(dom.nodes[id].data, Data::Document) => {
                folds.insert(id, *kind);
            }
            _ => stack.extend(dom.children(id)),
        }
    }
    folds
}

/// A quotation with its attribution is a quotation.
fn joined(one: Option<Kind>, other: Kind) -> Kind {
    match one {
        None => other,
        Some(one) if one == other => one,
        Some(Kind::Signature | Kind::Footer) if matches!(other, Kind::Signature | Kind::Footer) => {
            Kind::Signature
        }
        Some(_) => Kind::Quoted,
    }
}

fn without(dom: &Dom, folds: &HashMap<Id, Kind>) -> String {
    dom.html_without(|id| folds.contains_key(&id))
}

/// Elements get the attribute; texts get an element around them.
fn mark(dom: &mut Dom, folds: &HashMap<Id, Kind>) {
    for (id, kind) in folds {
        let attribute = Attribute {
            name: QualName::new(None, ns!(), PART.into()),
            value: name(*kind).into(),
        };
        if let Data::Element { attributes, .. } = &mut dom.nodes[*id].data {
            attributes.retain(|known| &*known.name.local != PART);
            attributes.push(attribute);
        } else if dom.nodes[*id].parent.is_some() {
            let around = dom.add(Data::Element {
                name: QualName::new(None, ns!(html), "span".into()),
                attributes: vec![attribute],
                template: None,
            });
            dom.insert_before(*id, around);
            dom.append(around, *id);
        }
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::New => "new",
        Kind::Context => "context",
        Kind::Attribution => "attribution",
        Kind::Quoted => "quoted",
        Kind::Signature => "signature",
        Kind::Footer => "footer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gmail_and_outlook_are_divided_by_their_elements() {
        for (html, expected) in [
            (
                "<div dir=ltr>Hello<br></div><div class=gmail_quote><div class=gmail_attr>On Mon, Ada &lt;a@b.example&gt; \
                 wrote:<br></div><blockquote class=gmail_quote>old</blockquote></div>",
                "Hello",
            ),
            (
                "<div>Hello</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Ada<br>\
                 <b>Sent:</b> Monday<br></div><div>old</div>",
                "Hello",
            ),
            (
                "<p>Hello</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> Ada<br><b>Sent:</b> \
                 Monday<br><b>To:</b> Bob<br><b>Subject:</b> x</p></div><p>old</p>",
                "Hello",
            ),
            (
                "<div>Hello</div><div class=moz-cite-prefix>Am 1.2.2026 um 10:00 schrieb Ada:<br></div>\
                 <blockquote type=cite cite='mid:x'>old</blockquote><div class=moz-signature>-- <br>Bob</div>",
                "Hello",
            ),
            (
                "<p>Hello</p><blockquote>my own quotation</blockquote>",
                "Hello\n\nmy own quotation",
            ),
        ] {
            assert_eq!(super::html(html).text, expected, "{html}");
        }
    }

    #[test]
    fn nothing_is_lost_and_what_is_folded_is_marked() {
        let marked = html("<div>Hello</div><blockquote type=cite>old <b>mail</b></blockquote>");
        assert_eq!(
            marked.html,
            "<div>Hello</div><blockquote type=\"cite\" data-part=\"quoted\">old <b>mail</b></blockquote>"
        );
        assert_eq!(marked.shown, "<div>Hello</div>");
        assert_eq!(marked.text, "Hello");
        assert!(
            marked.rest.contains("old mail") && !marked.rest.contains("Hello"),
            "{}",
            marked.rest
        );
    }

    #[test]
    fn a_mail_of_nothing_but_quotation_is_shown() {
        let marked = html("<blockquote type=cite>old</blockquote>");
        assert!(marked.text.contains("old") && !marked.html.contains(PART));
        assert!(!marked.has_new && html("<p>new</p><blockquote type=cite>old</blockquote>").has_new);
    }
}
