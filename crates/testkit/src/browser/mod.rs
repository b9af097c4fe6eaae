//! A real browser for tests: Debian's Chromium, driven through ChromeDriver by the WebDriver protocol.
//!
//! Of the protocol this speaks what the tests need, and Chromium's own commands where the protocol has none. Waiting is for
//! something that the page shows.

mod checks;
mod driver;
mod wire;

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

pub use driver::Driver;

use crate::program::until;

/// Keys without a letter, as the protocol spells them.
pub mod key {
    /// Tab.
    pub const TAB: &str = "\u{e004}";
    /// Enter.
    pub const ENTER: &str = "\u{e007}";
    /// Escape.
    pub const ESCAPE: &str = "\u{e00c}";
    /// Arrow down.
    pub const DOWN: &str = "\u{e015}";
    /// Arrow up.
    pub const UP: &str = "\u{e013}";
    /// Backspace.
    pub const BACKSPACE: &str = "\u{e003}";
    /// Control, held while the keys after it are pressed.
    pub const CONTROL: &str = "\u{e009}";
}

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// The system asks for light.
    Light,
    /// The system asks for dark.
    Dark,
    /// The person asks for high contrast.
    Contrast,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Contrast];

    /// Its name in messages and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

/// One browser; closed when dropped.
#[derive(Debug)]
pub struct Browser {
    port: u16,
    session: String,
    has_no_scripts: AtomicBool,
    is_on_paper: AtomicBool,
}

impl Browser {
    fn new(port: u16, session: &str) -> Self {
        Self {
            port,
            session: session.to_owned(),
            has_no_scripts: AtomicBool::new(false),
            is_on_paper: AtomicBool::new(false),
        }
    }

    /// Opens an address and waits until its styles, scripts and fonts are there.
    pub fn open(&self, address: &str) {
        self.ask("POST", "url", &json!({ "url": address }));
        if self.has_no_scripts.load(Ordering::Relaxed) {
            return;
        }
        let settled = "document.fonts.ready.then(() => requestAnimationFrame(() => arguments[0]()));";
        self.ask("POST", "execute/async", &json!({ "script": settled, "args": [] }));
    }

    /// Runs the body of a function in the page and gives what it returns.
    pub fn script(&self, body: &str, arguments: Value) -> Value {
        self.ask(
            "POST",
            "execute/sync",
            &json!({ "script": body, "args": arguments }),
        )
    }

    /// The value of an expression in the page.
    pub fn value(&self, expression: &str) -> Value {
        self.script(&format!("return {expression};"), json!([]))
    }

    /// Waits until an expression, or what it promises, is true in whatever page there is by then.
    ///
    /// # Panics
    /// When it never is; the message shows the page's text.
    pub fn wait(&self, expression: &str) {
        let seen = std::panic::catch_unwind(|| {
            until(expression, || {
                // A promise is waited for by the driver.
                let script = json!({ "script": format!("return {expression};"), "args": [] });
                let answer = self.try_ask("POST", "execute/sync", &script);
                (answer == Ok(Value::Bool(true))).then_some(())
            });
        });
        if seen.is_err() {
            let page = self.value("location.href + '\\n' + document.body.innerText");
            panic!("waited in vain for {expression} in {page}");
        }
    }

    /// Waits until there is something visible of this selector.
    ///
    /// # Panics
    /// When there never is.
    pub fn see(&self, selector: &str) {
        let selector = json!(selector);
        self.wait(&format!(
            "[...document.querySelectorAll({selector})].some((one) => one.checkVisibility())"
        ));
    }

    /// Waits until the page says `text`.
    ///
    /// # Panics
    /// When it never does.
    pub fn read(&self, text: &str) {
        let text = json!(text);
        self.wait(&format!("document.body.innerText.includes({text})"));
    }

    /// Loads the panels of the page that wait to be scrolled to.
    pub fn load_panels(&self) {
        let load = "document.querySelectorAll('turbo-frame[loading=lazy]').forEach((panel) => { panel.loading = 'eager'; })";
        self.script(load, json!([]));
    }

    /// Clicks the first element of this selector as a pointer would; once more when the page was exchanged meanwhile.
    ///
    /// # Panics
    /// When there is none, or something lies over it.
    pub fn click(&self, selector: &str) {
        for _ in 0..5 {
            self.see(selector);
            match self.try_click(selector) {
                Err(error) if error.contains("stale element") || error.contains("no such element") => {}
                outcome => return outcome.unwrap_or_else(|error| panic!("click {selector}: {error}")),
            }
        }
        panic!("`{selector}` goes away whenever it is clicked");
    }

    fn try_click(&self, selector: &str) -> Result<(), String> {
        let wanted = json!({ "using": "css selector", "value": selector });
        let element = self.try_ask("POST", "element", &wanted)?;
        let element = element
            .as_object()
            .and_then(|found| found.values().next()?.as_str())
            .unwrap_or_default();
        self.try_ask("POST", &format!("element/{element}/click"), &json!({}))
            .map(drop)
    }

    /// Presses keys one after the other, wherever the focus is; [`key::CONTROL`] is held to the end.
    pub fn press(&self, keys: &str) {
        let mut actions = Vec::new();
        let mut held = Vec::new();
        for one in keys.chars().map(String::from) {
            actions.push(json!({ "type": "keyDown", "value": one }));
            if one == key::CONTROL {
                held.push(one);
            } else {
                actions.push(json!({ "type": "keyUp", "value": one }));
            }
        }
        actions.extend(held.iter().map(|one| json!({ "type": "keyUp", "value": one })));
        let body = json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] });
        self.ask("POST", "actions", &body);
    }

    /// Presses Tab until the focus is on something of this selector.
    ///
    /// # Panics
    /// When the focus never gets there.
    pub fn tab_to(&self, selector: &str) {
        self.see(selector);
        let is_there = format!("document.activeElement?.matches({})", json!(selector));
        let mut way = Vec::new();
        for _ in 0..150 {
            if self.value(&is_there) == Value::Bool(true) {
                return;
            }
            self.press(key::TAB);
            way.push(self.value("document.activeElement?.outerHTML.slice(0, 80)"));
        }
        panic!("Tab never reaches `{selector}`: {way:?}");
    }

    /// Shows the page as in a window of this size in CSS pixels, in a theme, and without motion; on paper where it is.
    pub fn show(&self, theme: Theme, width: u32, height: u32) {
        let scheme = if theme == Theme::Dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        // Each such command takes back what the one before it said and it does not say again.
        let media = json!({ "media": self.medium(), "features": features });
        self.command("Emulation.setEmulatedMedia", &media);
        self.resize(width, height);
        let wish = if theme == Theme::Contrast {
            "contrast"
        } else {
            "system"
        };
        let settle = "document.documentElement.dataset.theme = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => {
                const ends = document.getAnimations().filter((one) => one instanceof CSSTransition);
                ends.forEach((one) => one.finish());
                arguments[1]();
            }));";
        self.ask(
            "POST",
            "execute/async",
            &json!({ "script": settle, "args": [wish] }),
        );
    }

    /// Shows the page as it would be printed, or on the screen again, until it is told otherwise.
    pub fn print(&self, is_on_paper: bool) {
        self.is_on_paper.store(is_on_paper, Ordering::Relaxed);
        let media = json!({ "media": self.medium() });
        self.command("Emulation.setEmulatedMedia", &media);
    }

    /// Whether the page is shown as it would be printed.
    pub fn is_on_paper(&self) -> bool {
        self.is_on_paper.load(Ordering::Relaxed)
    }

    fn medium(&self) -> &'static str {
        if self.is_on_paper() { "print" } else { "" }
    }

    /// A picture of the whole page as PNG in base64: at least `height` pixels high, and not beyond `longest`.
    pub fn picture(&self, width: u32, height: u32, longest: u32) -> String {
        let length = self.value("document.documentElement.scrollHeight");
        let length = length
            .as_u64()
            .and_then(|length| u32::try_from(length).ok())
            .unwrap_or(height);
        self.resize(width, length.clamp(height, longest));
        let picture = self.ask("GET", "screenshot", &Value::Null);
        self.resize(width, height);
        picture.as_str().unwrap_or_default().to_owned()
    }

    /// From now on pages run no scripts; what [`Browser::script`] asks still runs.
    pub fn switch_scripts_off(&self) {
        self.command("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
        self.has_no_scripts.store(true, Ordering::Relaxed);
    }

    /// Gives the browser a security key of its own that makes sure of its owner by itself (Web Authentication, section 11).
    pub fn plug_key_in(&self) {
        let key = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
        });
        self.ask("POST", "webauthn/authenticator", &key);
    }

    /// Opens another tab of this browser and turns to it; gives a handle for [`Browser::turn_to`].
    pub fn new_tab(&self) -> String {
        let tab = self.ask("POST", "window/new", &json!({ "type": "tab" }));
        let handle = tab["handle"].as_str().unwrap_or_default().to_owned();
        self.turn_to(&handle);
        handle
    }

    /// The handle of the present tab.
    pub fn tab(&self) -> String {
        let handle = self.ask("GET", "window", &Value::Null);
        handle.as_str().unwrap_or_default().to_owned()
    }

    /// Closes the present tab; turn to another one afterwards.
    pub fn close_tab(&self) {
        self.ask("DELETE", "window", &json!({}));
    }

    /// Turns to another tab.
    pub fn turn_to(&self, handle: &str) {
        self.ask("POST", "window", &json!({ "handle": handle }));
    }

    /// What the browser complained about since the last time it was asked: errors, warnings of its own, refusals of
    /// the content security policy. That the page itself was answered with an error, or a form refused, is not among them.
    pub fn complaints(&self) -> Vec<String> {
        let here = self.value("location.href");
        let here = here.as_str().unwrap_or_default();
        let lines = self.ask("POST", "se/log", &json!({ "type": "browser" }));
        let lines = lines.as_array().cloned().unwrap_or_default().into_iter();
        let is_bad = |line: &Value| {
            let message = line["message"].as_str().unwrap_or_default();
            let is_of_page = line["source"] == "network"
                && (message.starts_with(&format!("{here} ")) || message.contains("status of 422"));
            // Turbo leaves a page while a part of it is on its way, and says so.
            let is_of_leaving = message.ends_with("signal is aborted without reason");
            !is_of_page && !is_of_leaving && ["SEVERE", "WARNING"].iter().any(|level| line["level"] == *level)
        };
        lines
            .filter(is_bad)
            .map(|line| line["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", &size);
    }

    fn command(&self, name: &str, parameters: &Value) {
        self.ask(
            "POST",
            "goog/cdp/execute",
            &json!({ "cmd": name, "params": parameters }),
        );
    }

    fn ask(&self, method: &str, what: &str, body: &Value) -> Value {
        self.try_ask(method, what, body)
            .unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    fn try_ask(&self, method: &str, what: &str, body: &Value) -> Result<Value, String> {
        let path = format!("/session/{}/{what}", self.session);
        let mut answer = wire::ask(self.port, method, &path, body).map_err(|error| error.to_string())?;
        match answer["value"]["error"].as_str() {
            Some(error) => Err(format!(
                "{error}: {}",
                answer["value"]["message"]
                    .as_str()
                    .and_then(|message| message.lines().next())
                    .unwrap_or_default()
            )),
            None => Ok(answer["value"].take()),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser; a driver that is gone has none to end.
        let path = format!("/session/{}", self.session);
        let _ = wire::ask(self.port, "DELETE", &path, &json!({}));
    }
}
