//! What the tour goes through, and how it goes.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::Step::{Click, Code, Go, Press, Print, See};
use super::Stop;
use super::Way::{At, Behind, FirstRun, Given, SignInLink, Under};
use super::doors::{self, PostOffice};
use crate::browser::Browser;
use crate::program::{Answer, Node, Program, ask, post};

/// What the tour goes through: one server with sample data and one that is empty.
#[derive(Debug)]
pub struct Stage {
    /// The sample data.
    pub place: Place,
    _nodes: [Node; 2],
    _programs: [Program; 2],
    _post: PostOffice,
}

impl Stage {
    /// Starts `binary` twice, once with `accounts` accounts in its sample data.
    pub fn of(binary: impl AsRef<Path>, accounts: usize) -> Self {
        let post = PostOffice::open();
        let writing = Program::new(&binary)
            .with("smtp_url", post.url())
            .with("mail_sender", "Tandem <tandem@desk.example>");
        let programs = [writing, Program::new(&binary)];
        let (demo, mut place) = programs[0].demo(accounts);
        let empty = programs[1].serve();
        let line = empty.wait_for("/setup/");
        let secret = line.rsplit('/').next().unwrap_or_default();
        place.first_run = format!("http://{}/setup/{secret}", empty.address);
        place.given = given(&demo, &programs[0].demo_token());
        place.given.insert("reset", post.reset_link(&demo));
        place.key = doors::second_step(&demo, &place.link);
        Self {
            place,
            _nodes: [demo, empty],
            _programs: programs,
            _post: post,
        }
    }
}

/// Links as they are sent to people, made by a program: an invitation, the question about a ticket, and a
/// waiting board.
fn given(demo: &Node, token: &str) -> BTreeMap<&'static str, String> {
    let read = |answer: Answer| serde_json::from_str::<Value>(&answer.body).unwrap_or_default();
    let guest =
        json!({ "email": "guest@example.com", "name": "Guest", "role": "support_agent", "wants_link": true });
    let invited = post(demo.address, "/api/v1/invitations", token, &guest.to_string());
    let solved = read(demo.get("/api/v1/tickets?view=solved&limit=1", token));
    let ticket = solved["items"][0]["id"].as_str().unwrap_or_default();
    let asking = format!("POST /api/v1/tickets/{ticket}/survey");
    let asked = ask(demo.address, &asking, token, "content-length: 0\r\n");
    let place = read(demo.get("/api/v1/counter-places", token));
    let place = place["items"][0]["id"].as_str().unwrap_or_default();
    let opening = format!("POST /api/v1/counter-places/{place}/board");
    let opened = ask(demo.address, &opening, token, "content-length: 0\r\n");
    let links = [("invitation", invited), ("survey", asked), ("board", opened)];
    let link = |(name, answer)| {
        let answer = read(Result::expect(answer, "an answer"));
        let link = answer["link"]
            .as_str()
            .unwrap_or_else(|| panic!("no link in {answer}"));
        (name, link.to_owned())
    };
    links.map(link).into()
}

/// A server that a browser can visit.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// `http://` and the address of the server.
    pub origin: String,
    /// The link that lets people in.
    pub link: String,
    /// The link to the setup of an empty server, on a [`Stage`].
    pub first_run: String,
    /// Links that are sent to people, by their names, on a [`Stage`].
    pub given: BTreeMap<&'static str, String>,
    /// The key of the second agent's authenticator, on a [`Stage`].
    pub key: Vec<u8>,
}

impl Place {
    /// Lets a browser in as the first agent.
    pub fn enter(&self, browser: &Browser) {
        browser.open(&self.link);
        browser.click("form.doors button");
        browser.see("nav.rail, .menu-button");
    }

    /// Where the first link of a selector on a page leads.
    fn behind(&self, browser: &Browser, path: &str, selector: &str) -> String {
        browser.open(&format!("{}{path}", self.origin));
        // The link of a drawing has no address as its property, only as its attribute.
        let find = "const link = document.querySelector(arguments[0])?.getAttribute('href'); return link && new URL(link, location.href).href;";
        let link = browser.script(find, json!([selector]));
        let link = link
            .as_str()
            .unwrap_or_else(|| panic!("no `{selector}` at {path}"));
        link.to_owned()
    }

    /// Opens the page of a stop and does there what comes first.
    ///
    /// # Panics
    /// When there is no such link, or what should be seen is not.
    pub fn reach(&self, browser: &Browser, stop: &Stop) {
        browser.print(false);
        match stop.way {
            At(path) => browser.open(&format!("{}{path}", self.origin)),
            SignInLink => browser.open(&self.link),
            Given(name) => {
                let link = self.given.get(name).unwrap_or_else(|| panic!("no link {name}"));
                let path = link.splitn(4, '/').nth(3).unwrap_or_default();
                browser.open(&format!("{}/{path}", self.origin));
            }
            FirstRun(step) => browser.open(&format!("{}/{step}", self.first_run)),
            Behind(path, selector) => browser.open(&self.behind(browser, path, selector)),
            Under(path, selector, end) => {
                let link = self.behind(browser, path, selector);
                let link = link.split('?').next().unwrap_or_default();
                browser.open(&format!("{link}{end}"));
            }
        }
        if !stop.steps.is_empty() {
            // A step may need what is in a panel further down.
            browser.load_panels();
        }
        for step in stop.steps {
            match step {
                Click(selector) => browser.click(selector),
                Press(keys) => browser.press(keys),
                See(selector) => browser.see(selector),
                Go(path) => browser.open(&format!("{}{path}", self.origin)),
                Code => browser.press(&doors::code_now(&self.key)),
                Print => browser.print(true),
            }
        }
    }
}
