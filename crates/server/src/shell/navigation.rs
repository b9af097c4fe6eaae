//! The rail's table: every place in the product, in the order it is shown.

/// A place in the rail.
#[derive(Clone, Copy, Debug)]
pub struct NavItem {
    /// What pages and permissions call it.
    pub key: &'static str,
    /// Which part of the rail it stands in.
    pub group: Group,
    /// Its icon in the sprite.
    pub icon: &'static str,
    /// Where it leads.
    pub path: &'static str,
    /// The keys that lead there, pressed one after the other.
    pub keys: &'static str,
}

impl NavItem {
    /// The id of the command that leads there.
    pub fn command(&self) -> String {
        format!("go-{}", self.key)
    }

    /// The message key of its name.
    pub fn text(&self) -> String {
        format!("nav-{}", self.key)
    }
}

/// A part of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What a day is spent on.
    Work,
    /// The customers.
    Customers,
    /// What the work rests on and what it came to.
    Knowledge,
    /// How Tandem is set up.
    Setup,
}

impl Group {
    /// The parts from top to bottom.
    pub const ALL: [Self; 4] = [Self::Work, Self::Customers, Self::Knowledge, Self::Setup];
}

/// Every place, in the order of the rail.
#[rustfmt::skip]
pub const ITEMS: &[NavItem] = &[
    NavItem { key: "home",    group: Group::Work,      icon: "house",           path: "/",            keys: "g d" },
    NavItem { key: "inbox",   group: Group::Work,      icon: "inbox",           path: "/inbox",       keys: "g i" },
    NavItem { key: "counter", group: Group::Work,      icon: "handshake",       path: "/counter",     keys: "g q" },
    NavItem { key: "tasks",   group: Group::Work,      icon: "list-checks",     path: "/tasks",       keys: "g t" },
    NavItem { key: "accounts",group: Group::Customers, icon: "building-2",      path: "/accounts",    keys: "g a" },
    NavItem { key: "segments",group: Group::Customers, icon: "list-filter",     path: "/segments",    keys: "g m" },
    NavItem { key: "contacts",group: Group::Customers, icon: "contact",         path: "/contacts",    keys: "g c" },
    NavItem { key: "health",  group: Group::Customers, icon: "heart-pulse",     path: "/health",      keys: "g l" },
    NavItem { key: "features",group: Group::Customers, icon: "zap",             path: "/usage/features", keys: "g f" },
    NavItem { key: "alerts",  group: Group::Customers, icon: "triangle-alert",  path: "/alerts",      keys: "g w" },
    NavItem { key: "renewals",group: Group::Customers, icon: "calendar-clock",  path: "/renewals",    keys: "g n" },
    NavItem { key: "orders",  group: Group::Customers, icon: "package",         path: "/orders",      keys: "g o" },
    NavItem { key: "invoices",group: Group::Customers, icon: "receipt",         path: "/invoices",    keys: "g b" },
    NavItem { key: "retention",group: Group::Customers, icon: "trending-up",    path: "/retention",   keys: "g e" },
    NavItem { key: "first-value",group: Group::Customers, icon: "timer",         path: "/time-to-value", keys: "g y" },
    NavItem { key: "value",   group: Group::Customers, icon: "gem",             path: "/value",       keys: "g v" },
    NavItem { key: "playbooks",group: Group::Customers, icon: "workflow",        path: "/playbooks",   keys: "g p" },
    NavItem { key: "articles",group: Group::Knowledge, icon: "book-open",       path: "/kb",          keys: "g h" },
    NavItem { key: "reports", group: Group::Knowledge, icon: "chart-column",    path: "/reports",     keys: "g r" },
    NavItem { key: "settings",group: Group::Setup,     icon: "settings",        path: "/settings",    keys: "g s" },
];
