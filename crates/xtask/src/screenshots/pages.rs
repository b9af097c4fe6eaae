//! The pages that are shown. A new page adds its row.

/// Who looks at a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Visitor {
    /// Nobody has signed in.
    Stranger,
    /// The demo's visitor, signed in by its link.
    Agent,
}

/// One page.
pub(super) struct Page {
    /// The beginning of the picture's file name.
    pub(super) name: &'static str,
    /// The address on the server.
    pub(super) path: &'static str,
    /// A selector of a link on that page, when the page to show is where the first such link leads: it has an id
    /// in its address, which nobody knows beforehand.
    pub(super) link: Option<&'static str>,
    /// Who looks at it.
    pub(super) visitor: Visitor,
}

/// Every page, in the order of the contact sheet.
pub(super) const PAGES: &[Page] = &[
    stranger("sign-in", "/sign-in"),
    agent("home", "/"),
    agent("accounts", "/accounts"),
    behind("account", "/accounts", "a[href^='/accounts/acc_']"),
    agent("account-new", "/accounts/new"),
    agent("preferences", "/preferences"),
    agent("design", "/design"),
    agent("not-found", "/no-such-page"),
];

const fn stranger(name: &'static str, path: &'static str) -> Page {
    Page {
        name,
        path,
        link: None,
        visitor: Visitor::Stranger,
    }
}

const fn agent(name: &'static str, path: &'static str) -> Page {
    Page {
        name,
        path,
        link: None,
        visitor: Visitor::Agent,
    }
}

const fn behind(name: &'static str, path: &'static str, link: &'static str) -> Page {
    Page {
        name,
        path,
        link: Some(link),
        visitor: Visitor::Agent,
    }
}
