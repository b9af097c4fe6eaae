use kit::clock::Timestamp;
use kit::id::Ids;
use tandem_core::metrics::Producers;

use super::*;
use crate::playbooks::PlaybookError;

#[test]
fn about_the_asked_share_is_held_out_and_always_the_same() {
    let ids = Ids::seeded(7);
    let playbook = PlaybookId::from_uuid(ids.next(Timestamp(0)));
    let accounts: Vec<AccountId> = (0..4_000)
        .map(|_| AccountId::from_uuid(ids.next(Timestamp(0))))
        .collect();
    let held = |percent: i64| {
        accounts
            .iter()
            .filter(|id| is_held_out(playbook, **id, percent))
            .count()
    };
    assert_eq!(held(0), 0);
    let tenth = held(10);
    assert!((300..500).contains(&tenth), "{tenth} of 4,000");
    assert_eq!(tenth, held(10));
    // A larger share takes more accounts, and lets nobody go who was held out before.
    assert!(
        accounts
            .iter()
            .all(|id| !is_held_out(playbook, *id, 10) || is_held_out(playbook, *id, 20))
    );
}

#[test]
fn branches_lead_forward_only() {
    let producers = Producers::default();
    let note = || Step::Note {
        words: "Hello".to_owned(),
    };
    let branch = |otherwise| Step::Branch {
        test: Test::Done,
        otherwise,
    };
    let content = |steps: Vec<Step>| Content {
        steps,
        ..Content::default()
    };
    assert!(content(vec![branch(3), note()]).checked(&producers).is_ok());
    for wrong in [0, 1, 4] {
        let refused = content(vec![branch(wrong), note()]).checked(&producers);
        assert!(matches!(refused, Err(PlaybookError::BadStep(1))), "{wrong}");
    }
}
