//! The home page and its own panel.

use axum::extract::State;
use kit::clock::Timestamp;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page};

use super::views::{HomePage, NewestPanel};
use crate::accounts;
use crate::agents;
use crate::doors::Session;
use crate::events::{self, Event};
use crate::panels::{self, PanelFrames, Place};

/// How many events the page shows.
const NEWEST: usize = 12;
/// How many it looks at: those of one import are shown together.
const LOOKED_AT: i64 = 100;

/// An event about an account, as the home page shows it.
#[derive(Debug)]
pub(super) struct Newest {
    /// What the account is called; nothing where many came in one go.
    pub(super) name: String,
    /// The account, or the import that brought many.
    subject: String,
    /// How many came in one go.
    many: i64,
    sentence: &'static str,
    pub(super) icon: &'static str,
    pub(super) by: String,
    pub(super) at: Timestamp,
}

impl Newest {
    fn of(event: Event) -> Option<Self> {
        let (sentence, icon) = match event.kind.as_str() {
            "account.added" => ("accounts-event-added", "plus"),
            "account.changed" => ("accounts-event-changed", "pencil"),
            "account.closed" => ("accounts-event-closed", "archive"),
            "account.reopened" => ("accounts-event-reopened", "undo-2"),
            "accounts.imported" => ("home-imported", "upload"),
            _ => return None,
        };
        let by = event
            .actor
            .split_once(' ')
            .map_or(event.actor.clone(), |(_, name)| name.to_owned());
        let name = event.payload["name"].as_str().unwrap_or_default().to_owned();
        Some(Self {
            name,
            many: i64::try_from(event.subjects().count()).unwrap_or(i64::MAX),
            subject: event.subject,
            sentence,
            icon,
            by,
            at: event.created_at,
        })
    }
}

impl Newest {
    /// What happened.
    pub(super) fn said(&self, t: &Text) -> String {
        match self.many {
            0 => t.say(self.sentence),
            many => t.count(self.sentence, many),
        }
    }

    /// Where one sees it.
    pub(super) fn path(&self) -> String {
        match self.many {
            0 => format!("/accounts/{}", self.subject),
            _ => "/accounts?sort=-created".to_owned(),
        }
    }

    /// The newest of these, those of one import together.
    fn together(events: Vec<Event>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for one in events.into_iter().filter_map(Self::of) {
            let same = all
                .iter_mut()
                .find(|known| one.many > 0 && known.subject == one.subject);
            match same {
                Some(known) => known.many += one.many,
                None => all.push(one),
            }
        }
        all.truncate(NEWEST);
        all
    }
}

/// What needs the agent now: the panels of their work.
///
/// # Errors
/// The database's.
pub async fn page(State(db): State<Db>, session: Session, t: Text) -> Result<Page, Failure> {
    let open = panels::of(&db, Place::Home, &session.actor()).await?;
    let view = HomePage {
        panels: PanelFrames::new(&t, open, ""),
    };
    let title = t.say_with("home-greeting", kit::args!(name = session.name.as_str()));
    Ok(Page::new(title, &view)
        .place("home")
        .live(accounts::LIST)
        .live(agents::LIST))
}

/// What happened last: a panel.
///
/// # Errors
/// The database's.
pub async fn newest(State(db): State<Db>, session: Session, t: Text) -> Result<Page, Failure> {
    let workspace = session.workspace;
    let kinds = [
        &accounts::ADDED,
        &accounts::CHANGED,
        &accounts::CLOSED,
        &accounts::REOPENED,
        &accounts::bulk::IMPORTED,
    ];
    let newest = db
        .read(move |tx| events::newest_of(tx, workspace, kinds, LOOKED_AT))
        .await?;
    let newest = Newest::together(newest);
    let page = Page::new(t.say("panel-newest"), &NewestPanel { t: &t, newest });
    Ok(page
        .place("home")
        .crumb(t.say("nav-home"), "/")
        .live(accounts::LIST))
}
