//! Pictures of every stop of the tour for people to look at, and a contact sheet of each theme.
//!
//! `cargo xtask screenshots` runs it: the first argument is the folder, the others name stops.

#![allow(clippy::print_stdout, reason = "it says where the pictures are")]
#![allow(
    clippy::disallowed_methods,
    reason = "where things are comes from the environment"
)]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use testkit::browser::{Browser, Driver, Theme};
use testkit::tour::{STOPS, Stage, Stop, Visitor};

/// A desk, a tablet, and the narrowest that has to work.
const SIZES: [(u32, u32); 3] = [(1280, 900), (800, 900), (320, 700)];
const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];
/// A page longer than this is cut: nobody looks further down in a contact sheet.
const LONGEST: u32 = 2_400;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let binary = std::env::var("TANDEM_BENCH_BINARY")?;
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("the folder is missing")?);
    let names: Vec<String> = arguments.collect();
    let is_wished = |stop: &&Stop| names.is_empty() || names.iter().any(|name| name == stop.name);
    let wished: Vec<&Stop> = STOPS.iter().filter(is_wished).collect();
    std::fs::create_dir_all(&out)?;
    let driver = Driver::start().ok_or("there is no ChromeDriver")?;
    let stage = Stage::of(binary, 240);
    let place = &stage.place;
    let browser = driver.browser();
    for visitor in [Visitor::Stranger, Visitor::Agent] {
        if visitor == Visitor::Agent {
            place.enter(&browser);
        }
        for stop in wished.iter().filter(|stop| stop.visitor == visitor) {
            browser.show(THEMES[0], SIZES[0].0, SIZES[0].1);
            place.reach(&browser, stop);
            for theme in THEMES {
                for (width, height) in SIZES {
                    browser.show(theme, width, height);
                    let picture = browser.picture(width, height, LONGEST);
                    keep(&out.join(file(stop, theme, width)), &picture)?;
                }
            }
        }
    }
    browser.print(false);
    for theme in THEMES {
        sheet(&browser, &wished, &out, theme)?;
    }
    println!("open {}", out.join("light.html").display());
    Ok(())
}

fn file(stop: &Stop, theme: Theme, width: u32) -> String {
    format!("{}-{}-{width}.png", stop.name, theme.name())
}

fn keep(path: &Path, picture: &str) -> Outcome {
    std::fs::write(path, BASE64_STANDARD.decode(picture)?)?;
    Ok(())
}

/// All pictures of a theme on one page, and a picture of that page.
fn sheet(browser: &Browser, stops: &[&Stop], out: &Path, theme: Theme) -> Outcome {
    let mut html = HEAD.to_owned();
    for stop in stops {
        write!(
            html,
            "<section><h2>{} <small>{}</small></h2>",
            stop.name, stop.route
        )?;
        for (width, _) in SIZES {
            let file = file(stop, theme, width);
            write!(
                html,
                "<a href=\"{file}\"><img class=\"w{width}\" src=\"{file}\" alt=\"{} at {width} px\"></a>",
                stop.name
            )?;
        }
        html.push_str("</section>\n");
    }
    let path = out.join(format!("{}.html", theme.name()));
    std::fs::write(&path, html)?;
    browser.show(Theme::Light, 1_600, 900);
    browser.open(&format!("file://{}", path.canonicalize()?.display()));
    keep(
        &out.join(format!("{}.png", theme.name())),
        &browser.picture(1_600, 900, 16_000),
    )
}

const HEAD: &str = "<!doctype html>
<meta charset=\"utf-8\">
<title>Screens</title>
<style>
  body { font: 13px system-ui, sans-serif; margin: 16px; background: #d9dade; color: #1a1b1e; display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
  section { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; align-content: flex-start; }
  h2 { width: 100%; margin: 0; font-size: 14px; }
  small { font-weight: 400; }
  img { height: 300px; object-fit: cover; object-position: top; background: #fff; }
  .w1280 { width: 410px; } .w800 { width: 210px; } .w320 { width: 120px; }
</style>
";
