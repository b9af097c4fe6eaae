//! Sources and their write keys.

use std::time::Duration;

use kit::db::DbError;
use success::usage::sources::{self, OVERLAP, SourceError};
use testkit::on_both;

use crate::world::{LISTS, World};

on_both! { LISTS;
    async fn a_source_has_a_key_that_leads_to_it_and_a_rotated_key_holds_for_a_day_more(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, workspace) = (world.ada.clone(), world.workspace);
        let (source, old) = db
            .write(move |tx| {
                let source = sources::add(tx, &ada, "  Web app ")?;
                let old = source.key().to_owned();
                let gate = sources::of_key(tx, &old)?.unwrap();
                assert_eq!((gate.workspace, gate.source), (workspace, source.id));
                assert_eq!(source.name, "Web app");
                let rotated = sources::rotate(tx, &ada, source.id)?;
                assert_ne!(rotated.key(), old);
                assert_eq!(rotated.keys.len(), 2);
                let again = sources::rotate(tx, &ada, source.id)?;
                assert_eq!(again.keys.len(), 2, "the oldest is taken no more");
                assert!(sources::of_key(tx, &old)?.is_none());
                assert_eq!(again, sources::find(tx, &ada, source.id)?.unwrap());
                Ok::<_, SourceError>((again.clone(), again.keys[1].text.clone()))
            })
            .await
            .unwrap();
        db.clock().advance(OVERLAP.saturating_sub(Duration::from_secs(1)));
        let (asked, new) = (old.clone(), source.key().to_owned());
        let holds = db.read(move |tx| sources::of_key(tx, &asked)).await.unwrap();
        assert!(holds.is_some());
        db.clock().advance(Duration::from_secs(2));
        let found = db
            .read(move |tx| Ok::<_, DbError>((sources::of_key(tx, &old)?, sources::of_key(tx, &new)?)))
            .await
            .unwrap();
        assert!(found.0.is_none() && found.1.is_some());
    }
}

on_both! { LISTS;
    async fn who_may_not_sets_nothing_up_and_others_see_nothing(db: TestDb) {
    let world = World::new(&db).await;
    let (ada, sam, eve) = (world.ada.clone(), world.sam.clone(), world.eve.clone());
    db.write(move |tx| {
        let source = sources::add(tx, &ada, "Web app")?;
        assert!(matches!(
            sources::add(tx, &sam, "Mine"),
            Err(SourceError::Forbidden(_))
        ));
        assert_eq!(sources::all(tx, &sam)?.len(), 1);
        assert!(sources::all(tx, &eve)?.is_empty());
        assert_eq!(sources::stop(tx, &eve, source.id), Err(SourceError::Unknown));
        assert_eq!(sources::add(tx, &ada, " "), Err(SourceError::BadName));
        assert_eq!(
            sources::change(tx, &ada, source.id, 7, "x"),
            Err(SourceError::Stale)
        );
        let off = sources::stop(tx, &ada, source.id)?;
        assert_eq!(
            sources::stop(tx, &ada, source.id)?,
            off,
            "twice keeps who did it first"
        );
        assert!(!sources::of_key(tx, source.key())?.unwrap().is_on);
        assert!(sources::start(tx, &ada, source.id)?.is_on());
        Ok::<_, SourceError>(())
    })
    .await
    .unwrap();
}
}
