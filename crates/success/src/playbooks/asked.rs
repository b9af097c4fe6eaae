//! The playbook that a page is about.

use kit::db::Db;
use kit::web::Failure;
use tandem_core::actor::Actor;

use super::{Playbook, PlaybookId};

pub(super) async fn found(db: &Db, actor: &Actor, id: PlaybookId) -> Result<Playbook, Failure> {
    let reader = actor.clone();
    Ok(db.read(move |tx| super::find(tx, &reader, id)).await?)
}
