//! The page of a scorecard's versions.

use axum::extract::{Path, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, known};
use tandem_core::actor::Actor;
use tandem_core::metrics;

use super::views::{VersionsPage, shown};
use crate::health::scorecards::web::{PATH, title};
use crate::health::{HealthError, LIST, ScorecardId};

/// What a scorecard said, version by version, and what each changed.
///
/// # Errors
/// No such scorecard here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let id: ScorecardId = known(&id)?;
    let reader = actor.clone();
    let (card, versions) = db
        .read(move |tx| {
            let card = crate::health::scorecards::find(tx, &reader, id)?;
            Ok::<_, HealthError>((card, super::list(tx, &reader, id)?))
        })
        .await?;
    let producers = metrics::producers_of(&db, actor.workspace).await?;
    let view = VersionsPage {
        t: &t,
        versions: shown(&t, &producers, versions),
    };
    Ok(Page::new(t.say("health-versions"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("health-scorecards"), PATH)
        .crumb(title(&t, Some(&card)), format!("{PATH}/{id}"))
        .live(LIST))
}
