//! Every page of the tour in three themes and three widths, in the short form; `cargo xtask torture pages` is the long one.

use axum::http::Method;
use server::routes;
use testkit::browser::Driver;
use testkit::tour::{NO_PAGES, STOPS, Stage};
use testkit::walk::{Looks, walk};

use super::BINARY;

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
    for stop in STOPS.iter() {
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
    let found = walk(&driver, &stage.place, Looks::Short);
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}
