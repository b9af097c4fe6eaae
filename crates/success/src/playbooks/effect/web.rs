//! The page of what a playbook changed.

use axum::extract::{Path, State};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Page, known};
use tandem_core::actor::Actor;

use super::views::EffectPage;
use crate::playbooks::asked::found;
use crate::playbooks::offered::offered;
use crate::playbooks::runs::tabs;
use crate::playbooks::saying::Saying;
use crate::playbooks::web::PLACE;
use crate::playbooks::{LIST, PlaybookError};

/// What a playbook changed.
///
/// # Errors
/// No such playbook here, a missing permission, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let one = found(&db, &actor, known(&id)?).await?;
    let (id, reader) = (one.id, actor);
    let read =
        db.report(move |tx| Ok::<_, PlaybookError>((super::of(tx, &reader, id)?, offered(tx, &reader)?)));
    let (effect, offered) = read.await?;
    let saying = Saying {
        t: &t,
        offered: &offered,
    };
    let view = EffectPage {
        t: &t,
        tabs: tabs(&t, id, "/effect"),
        effect: &effect,
        goal: saying.goal(&effect.goal),
    };
    Ok(Page::new(t.say("playbooks-effect"), &view)
        .place(PLACE)
        .crumb(t.say("playbooks-title"), "/playbooks")
        .crumb(one.name, format!("/playbooks/{id}"))
        .live(LIST))
}
