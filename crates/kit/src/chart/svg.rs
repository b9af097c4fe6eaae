//! Writing SVG and HTML safely and shortly.

/// Writes into a `String`, which cannot fail.
macro_rules! put {
    ($out:expr, $($words:tt)*) => {{
        use std::fmt::Write as _;
        write!($out, $($words)*).expect("a string takes every byte")
    }};
}
pub(super) use put;

/// Text for an element or an attribute, with what HTML would read as markup escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}

/// A coordinate: at most two digits after the point, never a number that SVG cannot read.
pub(super) fn at(number: f64) -> String {
    if !number.is_finite() {
        return "0".to_owned();
    }
    let rounded = format!("{number:.2}");
    let short = rounded.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" {
        "0".to_owned()
    } else {
        short.to_owned()
    }
}

/// A coordinate across, in percent of the drawing's width.
pub(super) fn across(share: f64) -> String {
    format!("{}%", at(share * 100.0))
}

/// Something with a tooltip of its own: `shape` is the element without its end.
pub(super) fn marked(out: &mut String, shape: &str, element: &str, tip: &str) {
    put!(out, "<{shape}><title>{}</title></{element}>", escaped(tip));
}

/// What `draw` draws, as a link to `href` if there is one; `tip` is what it is called.
pub(super) fn linked(out: &mut String, href: Option<&String>, tip: &str, draw: impl FnOnce(&mut String)) {
    let Some(href) = href.filter(|href| !href.is_empty()) else {
        draw(out);
        return;
    };
    put!(
        out,
        r#"<a href="{}" aria-label="{}">"#,
        escaped(href),
        escaped(tip)
    );
    draw(out);
    out.push_str("</a>");
}

/// A word of an axis. `anchor` is `start`, `middle` or `end`.
pub(super) fn word(out: &mut String, x: &str, y: f64, anchor: &str, text: &str) {
    classed(out, "tick", (x, y), anchor, text);
}

/// The same with a class of its own, at a place across and down.
pub(super) fn classed(out: &mut String, class: &str, place: (&str, f64), anchor: &str, text: &str) {
    let (x, y, text) = (place.0, at(place.1), escaped(text));
    put!(
        out,
        r#"<text class="{class}" x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>"#
    );
}
