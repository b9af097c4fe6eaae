//! Every mail of every collection is understood without a panic.

use crate::Score;
use crate::corpora::{Corpora, files};
use jiff::Timestamp;
use mail::understand::{Limits, understand};

pub fn every_mail(corpora: &Corpora) -> Option<Score> {
    let folders = [&corpora.parser, &corpora.bounces, &corpora.talon, &corpora.python];
    let mut score = Score {
        name: "understood without a panic",
        right: 0,
        of: 0,
        wanted: 100,
        wrong: Vec::new(),
    };
    for path in folders.into_iter().flatten().flat_map(|folder| files(folder)) {
        let is_mail = path
            .extension()
            .is_none_or(|ending| ["eml", "txt", "bin"].iter().any(|known| ending == *known));
        if !is_mail {
            continue;
        }
        let raw = std::fs::read(&path).unwrap();
        score.of += 1;
        let outcome =
            std::panic::catch_unwind(|| understand(&raw, Timestamp::UNIX_EPOCH, &Limits::default()));
        match outcome {
            Ok(_) => score.right += 1,
            Err(_) => score.wrong.push(path.display().to_string()),
        }
    }
    (score.of > 0).then_some(score)
}
