//! The whole document: a page with everything that stands around it.

use std::sync::Arc;

use askama::Template;
use kit::i18n::Text;
use kit::web::{Frame, Notice, Page};

use super::commands;
use super::navigation::{Group, NavItem};
use super::viewer::Viewer;

/// A page and all that decides how it is drawn.
pub(super) struct Scene<'a> {
    pub(super) page: &'a Page,
    pub(super) viewer: &'a Viewer,
    pub(super) t: &'a Text,
    /// The Turbo frame that asked, when one did.
    pub(super) frame: Option<&'a str>,
    /// What is said about the act before this page.
    pub(super) notice: Option<&'a Notice>,
}

/// The HTML of a scene: the whole document, or for a Turbo frame only what that frame needs.
pub(super) fn render(scene: &Scene<'_>) -> String {
    let Scene {
        page,
        viewer,
        t,
        frame,
        notice,
    } = *scene;
    let rendered = match (frame, page.frame, &viewer.person) {
        (Some(id), _, _) => Fragment { t, page, id }.render(),
        (None, Frame::Alone, _) | (None, _, None) => Alone {
            t,
            page,
            viewer,
            notice,
        }
        .render(),
        (None, ..) => {
            let (groups, tabs, commands) = (groups(viewer), tabs(viewer), commands::as_json(viewer, t));
            Document {
                t,
                page,
                viewer,
                notice,
                groups,
                tabs,
                commands,
            }
            .render()
        }
    };
    rendered.expect("a template writes into a string, which cannot fail")
}

#[derive(Template)]
#[template(path = "shell/views/document.html")]
struct Document<'a> {
    t: &'a Text,
    page: &'a Page,
    viewer: &'a Viewer,
    notice: Option<&'a Notice>,
    groups: Vec<Vec<&'static NavItem>>,
    tabs: Vec<&'static NavItem>,
    commands: Arc<str>,
}

#[derive(Template)]
#[template(path = "shell/views/alone.html")]
struct Alone<'a> {
    t: &'a Text,
    page: &'a Page,
    viewer: &'a Viewer,
    notice: Option<&'a Notice>,
}

#[derive(Template)]
#[template(path = "shell/views/fragment.html")]
struct Fragment<'a> {
    t: &'a Text,
    page: &'a Page,
    id: &'a str,
}

impl Document<'_> {
    /// Whether whoever looks is told about tickets.
    fn has_bell(&self) -> bool {
        self.viewer.places.contains(&"inbox")
    }

    fn is_here(&self, item: &NavItem) -> bool {
        self.page.place == Some(item.key)
    }

    fn keys(&self, item: &NavItem) -> &str {
        self.viewer.look.keys_of(&item.command(), item.keys)
    }

    fn keys_of(&self, command: &str) -> &str {
        self.viewer
            .look
            .keys_of(command, commands::default_keys(command).unwrap_or_default())
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
