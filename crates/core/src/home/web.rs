//! `GET /`

use axum::extract::State;
use kit::clock::Timestamp;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Failure, Page};

use super::views::HomePage;
use crate::accounts;
use crate::doors::Session;
use crate::events::{self, Event};
use crate::tallies;

/// How many events the page shows.
const NEWEST: i64 = 12;

/// An event about an account, as the home page shows it.
#[derive(Debug)]
pub(super) struct Newest {
    pub(super) name: String,
    pub(super) account: String,
    pub(super) sentence: &'static str,
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
            _ => return None,
        };
        let by = event
            .actor
            .split_once(' ')
            .map_or(event.actor.clone(), |(_, name)| name.to_owned());
        let name = event.payload["name"].as_str().unwrap_or_default().to_owned();
        Some(Self {
            name,
            account: event.subject,
            sentence,
            icon,
            by,
            at: event.created_at,
        })
    }
}

/// What needs the agent now.
///
/// # Errors
/// The database's.
pub async fn page(State(db): State<Db>, session: Session, t: Text) -> Result<Page, Failure> {
    let workspace = session.workspace;
    let (open_accounts, newest) = db
        .read(move |tx| {
            let open = tallies::total(tx, workspace, accounts::OPEN_TALLY)?;
            Ok::<_, DbError>((open, events::newest(tx, workspace, NEWEST)?))
        })
        .await?;
    let newest = newest.into_iter().filter_map(Newest::of).collect();
    let view = HomePage {
        t: &t,
        open_accounts,
        newest,
    };
    let title = t.say_with("home-greeting", kit::args!(name = session.name.as_str()));
    Ok(Page::new(title, &view).place("home").live(accounts::LIST))
}
