//! Whether HTML says more than its words do.

use super::{deceives, link, text_of};
use crate::dom::{Dom, Id};

/// Colours that paper and ink have: mail programs write them around plain words.
const PLAIN: [&str; 18] = [
    "",
    "#000",
    "#000000",
    "#fff",
    "#ffffff",
    "#212121",
    "#222222",
    "black",
    "white",
    "auto",
    "currentcolor",
    "inherit",
    "initial",
    "none",
    "rgb(0,0,0)",
    "rgb(255,255,255)",
    "transparent",
    "windowtext",
];

/// Whether HTML has a look of its own: pictures, tables, colours, or links whose words do not say where they lead. Paragraphs
/// with letters of some kind have none, and neither has HTML that is too odd to be taken apart.
pub fn has_look(html: &str) -> bool {
    let Some(dom) = Dom::parse(html) else {
        return false;
    };
    (0..dom.nodes.len()).any(|id| is_more_than_words(&dom, id))
}

fn is_more_than_words(dom: &Dom, id: Id) -> bool {
    match dom.name(id) {
        "" => false,
        "img" => is_seen(dom, id),
        "table" => true,
        "a" => leads_elsewhere(dom, id),
        _ => is_coloured(dom, id),
    }
}

/// Not one of those that only tell their owner who reads.
fn is_seen(dom: &Dom, id: Id) -> bool {
    let is_none = |side: &str| {
        let value = dom.attribute(id, side).unwrap_or_default();
        matches!(value.trim().trim_end_matches("px").trim(), "0" | "1")
    };
    dom.attribute(id, "src").is_some() && !is_none("width") && !is_none("height")
}

/// Whether a link's words are another text than its address.
fn leads_elsewhere(dom: &Dom, id: Id) -> bool {
    let Some((url, host)) = dom.attribute(id, "href").and_then(link) else {
        return false;
    };
    if !url.starts_with("http") {
        return false;
    }
    let text = text_of(dom, id);
    let text = text.trim().to_lowercase();
    !text.is_empty() && (deceives(&text, &host) || !text.contains(host.trim_start_matches("www.")))
}

fn is_coloured(dom: &Dom, id: Id) -> bool {
    let by_attribute = ["bgcolor", "background"]
        .into_iter()
        .filter_map(|name| dom.attribute(id, name))
        .any(|value| !is_plain(value));
    let is_font = dom.name(id) == "font" && dom.attribute(id, "color").is_some_and(|value| !is_plain(value));
    let style = dom.attribute(id, "style").unwrap_or_default();
    by_attribute || is_font || style.split(';').any(colours)
}

/// Whether a declaration gives words or what is behind them a colour.
fn colours(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else {
        return false;
    };
    let property = property.trim().to_ascii_lowercase();
    matches!(property.as_str(), "color" | "background" | "background-color") && !is_plain(value)
}

fn is_plain(value: &str) -> bool {
    let value: String = value.chars().filter(|letter| !letter.is_whitespace()).collect();
    let value = value.to_ascii_lowercase();
    PLAIN.contains(&value.trim_end_matches("!important"))
}

#[cfg(test)]
mod tests {
    use super::has_look;

    #[test]
    fn pictures_tables_colours_and_named_links_are_a_look() {
        for html in [
            "<p>Hi</p><img src=cid:logo>",
            "<table><tr><td>1</td></tr></table>",
            "<p style='Color: #c00'>Hi</p>",
            "<body bgcolor='#eeeeee'>Hi",
            "<font color=red>Hi</font>",
            "<a href='https://shop.example/x'>Your order</a>",
        ] {
            assert!(has_look(html), "{html}");
        }
    }

    #[test]
    fn words_in_paragraphs_are_none() {
        for html in [
            "<div dir=ltr>Hi <b>you</b><br><br>Ada</div>",
            "<p style='color: black; background: white !important'>Hi</p>",
            "<a href='https://www.shop.example/x'>https://www.shop.example/x</a>",
            "<a href='mailto:a@b.example'>Ada</a><a name=x>y</a>",
            "<p>Hi</p><img src=https://t.example/p.gif width=1 height=1>",
            "",
        ] {
            assert!(!has_look(html), "{html}");
        }
    }
}
