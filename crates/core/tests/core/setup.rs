//! Setup: the first workspace, its administrator, and who was faster.

use kit::db::Db;
use tandem_core::agents::{self, NewAgent};
use tandem_core::calendars::{self, Hours};
use tandem_core::doors::{self, Secret};
use tandem_core::permissions::Role;
use tandem_core::samples;
use tandem_core::setup::{self, Founding, SetupError};
use tandem_core::workspaces::{self, NewWorkspace, WorkspaceError};
use testkit::on_both;

use crate::world::LISTS;

fn founding(admin: &str) -> Founding {
    Founding {
        admin: NewAgent {
            name: admin.to_owned(),
            email: format!("{admin}@example.com"),
            role: Role::SupportAgent,
        },
        password: None,
        workspace: NewWorkspace {
            name: format!("{admin}'s"),
            locale: "pl".to_owned(),
            zone: "Europe/Warsaw".to_owned(),
        },
        hours: Hours::usual(),
        wants_samples: false,
    }
}

async fn open(db: &Db) -> Secret {
    db.write(setup::open)
        .await
        .unwrap()
        .expect("the installation is empty")
}

on_both! { LISTS;
    async fn the_first_to_finish_becomes_administrator_and_is_let_in(db: TestDb) {
        let secret = open(&db).await;
        let made = db.write(move |tx| setup::finish(tx, &secret, &founding("Ada"))).await.unwrap();
        let session = db.read(move |tx| doors::recognise(tx, &made)).await.unwrap().expect("a session");
        assert_eq!((session.name.as_str(), session.role, session.locale.as_str()), ("Ada", Role::Admin, "pl"));
        let id = session.workspace;
        let calendar = db.read(move |tx| calendars::find(tx, id)).await.unwrap();
        assert_eq!(calendar.map(|calendar| calendar.hours), Some(Hours::usual()));
        assert_eq!(db.write(setup::open).await.unwrap(), None, "there is nothing left to set up");
    }

    async fn of_two_who_race_one_wins_and_the_other_is_told_who(db: TestDb) {
        let (first, second) = (open(&db).await, open(&db).await);
        let (late, again) = (second.clone(), second.clone());
        db.write(move |tx| setup::keep(tx, &second, r#"{"name":"Bo's"}"#)).await.unwrap();
        db.write(move |tx| setup::finish(tx, &first, &founding("Ada"))).await.unwrap();
        let told = db.write(move |tx| setup::finish(tx, &late, &founding("Bo"))).await.unwrap_err();
        assert!(matches!(told, SetupError::Finished(finished) if finished.by == "Ada"));
        let found = db.read(move |tx| setup::find(tx, &again)).await.unwrap().expect("the secret is known");
        assert!(found.finished.is_some());
        assert_eq!(db.read(workspaces::all).await.unwrap().len(), 1);
    }

    async fn both_at_once_still_make_one_workspace(db: TestDb) {
        let (first, second) = (open(&db).await, open(&db).await);
        let finish = |secret: Secret, name: &'static str| {
            let db = db.db.clone();
            async move { db.write(move |tx| setup::finish(tx, &secret, &founding(name))).await.is_ok() }
        };
        let (one, other) = tokio::join!(finish(first, "Ada"), finish(second, "Bo"));
        assert!(one != other, "one of the two wins: {one}, {other}");
        let all = db.read(workspaces::all).await.unwrap();
        let id = all[0].id;
        assert_eq!((all.len(), db.read(move |tx| agents::all(tx, id)).await.unwrap().len()), (1, 1));
    }

    async fn a_workspace_from_the_command_line_ends_the_setup(db: TestDb) {
        let secret = open(&db).await;
        db.write(move |tx| workspaces::create(tx, &founding("Ada").workspace)).await.unwrap_or_else(|error: WorkspaceError| panic!("{error}"));
        let told = db.write(move |tx| setup::keep(tx, &secret, "{}")).await.unwrap_err();
        assert!(matches!(told, SetupError::Finished(finished) if finished.by.is_empty()));
    }

    async fn a_wrong_secret_sets_nothing_up(db: TestDb) {
        open(&db).await;
        let wrong: Secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".parse().unwrap();
        let refused = db.write(move |tx| setup::finish(tx, &wrong, &founding("Eve"))).await.unwrap_err();
        assert!(matches!(refused, SetupError::Unknown));
        assert!(db.read(workspaces::all).await.unwrap().is_empty());
    }

    async fn a_name_that_does_not_fit_leaves_nothing_half_made(db: TestDb) {
        let secret = open(&db).await;
        let mut bad = founding("Ada");
        bad.admin.email = "nowhere".to_owned();
        db.write(move |tx| setup::finish(tx, &secret, &bad)).await.unwrap_err();
        assert!(db.read(workspaces::all).await.unwrap().is_empty());
    }

    async fn samples_wished_for_are_asked_for_at_once(db: TestDb) {
        let secret = open(&db).await;
        let wish = Founding { wants_samples: true, ..founding("Ada") };
        db.write(move |tx| setup::finish(tx, &secret, &wish)).await.unwrap();
        let id = db.read(workspaces::all).await.unwrap()[0].id;
        assert!(db.read(move |tx| samples::find(tx, id)).await.unwrap().is_some());
    }
}
