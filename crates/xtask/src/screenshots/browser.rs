//! A headless Chromium, driven through ChromeDriver by the WebDriver protocol.

use super::http;
use crate::debian;
use crate::failure::{Failure, Outcome, While};
use crate::held::Held;
use crate::programs;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

const START_LIMIT: Duration = Duration::from_secs(30);
const STOP_LIMIT: Duration = Duration::from_secs(5);
/// A page longer than this is cut: nobody looks further down in a contact sheet.
const LONGEST: u32 = 2_400;

/// One browser window; closed when dropped.
pub(super) struct Browser {
    port: u16,
    session: String,
    _driver: Held,
}

impl Browser {
    /// Starts driver and browser; `scratch` is where the browser keeps its profile.
    pub(super) fn start(scratch: &Path) -> Result<Self, Failure> {
        let missing = |name: &str| Failure::new(format!("this machine has no {name}"));
        let driver = debian::find("ChromeDriver").ok_or_else(|| missing("ChromeDriver"))?;
        let chromium = debian::find("Chromium").ok_or_else(|| missing("Chromium"))?;
        let port = programs::free_port()?;
        let command = programs::program(&[
            &driver.to_string_lossy(),
            &format!("--port={port}"),
            "--log-level=SEVERE",
        ])?;
        let driver = Held::start(&command, STOP_LIMIT)?;
        wait_until_ready(port)?;
        let wish = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": {
            "binary": chromium,
            "args": flags(scratch),
        } } } });
        let session = value(http::ask(port, "POST", "/session", &wish)?)?;
        let session = session["sessionId"]
            .as_str()
            .ok_or_else(|| Failure::new("the browser did not start"))?;
        Ok(Self {
            port,
            session: session.to_owned(),
            _driver: driver,
        })
    }

    /// Opens an address and waits until its styles, scripts and fonts are there.
    pub(super) fn open(&mut self, address: &str) -> Outcome {
        self.ask("POST", "url", &json!({ "url": address }))?;
        let script = "document.fonts.ready.then(() => requestAnimationFrame(() => arguments[0]()));";
        self.ask("POST", "execute/async", &json!({ "script": script, "args": [] }))
            .map(|_| ())
    }

    /// Clicks the first element of this selector and waits for the page it leads to.
    pub(super) fn press(&mut self, selector: &str) -> Outcome {
        let found = self.ask(
            "POST",
            "element",
            &json!({ "using": "css selector", "value": selector }),
        )?;
        let element = found
            .as_object()
            .and_then(|found| found.values().next()?.as_str());
        let element = element.ok_or_else(|| Failure::new(format!("no `{selector}` on the page")))?;
        self.ask("POST", &format!("element/{element}/click"), &json!({}))
            .map(|_| ())
    }

    /// The address that the first link of this selector leads to.
    pub(super) fn destination(&mut self, selector: &str) -> Result<String, Failure> {
        let script = "return document.querySelector(arguments[0])?.href ?? null;";
        let address = self.ask(
            "POST",
            "execute/sync",
            &json!({ "script": script, "args": [selector] }),
        )?;
        address
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("no `{selector}` on the page")))
    }

    /// Pretends a theme and a window of this size in CSS pixels, which a real window cannot always have.
    pub(super) fn emulate(&mut self, theme: &str, width: u32, height: u32) -> Outcome {
        let features = json!([
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.command("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
        self.resize(width, height)
    }

    /// A picture of the whole page, as PNG; at least `height` pixels high.
    pub(super) fn picture(&mut self, width: u32, height: u32) -> Result<Vec<u8>, Failure> {
        let length = self.measure("document.documentElement.scrollHeight")?;
        self.resize(width, length.clamp(height, LONGEST))?;
        let picture = self.ask("GET", "screenshot", &Value::Null)?;
        self.resize(width, height)?;
        decode(picture.as_str().unwrap_or_default()).ok_or_else(|| Failure::new("the picture is not base64"))
    }

    /// Whether the page can be scrolled sideways in a window of this width.
    pub(super) fn is_wider_than(&mut self, width: u32) -> Result<bool, Failure> {
        Ok(self.measure("document.documentElement.scrollWidth")? > width)
    }

    fn measure(&self, expression: &str) -> Result<u32, Failure> {
        let script = json!({ "script": format!("return {expression};"), "args": [] });
        let number = self
            .ask("POST", "execute/sync", &script)?
            .as_f64()
            .unwrap_or_default();
        Ok(number as u32)
    }

    fn resize(&self, width: u32, height: u32) -> Outcome {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", &size)
    }

    fn command(&self, name: &str, parameters: &Value) -> Outcome {
        self.ask(
            "POST",
            "goog/cdp/execute",
            &json!({ "cmd": name, "params": parameters }),
        )
        .map(|_| ())
    }

    fn ask(&self, method: &str, what: &str, body: &Value) -> Result<Value, Failure> {
        let path = format!("/session/{}/{what}", self.session);
        http::ask(self.port, method, &path, body)
            .and_then(value)
            .while_trying(format!("{what} in the browser"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser; a driver that is gone has none to end.
        let _ = http::ask(
            self.port,
            "DELETE",
            &format!("/session/{}", self.session),
            &json!({}),
        );
    }
}

/// Without these a headless Chromium asks the world for updates at every start.
fn flags(scratch: &Path) -> Vec<String> {
    let profile = format!("--user-data-dir={}", scratch.join("profile").display());
    let fixed = [
        "--headless=new",
        // Chromium's sandbox refuses root; all that it opens here is our own server.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--force-color-profile=srgb",
    ];
    fixed
        .iter()
        .map(|flag| (*flag).to_owned())
        .chain([profile])
        .collect()
}

fn wait_until_ready(port: u16) -> Outcome {
    let started = Instant::now();
    while started.elapsed() < START_LIMIT {
        let status = http::ask(port, "GET", "/status", &Value::Null);
        if status.is_ok_and(|status| status["value"]["ready"] == true) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(Failure::new("ChromeDriver does not answer"))
}

/// The value of an answer, or what the driver complains about.
fn value(mut answer: Value) -> Result<Value, Failure> {
    match answer["value"]["error"].as_str() {
        Some(error) => {
            let message = answer["value"]["message"].as_str().unwrap_or_default();
            Err(Failure::new(format!(
                "{error}: {}",
                message.lines().next().unwrap_or_default()
            )))
        }
        None => Ok(answer["value"].take()),
    }
}

/// Base64 of RFC 4648, section 4.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for character in text.bytes().filter(|byte| *byte != b'=') {
        let six = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_as_the_standard_gives_it() {
        for (text, plain) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(decode(text).unwrap(), plain.as_bytes());
        }
        assert_eq!(decode("//79").unwrap(), [255, 254, 253]);
        assert!(decode("a b").is_none());
    }

    #[test]
    fn the_drivers_complaint_becomes_the_failure() {
        let answer = json!({ "value": { "error": "unknown error", "message": "net::ERR_CONNECTION_REFUSED\n trace" } });
        assert_eq!(
            value(answer).unwrap_err().to_string(),
            "unknown error: net::ERR_CONNECTION_REFUSED"
        );
        assert_eq!(value(json!({ "value": null })).unwrap(), Value::Null);
    }
}
