//! What this process needs to be of use.

use kit::db::{Db, DbError, Migration, catalog};

use super::{Readiness, disk};
use crate::{config::Config, drain::Drain};

/// Ready while the database answers, its schema is this program's, the disk has room and no drain has begun.
pub fn readiness(
    config: &Config,
    db: &Db,
    migrations: &'static [&'static [Migration]],
    drain: &Drain,
) -> Readiness {
    let (data, reserve) = (config.data.clone(), config.disk_reserve);
    let db = db.clone();
    Readiness::new(drain.clone())
        .with("disk", move || {
            let data = data.clone();
            async move { disk::has_room(&data, reserve) }
        })
        .with("database", move || {
            let db = db.clone();
            async move { has_schema(&db, migrations).await }
        })
}

/// One small read tells both whether the database answers and which schema it has.
async fn has_schema(db: &Db, migrations: &[&[Migration]]) -> Result<(), String> {
    let applied = db
        .read(catalog::applied)
        .await
        .map_err(|error: DbError| error.to_string())?;
    let pending: Vec<&str> = pending(&applied, migrations).collect();
    match pending.is_empty() {
        true => Ok(()),
        false => Err(format!("migrations are pending: {}", pending.join(", "))),
    }
}

/// The names of `migrations` that are not among the `applied`.
pub(crate) fn pending<'m>(
    applied: &[String],
    migrations: &'m [&'m [Migration]],
) -> impl Iterator<Item = &'m str> {
    let known = migrations
        .iter()
        .copied()
        .flatten()
        .map(|migration| migration.name);
    known.filter(|name| !applied.iter().any(|applied| applied == name))
}
