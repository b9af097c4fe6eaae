//! What must hold on every page, however it is looked at.

use serde_json::{Value, json};

use super::Browser;

/// See `vendor/README.md`.
const AXE: &str = include_str!("../../vendor/axe.min.js");
const FOCUS: &str = include_str!("checks.js");

/// Everything that WCAG 2.2 asks for up to level AA.
const WHOLE: &str = r#"{ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], rules: { "target-size": { enabled: true } } }"#;

/// What of it depends on the theme.
const COLOURS: &str = r#"{ runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }"#;

/// Runs axe with the options before it.
const RUN: &str = r#"
const done = arguments[arguments.length - 1];
axe.run(document, { ...options, resultTypes: ["violations"] })
  .then(({ violations }) => done(violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html, any }) => `${id}: ${help}: ${target.join(" ")}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`))))
  .catch((error) => done([String(error)]));
"#;

/// Elements that stick out of the window, the outermost first.
const SIDEWAYS: &str = r#"
const wide = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= wide) return [];
const out = [...document.body.querySelectorAll("*")].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > wide + 1);
return [`scrolls sideways: ${document.documentElement.scrollWidth} in ${wide} px: ${out.slice(0, 3).map((one) => one.outerHTML.slice(0, 100)).join(" / ")}`];
"#;

/// What of the screen is still there on paper, and what is not as paper is.
const PAPER: &str = r#"
if (!matchMedia("print").matches) return ["it is shown as on a screen, not as printed"];
const tools = ".rail, .tabbar, .topbar-search, .topbar-actions, .toasts, .drawer, .composer, .presence, .bulk, .inbox.has-open .inbox-list";
const kept = [...document.querySelectorAll(tools)].filter((one) => one.checkVisibility());
const cut = [...document.querySelectorAll("main, main *")].filter((one) => /auto|scroll|hidden/.test(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 40);
const said = (what, one) => `${what} on paper: ${one.outerHTML.replace(/\s+/g, " ").slice(0, 100)}`;
return [...kept.map((one) => said("stays", one)), ...cut.map((one) => said("is cut off", one))];
"#;

impl Browser {
    /// What axe finds in the page as it is.
    pub fn barriers(&self) -> Vec<String> {
        self.axe(WHOLE)
    }

    /// What axe finds in the colours of the page as it is.
    pub fn faint_colours(&self) -> Vec<String> {
        self.axe(COLOURS)
    }

    fn axe(&self, options: &str) -> Vec<String> {
        // While Turbo is on its way it marks the page as busy, which is nothing that stays.
        self.wait("!document.documentElement.hasAttribute('aria-busy')");
        if self.value("typeof axe") == "undefined" {
            self.script(AXE, json!([]));
        }
        let script = format!("const options = {options};{RUN}");
        texts(&self.ask("POST", "execute/async", &json!({ "script": script, "args": [] })))
    }

    /// Whether, and why, the page can be scrolled sideways.
    pub fn sideways(&self) -> Vec<String> {
        texts(&self.script(SIDEWAYS, json!([])))
    }

    /// What a printed page has too much or too little of.
    pub fn on_paper(&self) -> Vec<String> {
        texts(&self.script(PAPER, json!([])))
    }

    /// Everything that can have the focus, and does not show it or hides under something else when it does.
    pub fn hidden_focus(&self) -> Vec<String> {
        texts(&self.script(FOCUS, json!([])))
    }
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().cloned().unwrap_or_default();
    list.iter()
        .map(|text| text.as_str().unwrap_or_default().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::Driver;

    #[test]
    fn what_is_vendored_is_what_was_pinned() {
        let pinned = include_str!("../../vendor/SHA256SUMS");
        let digest = kit::text::sha256(AXE.as_bytes());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(pinned.trim(), format!("{digest}  axe.min.js"));
    }

    #[test]
    fn planted_faults_are_found() {
        let Some(driver) = Driver::start() else { return };
        let browser = driver.browser();
        let page = "<!doctype html><html lang=en><meta http-equiv=content-security-policy content=\"default-src 'none'; style-src 'unsafe-inline'\">\
            <title>Faults</title><main><h1>Faults</h1><button style='outline:none;border:0'>Go</button>\
            <p style='color:#ccc;background:#fff;width:2000px'>faint</p><button style='width:9px;height:9px;padding:0' aria-label=a></button>\
            <button style='width:9px;height:9px;padding:0' aria-label=b></button></main><script>1</script>";
        let page: String = page.bytes().map(|byte| format!("%{byte:02x}")).collect();
        browser.open(&format!("data:text/html,{page}"));
        let barriers = browser.barriers().join("\n");
        assert!(
            barriers.contains("color-contrast") && barriers.contains("target-size"),
            "{barriers}"
        );
        assert_eq!(browser.sideways().len(), 1);
        assert!(
            browser.hidden_focus()[0].contains("Go"),
            "{:?}",
            browser.hidden_focus()
        );
        let complaints = browser.complaints().join("\n");
        assert!(complaints.contains("Content Security Policy"), "{complaints}");
    }
}
