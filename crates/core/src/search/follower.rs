//! Keeping the index up to date: follows the events and commits what they changed, at most twice a second.

use std::sync::Arc;
use std::time::Duration;

use kit::db::Db;
use kit::search::{Index, SearchError, Writer};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::rebuilding::blocking;
use super::{IndexError, Mark, Search, changes, is_known};
use crate::events::{self, Position, TOPIC};

/// The least time between two commits. A commit costs a few writes to disk, whatever is in it.
const PAUSE: Duration = Duration::from_millis(400);
/// How long to wait when nothing wakes us: a lost wake-up costs this much and nothing else.
const LOOK: Duration = Duration::from_secs(1);
/// How long to wait after a failure.
const REST: Duration = Duration::from_secs(5);
/// After so many looks without news the writer gives its memory back.
const PATIENCE: u32 = 5;
/// How many events are read at once.
const BATCH: i64 = 500;
/// How many things are looked at for them.
const LOOKED_AT: usize = 2_000;
/// How many things are read at once because something else has another name.
const FOLLOWED: i64 = 500;

/// The index in use, from the side of whoever changes it.
#[derive(Debug)]
struct Hand {
    name: String,
    index: Index,
    writer: Option<Writer>,
    seen: Mark,
    idle: u32,
}

/// Follows the events for as long as the program runs. What fails is tried again; an index that can't be used is rebuilt.
pub async fn follow(db: Db, search: Search) {
    let mut wakeups = db.wakeups(TOPIC);
    let mut hand = None;
    let mut building = None;
    loop {
        if building.is_none() && std::mem::take(&mut search.state().is_wanted) {
            building = Some(tokio::spawn(build(db.clone(), search.clone())));
        }
        // While there is nothing but the one being built, there is nothing to keep up to date.
        if hand.is_some() || building.is_none() {
            keep(&db, &search, &mut hand).await;
        }
        // Each is a reason to look again.
        tokio::select! {
            () = built(&mut building) => {}
            _ = timeout(LOOK, wakeups.next()) => {}
            () = search.0.look.notified() => {}
        }
    }
}

/// Waits until what is being built is over; without end while there is nothing.
async fn built(building: &mut Option<JoinHandle<()>>) {
    match building {
        Some(build) => {
            // However it ended: whoever needs an index asks again.
            let _ = build.await;
            *building = None;
        }
        None => std::future::pending().await,
    }
}

/// One step, or what is to be done about its failure.
async fn keep(db: &Db, search: &Search, hand: &mut Option<Hand>) {
    match search.step(db, hand).await {
        Ok(()) => sleep(PAUSE).await,
        Err(IndexError::Search(error)) => {
            tracing::info!(reason = %error, "the search index is to be built");
            *hand = None;
            search.state().open = None;
            search.want_rebuild();
        }
        Err(IndexError::Db(error)) => {
            tracing::warn!(%error, "search waits for the database");
            sleep(REST).await;
        }
    }
}

async fn build(db: Db, search: Search) {
    match search.rebuild(&db).await {
        Ok(()) => {}
        Err(error) => {
            // Perhaps another process is building it; whoever needs an index asks again.
            tracing::warn!(%error, "the search index was not built");
            sleep(REST).await;
        }
    }
}

impl Search {
    /// Brings the index up to now, building it first where it has to be. For tests and short commands.
    ///
    /// # Errors
    /// The index or the database fails.
    pub async fn catch_up(&self, db: &Db) -> Result<(), IndexError> {
        let mut hand = None;
        let is_wanted = self.state().is_wanted;
        if !is_wanted && self.step(db, &mut hand).await.is_ok() {
            return Ok(());
        }
        drop(hand.take());
        self.rebuild(db).await?;
        self.step(db, &mut hand).await
    }

    /// Indexes what happened since the last step.
    async fn step(&self, db: &Db, hand: &mut Option<Hand>) -> Result<(), IndexError> {
        let current = self.shelf().current().ok_or(SearchError::Missing)?;
        if hand.as_ref().is_none_or(|hand| hand.name != current) {
            // The old one's writer first: its memory is needed.
            drop(hand.take());
            *hand = Some(self.take_up(db).await?);
        }
        let hand = hand.as_mut().expect("it was taken up just now");
        loop {
            let (seen, sources) = (hand.seen.position, self.sources().clone());
            let news = db.read(move |tx| {
                let mut events = events::after(tx, seen, BATCH)?;
                changes::bound(&mut events, LOOKED_AT);
                let changes = changes::after_events(tx, &sources, &events)?;
                let newest = events::newest_position(tx)?;
                Ok::<_, kit::db::DbError>((events, changes, newest))
            });
            let (events, changes, newest) = news.await?;
            if newest < seen {
                return Err(SearchError::Damaged("the events it saw are gone".to_owned()).into());
            }
            let Some(last) = events.last() else {
                return Ok(hand.rest().await?);
            };
            let mark = Mark {
                position: last.position.unwrap_or_default(),
                event: Some(last.id),
            };
            metrics::counter!("search_events_total").increment(events.len() as u64);
            let due = changes::due(self.sources(), &events);
            let changes = hand.follow(db, due, changes).await?;
            hand.apply(changes, mark).await?;
            // A question that failed meanwhile has put it away, and whoever asked next has opened another one, which no commit
            // reaches.
            self.state().open = Some((hand.name.clone(), hand.index.clone()));
        }
    }

    /// Opens the index in use and sees that it is whole and of this database.
    async fn take_up(&self, db: &Db) -> Result<Hand, IndexError> {
        let shelf = self.shelf().clone();
        let opened = blocking(move || {
            shelf.check()?;
            let (name, index) = shelf.open()?;
            let mark = index.mark()?;
            Ok((name, index, mark))
        });
        let (name, index, mark) = opened.await?;
        let foreign = || SearchError::Damaged("it was made of another database".to_owned());
        let seen: Mark = mark.parse().map_err(|_| foreign())?;
        if !db.read(move |tx| is_known(tx, seen)).await? {
            return Err(foreign().into());
        }
        self.state().open = Some((name.clone(), index.clone()));
        Ok(Hand {
            name,
            index,
            writer: None,
            seen,
            idle: 0,
        })
    }
}

impl Hand {
    /// Reads again what is filed under other names, part by part, and gives what is not in the index yet. The mark stays
    /// until all of it is: whoever is stopped on the way begins with the same events again.
    async fn follow(
        &mut self,
        db: &Db,
        due: Vec<changes::Due>,
        mut changes: Vec<changes::Change>,
    ) -> Result<Vec<changes::Change>, IndexError> {
        let (due, mut from) = (Arc::new(due), changes::Place::default());
        while !due.is_empty() {
            let asked = due.clone();
            let part = db.read(move |tx| changes::followed(tx, &asked, from, FOLLOWED));
            let (part, rest) = part.await?;
            changes.extend(part);
            let Some(next) = rest else {
                break;
            };
            self.apply(std::mem::take(&mut changes), self.seen).await?;
            from = next;
        }
        Ok(changes)
    }

    /// Commits changes together with the mark.
    async fn apply(&mut self, changes: Vec<changes::Change>, mark: Mark) -> Result<(), SearchError> {
        self.idle = 0;
        if changes.is_empty() && self.writer.is_none() && mark.position.0 - self.kept().0 < BATCH {
            // Nothing that can be found changed: looking at these events again after a restart is cheaper than a commit.
            self.seen = mark;
            return Ok(());
        }
        let (writer, index) = (self.writer.take(), self.index.clone());
        let applied = blocking(move || {
            let mut writer = writer.map_or_else(|| Writer::new(&index), Ok)?;
            changes::write(&mut writer, changes)?;
            writer.commit(&mark.to_string())?;
            Ok(writer)
        });
        self.writer = Some(applied.await?);
        self.seen = mark;
        Ok(())
    }

    /// The position of the last commit.
    fn kept(&self) -> Position {
        let mark = self.index.mark().ok().and_then(|mark| mark.parse::<Mark>().ok());
        mark.unwrap_or_default().position
    }

    /// There is no news; after some time of that the writer goes.
    async fn rest(&mut self) -> Result<(), SearchError> {
        self.idle = self.idle.saturating_add(1);
        match self.writer.take() {
            Some(writer) if self.idle >= PATIENCE => blocking(move || writer.close()).await,
            writer => {
                self.writer = writer;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kit::db::{DbError, Migration};
    use testkit::on_both;

    use super::*;
    use crate::accounts::{self, AccountText};
    use crate::actor::Actor;
    use crate::search::Sources;
    use crate::workspaces::{self, NewWorkspace};

    const LISTS: &[&[Migration]] = &[kit::jobs::MIGRATIONS, crate::MIGRATIONS];

    async fn add_account(db: &Db) {
        let new = NewWorkspace {
            name: "Northwind".to_owned(),
            locale: "en".to_owned(),
            zone: "Europe/Warsaw".to_owned(),
        };
        let text = AccountText {
            name: "Acme".to_owned(),
            ..AccountText::default()
        };
        let added = db.write(move |tx| {
            let workspace = workspaces::create(tx, &new).unwrap();
            let system = Actor::system(workspace.id, "tests");
            accounts::add(tx, &system, &text).unwrap();
            Ok::<_, DbError>(())
        });
        added.await.unwrap();
        events::give_positions(db).await.unwrap();
    }

    on_both! { LISTS;
        async fn after_a_question_that_failed_what_is_committed_is_found_again(db: TestDb) {
            let folder = tempfile::tempdir().unwrap();
            let sources = Sources::new(&[&accounts::search::SOURCE]);
            let search = Search::new(folder.path().join("search"), sources);
            search.catch_up(&db).await.unwrap();
            let mut hand = None;
            search.step(&db, &mut hand).await.unwrap();
            search.asked(|| Err::<(), _>(SearchError::Missing)).await.unwrap_err();
            // Whoever asks next opens what is on disk by then.
            assert_eq!(search.index().await.unwrap().documents(), 0);
            add_account(&db).await;
            search.step(&db, &mut hand).await.unwrap();
            assert_eq!(search.index().await.unwrap().documents(), 1);
        }
    }
}
