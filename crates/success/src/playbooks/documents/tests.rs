//! Mails as far as a reader may see them.

use tandem_core::actor::Who;
use tandem_core::correspondence::Fate;
use tandem_core::permissions::PermissionSet;

use super::*;

fn seen(permissions: &[Permission]) -> MailDocument {
    let reader = Actor {
        who: Who::Agent {
            id: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Ada".to_owned(),
            permissions: permissions.iter().copied().collect::<PermissionSet>(),
        },
        ..Actor::system("wsp_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"), "tests")
    };
    let mail = Mailed {
        number: 0,
        contact: "con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        outcome: "written".to_owned(),
        conversation: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned(),
        at: kit::clock::Timestamp(1),
        fate: Some(Fate::Answered),
    };
    MailDocument::of(mail, &reader)
}

#[test]
fn whom_a_mail_is_to_and_what_became_of_it_is_for_who_may_see_that() {
    let bare = seen(&[Permission::TasksRead]);
    assert_eq!((bare.contact, bare.conversation, bare.fate), (None, None, None));
    assert_eq!((bare.outcome.as_str(), bare.written_at), ("written", 1));
    let people = seen(&[Permission::TasksRead, Permission::ContactsRead]);
    assert!(people.contact.is_some() && people.conversation.is_none() && people.fate.is_none());
    let tickets = seen(&[Permission::TasksRead, Permission::TicketsRead]);
    assert_eq!(
        (tickets.contact, tickets.fate.as_deref()),
        (None, Some("answered"))
    );
    assert!(tickets.conversation.is_some());
}
