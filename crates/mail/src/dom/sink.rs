//! What html5ever builds the tree with.

use super::{Data, Dom, Id};
use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};
use std::borrow::Cow;
use std::cell::RefCell;

/// A tree under construction.
#[derive(Debug)]
pub(super) struct Sink {
    dom: RefCell<Dom>,
}

impl Default for Sink {
    fn default() -> Self {
        let mut dom = Dom { nodes: Vec::new() };
        dom.add(Data::Document);
        Self {
            dom: RefCell::new(dom),
        }
    }
}

/// An element's name, copied out of the tree, which may be borrowed for a change at any time.
#[derive(Debug)]
pub(super) struct Name(QualName);

impl html5ever::interface::tree_builder::ElemName for Name {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &html5ever::LocalName {
        &self.0.local
    }
}

impl Sink {
    fn place(&self, child: NodeOrText<Id>, before: impl Fn(&Dom) -> Option<Id>, put: impl Fn(&mut Dom, Id)) {
        let mut dom = self.dom.borrow_mut();
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                if let Some(previous) = before(&dom)
                    && let Data::Text(known) = &mut dom.nodes[previous].data
                {
                    known.push_str(&text);
                    return;
                }
                dom.add(Data::Text(text.to_string()))
            }
        };
        put(&mut dom, id);
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Dom;
    type ElemName<'a> = Name;

    fn finish(self) -> Dom {
        self.dom.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name {
        match &self.dom.borrow().nodes[*target].data {
            Data::Element { name, .. } => Name(name.clone()),
            _ => Name(QualName::new(None, "".into(), "".into())),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Id {
        let mut dom = self.dom.borrow_mut();
        let template = flags.template.then(|| dom.add(Data::Document));
        dom.add(Data::Element {
            name,
            attributes,
            template,
        })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.dom.borrow_mut().add(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.dom.borrow_mut().add(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.place(
            child,
            |dom| dom.nodes[*parent].last,
            |dom, id| dom.append(*parent, id),
        );
    }

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        self.place(
            child,
            |dom| dom.nodes[*sibling].previous,
            |dom, id| dom.insert_before(*sibling, id),
        );
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let has_parent = self.dom.borrow().nodes[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        match &self.dom.borrow().nodes[*target].data {
            Data::Element {
                template: Some(id), ..
            } => *id,
            _ => *target,
        }
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Id, more: Vec<Attribute>) {
        if let Data::Element { attributes, .. } = &mut self.dom.borrow_mut().nodes[*target].data {
            for attribute in more {
                if !attributes.iter().any(|known| known.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.dom.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut dom = self.dom.borrow_mut();
        while let Some(child) = dom.nodes[*node].first {
            dom.append(*new_parent, child);
        }
    }
}
