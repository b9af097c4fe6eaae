//! Every page of the tour in three themes and three widths.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::http::Method;
use server::routes;
use testkit::browser::{Browser, Driver, Theme};
use testkit::tour::{NO_PAGES, Place, STOPS, Stage, Stop, Visitor};

use super::BINARY;

const WIDTHS: [u32; 3] = [1280, 800, 320];
const HEIGHT: u32 = 900;
/// Addresses that the shell answers beside the table.
const SHELL: [&str; 4] = [
    "/design",
    "/design/trouble/{status}",
    "/preferences",
    "/preferences/keys",
];

#[test]
fn every_page_has_its_place_in_the_tour() {
    let table = routes::table();
    let is_page = |path: &&str| !path.starts_with("/api/") && NO_PAGES.iter().all(|(other, _)| other != path);
    let rows = table.iter().filter(|row| row.method == Method::GET);
    let pages: Vec<&str> = rows.map(|row| row.path).filter(is_page).chain(SHELL).collect();
    for page in &pages {
        assert!(
            STOPS.iter().any(|stop| stop.route == *page),
            "{page} has no stop in crates/testkit/src/tour.rs"
        );
    }
    for stop in STOPS {
        assert!(
            pages.contains(&stop.route),
            "{}: no row {}",
            stop.name,
            stop.route
        );
    }
}

#[test]
fn every_page_can_be_used_by_everybody_in_every_theme_and_width() {
    let Some(driver) = Driver::start() else { return };
    let stage = Stage::of(BINARY, 60);
    let (one, other): (Vec<_>, Vec<_>) = STOPS.iter().enumerate().partition(|(number, _)| number % 2 == 0);
    let found = std::thread::scope(|scope| {
        let walks = [one, other].map(|stops| {
            let (driver, place) = (&driver, &stage.place);
            scope.spawn(move || walk(&driver.browser(), place, &stops))
        });
        walks.map(|walk| walk.join().unwrap()).concat()
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// Visits the stops, strangers' first, and gives what is wrong with them.
fn walk(browser: &Browser, place: &Place, stops: &[(usize, &Stop)]) -> Vec<String> {
    let mut found = Vec::new();
    for visitor in [Visitor::Stranger, Visitor::Agent] {
        if visitor == Visitor::Agent {
            place.enter(browser);
        }
        for (_, stop) in stops.iter().filter(|(_, stop)| stop.visitor == visitor) {
            let looked = catch_unwind(AssertUnwindSafe(|| faults(browser, place, stop)));
            found.extend(looked.unwrap_or_else(|why| vec![format!("{}: {}", stop.name, said(&*why))]));
        }
    }
    found
}

/// What a panic said.
fn said(why: &dyn Any) -> &str {
    why.downcast_ref::<String>()
        .map_or("it cannot be reached", String::as_str)
}

/// What is wrong with a stop, each with the looks in which it is.
fn faults(browser: &Browser, place: &Place, stop: &Stop) -> Vec<String> {
    browser.show(Theme::Light, WIDTHS[0], HEIGHT);
    place.reach(browser, stop);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for theme in Theme::ALL {
        for width in WIDTHS {
            browser.show(theme, width, HEIGHT);
            let look = format!("{} {width}", theme.name());
            let faults = [browser.barriers(), browser.sideways(), browser.hidden_focus()].concat();
            for fault in faults {
                found.entry(fault).or_default().push(look.clone());
            }
        }
    }
    for complaint in browser.complaints() {
        found.entry(complaint).or_default();
    }
    let line =
        |(fault, looks): (String, Vec<String>)| format!("{} [{}] {fault}", stop.name, looks.join(", "));
    found.into_iter().map(line).collect()
}
