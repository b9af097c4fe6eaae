//! One journey, by keyboard alone and without scripts: in, add an account, change it, close it, take that back, out.

use testkit::browser::{Browser, Driver, key};
use testkit::program::Program;

use super::BINARY;

/// Whether the page's head says `title`.
fn is_at(browser: &Browser, title: &str) {
    let title = serde_json::json!(title);
    browser.wait(&format!(
        "document.querySelector('#page-title')?.textContent.trim() === {title}"
    ));
}

#[test]
fn a_keyboard_alone_does_everything() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    program.token();
    let node = program.serve();
    let place = program.place(&node);
    let browser = driver.browser();

    browser.open(&place.link);
    browser.tab_to("form.doors button");
    browser.press(key::ENTER);
    browser.see("#rail");

    // The palette leads to the list; C adds there.
    let palette = format!("{}k", key::CONTROL);
    browser.press(&palette);
    browser.see("#palette");
    browser.press("acco");
    browser.see("#palette-go-accounts[aria-selected=true]");
    browser.press(key::ENTER);
    is_at(&browser, "Accounts");
    browser.press("c");
    is_at(&browser, "New account");
    browser.tab_to("[name=name]");
    browser.press("Acme");
    browser.press(key::ENTER);
    is_at(&browser, "Acme");

    browser.tab_to("a[href$='/edit']");
    browser.press(key::ENTER);
    is_at(&browser, "Edit account");
    browser.tab_to("[name=website]");
    browser.press("acme.example");
    browser.press(key::ENTER);
    is_at(&browser, "Acme");
    browser.read("acme.example");

    browser.tab_to("form[action$='/closure'] button");
    browser.press(key::ENTER);
    browser.read("This account is closed");
    browser.see("#toasts .toast [data-command=undo]");
    browser.press(&format!("{}z", key::CONTROL));
    browser.see("form[action$='/closure']");
    // And by Tab to the message itself.
    browser.tab_to("form[action$='/closure'] button");
    browser.press(key::ENTER);
    browser.read("This account is closed");
    browser.tab_to("#toasts [action$='/closure/end'] button");
    browser.press(key::ENTER);
    browser.see("form[action$='/closure']");

    browser.tab_to("[popovertarget=person-menu]");
    browser.press(key::ENTER);
    browser.see("#person-menu");
    browser.tab_to("[action='/sign-out'] button");
    browser.press(key::ENTER);
    browser.wait("location.pathname === '/sign-in'");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn without_scripts_links_and_forms_do_everything() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    program.token();
    let node = program.serve();
    let place = program.place(&node);
    let browser = driver.browser();
    browser.switch_scripts_off();

    place.enter(&browser);
    assert_eq!(browser.value("typeof Turbo"), "undefined");
    browser.click("#rail a[href='/accounts']");
    is_at(&browser, "Accounts");
    browser.click("a[href='/accounts/new']");
    browser.click("[name=name]");
    browser.press("Acme");
    browser.click("form.form .button.primary");
    is_at(&browser, "Acme");
    browser.click("a[href$='/edit']");
    browser.click("[name=website]");
    browser.press("no website");
    browser.click("form.form .button.primary");
    browser.see("#website[aria-invalid=true]");
    let typed = browser.value("document.querySelector('#website').value");
    assert_eq!(typed, "no website");
    browser.script(
        "document.querySelector('#website').value = ''",
        serde_json::json!([]),
    );
    browser.click("[name=website]");
    browser.press("acme.example");
    browser.click("form.form .button.primary");
    browser.read("acme.example");

    browser.click("form[action$='/closure'] button");
    browser.read("This account is closed");
    browser.click(".toast [data-command=undo]");
    browser.see("form[action$='/closure']");
    browser.click("[popovertarget=person-menu]");
    browser.click("[action='/sign-out'] button");
    browser.wait("location.pathname === '/sign-in'");
}
