//! File names from strangers, made safe once.
//!
//! A name is only ever shown and offered for a download, never a place on disk. Still it must not deceive: no path,
//! no invisible letter, no letter that turns the rest around (CVE-2026-28289 was a zero-width space).

use unicode_normalization::UnicodeNormalization;

/// Longest name in bytes; many file systems take 255.
const LONGEST: usize = 180;

/// Names that mean devices on Windows, with any ending.
const DEVICES: &[&str] = &[
    "aux", "con", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The safe form of a name; nothing if nothing of it is left.
pub fn safe_file_name(name: &str) -> Option<String> {
    let normal: String = name.nfc().collect();
    let last = normal.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last
        .chars()
        .map(|character| match character {
            character if character.is_whitespace() => ' ',
            ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            other => other,
        })
        .filter(|character| !is_invisible(*character))
        .collect();
    let words: Vec<&str> = visible.split(' ').filter(|word| !word.is_empty()).collect();
    let joined = words.join(" ");
    let trimmed = joined
        .trim_start_matches(['.', ' ', '~'])
        .trim_end_matches(['.', ' ']);
    let stem = trimmed.split('.').next().unwrap_or_default().trim();
    let is_device = DEVICES.contains(&stem.to_ascii_lowercase().as_str());
    let safe = shortened(&if is_device {
        format!("_{trimmed}")
    } else {
        trimmed.to_owned()
    });
    (!safe.is_empty()).then_some(safe)
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Cut in the middle, so that the ending stays.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rfind('.') {
        Some(dot) if name.len() - dot <= 20 => name.split_at(dot),
        _ => (name, ""),
    };
    let mut end = LONGEST - ending.len();
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", stem[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_deceive_are_made_plain() {
        for (name, expected) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.txt", "a.txt"),
            ("\u{200b}.htaccess", "htaccess"),
            (".\u{200b}.htaccess", "htaccess"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("a\r\nb\0.txt", "a b.txt"),
            ("CON.txt", "_CON.txt"),
            ("x. . .", "x"),
            ("a<b>:c?.txt", "a_b__c_.txt"),
            ("e\u{301}.txt", "é.txt"),
        ] {
            assert_eq!(safe_file_name(name).as_deref(), Some(expected), "{name:?}");
        }
        for nothing in ["", "...", "/", " ", "\u{feff}"] {
            assert_eq!(safe_file_name(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = safe_file_name(&format!("{}.docx", "ż".repeat(500))).unwrap();
        assert!(name.len() <= LONGEST && name.ends_with(".docx"));
    }
}
