//! A page as a feature hands it over: its own part of the document, and where it stands in the whole.
//!
//! A handler returns a [`Page`]. The server's shell takes it from the response and puts rail, top bar and the rest around
//! it; a feature never sees the shell.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// A page without its surroundings.
#[derive(Clone, Debug)]
pub struct Page {
    /// The answer's status; 200 unless said otherwise.
    pub status: StatusCode,
    /// The document's title and, in the top bar, the last crumb.
    pub title: String,
    /// The content area, ready-made HTML.
    pub body: String,
    /// The key of the navigation item this page belongs to.
    pub place: Option<&'static str>,
    /// The way here, outermost first, without the page itself.
    pub crumbs: Vec<Crumb>,
    /// Buttons at the right of the top bar, ready-made HTML; one of them primary at most.
    pub actions: Option<String>,
    /// What the context drawer at the right shows, ready-made HTML.
    pub drawer: Option<String>,
    /// The subjects whose change makes this page fetch itself again: ids and names of lists.
    pub live: Vec<String>,
    /// How many seconds lie at least between two times that it fetches itself again; 0 for as soon as something changes.
    pub pause: u32,
    /// How much of the shell stands around the page.
    pub frame: Frame,
}

/// One step of the way to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// What it is called.
    pub text: String,
    /// Where it leads.
    pub path: String,
}

/// How much of the shell stands around a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frame {
    /// Rail, top bar, content that scrolls with the page.
    #[default]
    Workspace,
    /// The same, with content that fills the window and scrolls in its own columns: inbox and conversation.
    Columns,
    /// A page by itself in the middle of the window: sign-in, first run, what a stranger sees.
    Alone,
}

impl Page {
    /// A page with the rendered `template` as its content.
    pub fn new(title: impl Into<String>, template: &impl Template) -> Self {
        Self::of_html(title, rendered(template))
    }

    /// A page from HTML that is already safe.
    pub fn of_html(title: impl Into<String>, body: String) -> Self {
        Self {
            status: StatusCode::OK,
            title: title.into(),
            body,
            place: None,
            crumbs: Vec::new(),
            actions: None,
            drawer: None,
            live: Vec::new(),
            pause: 0,
            frame: Frame::Workspace,
        }
    }

    /// Marks the navigation item with this key as the present one.
    #[must_use]
    pub fn place(mut self, key: &'static str) -> Self {
        self.place = Some(key);
        self
    }

    /// Adds a step to the way here.
    #[must_use]
    pub fn crumb(mut self, text: impl Into<String>, path: impl Into<String>) -> Self {
        self.crumbs.push(Crumb {
            text: text.into(),
            path: path.into(),
        });
        self
    }

    /// Puts buttons into the top bar.
    #[must_use]
    pub fn actions(mut self, template: &impl Template) -> Self {
        self.actions = Some(rendered(template));
        self
    }

    /// Fills the context drawer.
    #[must_use]
    pub fn drawer(mut self, template: &impl Template) -> Self {
        self.drawer = Some(rendered(template));
        self
    }

    /// Fetches the page again when `subject` changes: an id ("acc_…") or the name of a list ("accounts").
    #[must_use]
    pub fn live(mut self, subject: impl Into<String>) -> Self {
        self.live.push(subject.into());
        self
    }

    /// Fetches the page again not more often than every so many seconds: for what is dear to make.
    #[must_use]
    pub fn live_every(mut self, seconds: u32) -> Self {
        self.pause = seconds;
        self
    }

    /// Answers with another status than 200.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Chooses how much of the shell stands around.
    #[must_use]
    pub fn frame(mut self, frame: Frame) -> Self {
        self.frame = frame;
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

fn rendered(template: &impl Template) -> String {
    template
        .render()
        .expect("a template writes into a string, which cannot fail")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_travels_in_its_response() {
        let page = Page::of_html("Accounts", "<p>none</p>".to_owned())
            .place("accounts")
            .crumb("Home", "/")
            .live("accounts")
            .status(StatusCode::CONFLICT);
        let response = page.into_response();
        assert_eq!(response.status(), StatusCode::CONFLICT);
        let page = response
            .extensions()
            .get::<Page>()
            .expect("the shell finds the page here");
        assert_eq!(
            (page.place, page.live.as_slice()),
            (Some("accounts"), ["accounts".to_owned()].as_slice())
        );
    }
}
