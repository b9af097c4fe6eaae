//! Lists by keyboard: every list whose rows lead somewhere can be walked with J and K.

use std::fs;
use std::path::{Path, PathBuf};

/// Lists with keys of their own.
const OWN_KEYS: [&str; 1] = ["reply-rows"];

fn templates(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            templates(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "html") {
            found.push(path);
        }
    }
}

/// The ids of a template's lists whose rows hold links, with what stands between their tags.
fn lists(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices("-rows\"") {
        let id = &text[text[..start].rfind('"').map_or(0, |at| at + 1)..start + "-rows".len()];
        let opening = text[..start].rfind('<').map_or("", |at| &text[at..]);
        let Some(tag) = ["tbody", "ul", "ol"].into_iter().find(|tag| {
            opening.starts_with(&format!("<{tag} id=\"")) || opening.starts_with(&format!("<{tag} class=\""))
        }) else {
            continue;
        };
        let body = opening.split(&format!("</{tag}>")).next().unwrap();
        if body.contains("<a ") && body.contains("{%- for ") {
            found.push((id, body));
        }
    }
    found
}

#[test]
fn every_list_whose_rows_lead_somewhere_is_walked_by_keys() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    for name in ["core", "desk", "success"] {
        templates(&crates.join(name).join("src"), &mut found);
    }
    let mut seen = 0;
    for path in &found {
        let text = fs::read_to_string(path).unwrap();
        for (id, body) in lists(&text) {
            if OWN_KEYS.contains(&id) {
                continue;
            }
            seen += 1;
            assert!(
                body.contains("data-row"),
                "no row of #{id} has data-row: {path:?}"
            );
            assert!(
                text.contains("data-controller=\"list\""),
                "#{id} has no keys: {path:?}"
            );
        }
    }
    assert!(seen > 50, "{seen} lists are too few to be all");
}
