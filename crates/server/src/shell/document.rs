//! The whole document: a page with everything that stands around it.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Frame, Page};

use super::navigation::{Group, NavItem};
use super::viewer::Viewer;

/// The HTML of `page` for `viewer`: the whole document, or for a Turbo frame only what that frame needs.
pub(super) fn render(page: &Page, viewer: &Viewer, t: &Text, frame: Option<&str>) -> String {
    let rendered = match (frame, page.frame, &viewer.person) {
        (Some(id), _, _) => Fragment { t, page, id }.render(),
        (None, Frame::Alone, _) | (None, _, None) => Alone { t, page, viewer }.render(),
        (None, ..) => Document {
            t,
            page,
            viewer,
            groups: groups(viewer),
            tabs: tabs(viewer),
        }
        .render(),
    };
    rendered.expect("a template writes into a string, which cannot fail")
}

#[derive(Template)]
#[template(path = "shell/views/document.html")]
struct Document<'a> {
    t: &'a Text,
    page: &'a Page,
    viewer: &'a Viewer,
    groups: Vec<Vec<&'static NavItem>>,
    tabs: Vec<&'static NavItem>,
}

#[derive(Template)]
#[template(path = "shell/views/alone.html")]
struct Alone<'a> {
    t: &'a Text,
    page: &'a Page,
    viewer: &'a Viewer,
}

#[derive(Template)]
#[template(path = "shell/views/fragment.html")]
struct Fragment<'a> {
    t: &'a Text,
    page: &'a Page,
    id: &'a str,
}

impl Document<'_> {
    fn is_here(&self, item: &NavItem) -> bool {
        self.page.place == Some(item.key)
    }
}

fn groups(viewer: &Viewer) -> Vec<Vec<&'static NavItem>> {
    let in_group = |group| {
        viewer
            .navigation()
            .filter(|item| item.group == group)
            .collect::<Vec<_>>()
    };
    Group::ALL
        .into_iter()
        .map(in_group)
        .filter(|items| !items.is_empty())
        .collect()
}

/// What a thumb reaches at the bottom of a phone; the rest stands in the rail behind the menu button.
fn tabs(viewer: &Viewer) -> Vec<&'static NavItem> {
    viewer
        .navigation()
        .filter(|item| ["home", "inbox", "accounts", "tasks"].contains(&item.key))
        .collect()
}
