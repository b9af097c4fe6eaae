use super::*;
use crate::imap::{Selected, batches};

/// A mail of a folder; every third has no Message-ID.
fn listed(uid: u32) -> Listed {
    Listed {
        uid,
        size: 100,
        arrived: Timestamp::from_second(i64::from(uid)).unwrap(),
        message_id: (!uid.is_multiple_of(3)).then(|| format!("{uid}@w")),
    }
}

fn survey(cursor: Option<Cursor>, validity: u32, uids: std::ops::RangeInclusive<u32>) -> Survey {
    let selected = Selected {
        validity,
        next: Some(uids.end() + 1),
        exists: u32::try_from(uids.clone().count()).unwrap(),
    };
    let plan = plan(cursor, selected);
    let from = match plan {
        Plan::Rest => u32::MAX,
        Plan::Fetch { from } => from,
        Plan::Compare(_) => 1,
    };
    Survey {
        validity,
        plan,
        listing: uids.filter(|uid| *uid >= from).map(listed).collect(),
    }
}

#[test]
fn a_comparison_that_is_broken_off_after_each_batch_doubles_and_loses_nothing() {
    let remembered = |mail: &Listed| Remembered {
        size: mail.size,
        arrived: mail.arrived,
        message_id: mail.message_id.clone(),
    };
    // All but each fourth of the first 30 were read before the folder was made anew.
    let mut ledger: Vec<Remembered> = (1..=30)
        .filter(|uid| uid % 4 != 0)
        .map(|uid| remembered(&listed(uid)))
        .collect();
    let mut cursor = Some(Cursor {
        validity: 7,
        last: 30,
        compared_to: None,
    });
    let mut fetched = Vec::new();
    for last in 30.. {
        // A mail comes whenever the connection breaks; its date is old, as of one that was moved.
        let survey = survey(cursor, 8, 1..=last);
        assert!(last == 30 || survey.compared_to().is_none_or(|to| to == 30));
        let wanted = survey.wanted(&ledger);
        let Some(batch) = batches(&wanted, 2, 10_000).first().copied() else {
            break;
        };
        ledger.extend(batch.iter().map(remembered));
        fetched.extend(batch.iter().map(|mail| mail.uid));
        cursor = survey.after(cursor, batch);
        if wanted.len() <= batch.len() {
            cursor = survey.end(cursor);
            break;
        }
    }
    let mut expected: Vec<u32> = (1..=30).filter(|uid| uid % 4 == 0).collect();
    expected.extend(31..=*fetched.last().unwrap());
    assert_eq!(fetched, expected);
    assert_eq!(
        cursor.map(|cursor| (cursor.validity, cursor.compared_to)),
        Some((8, None))
    );
}

#[test]
fn sets_are_short_and_dates_are_read() {
    assert_eq!(set(&[3, 1, 2, 7, 7, 9, 10]), "1:3,7,9:10");
    assert_eq!(
        date(b" 7-Jul-1996 02:44:25 -0700"),
        Some("1996-07-07T09:44:25Z".parse().unwrap())
    );
    assert_eq!(date(b"yesterday"), None);
    assert_eq!(
        identifier(b"Message-ID:\r\n <a@b>\r\n\r\n").as_deref(),
        Some("a@b")
    );
    assert_eq!(
        identifier(b"Message-ID: <a\0\x01@b>\r\n").as_deref(),
        Some("a@b"),
        "no text of a database holds a NUL"
    );
    assert_eq!(identifier(b"\r\n"), None);
}
