//! What the templates of imports of old mail take.

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::{Choice, Tab};

use super::web::ADDRESS;
use super::{Line, MailImport, MailImportState, Outcome, Touched};
use crate::mails::Cause;

/// For how many days tickets stay open, to choose from.
const DAYS: [i64; 6] = [0, 7, 14, 30, 90, 365];

#[derive(Template)]
#[template(path = "mails/old/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) imports: Vec<MailImport>,
    pub(super) next: Option<String>,
    pub(super) is_first: bool,
}

impl ListPage<'_> {
    pub(super) fn actions(&self) -> ListActions<'_> {
        ListActions { t: self.t }
    }
}

#[derive(Template)]
#[template(path = "mails/old/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

#[derive(Template)]
#[template(path = "mails/old/views/upload.html")]
pub(super) struct UploadPage<'a> {
    pub(super) t: &'a Text,
    pub(super) mailboxes: Vec<Choice>,
    pub(super) mailbox_error: String,
    pub(super) file_error: String,
}

/// What was chosen, as it stands in the form.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen {
    pub(super) days: i64,
    pub(super) takes_machines: bool,
    pub(super) own: String,
    pub(super) days_error: String,
    pub(super) own_error: String,
}

impl Chosen {
    pub(super) fn of(import: &MailImport) -> Self {
        Self {
            days: import.choices.open_days,
            takes_machines: import.choices.takes_machines,
            own: import.choices.own.join("\n"),
            ..Self::default()
        }
    }

    fn choices(&self, t: &Text) -> Vec<Choice> {
        let word = |days: i64| match days {
            0 => t.say("mail-imports-open-none"),
            days => t.count("mail-imports-open-days", days),
        };
        DAYS.iter()
            .map(|days| Choice::new(days.to_string(), word(*days)).chosen_if(*days == self.days))
            .collect()
    }
}

#[derive(Template)]
#[template(path = "mails/old/views/import.html")]
pub(super) struct ImportPage<'a> {
    pub(super) t: &'a Text,
    pub(super) import: &'a MailImport,
    pub(super) mailbox: String,
    pub(super) chosen: Chosen,
    pub(super) lines: Vec<Line>,
    pub(super) shown: Option<Outcome>,
    pub(super) next: Option<String>,
    pub(super) left: Vec<Touched>,
}

impl ImportPage<'_> {
    fn is(&self, word: &str) -> bool {
        self.import.state.as_str() == word
    }

    fn has_begun(&self) -> bool {
        !matches!(
            self.import.state,
            MailImportState::Looking | MailImportState::Ready
        )
    }

    fn days(&self) -> Vec<Choice> {
        self.chosen.choices(self.t)
    }

    fn done(&self) -> i64 {
        self.import.progress().0
    }

    fn all(&self) -> i64 {
        self.import.progress().1.max(1)
    }

    /// What is going on in this moment: the part of the work while it runs, else the state.
    fn word(&self) -> String {
        let t = self.t;
        match self.import.state {
            MailImportState::Running => t.say(&self.import.phase.text()),
            state => t.say(&state.text()),
        }
    }

    fn first(&self) -> Option<Timestamp> {
        self.import.found.first_at.map(Timestamp)
    }

    fn last(&self) -> Option<Timestamp> {
        self.import.found.last_at.map(Timestamp)
    }

    fn size(&self) -> String {
        let size = self.t.number(megabytes(self.import.size));
        self.t
            .say_with("mail-imports-megabytes", kit::args!(size = size.as_str()))
    }

    /// How far it is in mails and bytes, and how quick.
    fn pace(&self) -> String {
        let (t, import) = (self.t, self.import);
        let (taken, mails) = (t.number(import.taken), t.number(import.found.mails));
        let (read, size) = (t.number(megabytes(import.position)), self.size());
        let rate = t.number(import.rate);
        let args = kit::args!(
            taken = taken.as_str(),
            mails = mails.as_str(),
            read = read.as_str(),
            size = size.as_str(),
            rate = rate.as_str()
        );
        t.say_with("mail-imports-rate", args)
    }

    fn tabs(&self) -> Vec<Tab> {
        let counts = self.import.counts;
        let count = |outcome: Outcome| match outcome {
            Outcome::Waiting => self.import.taken - counts.mails(),
            Outcome::Opened => counts.opened,
            Outcome::Joined => counts.joined,
            Outcome::Repeated => counts.repeated,
            Outcome::Aside => counts.aside,
            Outcome::Refused => counts.refused,
        };
        let address = format!("{ADDRESS}/{}", self.import.id);
        let all = Tab {
            text: self.t.say("mails-all"),
            href: address.clone(),
            current: self.shown.is_none(),
            count: None,
        };
        let each = Outcome::ALL.iter().filter(|one| count(**one) > 0).map(|one| Tab {
            text: self.t.say(&one.text()),
            href: format!("{address}?outcome={}", one.as_str()),
            current: self.shown == Some(*one),
            count: Some(count(*one)),
        });
        std::iter::once(all).chain(each).collect()
    }

    fn subject(&self, line: &Line) -> String {
        if line.subject.is_empty() {
            self.t.say("mails-no-subject")
        } else {
            line.subject.clone()
        }
    }

    fn reason(&self, line: &Line) -> String {
        match Cause::parse(&line.reason) {
            Some(cause) if line.outcome == Outcome::Aside => self.t.say(&cause.text()),
            _ if line.reason.is_empty() => String::new(),
            _ if line.reason == "too_large" => self.t.say("mail-imports-reason-too-large"),
            _ => self.t.say("mail-imports-reason-unreadable"),
        }
    }

    pub(super) fn actions(&self) -> ImportActions<'_> {
        ImportActions {
            t: self.t,
            import: self.import,
        }
    }
}

/// Begun megabytes.
fn megabytes(bytes: i64) -> i64 {
    (bytes + (1 << 20) - 1) >> 20
}

#[derive(Template)]
#[template(path = "mails/old/views/import_actions.html")]
pub(super) struct ImportActions<'a> {
    t: &'a Text,
    import: &'a MailImport,
}
