//! Going through the pages that show what was planted, and the control group.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::tour::{Place, STOPS, Visitor, Way};

/// Where most of what was planted stands.
const FIRST: &[&str] = &[
    "/inbox/all",
    "/accounts",
    "/contacts",
    "/settings/mails",
    "/settings/forms",
];
/// Addresses that are no pages, or that end the visit.
const LEFT: &[&str] = &[
    "sign-out", "/raw", "/export", ".csv", ".xlsx", "/files/", "/live", "/sign-in", "/look",
];
/// How many documents of the control group are open at once.
const AT_ONCE: usize = 60;

/// What ran, and markup that no page of ours has: handlers, addresses that are scripts, frames without an address.
const FAULTS: &str = r#"
const faults = (window.__ran ?? []).map((number) => `text ${number} ran`);
const say = (what, one) => faults.push(`${what}: ${one.outerHTML.slice(0, 200)}`);
for (const one of document.querySelectorAll("*")) {
  for (const { name, value } of one.attributes) {
    if (/^on/i.test(name)) say(name, one);
    if (/^(href|src|action|formaction|xlink:href|data|srcset|background|poster)$/i.test(name)
      && /^[\s\u0000-\u0020]*(javascript|vbscript|data:text\/html)/i.test(value.replace(/[\t\n\r]/g, ""))) say(name, one);
    if (/hostile\.invalid/.test(value) && /^(src|srcset|style|background|poster|data)$/i.test(name)) say(name, one);
  }
  if (one.matches("[data-hostile], object, embed, base, applet, marquee, math, iframe[srcdoc], meta[http-equiv=refresh][content*=script], animate, set, foreignObject, xmp, noembed"))
    say("markup", one);
  if (one.localName === "script" && !(one.src && new URL(one.src).origin === location.origin) && !/json/.test(one.type)) say("script", one);
}
return faults;
"#;

/// Where one can go from here.
const LINKS: &str = r#"
const all = [...document.querySelectorAll("a[href]"), ...document.querySelectorAll("turbo-frame[src]"), ...document.querySelectorAll("iframe[src]")];
const to = all.map((one) => one.getAttribute("href") ?? one.getAttribute("src")).filter((to) => URL.canParse(to, location.href)).map((to) => new URL(to, location.href));
return to.filter((url) => url.origin === location.origin).map((url) => url.pathname + url.search);
"#;

/// Whether nothing of the page is still on its way.
const SETTLED: &str = "document.readyState === 'complete' && !document.querySelector('turbo-frame[busy]') && !document.documentElement.hasAttribute('aria-busy')";

/// Opens the pages of the tour and whatever they lead to, up to `most`, as somebody who has come in; gives their addresses and
/// what is wrong with them.
///
/// # Panics
/// When a page never settles.
pub fn visit(browser: &Browser, place: &Place, most: usize) -> (Vec<String>, Vec<String>) {
    let stops = STOPS
        .iter()
        .filter(|stop| matches!(stop.visitor, Visitor::Agent))
        .filter_map(|stop| match stop.way {
            Way::At(path) => Some(path.to_owned()),
            _ => None,
        });
    let first = FIRST.iter().map(|path| (*path).to_owned());
    let mut ahead: VecDeque<String> = first.chain(stops).collect();
    let mut shapes = BTreeSet::new();
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    browser.complaints();
    while let Some(path) = ahead.pop_front() {
        if pages.len() == most {
            break;
        }
        // One page of each shape: the newest thing stands first in its list.
        if LEFT.iter().any(|left| path.contains(left)) || !shapes.insert(shape(&path)) {
            continue;
        }
        browser.open(&format!("{}{path}", place.origin));
        browser.load_panels();
        browser.wait(SETTLED);
        let found = browser.script(FAULTS, json!([]));
        let found = found.as_array().cloned().unwrap_or_default();
        let found = found
            .iter()
            .map(|fault| fault.as_str().unwrap_or_default().to_owned());
        faults.extend(
            found
                .chain(refusals(browser))
                .map(|fault| format!("{path}: {fault}")),
        );
        let links = browser.script(LINKS, json!([]));
        let links = links.as_array().cloned().unwrap_or_default();
        for link in links.iter().filter_map(Value::as_str).rev() {
            // Pages of things come before further lists.
            if shape(link) == link.split(['?', '#']).next().unwrap_or_default() {
                ahead.push_back(link.to_owned());
            } else {
                ahead.push_front(link.to_owned());
            }
        }
        pages.push(path);
    }
    (pages, faults)
}

/// What the browser refused, or asked of others.
fn refusals(browser: &Browser) -> impl Iterator<Item = String> {
    let is_ours = |complaint: &String| {
        [
            "Content Security Policy",
            "sandboxed",
            "hostile.invalid",
            "javascript:",
        ]
        .iter()
        .any(|word| complaint.contains(word))
    };
    browser.complaints().into_iter().filter(is_ours)
}

/// An address without its ids and without what it asks.
fn shape(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts = path.split('/').map(|part| match part.split_once('_') {
        Some((prefix, rest)) if rest.len() == 26 => prefix,
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Shows texts in documents that escape nothing, in each of the places in which pages have texts; gives the numbers of those
/// that ran.
///
/// # Panics
/// When the documents are not loaded in time.
pub fn control(browser: &Browser, texts: &[String]) -> BTreeSet<u64> {
    browser.open("data:text/html,<!doctype html><title>control</title><main></main>");
    for part in texts.chunks(AT_ONCE) {
        browser.script(PLANT, json!([part]));
        browser.wait("window.__open === 0");
        // What begins by itself does so a moment after its document is there.
        browser.script("document.querySelector('main').dataset.waits = '1'; setTimeout(() => delete document.querySelector('main').dataset.waits, 300)", json!([]));
        browser.wait("!('waits' in document.querySelector('main').dataset)");
    }
    let ran = browser.value("[...new Set(window.__ran ?? [])]");
    browser.open("about:blank");
    browser.complaints();
    let ran = ran.as_array().cloned().unwrap_or_default();
    ran.iter().filter_map(Value::as_u64).collect()
}

const PLANT: &str = r#"
const main = document.querySelector("main");
main.replaceChildren();
window.__ran ??= [];
const places = [
  (text) => `<p>${text}</p>`,
  (text) => `<input value="${text}">`,
  (text) => `<input value='${text}'>`,
  (text) => `<img src="x" alt=${text}>`,
  (text) => `<iframe src="${text}"></iframe>`,
  (text) => `<textarea>${text}</textarea>`,
  (text) => `<title>${text}</title>`,
  (text) => `<script>var text = "${text}";</script>`,
];
const texts = arguments[0];
window.__open = texts.length * places.length;
for (const text of texts)
  for (const place of places) {
    const frame = document.createElement("iframe");
    frame.addEventListener("load", () => { window.__open -= 1; }, { once: true });
    frame.srcdoc = `<!doctype html>${place(text)}`;
    main.append(frame);
  }
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::Driver;
    use crate::hostile::all;

    #[test]
    fn addresses_of_the_same_page_are_alike() {
        assert_eq!(
            shape("/accounts/acc_01k5x0h3m8f2rq7v9c4w6d1nbe/edit?x=1"),
            "/accounts/acc/edit"
        );
        assert_eq!(shape("/inbox/on_hold"), "/inbox/on_hold");
    }

    #[test]
    fn texts_run_where_nothing_is_escaped() {
        let Some(driver) = Driver::start() else { return };
        let texts: Vec<String> = all().into_iter().take(120).collect();
        let ran = control(&driver.browser(), &texts);
        assert!(ran.len() >= 20, "{ran:?}");
    }
}
