//! The search index: there, whole, and of this database.

use kit::clock::Clock;
use kit::db::{Db, DbError};
use kit::id::Ids;
use kit::search::{SearchError, Shelf};
use tandem_core::events::{self, Position};
use tandem_core::search::{Mark, is_known};

use super::Finding;
use crate::config::{Config, Role};
use crate::stores;

const NAME: &str = "search index";

/// What can be said of this node's index. One that does not fit is no failure: the server builds it anew by itself.
pub(super) async fn examine(config: &Config, clock: &Clock) -> Finding {
    if !config.roles.includes(Role::Web) {
        return Finding::ok(NAME, "not kept here: this process serves no pages");
    }
    let shelf = stores::search(config).shelf().clone();
    let (documents, mark) = match state(&shelf) {
        Ok(state) => state,
        Err(SearchError::Missing) => {
            return Finding::ok(NAME, "not built yet; the server does it when it starts");
        }
        Err(error) => {
            return Finding::warn(
                NAME,
                error.to_string(),
                "`tandem search rebuild`, or start the server again",
            );
        }
    };
    match behind(config, clock, mark).await {
        Ok(Some(behind)) => Finding::ok(NAME, format!("{documents} documents, {behind} events behind")),
        Ok(None) => Finding::warn(
            NAME,
            "made of another database",
            "`tandem search rebuild`, or start the server again",
        ),
        Err(error) => Finding::ok(NAME, format!("{documents} documents; not compared: {error}")),
    }
}

fn state(shelf: &Shelf) -> Result<(u64, Mark), SearchError> {
    shelf.check()?;
    let (_, index) = shelf.open()?;
    let mark = index.mark()?.parse();
    let mark = mark.map_err(|_| SearchError::Damaged("its mark can't be read".to_owned()))?;
    Ok((index.documents(), mark))
}

/// How many events the index has not seen; none when the database does not know its mark.
async fn behind(config: &Config, clock: &Clock, mark: Mark) -> Result<Option<i64>, DbError> {
    let db = Db::open(&stores::database(config), clock.clone(), Ids::random())?;
    let asked = db.read(move |tx| {
        let Position(newest) = events::newest_position(tx)?;
        Ok::<_, DbError>(is_known(tx, mark)?.then_some(newest - mark.position.0))
    });
    let behind = asked.await;
    db.close().await;
    behind
}
