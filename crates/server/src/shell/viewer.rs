//! Who is looking: all that the shell knows about a person.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::i18n::{Locale, Text};

use super::look::Look;
use super::navigation::{ITEMS, NavItem};

/// Who is looking, in which language, and what they may open.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person; none when nobody has signed in.
    pub person: Option<Person>,
    /// The language of the page.
    pub locale: Locale,
    /// The zone its dates stand in.
    pub zone: TimeZone,
    /// How the screen should look.
    pub look: Look,
    /// Keys of the navigation items that exist for this person.
    pub places: Vec<&'static str>,
}

/// A person who has signed in, as the shell shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their address, shown under the name.
    pub email: String,
    /// The name of the workspace they are in.
    pub workspace: String,
}

impl Viewer {
    /// A stranger: language and zone from the cookie, else from the browser.
    pub fn guest(headers: &HeaderMap) -> Self {
        let look = Look::of(headers);
        let wish = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|header| header.to_str().ok())
            .unwrap_or_default();
        Self {
            person: None,
            locale: look.locale.unwrap_or_else(|| Locale::negotiate(wish)),
            zone: look
                .zone
                .as_deref()
                .and_then(|zone| TimeZone::get(zone).ok())
                .unwrap_or(TimeZone::UTC),
            look,
            places: Vec::new(),
        }
    }

    /// The words of this person's pages at the moment `now`.
    pub fn text(&self, now: Timestamp) -> Text {
        Text::new(self.locale, self.zone.clone(), now)
    }

    /// The name of the workspace; empty for a stranger.
    pub fn workspace(&self) -> &str {
        self.person
            .as_ref()
            .map_or("", |person| person.workspace.as_str())
    }

    /// The navigation items this person may open, in the table's order.
    pub fn navigation(&self) -> impl Iterator<Item = &'static NavItem> + '_ {
        ITEMS.iter().filter(|item| self.places.contains(&item.key))
    }
}
