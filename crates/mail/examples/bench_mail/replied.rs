//! What is new in a reply, against what people marked.

use crate::Score;
use crate::corpora::{Corpora, files};
use jiff::Timestamp;
use mail::quotes::{self, Kind};
use mail::understand::{Limits, understand};

fn score(name: &'static str) -> Score {
    Score {
        name,
        right: 0,
        of: 0,
        wanted: 95,
        wrong: Vec::new(),
    }
}

fn compare(score: &mut Score, name: &str, found: &str, expected: &str) {
    score.of += 1;
    if found == expected {
        score.right += 1;
    } else {
        score
            .wrong
            .push(format!("{name}: {found:?} instead of {expected:?}"));
    }
}

pub fn trimmer(corpora: &Corpora) -> Option<Score> {
    let mut score = score("replies of email_reply_trimmer");
    for path in files(&corpora.replies.join("emails")) {
        let name = path.file_name()?.to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let expected = std::fs::read_to_string(corpora.replies.join("trimmed").join(&name)).unwrap();
        let expected = expected.replace("\r\n", "\n");
        compare(
            &mut score,
            &name,
            quotes::text(&text).shown(&text).trim(),
            expected.trim(),
        );
    }
    Some(score)
}

/// This set counts signatures to the reply.
pub fn talon_text(corpora: &Corpora) -> Option<Score> {
    let folder = corpora.talon.as_ref()?.join("standard_replies");
    let mut score = score("replies of talon, text");
    for path in files(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
    {
        let raw = std::fs::read(&path).unwrap();
        let message = understand(&raw, Timestamp::UNIX_EPOCH, &Limits::default());
        let stem = path.file_stem()?.to_string_lossy().into_owned();
        let expected = std::fs::read_to_string(folder.join(format!("{stem}_reply_text")));
        let expected = expected.unwrap_or_else(|_| "Hello".into());
        let division = quotes::text(&message.text);
        let found = division.only(&message.text, |kind| kind.is_shown() || kind == Kind::Signature);
        compare(&mut score, &stem, &lines(&found), &lines(&expected));
    }
    Some(score)
}

/// Spaces at the ends of lines don't count.
fn lines(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

pub fn talon_html(corpora: &Corpora) -> Option<Score> {
    let folder = corpora.talon.as_ref()?.join("html_replies");
    let mut score = score("replies of talon, HTML");
    for path in files(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let html = String::from_utf8_lossy(&bytes);
        let found: String = quotes::html(&html).text.split_whitespace().collect();
        compare(
            &mut score,
            &path.display().to_string(),
            &found,
            "Hi.Iamfine.Thanks,Alex",
        );
    }
    Some(score)
}
