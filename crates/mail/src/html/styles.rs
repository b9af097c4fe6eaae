//! Styles that stay within the text: no address, no place on the page, no escape.

/// Properties that may be set.
pub(super) const PROPERTIES: &[&str] = &[
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-left",
    "border-right",
    "border-spacing",
    "border-top",
    "color",
    "direction",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-wrap",
    "overflow-wrap",
];

/// What is kept of a style, and the addresses that were in it.
pub(super) fn filtered(style: &str) -> (String, Vec<String>) {
    let mut kept = Vec::new();
    let mut outside = Vec::new();
    for declaration in style.split(';').take(200) {
        let lower = declaration.to_ascii_lowercase();
        if let Some(start) = lower.find("url(") {
            outside.extend(address(declaration, start + 4));
            continue;
        }
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let property = property.trim().to_ascii_lowercase();
        if PROPERTIES.contains(&property.as_str()) && is_plain(value) && is_seen(&property, value) {
            kept.push(format!("{property}: {}", value.trim()));
        }
    }
    (kept.join("; "), outside)
}

fn address(declaration: &str, start: usize) -> Option<String> {
    let rest = declaration.get(start..)?;
    let inner = rest.split(')').next()?;
    let plain = inner.trim().trim_matches(['"', '\'', ' ']);
    (!plain.is_empty()).then(|| plain.to_owned())
}

/// No escapes, no functions but colours, nothing that begins another rule.
fn is_plain(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let has_function = lower.contains('(')
        && !["rgb(", "rgba(", "hsl(", "hsla("]
            .iter()
            .any(|known| lower.contains(known));
    value.len() <= 300
        && !has_function
        && !value.contains(['\\', '<', '>', '{', '}', '@'])
        && !lower.contains("expression")
        && !lower.contains("javascript")
        && !lower.contains("/*")
}

/// Margins that would lay the text over something else.
fn is_seen(property: &str, value: &str) -> bool {
    !(property.starts_with("margin") || property == "text-indent") || !value.contains('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stays_within_the_text_is_kept() {
        let (kept, outside) = filtered(
            "color: red; position: fixed; background: url('https://x.example/a.png'); width: expression(alert(1)); \
             margin-left: -900px; font-family: \"A\"; color: re\\64; behavior: url(#x)",
        );
        assert_eq!(kept, "color: red; font-family: \"A\"");
        assert_eq!(outside, ["https://x.example/a.png", "#x"]);
    }
}
