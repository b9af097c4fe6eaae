//! Loading an archive: a whole database, or one workspace into a running one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::runtime::Handle;

use super::file::{Entry, lines, verify, walk};
use super::inserter::Inserter;
use super::rows::{Cell, Tally, line};
use super::writing::Watcher;
use super::{ArchiveError, Kind, Manifest, Progress, Scope, TableSummary, objects, rows};
use crate::blob::Blobs;
use crate::db::catalog::{self, Part, Table};
use crate::db::{Db, DbError, Migration, ToParam, Tx};
use crate::id::Uuid;

type Lists = &'static [&'static [Migration]];

/// Loads a backup into an empty database, and brings its schema up to `migrations`.
///
/// # Errors
/// The archive is damaged, no backup, or of a newer program; the database is not empty; trouble of database or blob
/// store. The database is then as it was; contents already stored are left to the sweep.
pub async fn restore(
    db: &Db,
    blobs: &Blobs,
    migrations: Lists,
    path: &Path,
    watcher: impl Fn(Progress) + Send + Sync + 'static,
) -> Result<Manifest, ArchiveError> {
    let watcher: Watcher = Arc::new(watcher);
    let manifest = verified(path, &watcher).await?;
    if manifest.kind != Kind::Backup {
        let problem = "the archive is one workspace, not a backup: use import";
        return Err(ArchiveError::Unfit(problem.to_owned()));
    }
    let then = migrations_of(&manifest, migrations)?;
    if let Some(table) = db.read(first_filled).await? {
        let problem = format!("the database is not empty: {table} has rows; restore into a new one");
        return Err(ArchiveError::Unfit(problem));
    }
    put_objects(blobs, path, &manifest, &watcher).await?;
    // An older backup meets the tables it was made from; what came later is done to its rows as an upgrade does it.
    db.migrate(then).await?;
    load(db, path, manifest.clone(), Scope::Everything, &watcher).await?;
    db.migrate(migrations).await?;
    Ok(manifest)
}

/// Loads an exported workspace into a database that does not have it. `scope` must be the one it was exported with,
/// with any id: the archive's own is used.
///
/// # Errors
/// The archive is damaged, no workspace, or of another version; the workspace exists; trouble of database or blob
/// store. The database is then as it was.
pub async fn import(
    db: &Db,
    blobs: &Blobs,
    scope: Scope,
    path: &Path,
    watcher: impl Fn(Progress) + Send + Sync + 'static,
) -> Result<Manifest, ArchiveError> {
    let watcher: Watcher = Arc::new(watcher);
    let manifest = verified(path, &watcher).await?;
    let (
        Kind::Workspace(id),
        Scope::Workspace {
            table,
            without,
            blank,
            ..
        },
    ) = (&manifest.kind, scope)
    else {
        let problem = "the archive is a backup, not one workspace: use restore";
        return Err(ArchiveError::Unfit(problem.to_owned()));
    };
    let id = *id;
    let (applied, exists) = db
        .read(move |tx| Ok::<_, DbError>((catalog::applied(tx)?, exists(tx, table, id)?)))
        .await?;
    if applied != manifest.migrations {
        let problem =
            "the archive was made by another version of this program: export it again with this one";
        return Err(ArchiveError::Unfit(problem.to_owned()));
    }
    if exists {
        return Err(ArchiveError::Unfit(
            "the workspace exists in this database already".to_owned(),
        ));
    }
    put_objects(blobs, path, &manifest, &watcher).await?;
    let scope = Scope::Workspace {
        id,
        table,
        without,
        blank,
    };
    load(db, path, manifest.clone(), scope, &watcher).await?;
    Ok(manifest)
}

async fn verified(path: &Path, watcher: &Watcher) -> Result<Manifest, ArchiveError> {
    watcher(Progress::Verifying);
    let path = path.to_owned();
    blocking(move || verify(&path)).await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ArchiveError> + Send + 'static,
) -> Result<T, ArchiveError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(ArchiveError::Unfit("the archive's reader panicked".to_owned())))
}

/// Those of our migrations that the archive's database had.
fn migrations_of(manifest: &Manifest, ours: Lists) -> Result<Lists, ArchiveError> {
    let known = |name: &String| {
        ours.iter()
            .copied()
            .flatten()
            .any(|migration| migration.name == name)
    };
    if let Some(unknown) = manifest.migrations.iter().find(|name| !known(name)) {
        let problem = format!("the archive is newer than this program: it has migration {unknown}");
        return Err(ArchiveError::Unfit(problem));
    }
    let then: Vec<Migration> = ours
        .iter()
        .copied()
        .flatten()
        .filter(|migration| manifest.migrations.iter().any(|name| name == migration.name))
        .copied()
        .collect();
    // Migrations live as long as the program, and a program restores once.
    Ok(Box::leak(Box::new([&*Box::leak(then.into_boxed_slice())])))
}

fn first_filled(tx: &mut Tx<'_>) -> Result<Option<String>, DbError> {
    for table in catalog::tables(tx)? {
        if catalog::has_rows(tx, &table)? {
            return Ok(Some(table.name));
        }
    }
    Ok(None)
}

fn exists(tx: &mut Tx<'_>, table: &str, id: Uuid) -> Result<bool, DbError> {
    let tables = catalog::tables(tx)?;
    let table = tables.iter().find(|known| known.name == table);
    let table = table.ok_or_else(|| DbError::Schema("the database has no workspaces".to_owned()))?;
    let rows = catalog::each_row(tx, table, &Part::Where("id", id.to_param()), |_| Ok(()))?;
    Ok(rows > 0)
}

async fn put_objects(
    blobs: &Blobs,
    path: &Path,
    manifest: &Manifest,
    watcher: &Watcher,
) -> Result<(), ArchiveError> {
    let (blobs, path, of) = (blobs.clone(), path.to_owned(), manifest.objects.count);
    let (watcher, handle) = (Arc::clone(watcher), Handle::current());
    let put = move || {
        let mut done = 0;
        walk(&path, |entry| {
            if let Entry::Object(object, reader) = entry {
                objects::put(&handle, &blobs, object, reader)?;
                done += 1;
                if done % 1_000 == 0 || done == of {
                    watcher(Progress::Objects { done, of });
                }
            }
            Ok(())
        })
    };
    blocking(put).await.map(drop)
}

async fn load(
    db: &Db,
    path: &Path,
    manifest: Manifest,
    scope: Scope,
    watcher: &Watcher,
) -> Result<(), ArchiveError> {
    let (path, watcher) = (path.to_owned(), Arc::clone(watcher));
    db.load(move |tx| {
        let load = Load {
            path: &path,
            manifest: &manifest,
            scope: &scope,
            watcher: &watcher,
        };
        load.run(tx)
    })
    .await
}

/// The one transaction of a loading.
struct Load<'l> {
    path: &'l PathBuf,
    manifest: &'l Manifest,
    scope: &'l Scope,
    watcher: &'l Watcher,
}

impl Load<'_> {
    fn run(&self, tx: &mut Tx<'_>) -> Result<(), ArchiveError> {
        let tables = self.matching(catalog::tables(tx)?)?;
        catalog::put_off_references(tx)?;
        self.insert(tx, &tables)?;
        (self.watcher)(Progress::Verifying);
        for table in &tables {
            self.compare(tx, table)?;
        }
        Ok(())
    }

    /// The tables of the manifest, in this database's order; they must have the same columns.
    fn matching(&self, all: Vec<Table>) -> Result<Vec<Table>, ArchiveError> {
        let known: BTreeMap<&str, &TableSummary> = self
            .manifest
            .tables
            .iter()
            .map(|table| (table.name.as_str(), table))
            .collect();
        let tables: Vec<Table> = all
            .into_iter()
            .filter(|table| known.contains_key(table.name.as_str()))
            .collect();
        if tables.len() != known.len() {
            return Err(ArchiveError::Unfit(
                "the archive has tables that this database does not have".to_owned(),
            ));
        }
        for table in &tables {
            let columns = table.columns.iter().map(|column| &column.name);
            if !columns.eq(&known[table.name.as_str()].columns) {
                let problem = format!(
                    "the archive's {} has other columns than this database's",
                    table.name
                );
                return Err(ArchiveError::Unfit(problem));
            }
        }
        Ok(tables)
    }

    fn insert(&self, tx: &mut Tx<'_>, tables: &[Table]) -> Result<(), ArchiveError> {
        let mut current: Option<(&Table, Inserter<'_>, u64)> = None;
        walk(self.path, |entry| {
            let (name, reader) = match entry {
                Entry::Rows(name, reader) => (name, reader),
                Entry::Object(..) | Entry::Manifest => return Ok(()),
            };
            if current.as_ref().is_none_or(|(table, ..)| table.name != name) {
                self.finish(tx, current.take())?;
                let table = tables
                    .iter()
                    .find(|table| table.name == name)
                    .ok_or_else(|| ArchiveError::damaged(format!("its manifest does not name {name}")))?;
                current = Some((table, Inserter::new(table), 0));
            }
            let (table, inserter, count) = current.as_mut().expect("it was just made if there was none");
            lines(reader, |line| {
                *count += 1;
                Ok(inserter.add(tx, rows::parse(line, table.columns.len())?)?)
            })
        })?;
        self.finish(tx, current)
    }

    fn finish(
        &self,
        tx: &mut Tx<'_>,
        table: Option<(&Table, Inserter<'_>, u64)>,
    ) -> Result<(), ArchiveError> {
        if let Some((table, inserter, rows)) = table {
            inserter.finish(tx)?;
            (self.watcher)(Progress::Table {
                name: table.name.clone(),
                rows,
            });
        }
        Ok(())
    }

    /// What is stored now must be what the archive was made from.
    fn compare(&self, tx: &mut Tx<'_>, table: &Table) -> Result<(), ArchiveError> {
        let Some(part) = self.scope.part(table) else {
            return Ok(());
        };
        let stored = tally(tx, table, &part)?;
        if !self.manifest.tables.contains(&stored) {
            let problem = format!(
                "the rows of {} are not stored as the archive has them",
                table.name
            );
            return Err(ArchiveError::damaged(problem));
        }
        Ok(())
    }
}

/// Counts and hashes what is stored of a table.
fn tally(tx: &mut Tx<'_>, table: &Table, part: &Part<'_>) -> Result<TableSummary, DbError> {
    let mut tally = Tally::of_table(table);
    catalog::each_row(tx, table, part, |row| {
        tally.add(&line(&row.iter().map(Cell::of).collect::<Vec<_>>()));
        Ok(())
    })?;
    Ok(tally.summary())
}
