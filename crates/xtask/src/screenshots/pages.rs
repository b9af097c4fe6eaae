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
    page("home", "/", Visitor::Agent),
    page("design", "/design", Visitor::Agent),
    page("preferences", "/preferences", Visitor::Agent),
    page("not-found", "/no-such-page", Visitor::Agent),
];

const fn page(name: &'static str, path: &'static str, visitor: Visitor) -> Page {
    Page { name, path, visitor }
}
