//! The palette with its second step, and fields that a keyboard fills.

use serde_json::{Value, json};
use testkit::browser::{Browser, Driver, key};
use testkit::program::Program;

use super::BINARY;

/// Presses of Ctrl and K.
const PALETTE: &str = "\u{e009}k";
const MARKED: &str = "document.querySelector('#palette [aria-selected=true]')?.id";
const OPTIONS: &str = "[...document.querySelectorAll('#palette [role=option]')].map((one) => one.id)";
const TYPED: &str = "document.querySelector('#palette input').value";
/// Answers to the palette wait until `letIn` is called.
const HELD: &str =
    "const real = window.fetch; window.fetch = (...asked) => String(asked[0]).includes('/search/palette')
    ? new Promise((answer) => { window.letIn = () => answer(real(...asked)); }) : real(...asked);";

/// A browser on the list of accounts, of which two are there and found.
fn signed_in(driver: &Driver, program: &Program) -> (Browser, testkit::program::Node) {
    let token = program.token();
    let node = program.serve();
    for name in ["Zephyr Works", "Account Keepers"] {
        node.add_account(name, &token).expect("an answer");
    }
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    browser.open(&format!("{}/accounts", place.origin));
    for word in ["zephyr", "keepers"] {
        browser.wait(&format!(
            "fetch('/search/palette?q={word}').then((answer) => answer.json()).then(({{ groups }}) => groups.length > 0)"
        ));
    }
    (browser, node)
}

#[test]
fn the_palette_goes_a_step_further_and_back_and_does_what_is_chosen_there() {
    let Some(driver) = Driver::start() else { return };
    let (browser, _node) = signed_in(&driver, &Program::new(BINARY));
    browser.press(PALETTE);
    browser.see("#palette");
    browser.press("zephyr");
    browser.see("#palette [id^=palette-acc_][aria-selected=true]");

    // Escape and Backspace lead back to what was typed, and only then out.
    let is_second = "document.querySelector('#palette input').placeholder === 'Zephyr Works'";
    for back in [key::ESCAPE, key::BACKSPACE] {
        browser.press(key::ENTER);
        browser.wait(is_second);
        assert_eq!(browser.value(TYPED), "");
        assert_eq!(
            browser.value(OPTIONS),
            json!(["palette-open", "palette-accounts-edit", "palette-accounts-close"])
        );
        browser.press("cl");
        assert_eq!(browser.value(OPTIONS), json!(["palette-accounts-close"]));
        browser.press(&key::BACKSPACE.repeat(2));
        assert_eq!(
            browser.value(is_second),
            Value::Bool(true),
            "Backspace takes back what was typed first"
        );
        browser.press(back);
        browser.see("#palette [id^=palette-acc_][aria-selected=true]");
        assert_eq!(browser.value(TYPED), "zephyr");
        assert_ne!(browser.value(is_second), Value::Bool(true));
    }

    // A step that changes something is sent as a form, and can be taken back.
    browser.press(key::ENTER);
    browser.wait(is_second);
    browser.press("cl");
    browser.press(key::ENTER);
    browser.read("This account is closed");
    browser.wait("document.querySelector('#page-title').textContent.trim() === 'Zephyr Works'");
    browser.press(PALETTE);
    browser.see("#palette");
    browser.press(key::ESCAPE);
    browser.wait("!document.querySelector('#palette').open");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn settings_are_found_by_name_and_the_word_alone_leads_to_all_of_them() {
    let Some(driver) = Driver::start() else { return };
    let (browser, _node) = signed_in(&driver, &Program::new(BINARY));
    browser.press(PALETTE);
    browser.see("#palette");
    browser.press("settings");
    browser.see("#palette-go-settings[aria-selected=true]");
    browser.press(&key::BACKSPACE.repeat(8));
    browser.press("webhooks");
    browser.see("#palette-settings-webhooks[aria-selected=true]");
    browser.press(key::ENTER);
    browser.wait("location.pathname === '/settings/webhooks'");
}

#[test]
fn what_is_marked_in_the_palette_stays_so_when_the_server_has_found_something() {
    let Some(driver) = Driver::start() else { return };
    let (browser, _node) = signed_in(&driver, &Program::new(BINARY));
    browser.script(HELD, json!([]));
    browser.press(PALETTE);
    browser.see("#palette");
    browser.press("acco");
    browser.wait("typeof window.letIn === 'function'");
    browser.see("#palette-go-accounts");
    browser.press(key::DOWN);
    let marked = browser.value(MARKED);
    let place = format!("document.getElementById({marked}).getBoundingClientRect().top");
    let before = browser.value(&place);
    assert!(marked.as_str().is_some_and(|id| id != "palette-all"), "{marked}");
    browser.script("window.letIn()", json!([]));
    browser.see("#palette [id^=palette-acc_]");
    assert_eq!((browser.value(MARKED), browser.value(&place)), (marked, before));
}

#[test]
fn a_field_that_is_found_by_typing_and_a_day_are_filled_by_keyboard() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    program.token();
    let node = program.serve();
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    browser.open(&format!("{}/design?part=controls", place.origin));
    let chosen = "document.querySelector('[name=zone]').value";
    let is_open = "!document.getElementById('zone-list').hidden";
    let pointed = "document.getElementById(document.querySelector('#zone').getAttribute('aria-activedescendant'))?.textContent";

    browser.tab_to("#zone");
    let first = browser.value(chosen);
    browser.press("warsaw");
    assert_eq!(
        (
            browser.value(is_open),
            browser.value("document.querySelector('#zone').ariaExpanded")
        ),
        (json!(true), json!("true"))
    );
    assert_eq!(browser.value(pointed), "Europe/Warsaw");
    browser.press(key::ESCAPE);
    assert_eq!(
        (browser.value(is_open), browser.value(chosen)),
        (json!(false), first)
    );
    browser.press(key::DOWN);
    let here = browser.value(pointed);
    browser.press(key::DOWN);
    assert_ne!(browser.value(pointed), here);
    browser.press(key::UP);
    assert_eq!(browser.value(pointed), here);
    browser.press(key::ESCAPE);
    browser.script("document.querySelector('#zone').select()", json!([]));
    browser.press("warsaw");
    browser.press(key::ENTER);
    assert_eq!(
        (browser.value(chosen), browser.value(is_open)),
        (json!("Europe/Warsaw"), json!(false))
    );
    assert_eq!(
        browser.value("location.search"),
        "?part=controls",
        "Enter chose and sent nothing"
    );

    // A day is typed; the calendar has a button of its own behind it.
    browser.tab_to("#renewal");
    browser.script("document.activeElement.select()", json!([]));
    browser.press("2027-03-14");
    assert_eq!(
        browser.value("document.querySelector('#renewal').value"),
        "2027-03-14"
    );
    browser.press(key::TAB);
    assert_eq!(
        browser.value("document.activeElement.matches('.date-button')"),
        Value::Bool(true)
    );
    assert_eq!(browser.complaints(), [""; 0]);
}
