//! Calendars: the hours a workspace works, who may change them, and what happens when two do.

use tandem_core::calendars::{self, Calendar, CalendarError, Holiday, Hours};
use testkit::on_both;

use crate::world::{LISTS, World, kinds};

fn hours(monday: &str, holidays: &[&str]) -> Hours {
    let mut hours = Hours::usual();
    hours.week.write(1, monday).unwrap();
    hours.holidays = holidays
        .iter()
        .map(|day| Holiday {
            day: day.parse().unwrap(),
            name: format!(" {day} "),
        })
        .collect();
    hours
}

on_both! { LISTS;
    async fn hours_and_holidays_are_found_as_they_were_written(db: TestDb) {
        let world = World::new(&db).await;
        let (ada, id) = (world.ada.clone(), world.workspace.id);
        let before: Option<Calendar> = db.read(move |tx| calendars::find(tx, id)).await.unwrap();
        assert_eq!(before, None);
        let written = hours("9-12, 13-17", &["2026-12-25", "2026-01-01", "2026-12-25"]);
        let made = db.write(move |tx| calendars::change(tx, &ada, 0, &written)).await.unwrap();
        assert_eq!((made.version, made.hours.week.text(1).as_str()), (1, "09:00–12:00, 13:00–17:00"));
        let days: Vec<_> = made.hours.holidays.iter().map(|holiday| (holiday.day.to_string(), holiday.name.clone())).collect();
        assert_eq!(days, [("2026-01-01".into(), "2026-01-01".to_owned()), ("2026-12-25".into(), "2026-12-25".to_owned())]);
        assert_eq!(made.zone.iana_name(), Some("Europe/Warsaw"));
        assert!(kinds(&db).await.contains(&"calendar.changed".to_owned()));
    }

    async fn hours_written_from_an_older_version_are_refused_with_the_newer_ones(db: TestDb) {
        let world = World::new(&db).await;
        let (first, late) = (world.ada.clone(), world.ada.clone());
        db.write(move |tx| calendars::change(tx, &first, 0, &hours("8-16", &[]))).await.unwrap();
        let refused = db.write(move |tx| calendars::change(tx, &late, 0, &hours("10-18", &[]))).await.unwrap_err();
        let CalendarError::Stale(now) = refused else { panic!("{refused:?}") };
        assert_eq!(now.unwrap().hours.week.text(1), "08:00–16:00");
    }

    async fn who_may_not_change_the_workspace_changes_no_hours_and_another_workspace_has_its_own(db: TestDb) {
        let world = World::new(&db).await;
        let (sam, ada, eve) = (world.sam.clone(), world.ada.clone(), world.eve.clone());
        let refused = db.write(move |tx| calendars::change(tx, &sam, 0, &hours("8-16", &[]))).await.unwrap_err();
        assert!(matches!(refused, CalendarError::Forbidden(_)));
        db.write(move |tx| calendars::change(tx, &ada, 0, &hours("8-16", &[]))).await.unwrap();
        let other = db.read(move |tx| calendars::find(tx, eve.workspace)).await.unwrap();
        assert_eq!(other, None);
    }
}
