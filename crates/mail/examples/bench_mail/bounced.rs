//! Addresses that failed, against what the library flufl.bounce 6.0.0 finds in its own collection.

use crate::Score;
use crate::corpora::Corpora;
use jiff::Timestamp;
use mail::bounces::{Lasting, bounce};
use mail::understand::{Limits, understand};

pub fn flufl(corpora: &Corpora) -> Option<Score> {
    let folder = corpora.bounces.as_ref()?.join("data");
    let expected = include_str!("../../tests/data/bounces.tsv");
    let mut score = Score {
        name: "bounces of flufl.bounce, failed addresses",
        right: 0,
        of: 0,
        wanted: 98,
        wrong: Vec::new(),
    };
    for line in expected.lines() {
        let mut cells = line.split('\t');
        let (name, permanent, temporary) = (cells.next()?, cells.next()?, cells.next()?);
        // Where that library finds nothing there is nothing to compare with.
        if permanent == "-" && temporary == "-" {
            continue;
        }
        let raw = std::fs::read(folder.join(name)).unwrap();
        let message = understand(&raw, Timestamp::UNIX_EPOCH, &Limits::default());
        let failures = bounce(&message).map(|bounce| bounce.failures).unwrap_or_default();
        let of = |lasting| {
            let mut found: Vec<String> = failures
                .iter()
                .filter(|failure| failure.lasting == lasting)
                .map(|failure| failure.address.to_ascii_lowercase())
                .collect();
            found.sort();
            if found.is_empty() {
                "-".to_owned()
            } else {
                found.join(",")
            }
        };
        let found = (of(Lasting::Permanent), of(Lasting::Temporary));
        let wanted = (permanent.to_ascii_lowercase(), temporary.to_ascii_lowercase());
        score.of += 1;
        if found == wanted {
            score.right += 1;
        } else {
            score
                .wrong
                .push(format!("{name}: {found:?} instead of {wanted:?}"));
        }
    }
    Some(score)
}
