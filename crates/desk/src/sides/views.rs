//! What the templates of side conversations take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::{Entry, EntryKind, Person, Side, Whole};
use crate::tickets::files::File;
use crate::tickets::marks::{Fold, Mark};
use crate::tickets::sending::FormId;
use crate::tickets::{MessageId, Ticket, TicketId};

/// How many people a line names.
const NAMED: usize = 3;

/// Who a signature names.
fn signed(t: &Text, signature: &str) -> String {
    match signature.split_once(' ') {
        Some((who, name)) if !who.starts_with("system") => name.to_owned(),
        _ => t.say("tickets-by-itself"),
    }
}

/// With whom it is, in a line.
fn whom(t: &Text, people: &[Person]) -> String {
    let named = people.iter().take(NAMED).map(called);
    let mut line = named.collect::<Vec<_>>().join(", ");
    if people.len() > NAMED {
        line = format!("{line} +{}", people.len() - NAMED);
    }
    if line.is_empty() {
        t.say("tickets-erased")
    } else {
        line
    }
}

fn called(one: &Person) -> &str {
    if one.name.is_empty() {
        &one.address
    } else {
        &one.name
    }
}

/// What it is about; a word for what was erased.
pub(super) fn subject(t: &Text, side: &Side) -> String {
    match side.subject.as_str() {
        "" => t.say("tickets-erased"),
        subject => subject.to_owned(),
    }
}

/// How large a file is, in thousands or millions of bytes.
fn size(t: &Text, file: &File) -> String {
    let thousands = (file.size as f64 / 1_000.0).ceil();
    if thousands < 1_000.0 {
        let size = t.number(thousands as i64);
        return t.say_with("tickets-file-kb", kit::args!(size = size));
    }
    let size = t.decimal(thousands / 1_000.0, 1);
    t.say_with("tickets-file-mb", kit::args!(size = size))
}

/// The side conversations of a ticket.
#[derive(Template)]
#[template(path = "sides/views/panel.html")]
pub(super) struct PanelPage<'a> {
    pub(super) t: &'a Text,
    pub(super) ticket: TicketId,
    pub(super) sides: Vec<(Side, Vec<Person>)>,
    pub(super) may_write: bool,
}

impl PanelPage<'_> {
    fn whom(&self, people: &[Person]) -> String {
        whom(self.t, people)
    }

    fn subject(&self, side: &Side) -> String {
        subject(self.t, side)
    }

    fn state(&self, side: &Side) -> String {
        self.t.say(side.look().2)
    }
}

/// All that are open.
#[derive(Template)]
#[template(path = "sides/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) rows: Vec<(Side, Vec<Person>, Ticket)>,
    pub(super) next: Option<String>,
}

impl ListPage<'_> {
    fn whom(&self, people: &[Person]) -> String {
        whom(self.t, people)
    }

    fn subject(&self, side: &Side) -> String {
        subject(self.t, side)
    }

    fn state(&self, side: &Side) -> String {
        self.t.say(side.look().2)
    }
}

/// The form of a new one.
#[derive(Template)]
#[template(path = "sides/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) ticket: &'a Ticket,
    pub(super) filled: &'a Filled,
    /// By which it is known when it is sent twice.
    pub(super) form: FormId,
    /// Files of the ticket, each with whether it goes along.
    pub(super) files: Vec<(File, bool)>,
    pub(super) is_forward: bool,
}

impl FormPage<'_> {
    fn size(&self, file: &File) -> String {
        size(self.t, file)
    }

    fn passes_all_on(&self) -> bool {
        self.filled.value("from") == "all"
    }
}

/// One with everything in it, and its composer.
#[derive(Template)]
#[template(path = "sides/views/side.html")]
pub(super) struct SidePage<'a> {
    pub(super) t: &'a Text,
    pub(super) whole: &'a Whole,
    pub(super) ticket: &'a Ticket,
    pub(super) files: Vec<File>,
    pub(super) offered: Vec<(File, bool)>,
    pub(super) form: FormId,
    pub(super) marks: Vec<Mark>,
    pub(super) filled: &'a Filled,
    pub(super) may_write: bool,
}

impl SidePage<'_> {
    fn state(&self) -> String {
        self.t.say(self.whole.side.look().2)
    }

    /// Who wrote or did it.
    fn author(&self, entry: &Entry) -> String {
        match (entry.kind, entry.caller()) {
            (EntryKind::Came, "") => self.t.say("tickets-erased"),
            (EntryKind::Came, caller) => caller.to_owned(),
            _ => signed(self.t, &entry.author),
        }
    }

    /// How a message is drawn: ours as notes among us are not, theirs as what came in.
    fn class(&self, entry: &Entry) -> &'static str {
        if entry.kind == EntryKind::Came {
            "inbound"
        } else {
            "reply"
        }
    }

    fn files_of(&self, entry: &MessageId) -> Vec<&File> {
        let is_of = |file: &&File| file.message == Some(*entry);
        self.files.iter().filter(is_of).collect()
    }

    fn size(&self, file: &File) -> String {
        size(self.t, file)
    }

    /// Whether files go along already.
    fn has_chosen(&self) -> bool {
        self.offered.iter().any(|(_, is_chosen)| *is_chosen)
    }

    fn marks_of(&self, entry: &MessageId) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|mark| mark.message == *entry)
    }

    /// What can be unfolded below a message.
    fn folds_of(&self, entry: &MessageId) -> impl Iterator<Item = &Fold> {
        self.marks_of(entry).flat_map(|mark| &mark.folds)
    }

    /// To whom the next message goes, as the field has it.
    fn to(&self) -> String {
        if self.filled.has("to") {
            return self.filled.value("to").to_owned();
        }
        let all = self.whole.people.iter().map(|one| one.address.as_str());
        all.collect::<Vec<_>>().join(", ")
    }
}

#[derive(Template)]
#[template(path = "sides/views/side_actions.html")]
pub(super) struct SideActions<'a> {
    pub(super) t: &'a Text,
    pub(super) side: &'a Side,
    pub(super) may_write: bool,
}
