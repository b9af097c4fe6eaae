//! Writing with formatting: an editor that comes when it is wanted, under the policy of all pages.

use serde_json::{Value, json};
use testkit::browser::{Driver, key};
use testkit::program::{Program, post};

use super::BINARY;

#[test]
fn words_with_formatting_are_written_sent_and_shown_and_nothing_pasted_runs() {
    let Some(driver) = Driver::start() else { return };
    let program = Program::new(BINARY);
    let token = program.token();
    let node = program.serve();
    let opened = post(
        node.address,
        "/api/v1/tickets",
        &token,
        r#"{"subject":"Logs","body":"Here they come.","channel":"email"}"#,
    );
    let opened: Value = serde_json::from_str(&opened.unwrap().body).unwrap();
    let (browser, place) = (driver.browser(), program.place(&node));
    place.enter(&browser);
    let address = format!("{}/tickets/{}", place.origin, opened["id"].as_str().unwrap());
    browser.open(&address);
    browser.wait("document.readyState === 'complete' && Boolean(window.Turbo)");
    let broken =
        "window.broken = 0; document.addEventListener('securitypolicyviolation', () => window.broken++);";
    browser.script(broken, json!([]));
    browser.click("[data-command=format]");
    browser.see(".rich-field");
    browser.click(".rich-field");
    browser.press("Hello ");
    browser.press(&format!("{}b", key::CONTROL));
    browser.press("you");
    browser.press(&format!("{}b", key::CONTROL));
    browser.press(key::ENTER);
    browser.click("[data-rich=list]");
    browser.press("one");
    browser.press(key::ENTER);
    browser.press("two");
    browser.wait("document.querySelector('#body').value.startsWith('Hello you\\n\\n- one\\n- two')");
    let paste = "const data = new DataTransfer();
        data.setData('text/html', '<p style=\"color: red\" onclick=\"window.ran = 1\">: pasted<img src=x onerror=\"window.ran = 2\"></p>');
        data.setData('text/plain', 'pasted');
        const field = document.querySelector('.rich-field');
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));";
    browser.script(paste, json!([]));
    browser.wait("document.querySelector('#body').value.includes('two: pasted')");
    assert_eq!(browser.value("window.ran ?? 0"), 0);
    assert_eq!(browser.value("window.broken"), 0);
    browser.press(&format!("{}{}", key::CONTROL, key::ENTER));
    browser.see(".message.reply .formatted li");
    let shown = browser.value("document.querySelector('.message.reply .formatted').innerHTML");
    assert_eq!(
        shown,
        "<p>Hello <strong>you</strong></p><ul><li>one</li><li>two: pasted</li></ul>"
    );
    browser.wait("!document.querySelector('#body').value");
    // It is there again as soon as somebody writes.
    browser.open(&address);
    browser.wait("document.readyState === 'complete' && Boolean(window.Turbo)");
    browser.click("#body");
    browser.see(".rich-field");
    assert_eq!(browser.complaints(), [""; 0]);
}
