//! Keys of a person's own, and none at all; crumbs that lead back.

use serde_json::{Value, json};
use testkit::browser::{Browser, Driver, key};
use testkit::program::Program;

use super::BINARY;

/// Whether the newest key did something: who acts on a key takes it from the browser.
const ACTED: &str = "window.acted";
const LISTEN: &str =
    "window.addEventListener('keydown', (event) => { window.acted = event.defaultPrevented; });";

const KEPT: &str = "fetch('/preferences/keys').then((answer) => answer.text()).then((text) =>
    new DOMParser().parseFromString(text, 'text/html').querySelector(\"[name='key.create']\").value === 'v')";

/// Opens a page and presses a key there; whether it did something.
fn acts(browser: &Browser, page: &str, keys: &str) -> bool {
    browser.open(page);
    browser.wait("document.readyState === 'complete' && Boolean(window.Turbo)");
    browser.script(LISTEN, json!([]));
    browser.press(keys);
    browser.value(ACTED) == Value::Bool(true) || browser.value("location.href") != page
}

#[test]
fn a_command_has_the_key_it_was_given_and_not_its_old_one_and_never_acts_while_one_types() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    program.token();
    let node = program.serve();
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    let accounts = format!("{}/accounts", place.origin);
    assert!(acts(&browser, &accounts, "c") && !acts(&browser, &accounts, "v"));

    browser.open(&format!("{}/preferences/keys", place.origin));
    browser.click("main .keys-change summary");
    browser.script(
        "document.querySelector(arguments[0]).focus()",
        json!(["[name='key.create']"]),
    );
    browser.script("document.activeElement.select()", json!([]));
    browser.press("v");
    browser.press(key::ENTER);
    // What the server has kept, not what was typed.
    browser.wait(KEPT);
    assert!(acts(&browser, &accounts, "v"), "the new key");
    assert!(!acts(&browser, &accounts, "c"), "the old key");

    // In a field a letter is a letter.
    browser.open(&format!("{accounts}/new"));
    browser.click("[name=name]");
    browser.script(LISTEN, json!([]));
    browser.press("v");
    assert_eq!(
        (
            browser.value(ACTED),
            browser.value("document.querySelector('[name=name]').value")
        ),
        (json!(false), json!("v"))
    );

    // Another command cannot have it too.
    browser.open(&format!("{}/preferences/keys", place.origin));
    browser.script(
        "document.querySelector(arguments[0]).focus()",
        json!(["[name='key.theme-dark']"]),
    );
    browser.press("v");
    browser.press(key::ENTER);
    browser.see("[aria-invalid=true]");

    let off = "return fetch('/preferences', { method: 'POST', body: new URLSearchParams({ keys: 'off' }), headers: { accept: 'application/json' } }).then((answer) => answer.status)";
    assert_eq!(browser.script(off, json!([])), json!(204));
    assert!(
        !acts(&browser, &accounts, "v") && !acts(&browser, &accounts, "?"),
        "single keys are off"
    );
    assert!(
        acts(&browser, &accounts, "\u{e009}k"),
        "the palette opens all the same"
    );
    browser.see("#palette");
}

/// Presses a key as another keyboard sends it; whether something acted.
const AS_SENT: &str =
    "const event = new KeyboardEvent('keydown', { ...arguments[0], bubbles: true, cancelable: true });
    return !document.body.dispatchEvent(event);";

#[test]
fn the_newest_of_several_acts_is_undone_and_letters_with_alt_are_left_alone() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let (_node, place) = program.demo(12);
    let browser = driver.browser();
    place.enter(&browser);
    browser.open(&format!("{}/inbox/open", place.origin));
    browser.click("#ticket-rows a");
    browser.see("[data-command=snooze]");

    let toasts = "for (const name of ['older', 'newer']) {
            const toast = Object.assign(document.createElement('div'), { className: 'toast' });
            toast.innerHTML = '<button type=\"button\" data-command=\"undo\">undo</button>';
            toast.firstChild.addEventListener('click', () => (window.undone = name));
            document.getElementById('toasts').append(toast);
        }";
    browser.script(toasts, json!([]));
    browser.press(&format!("{}z", key::CONTROL));
    assert_eq!(browser.value("window.undone"), "newer");

    let acts = |event: Value| browser.script(AS_SENT, json!([event])) == json!(true);
    assert!(!acts(json!({ "key": "h", "code": "KeyH", "altKey": true })));
    assert!(!acts(
        json!({ "key": "ħ", "code": "KeyH", "modifierAltGraph": true })
    ));
    assert!(
        acts(json!({ "key": "ъ", "code": "BracketRight" })),
        "the panel, where Russian has a letter"
    );
    assert!(acts(json!({ "key": "ъ", "code": "BracketRight" })), "and back");

    browser.press("h");
    browser.wait("document.activeElement.matches('.snooze .menu-item:first-of-type')");
    browser.press(key::DOWN);
    browser.wait("document.activeElement.matches('.snooze .menu-item:nth-of-type(2)')");
}

#[test]
fn what_was_typed_stays_when_the_session_is_over() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    program.token();
    let node = program.serve();
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    let form = format!("{}/accounts/new", place.origin);
    browser.open(&form);
    browser.click("[name=name]");
    browser.press("Nordwind");
    let leave = "return fetch('/sign-out', { method: 'POST', redirect: 'manual' }).then(() => true);";
    assert_eq!(browser.script(leave, json!([])), json!(true));
    browser.press(key::ENTER);
    browser.wait("Boolean(document.querySelector('#session-over[open]'))");
    assert_eq!(
        (
            browser.value("location.href"),
            browser.value("document.querySelector('[name=name]').value")
        ),
        (json!(form), json!("Nordwind"))
    );
    assert_eq!(
        browser.value("document.activeElement.getAttribute('href')"),
        "/sign-in"
    );
}

#[test]
fn another_zone_of_the_browser_is_offered_once_and_not_taken() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    program.token();
    let node = program.serve();
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    browser.open(&format!("{}/accounts", place.origin));
    browser.wait("document.readyState === 'complete' && Boolean(window.Turbo)");
    let travel = "Intl.DateTimeFormat = () => ({ resolvedOptions: () => ({ timeZone: 'Pacific/Chatham' }) });
        document.dispatchEvent(new Event('turbo:load')); document.dispatchEvent(new Event('turbo:load'));";
    browser.script(travel, json!([]));
    let offers = "document.querySelectorAll('#toasts [data-stays]').length";
    assert_eq!(browser.value(offers), json!(1));
    browser.read("Pacific/Chatham");
    browser.click("#toasts [data-stays] form button");
    browser.wait("document.readyState === 'complete' && !document.documentElement.dataset.zone");
    assert_eq!(browser.value(offers), json!(0), "it is theirs now");
}

#[test]
fn crumbs_lead_back() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    program.token();
    let node = program.serve();
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    browser.open(&format!("{}/settings/teams/new", place.origin));
    let crumbs = "[...document.querySelectorAll('.crumbs a')].map((crumb) => crumb.getAttribute('href'))";
    assert_eq!(browser.value(crumbs), json!(["/settings", "/settings/teams"]));
    browser.click(".crumbs a[href='/settings/teams']");
    browser.wait("location.pathname === '/settings/teams'");
    browser.click(".crumbs a[href='/settings']");
    browser.wait("location.pathname === '/settings'");
}
