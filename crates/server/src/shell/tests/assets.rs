use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::{ask, page};
use crate::shell::Theme;
use crate::shell::assets::all;
use crate::shell::headers::POLICY;

/// What the heaviest page may load, compressed: styles, scripts and icons.
const BUDGET: usize = 90_000;

/// What comes when somebody writes with formatting or opens one of few pages, and not before.
const ON_DEMAND: [&str; 15] = [
    "js/board.js",
    "js/copy.js",
    "js/editor.js",
    "js/follow.js",
    "js/lines.js",
    "js/notify.js",
    "js/passkey.js",
    "js/print.js",
    "js/search.js",
    "js/segment.js",
    "js/who.js",
    "rich.css",
    "rich.svg",
    "vendor/purify.js",
    "vendor/squire.js",
];

const TURBO: &str = include_str!("../../../assets/vendor/turbo.js");
const STIMULUS: &str = include_str!("../../../assets/vendor/stimulus.js");
const SQUIRE: &str = include_str!("../../../assets/vendor/squire.js");
const PURIFY: &str = include_str!("../../../assets/vendor/purify.js");

#[test]
fn styles_scripts_and_icons_fit_the_budget() {
    let counted = all()
        .iter()
        .filter(|(name, _)| [".css", ".js", ".svg"].iter().any(|kind| name.ends_with(kind)))
        .filter(|(name, _)| !ON_DEMAND.contains(&name.as_str()));
    let sizes: Vec<(&str, usize)> = counted
        .map(|(name, asset)| (name.as_str(), asset.brotli().len()))
        .collect();
    let total: usize = sizes.iter().map(|(_, size)| size).sum();
    assert!(total <= BUDGET, "{total} bytes of {BUDGET}: {sizes:?}");
}

#[test]
fn what_comes_on_demand_is_loaded_by_nothing_that_comes_at_once() {
    for name in ON_DEMAND {
        assert!(all().contains_key(name), "{name}");
    }
    let at_once = all()
        .iter()
        .filter(|(name, _)| name.ends_with(".js") && !ON_DEMAND.contains(&name.as_str()));
    for (name, asset) in at_once {
        let text = String::from_utf8_lossy(asset.plain());
        for line in text
            .lines()
            .filter(|line| line.starts_with("import ") || line.contains("} from \""))
        {
            let is_on_demand = ON_DEMAND
                .iter()
                .filter_map(|one| one.rsplit('/').next())
                .any(|one| line.contains(&format!("/{one}\"")));
            assert!(!is_on_demand, "{name}: {line}");
        }
    }
    let composer = String::from_utf8_lossy(all()["js/composer.js"].plain()).into_owned();
    assert!(composer.contains("await import(\"./editor.js\")"));
}

#[test]
fn comments_stay_with_us() {
    for (name, asset) in all()
        .iter()
        .filter(|(name, _)| name.ends_with(".js") && !name.starts_with("vendor/"))
    {
        let text = String::from_utf8_lossy(asset.plain());
        assert!(!text.lines().any(|line| line.trim().starts_with("//")), "{name}");
        assert!(!text.trim().is_empty(), "{name}");
    }
}

#[test]
fn what_others_wrote_keeps_its_licence_and_all_of_its_code() {
    let others = [
        ("vendor/turbo.js", TURBO),
        ("vendor/stimulus.js", STIMULUS),
        ("vendor/squire.js", SQUIRE),
        ("vendor/purify.js", PURIFY),
    ];
    for (name, text) in others {
        let served = String::from_utf8_lossy(all()[name].plain()).into_owned();
        let licence: Vec<_> = text.lines().take_while(|line| !line.contains("*/")).collect();
        let begins = licence.iter().zip(served.lines());
        for (line, kept) in begins {
            assert_eq!(line.trim_start(), kept.trim_start(), "{name}: {licence:?}");
        }
        let is_code = |line: &&str| {
            let bare = line.trim();
            !bare.is_empty() && !["//", "/*", "*"].iter().any(|mark| bare.starts_with(mark))
        };
        let mut left = served.lines();
        for line in text
            .lines()
            .filter(is_code)
            .filter(|line| !licence.contains(line))
        {
            // What lines are indented by is no code, but for that of texts.
            assert!(
                left.any(|kept| kept.trim_start() == line.trim_start()),
                "{name} lost {line}"
            );
        }
    }
    let style = TURBO
        .split("unindent`")
        .nth(1)
        .and_then(|rest| rest.split('`').next());
    let served = String::from_utf8_lossy(all()["vendor/turbo.js"].plain()).into_owned();
    assert!(served.contains(style.expect("the style of the progress bar")));
}

#[test]
fn vendored_files_are_the_ones_their_checksums_name() {
    let sums = include_str!("../../../assets/vendor/SHA256SUMS");
    let others = [
        ("turbo.js", TURBO),
        ("stimulus.js", STIMULUS),
        ("squire.js", SQUIRE),
        ("purify.js", PURIFY),
    ];
    for (name, text) in others {
        let sum: String = Sha256::digest(text)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert!(sums.contains(&format!("{sum}  {name}")), "{name} has {sum}");
    }
}

#[test]
fn the_policy_allows_turbos_progress_bar_and_no_other_style() {
    let (_, rest) = TURBO
        .split_once("static get defaultCSS() {\n    return unindent`\n")
        .expect("Turbo styles its bar");
    let (css, _) = rest.split_once('`').expect("the template ends");
    let css = css
        .replace("${ProgressBar.animationDuration}", "300")
        .replace("${ProgressBar.animationDuration / 2}", "150");
    let unindented: Vec<_> = css
        .split('\n')
        .map(|line| line.get(6..).unwrap_or_default())
        .collect();
    let digest = BASE64_STANDARD.encode(Sha256::digest(unindented.join("\n")));
    assert!(
        POLICY.contains(&format!("style-src 'self' 'sha256-{digest}';")),
        "{digest}"
    );
}

#[tokio::test]
async fn assets_come_with_their_type_under_one_digest() {
    let document = ask(None, page("/preferences"), "").await.body;
    let (_, rest) = document
        .split_once(r#"rel="stylesheet" href=""#)
        .expect("a page has its style sheet");
    let (sheet, _) = rest.split_once('"').expect("the attribute ends");
    let answer = ask(None, page(sheet), "").await;
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    assert!(answer.body.contains("--accent:"));
    let script = ask(None, page(&sheet.replace("app.css", "vendor/turbo.js")), "").await;
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(
        ask(None, page("/assets/0000/../Cargo.toml"), "").await.status,
        404
    );
}

/// The declarations of the rule that begins with `selector`, from `from` on.
fn declared<'a>(css: &'a str, from: &str, selector: &str) -> Vec<&'a str> {
    let (_, rest) = css.split_once(from).expect("the part is there");
    let (_, rest) = rest.split_once(selector).expect("the rule is there");
    let (rule, _) = rest.split_once('}').expect("the rule ends");
    rule.lines()
        .map(str::trim)
        .filter(|line| line.starts_with("--"))
        .collect()
}

#[test]
fn whoever_asks_the_system_for_more_contrast_gets_the_colours_of_high_contrast() {
    let css = include_str!("../../../assets/css/tokens.css");
    let chosen = declared(css, "Text at 7:1", ":root[data-theme=\"contrast\"] {");
    let asked = declared(
        css,
        "@media (prefers-contrast: more)",
        ":root[data-theme=\"system\"] {",
    );
    assert!(chosen.len() > 20 && chosen == asked, "{chosen:?} {asked:?}");
}

#[test]
fn the_browsers_own_colour_is_the_canvas_of_the_theme() {
    let css = include_str!("../../../assets/css/tokens.css");
    for (theme, part) in [
        (Theme::System, ":root {"),
        (Theme::Contrast, ":root[data-theme=\"contrast\"] {"),
    ] {
        let canvas = format!("--canvas: light-dark({}, {});", theme.in_light(), theme.in_dark());
        assert!(declared(css, "", part).contains(&canvas.as_str()), "{canvas}");
    }
    assert_eq!(
        (Theme::Dark.in_light(), Theme::Light.in_dark()),
        ("#0e0f11", "#f7f7f8")
    );
}
