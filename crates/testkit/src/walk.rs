//! The walk through the tour: what is wrong with each page, in every look.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::browser::{Browser, Driver, Theme};
use crate::tour::{Place, STOPS, Stop, Visitor};

const WIDTHS: [u32; 3] = [1280, 800, 320];
const HEIGHT: u32 = 900;
/// Names of stops between commas; the walk then goes to these only, while one works on them.
const ONLY: &str = "TANDEM_TEST_STOPS";

/// How much is looked at on each page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Everything in light at three widths; in the other themes what colours decide, wide.
    Short,
    /// Everything in three themes at three widths.
    All,
}

/// What is looked for in one look at a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Whole,
    Colours,
}

impl Looks {
    fn depth(self, theme: Theme, width: u32) -> Option<Depth> {
        match (self, theme, width) {
            (Self::All, ..) | (Self::Short, Theme::Light, _) => Some(Depth::Whole),
            (Self::Short, _, 1280) => Some(Depth::Colours),
            (Self::Short, ..) => None,
        }
    }
}

/// Visits every stop with two browsers and gives what is wrong with them.
///
/// # Panics
/// When a browser does not start, or nobody is let in.
pub fn walk(driver: &Driver, place: &Place, looks: Looks) -> Vec<String> {
    let stops: Vec<&Stop> = STOPS.iter().filter(|stop| is_wanted(stop.name)).collect();
    let (one, other): (Vec<_>, Vec<_>) = stops.iter().enumerate().partition(|(number, _)| number % 2 == 0);
    std::thread::scope(|scope| {
        let walks = [one, other].map(|stops| {
            let stops: Vec<&Stop> = stops.into_iter().map(|(_, stop)| *stop).collect();
            scope.spawn(move || way(&driver.browser(), place, &stops, looks))
        });
        walks.map(|walk| walk.join().expect("a walk ends")).concat()
    })
}

#[expect(clippy::disallowed_methods, reason = "a filter for who works on pages")]
fn is_wanted(name: &str) -> bool {
    std::env::var(ONLY).map_or(true, |only| only.split(',').any(|one| one == name))
}

/// The way of one browser, strangers' stops first.
fn way(browser: &Browser, place: &Place, stops: &[&Stop], looks: Looks) -> Vec<String> {
    let mut found = Vec::new();
    for visitor in [Visitor::Stranger, Visitor::Agent] {
        if visitor == Visitor::Agent {
            place.enter(browser);
        }
        for stop in stops.iter().filter(|stop| stop.visitor == visitor) {
            let looked = catch_unwind(AssertUnwindSafe(|| faults(browser, place, stop, looks)));
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
fn faults(browser: &Browser, place: &Place, stop: &Stop, looks: Looks) -> Vec<String> {
    browser.show(Theme::Light, WIDTHS[0], HEIGHT);
    place.reach(browser, stop);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for theme in Theme::ALL {
        for width in WIDTHS {
            let Some(depth) = looks.depth(theme, width) else {
                continue;
            };
            browser.show(theme, width, HEIGHT);
            let look = format!("{} {width}", theme.name());
            for fault in look_at(browser, depth) {
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

fn look_at(browser: &Browser, depth: Depth) -> Vec<String> {
    match depth {
        Depth::Whole => [browser.barriers(), browser.sideways(), browser.hidden_focus()].concat(),
        Depth::Colours => [browser.faint_colours(), browser.hidden_focus()].concat(),
    }
}
