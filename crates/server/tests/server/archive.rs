//! The archive of the real schema: what every feature stores survives the journey to the other database and back.

use std::path::PathBuf;

use kit::archive::{self, Manifest, Scope};
use kit::blob::{BlobPlace, Blobs};
use kit::id::{Ids, TypedId};
use server::wiring;
use testkit::{Place, TestDb, fresh, on_both};

use crate::world::{LISTS, WORLD, World};

fn blobs_of(db: &TestDb) -> Blobs {
    let place = BlobPlace::Folder(db.folder.path().join("blobs"));
    Blobs::open(&place, db.clock.clone(), Ids::random()).unwrap()
}

fn file_in(db: &TestDb) -> PathBuf {
    db.folder.path().join("archive")
}

async fn written(db: &TestDb, scope: Scope) -> Manifest {
    archive::write(db, &blobs_of(db), scope, &file_in(db), |_| ())
        .await
        .unwrap()
}

async fn lite() -> TestDb {
    fresh(Place::Sqlite, LISTS).await.unwrap()
}

on_both! { WORLD;
    async fn everything_comes_back_from_a_backup(db: TestDb) {
        World::new(&db).await;
        let first = written(&db, Scope::Everything).await;
        assert!(first.tables.iter().any(|table| table.name == "events" && table.rows > 0));
        let other = lite().await;
        archive::restore(&other, &blobs_of(&other), LISTS, &file_in(&db), |_| ()).await.unwrap();
        assert_eq!(written(&other, Scope::Everything).await.tables, first.tables);
    }

    async fn a_workspace_arrives_whole_beside_others(db: TestDb) {
        let from = lite().await;
        let ours = World::new(&from).await.ours.workspace.id;
        World::new(&db).await;
        let scope = wiring::workspace_scope(ours.uuid());
        let first = written(&from, scope.clone()).await;
        archive::import(&db, &blobs_of(&db), scope.clone(), &file_in(&from), |_| ()).await.unwrap();
        assert_eq!(written(&db, scope).await.tables, first.tables);
    }
}
