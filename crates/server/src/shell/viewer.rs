//! Who is looking: all that the shell knows about a person.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::i18n::{Formats, Locale, Text};

use super::look::Look;
use super::navigation::{ITEMS, NavItem};
use super::settings::{PREFERENCES, SETTINGS, SettingsItem};

/// Who is looking, in which language, and what they may open.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person; none when nobody has signed in.
    pub person: Option<Person>,
    /// The language of the page.
    pub locale: Locale,
    /// The zone its dates stand in.
    pub zone: TimeZone,
    /// What of language, zone and formats they chose themselves.
    pub own: Own,
    /// How the screen should look.
    pub look: Look,
    /// Keys of the navigation items that exist for this person.
    pub places: Vec<&'static str>,
    /// Keys of the pages of the settings that they may open.
    pub settings: Vec<&'static str>,
}

/// What a reader chose for themselves; the rest is as the workspace does, or for a stranger as the browser says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Their language.
    pub locale: Option<Locale>,
    /// Their time zone.
    pub zone: Option<String>,
    /// How days, times and numbers are written for them.
    pub formats: Formats,
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
            own: Own {
                locale: look.locale,
                zone: look.zone.clone(),
                formats: Formats::default(),
            },
            look,
            places: Vec::new(),
            settings: Vec::new(),
        }
    }

    /// The words of this person's pages at the moment `now`.
    pub fn text(&self, now: Timestamp) -> Text {
        Text::new(self.locale, self.zone.clone(), now).with_formats(self.own.formats)
    }

    /// The zone that stands where the reader chose none, for the browser to hold its own against: empty for a stranger,
    /// whom nobody has told any.
    pub fn unchosen_zone(&self) -> Option<&str> {
        match (&self.own.zone, &self.person) {
            (Some(_), _) => None,
            (None, Some(_)) => Some(self.zone.iana_name().unwrap_or("UTC")),
            (None, None) => Some(""),
        }
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

    /// The pages of the settings that the palette leads to, in the table's order; the preferences have a command already.
    pub fn settings(&self) -> impl Iterator<Item = &'static SettingsItem> + '_ {
        let listed = SETTINGS.iter().filter(|item| self.settings.contains(&item.key));
        listed.filter(|item| item.path != PREFERENCES)
    }
}
