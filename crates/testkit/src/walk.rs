//! The walk through the tour: what is wrong with each page, in every look.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::json;

use crate::browser::{Browser, Driver, Theme};
use crate::tour::{Place, STOPS, Step, Stop, Visitor};

const WIDTHS: [u32; 3] = [1280, 800, 320];
const HEIGHT: u32 = 900;
/// Names of stops between commas; the walk then goes to these only, while one works on them.
const ONLY: &str = "TANDEM_TEST_STOPS";

/// How much is looked at on each page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Everything in light and wide, at every fourth stop narrow and in between too; what sticks out where it is narrow; in the
    /// other themes what colours decide, wide, by turns.
    Short,
    /// Everything in three themes at three widths.
    All,
}

/// What is looked for in one look at a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Whole,
    Colours,
    Measured,
}

impl Looks {
    fn depth(self, stop: &Stop, theme: Theme, width: u32) -> Option<Depth> {
        match (self, theme, width) {
            (Self::Short, _, 800) if !place_of(stop).is_multiple_of(TURNS) => None,
            (Self::Short, Theme::Light, 320) if place_of(stop) % TURNS != 1 => Some(Depth::Measured),
            (Self::All, ..) | (Self::Short, Theme::Light, _) => Some(Depth::Whole),
            (Self::Short, _, 1280) if place_of(stop) % TURNS == usize::from(theme == Theme::Dark) => {
                Some(Depth::Colours)
            }
            (Self::Short, ..) => None,
        }
    }

    /// The looks for which a page is only measured.
    fn aside(self, stop: &Stop) -> Vec<(&'static str, u32)> {
        match self {
            _ if stop.steps.iter().any(|step| matches!(step, Step::Print)) => Vec::new(),
            Self::All => ASIDE.to_vec(),
            Self::Short if place_of(stop).is_multiple_of(TURNS) => {
                vec![ASIDE[place_of(stop) / TURNS % ASIDE.len()]]
            }
            Self::Short => Vec::new(),
        }
    }
}

/// One of so many stops is looked at between wide and narrow in the short form, one wholly where it is narrow, one in dark and
/// one in high contrast.
const TURNS: usize = 8;
/// Looks that not every page gets in the short form: one of them for every eighth stop, in turns.
const ASIDE: [(&str, u32); 4] = [
    ("comfortable", 1440),
    ("compact", 320),
    ("comfortable", 1440),
    ("roomy", 320),
];
/// One of so many stops is looked at in Russian too.
const EACH: usize = 12;

/// Visits every stop with two browsers, some of them once more in Russian, and gives what is wrong with them.
///
/// # Panics
/// When a browser does not start, or nobody is let in.
pub fn walk(driver: &Driver, place: &Place, looks: Looks) -> Vec<String> {
    let stops: Vec<&Stop> = STOPS.iter().filter(|stop| is_wanted(stop.name)).collect();
    let (one, other): (Vec<_>, Vec<_>) = stops.iter().enumerate().partition(|(number, _)| number % 2 == 0);
    let halves = [one, other].map(|half| half.into_iter().map(|(_, stop)| *stop).collect::<Vec<&Stop>>());
    let both = |go: &(dyn Fn(&Browser, &[&Stop]) -> Vec<String> + Sync)| {
        std::thread::scope(|scope| {
            let walks = halves
                .each_ref()
                .map(|stops| scope.spawn(move || go(&driver.browser(), stops)));
            walks.map(|walk| walk.join().expect("a walk ends")).concat()
        })
    };
    let mut found = both(&|browser, stops| way(browser, place, stops, looks));
    // The language is the agent's, not the browser's: nobody else is on the way by then.
    found.extend(both(&|browser, stops| {
        let stops: Vec<&Stop> = stops.iter().copied().filter(|stop| is_translated(stop)).collect();
        in_russian(browser, place, &stops)
    }));
    found
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
    let mut note = |faults: Vec<String>, look: &str| {
        for fault in faults {
            found.entry(fault).or_default().push(look.to_owned());
        }
    };
    for theme in Theme::ALL {
        // Paper is as wide as it is.
        for width in WIDTHS
            .into_iter()
            .filter(|width| !browser.is_on_paper() || *width == WIDTHS[0])
        {
            let Some(depth) = looks.depth(stop, theme, width) else {
                continue;
            };
            browser.show(theme, width, HEIGHT);
            note(look_at(browser, depth), &format!("{} {width}", theme.name()));
        }
    }
    for (density, width) in looks.aside(stop) {
        note(aside(browser, (density, width)), &format!("{density} {width}"));
    }
    for complaint in browser.complaints() {
        found.entry(complaint).or_default();
    }
    let line =
        |(fault, looks): (String, Vec<String>)| format!("{} [{}] {fault}", stop.name, looks.join(", "));
    found.into_iter().map(line).collect()
}

fn look_at(browser: &Browser, depth: Depth) -> Vec<String> {
    let paper = if browser.is_on_paper() {
        browser.on_paper()
    } else {
        Vec::new()
    };
    let found = match depth {
        Depth::Whole => [browser.barriers(), browser.sideways(), browser.hidden_focus()].concat(),
        Depth::Colours => [browser.faint_colours(), browser.hidden_focus()].concat(),
        Depth::Measured => [browser.sideways(), browser.hidden_focus()].concat(),
    };
    [paper, found].concat()
}

/// What sticks out in another density, or where the drawer stands beside the page.
fn aside(browser: &Browser, (density, width): (&str, u32)) -> Vec<String> {
    let wish = "document.documentElement.dataset.density = arguments[0];";
    let before = browser.value("document.documentElement.dataset.density");
    browser.script(wish, json!([density]));
    browser.show(Theme::Light, width, HEIGHT);
    let found = browser.sideways();
    browser.script(wish, json!([before]));
    found
}

/// Whether a stop is looked at in the language of the longest words: one in so many, and those reached without typing.
fn is_translated(stop: &Stop) -> bool {
    let is_typed = stop
        .steps
        .iter()
        .any(|step| matches!(step, Step::Press(_) | Step::Print));
    stop.visitor == Visitor::Agent && !is_typed && place_of(stop).is_multiple_of(EACH)
}

fn place_of(stop: &Stop) -> usize {
    let found = STOPS.iter().position(|one| one.name == stop.name);
    found.unwrap_or_default()
}

/// What sticks out on a phone where people read Russian.
fn in_russian(browser: &Browser, place: &Place, stops: &[&Stop]) -> Vec<String> {
    place.enter(browser);
    let speak = "return fetch('/preferences', { method: 'POST', body: new URLSearchParams({ lang: 'ru' }), \
        headers: { accept: 'application/json' } }).then((answer) => answer.ok);";
    browser.script(speak, json!([]));
    let mut found = Vec::new();
    for stop in stops {
        let looked = catch_unwind(AssertUnwindSafe(|| {
            browser.show(Theme::Light, WIDTHS[0], HEIGHT);
            place.reach(browser, stop);
            assert!(
                browser.value("document.documentElement.lang") == "ru",
                "the page is not in Russian"
            );
            browser.show(Theme::Light, 320, HEIGHT);
            browser.sideways()
        }));
        let faults = looked.unwrap_or_else(|why| vec![said(&*why).to_owned()]);
        found.extend(
            faults
                .iter()
                .map(|fault| format!("{} [Russian 320] {fault}", stop.name)),
        );
    }
    found
}
