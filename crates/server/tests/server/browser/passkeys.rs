//! A passkey in a real browser: made on the security page, and enough to come in again.

use std::net::TcpListener;

use testkit::browser::{Browser, Driver};
use testkit::program::Program;

use super::BINARY;

/// A name for this machine: browsers make no passkeys for bare numbers.
fn named_place() -> (String, String) {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("its address").port();
    (format!("127.0.0.1:{port}"), format!("http://localhost:{port}"))
}

fn security(browser: &Browser, origin: &str) {
    browser.open(&format!("{origin}/settings/security"));
    browser.see("[data-controller=passkey] button");
}

#[test]
fn a_passkey_made_on_the_security_page_opens_the_front_door() {
    let Some(driver) = Driver::start() else { return };
    let (listen, origin) = named_place();
    let program = Program::new(BINARY)
        .with("listen", listen)
        .with("public_url", &*origin);
    program.token();
    let node = program.serve();
    let link = program.place(&node).link;
    let browser = driver.browser();
    browser.plug_key_in();
    browser.open(&format!(
        "{origin}{}",
        &link[link.find("/sign-in/").expect("a path")..]
    ));
    browser.click("form.doors button");
    browser.see("nav.rail");

    security(&browser, &origin);
    browser.click("[data-controller=passkey] button");
    browser.see("form[action*='/settings/security/passkeys/'][action$='/end']");

    browser.click("[popovertarget='person-menu']");
    browser.click("[action='/sign-out'] button");
    browser.see("[data-controller=passkey] button");
    let first = "document.querySelector('.alone-card form').dataset.controller === 'passkey'";
    browser.wait(first);
    browser.click("[data-controller=passkey] button");
    browser.see("nav.rail");
    browser.read("Ada");

    // A key that was taken off the page opens nothing, though the browser still has it.
    security(&browser, &origin);
    browser.click("form[action*='/settings/security/passkeys/'][action$='/end'] button");
    browser.wait("!document.querySelector(\"form[action*='/settings/security/passkeys/'][action$='/end']\")");
    browser.click("[popovertarget='person-menu']");
    browser.click("[action='/sign-out'] button");
    browser.see("[data-controller=passkey] button");
    browser.click("[data-controller=passkey] button");
    browser.wait("document.querySelector('[data-passkey-target=error]')?.textContent.trim().length > 0");
}
