//! The published replies of email_reply_trimmer, whole: a score that may not fall.

use mail::quotes;
use std::path::Path;

#[test]
fn published_replies_are_divided_as_people_divided_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/replies");
    let (mut right, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder.join("emails")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let expected = std::fs::read_to_string(folder.join("trimmed").join(name)).unwrap();
        let shown = quotes::text(&text).shown(&text);
        if shown.trim() == expected.replace("\r\n", "\n").trim() {
            right += 1;
        } else {
            wrong.push(format!("{}\n{shown}", name.display()));
        }
    }
    assert!(
        right * 100 >= (right + wrong.len()) * 95,
        "{}",
        wrong.join("\n=====\n")
    );
}
