//! A tree written as HTML again.

use super::{Data, Dom, Id};

/// Elements that have no end tag.
const EMPTY: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

impl Dom {
    /// What stands inside the body, or everything where there is none.
    pub(crate) fn html(&self) -> String {
        self.html_without(|_| false)
    }

    /// The same without some nodes.
    pub(crate) fn html_without(&self, is_left_out: impl Fn(Id) -> bool) -> String {
        let mut html = String::new();
        let body = (0..self.nodes.len()).find(|id| self.name(*id) == "body");
        for child in self.children(body.unwrap_or(0)) {
            self.write(child, &is_left_out, &mut html);
        }
        html
    }

    /// Iterative, so that no tree is too deep.
    fn write(&self, root: Id, is_left_out: &impl Fn(Id) -> bool, html: &mut String) {
        enum Step {
            Open(Id),
            Close(Id),
        }
        let mut steps = vec![Step::Open(root)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Close(id) => {
                    html.push_str("</");
                    html.push_str(self.name(id));
                    html.push('>');
                }
                Step::Open(id) if is_left_out(id) => {}
                Step::Open(id) => match &self.nodes[id].data {
                    Data::Text(text) => escape(text, false, html),
                    Data::Element { attributes, .. } => {
                        let name = self.name(id);
                        if matches!(name, "script" | "style" | "template" | "noscript") {
                            continue;
                        }
                        html.push('<');
                        html.push_str(name);
                        for attribute in attributes {
                            html.push(' ');
                            html.push_str(&attribute.name.local);
                            html.push_str("=\"");
                            escape(&attribute.value, true, html);
                            html.push('"');
                        }
                        html.push('>');
                        if EMPTY.contains(&name) {
                            continue;
                        }
                        steps.push(Step::Close(id));
                        let children: Vec<Id> = self.children(id).collect();
                        steps.extend(children.into_iter().rev().map(Step::Open));
                    }
                    Data::Document | Data::Other => {}
                },
            }
        }
    }
}

/// Writes text so that it stays text.
pub(crate) fn escape(text: &str, is_attribute: bool, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' if is_attribute => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}
