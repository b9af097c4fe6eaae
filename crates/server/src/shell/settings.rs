//! The index of the settings: one table of pages, of which each person sees those they may open.

use askama::Template;
use kit::i18n::Text;
use kit::web::Page;
use tandem_core::doors::Session;

use crate::routes;

/// A page of the settings.
#[derive(Clone, Copy, Debug)]
pub struct SettingsItem {
    /// Its words are the messages `settings-KEY` and `settings-KEY-hint`.
    pub key: &'static str,
    /// Which part of the index it stands in.
    pub group: SettingsGroup,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// Where it leads: a row of the URL map, whose access decides who sees it.
    pub path: &'static str,
}

impl SettingsItem {
    /// Its command in the palette.
    pub fn command(&self) -> String {
        format!("settings-{}", self.key)
    }

    /// The message that names it.
    pub fn text(&self) -> String {
        format!("settings-{}", self.key)
    }

    /// The message that says what it is for.
    pub fn hint(&self) -> String {
        format!("settings-{}-hint", self.key)
    }

    /// Whether `session` may open it.
    pub fn is_open_to(&self, session: &Session) -> bool {
        self.path == PREFERENCES || routes::opens(session, self.path)
    }
}

/// The one page that strangers have too: a command of its own leads there.
pub(super) const PREFERENCES: &str = "/preferences";

/// A part of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsGroup {
    /// The person's own.
    Own,
    /// The company.
    Workspace,
    /// Who works here and what they may do.
    People,
    /// What runs and what happened.
    Operations,
}

impl SettingsGroup {
    /// The parts from top to bottom.
    pub const ALL: [Self; 4] = [Self::Own, Self::Workspace, Self::People, Self::Operations];

    fn text(self) -> &'static str {
        match self {
            Self::Own => "settings-group-own",
            Self::Workspace => "settings-group-workspace",
            Self::People => "settings-group-people",
            Self::Operations => "settings-group-operations",
        }
    }
}

use SettingsGroup::{Operations, Own, People, Workspace};

/// Every page of the settings, in the order of the index.
#[rustfmt::skip]
pub const SETTINGS: &[SettingsItem] = &[
    SettingsItem { key: "look",  group: Own,        icon: "sliders-horizontal", path: "/preferences" },
    SettingsItem { key: "profile", group: Own,      icon: "user",               path: "/settings/profile" },
    SettingsItem { key: "security", group: Own,     icon: "lock",               path: "/settings/security" },
    SettingsItem { key: "digest", group: Own,       icon: "mail",               path: "/settings/digest" },
    SettingsItem { key: "notices", group: Own,      icon: "bell",               path: "/settings/notices" },
    SettingsItem { key: "tokens", group: Own,       icon: "key-round",          path: "/settings/tokens" },
    SettingsItem { key: "agents", group: People,    icon: "users",              path: "/settings/agents" },
    SettingsItem { key: "teams", group: People,     icon: "contact",            path: "/settings/teams" },
    SettingsItem { key: "roles", group: People,     icon: "lock",               path: "/settings/roles" },
    SettingsItem { key: "providers", group: People, icon: "shield-check",       path: "/settings/providers" },
    SettingsItem { key: "workspace", group: Workspace, icon: "building-2",      path: "/settings/workspace" },
    SettingsItem { key: "hours", group: Workspace,  icon: "clock",              path: "/settings/hours" },
    SettingsItem { key: "tags", group: Workspace, icon: "tag",                  path: "/settings/tags" },
    SettingsItem { key: "fields", group: Workspace, icon: "list-checks",        path: "/settings/fields" },
    SettingsItem { key: "stages", group: Workspace, icon: "flag",               path: "/settings/stages" },
    SettingsItem { key: "tiers", group: Workspace, icon: "star",                path: "/settings/tiers" },
    SettingsItem { key: "scorecards", group: Workspace, icon: "heart-pulse",    path: "/settings/scorecards" },
    SettingsItem { key: "warnings", group: Workspace, icon: "triangle-alert",   path: "/settings/warnings" },
    SettingsItem { key: "assignment", group: Workspace, icon: "user-plus",      path: "/settings/assignment" },
    SettingsItem { key: "statuses", group: Workspace, icon: "circle-dot",       path: "/settings/statuses" },
    SettingsItem { key: "reopening", group: Workspace, icon: "undo-2",          path: "/settings/reopening" },
    SettingsItem { key: "forms", group: Workspace, icon: "globe",               path: "/settings/forms" },
    SettingsItem { key: "api-inboxes", group: Workspace, icon: "message-square",   path: "/settings/api-inboxes" },
    SettingsItem { key: "replies", group: Workspace, icon: "reply",             path: "/settings/replies" },
    SettingsItem { key: "mailboxes", group: Workspace, icon: "mail",            path: "/settings/mailboxes" },
    SettingsItem { key: "mail-providers", group: Workspace, icon: "key-round",  path: "/settings/mail-providers" },
    SettingsItem { key: "outgoing", group: Workspace, icon: "send",             path: "/settings/outgoing" },
    SettingsItem { key: "signing", group: Workspace, icon: "shield-check",      path: "/settings/signing" },
    SettingsItem { key: "surveys", group: Workspace, icon: "star",              path: "/settings/surveys" },
    SettingsItem { key: "counter", group: Workspace, icon: "handshake",         path: "/settings/counter" },
    SettingsItem { key: "products", group: Workspace, icon: "tag",             path: "/settings/products" },
    SettingsItem { key: "currencies", group: Workspace, icon: "globe",         path: "/settings/currencies" },
    SettingsItem { key: "billing", group: Workspace, icon: "credit-card",      path: "/settings/billing" },
    SettingsItem { key: "checklist", group: Workspace, icon: "list-checks",    path: "/checklist" },
    SettingsItem { key: "samples", group: Workspace, icon: "database",          path: "/settings/samples" },
    SettingsItem { key: "imports", group: Workspace, icon: "upload",            path: "/imports" },
    SettingsItem { key: "old-mail", group: Workspace, icon: "archive",          path: "/settings/old-mail" },
    SettingsItem { key: "sources", group: Workspace, icon: "activity",          path: "/settings/sources" },
    SettingsItem { key: "keeping", group: Workspace, icon: "archive",           path: "/settings/sources/keeping" },
    SettingsItem { key: "counts", group: Workspace, icon: "timer",              path: "/settings/sources/counts" },
    SettingsItem { key: "audit", group: Operations, icon: "shield-check",       path: "/settings/audit" },
    SettingsItem { key: "mails", group: Operations,    icon: "inbox",              path: "/settings/mails" },
    SettingsItem { key: "webhooks", group: Operations, icon: "send",            path: "/settings/webhooks" },
    SettingsItem { key: "api",   group: Operations, icon: "file-text",          path: "/api" },
    SettingsItem { key: "search", group: Operations, icon: "search",            path: "/settings/search" },
    SettingsItem { key: "work",  group: Operations, icon: "workflow",           path: "/settings/work" },
];

#[derive(Template)]
#[template(path = "shell/views/settings.html")]
struct SettingsPage<'a> {
    groups: Vec<Group>,
    t: &'a Text,
}

struct Group {
    name: String,
    items: Vec<&'static SettingsItem>,
}

impl SettingsPage<'_> {
    fn title(&self, item: &SettingsItem) -> String {
        self.t.say(&item.text())
    }

    fn hint(&self, item: &SettingsItem) -> String {
        self.t.say(&item.hint())
    }
}

/// `GET /settings`: what there is to set up, for this person.
pub async fn settings(session: Session, t: Text) -> Page {
    let in_group = |group: SettingsGroup| Group {
        name: t.say(group.text()),
        items: SETTINGS
            .iter()
            .filter(|item| item.group == group)
            .filter(|item| item.is_open_to(&session))
            .collect(),
    };
    let groups = SettingsGroup::ALL.into_iter().map(in_group);
    let view = SettingsPage {
        groups: groups.filter(|group| !group.items.is_empty()).collect(),
        t: &t,
    };
    Page::new(t.say("nav-settings"), &view).place("settings")
}
