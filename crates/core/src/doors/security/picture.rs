//! The picture that an authenticator reads, as SVG: one path, no script, no style.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// The quiet margin around the squares (ISO/IEC 18004 asks for four).
const MARGIN: usize = 4;

/// `text` as a QR code, dark on white whatever the theme: readers expect it so. Empty when the text is too long for one.
pub(super) fn picture(text: &str, label: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return String::new();
    };
    let side = code.width();
    let mut squares = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let (x, y) = (at % side + MARGIN, at / side + MARGIN);
            let _ = write!(squares, "M{x} {y}h1v1h-1z");
        }
    }
    let whole = side + 2 * MARGIN;
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {whole} {whole}\" role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/><path d=\"{squares}\" fill=\"#000\"/></svg>",
        label = escaped(label)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::picture;

    #[test]
    fn a_picture_has_its_squares_and_nothing_that_runs() {
        let svg = picture("otpauth://totp/x?secret=GEZDGNBV", "Scan <this> \"now\"");
        assert!(
            svg.contains("M4 4h1v1h-1z"),
            "the first square of the corner mark"
        );
        assert!(
            svg.contains("Scan &lt;this> &quot;now&quot;")
                && !svg.contains("style")
                && !svg.contains("<script")
        );
        assert_eq!(picture(&"x".repeat(5_000), ""), "");
    }
}
