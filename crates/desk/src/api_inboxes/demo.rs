//! Sample data: a messenger that is connected, and a handful of people who wrote by it.

use kit::db::Tx;
use tandem_core::actor::Actor;

use super::taking::{self, Author, Incoming};
use super::{ApiInboxError, InboxText, Told, carrying};
use crate::tickets::{self, MessageKind, NewMessage};

/// Who wrote: what the messenger calls them, their name, what they wrote, and what they were answered.
const CHATS: [(&str, &str, &str, &str); 5] = [
    (
        "user-77",
        "Nadia Rahman",
        "Hi, the card reader at till 2 beeps and shows code 14. What is that?",
        "Hi Nadia, code 14 is a full roll cover that is not shut. Press it down until it clicks, please.",
    ),
    (
        "user-81",
        "Jonas Brandt",
        "Can I change the delivery address of an order that is paid already?",
        "Yes, as long as it is not packed. Which order is it?",
    ),
    (
        "user-90",
        "Aylin Demir",
        "Where do I find the invoice for March?",
        "Under Billing, Documents. I have sent it to you once more as well.",
    ),
    (
        "user-94",
        "Piotr Zieliński",
        "The app says I am offline, but I am not.",
        "",
    ),
    (
        "user-97",
        "Dewi Lestari",
        "Do you deliver to Surabaya on Saturdays?",
        "",
    ),
];

/// Makes them: an inbox, its conversations, and what `agent` answered in some of them. There is nobody at its address.
///
/// # Errors
/// What the verbs refuse, or the database's.
pub fn fill(tx: &mut Tx<'_>, actor: &Actor, agent: Option<&Actor>) -> Result<(), ApiInboxError> {
    let text = InboxText {
        name: "Messenger".to_owned(),
        url: "https://chat.fernweh.example/tandem".to_owned(),
        ..InboxText::default()
    };
    let (inbox, _) = super::add(tx, actor, &text)?;
    for (place, (person, name, asked, answered)) in CHATS.into_iter().enumerate() {
        let incoming = Incoming {
            conversation: format!("chat-{person}"),
            name: format!("{person}-1"),
            body: asked.to_owned(),
            author: Author {
                name: name.to_owned(),
                external_id: person.to_owned(),
                ..Author::default()
            },
            ..Incoming::default()
        };
        let taken = taking::take(tx, actor, inbox.id, &incoming)?;
        let Some(agent) = agent.filter(|_| !answered.is_empty()) else {
            continue;
        };
        let reply = NewMessage {
            kind: MessageKind::Reply,
            body: answered.to_owned(),
            html: None,
            seen: None,
            then: None,
            files: Vec::new(),
        };
        let (_, message) = tickets::write(tx, agent, taken.ticket.id, &reply)?;
        if place == 0 && carrying::find(tx, actor, message.id).is_ok() {
            carrying::told(tx, actor, (inbox.id, message.id), &Told::Read)?;
        }
    }
    Ok(())
}
