//! `cargo xtask screenshots`: every page in light and dark and in four widths, and a sheet that shows them all.

mod browser;
mod http;
mod pages;
mod sheet;

use crate::demo::{self, Demo};
use crate::failure::{Failure, Outcome, While};
use crate::{debian, programs, source};
use browser::Browser;
use pages::{PAGES, Page, Visitor};
use std::path::{Path, PathBuf};

/// One look at a page.
#[derive(Clone, Copy)]
struct Look {
    theme: &'static str,
    width: u32,
    height: u32,
}

/// The widths of SCREENS: a desk, a small laptop, a telephone, and the narrowest that has to work.
const SIZES: &[(u32, u32)] = &[(1440, 900), (1024, 768), (390, 844), (320, 640)];
/// The demo's link asks who one wants to be; the first agent may do the most.
const WHO: &str = "form.doors button";
const THEMES: &[&str] = &["light", "dark"];

/// `cargo xtask screenshots [--out DIR]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let out = folder(arguments)?;
    debian::provide(&["Chromium", "ChromeDriver"]);
    demo::build()?;
    let scratch = Scratch::new(&source::project_root()?)?;
    let quiet = ["--log-level", "warn"].map(str::to_owned);
    let demo = Demo::start(programs::free_port()?, &scratch.0.join("data"), &quiet)?;
    let mut browser = Browser::start(&scratch.0)?;
    std::fs::create_dir_all(&out).while_trying(format!("make {}", out.display()))?;
    let mut shots = Vec::new();
    for visitor in [Visitor::Stranger, Visitor::Agent] {
        if visitor == Visitor::Agent {
            browser.open(&demo.link)?;
            browser.press(WHO)?;
        }
        for page in PAGES.iter().filter(|page| page.visitor == visitor) {
            shots.extend(take(&mut browser, &demo.link, page, &out)?);
        }
    }
    let sheet = out.join("index.html");
    std::fs::write(&sheet, sheet::html(&shots)).while_trying(format!("write {}", sheet.display()))?;
    println!("{} pictures; open {}", shots.len(), sheet.display());
    Ok(())
}

fn take(browser: &mut Browser, link: &str, page: &Page, out: &Path) -> Result<Vec<sheet::Shot>, Failure> {
    let mut shots = Vec::new();
    let mut address = address(link, page.path);
    if let Some(link) = page.link {
        browser.open(&address)?;
        address = browser.destination(link)?;
    }
    for look in looks() {
        browser.emulate(look.theme, look.width, look.height)?;
        browser.open(&address)?;
        let name = format!("{}-{}-{}.png", page.name, look.theme, look.width);
        let picture = browser.picture(look.width, look.height)?;
        std::fs::write(out.join(&name), picture).while_trying(format!("write {name}"))?;
        let is_too_wide = browser.is_wider_than(look.width)?;
        if is_too_wide {
            println!("{} scrolls sideways at {} px", page.name, look.width);
        }
        shots.push(sheet::Shot {
            page: page.name,
            path: page.path,
            look,
            file: name,
            is_too_wide,
        });
    }
    Ok(shots)
}

fn looks() -> impl Iterator<Item = Look> {
    THEMES.iter().flat_map(|theme| {
        SIZES.iter().map(|(width, height)| Look {
            theme,
            width: *width,
            height: *height,
        })
    })
}

/// The address of `path` on the host of `link`.
fn address(link: &str, path: &str) -> String {
    let host_at = link.find("://").map_or(0, |at| at + 3);
    let host_ends = link[host_at..].find('/').map_or(link.len(), |at| host_at + at);
    format!("{}{path}", &link[..host_ends])
}

fn folder(arguments: &[String]) -> Result<PathBuf, Failure> {
    let root = source::project_root()?;
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => Ok(root.join("screenshots")),
        ["--out", folder] => Ok(root.join(folder)),
        _ => Err(Failure::new("screenshots takes `--out DIR` only")),
    }
}

/// A folder that goes away with the command.
struct Scratch(PathBuf);

impl Scratch {
    /// What an interrupted command left there goes first.
    fn new(root: &Path) -> Result<Self, Failure> {
        let folder = root.join("target").join("screenshots");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).while_trying(format!("remove {}", folder.display()))?;
        }
        std::fs::create_dir_all(&folder).while_trying(format!("make {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("xtask: remove {}: {error}", self.0.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_opened_on_the_host_of_the_link() {
        assert_eq!(
            address("http://127.0.0.1:8080/enter?key=a", "/design"),
            "http://127.0.0.1:8080/design"
        );
        assert_eq!(address("http://127.0.0.1:8080", "/"), "http://127.0.0.1:8080/");
    }
}
