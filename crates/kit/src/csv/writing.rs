//! Writing lines of comma-separated values (RFC 4180).

/// One line with its line end, which spreadsheets read as text. A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP
/// ASVS 5.0, 1.2.10).
pub fn line<C: AsRef<str>>(cells: impl IntoIterator<Item = C>) -> String {
    let mut line = cells
        .into_iter()
        .map(|text| cell(text.as_ref()))
        .collect::<Vec<_>>()
        .join(",");
    line.push_str("\r\n");
    line
}

fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\r', '\n', ';', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_a_line_is_quoted_and_what_would_compute_is_text() {
        assert_eq!(
            line(["a", "b,c", "say \"hi\"", "two\nlines", ""]),
            "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n"
        );
        for formula in ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"] {
            assert!(
                line([formula]).trim_start_matches('"').starts_with('\''),
                "{formula:?}"
            );
        }
    }
}
