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
    /// Who looks at it.
    pub(super) visitor: Visitor,
}

/// Every page, in the order of the contact sheet.
pub(super) const PAGES: &[Page] = &[
    Page {
        name: "sign-in",
        path: "/sign-in",
        visitor: Visitor::Stranger,
    },
    Page {
        name: "home",
        path: "/",
        visitor: Visitor::Agent,
    },
    Page {
        name: "preferences",
        path: "/preferences",
        visitor: Visitor::Agent,
    },
    Page {
        name: "not-found",
        path: "/no-such-page",
        visitor: Visitor::Agent,
    },
];
