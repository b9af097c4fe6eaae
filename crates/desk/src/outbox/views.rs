//! What the templates of outgoing mail take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Tab;
use tandem_core::contacts::ContactId;

use super::model::{MailState, Parcel, Recipient, RecipientState, Step};
use super::suppression::Suppressed;
use super::wording::{ADDRESS, Look, because, sentence, why_suppressed};
use super::{LogLine, Settings, trouble};

#[derive(Template)]
#[template(path = "outbox/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) mails: Vec<Parcel>,
    pub(super) suppressed: Vec<Suppressed>,
    pub(super) settings: Settings,
    pub(super) undo_error: String,
    pub(super) next: Option<String>,
    pub(super) may_set: bool,
    pub(super) may_write: bool,
}

impl ListPage<'_> {
    fn look(&self, parcel: &Parcel) -> Look {
        Look::of(parcel)
    }

    fn sentence(&self, parcel: &Parcel) -> String {
        sentence(self.t, parcel)
    }

    fn why(&self, one: &Suppressed) -> String {
        why_suppressed(self.t, one)
    }

    /// The first recipient, and how many more there are.
    fn whom(&self, parcel: &Parcel) -> String {
        let first = parcel.recipients.first().map_or("", |one| one.address.as_str());
        match parcel.recipients.len() {
            0 | 1 if first.is_empty() => "–".to_owned(),
            0 | 1 => first.to_owned(),
            more => {
                let more = i64::try_from(more - 1).unwrap_or(i64::MAX);
                format!("{first} +{}", self.t.number(more))
            }
        }
    }
}

/// The addresses of a contact that nothing is sent to: a panel of their page.
#[derive(Template)]
#[template(path = "outbox/views/suppressed.html")]
pub(super) struct SuppressedPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) contact: ContactId,
    pub(super) suppressed: Vec<Suppressed>,
    pub(super) may_write: bool,
}

impl SuppressedPanel<'_> {
    fn why(&self, one: &Suppressed) -> String {
        why_suppressed(self.t, one)
    }
}

#[derive(Template)]
#[template(path = "outbox/views/mail.html")]
pub(super) struct MailPage<'a> {
    pub(super) t: &'a Text,
    pub(super) parcel: &'a Parcel,
    pub(super) log: Vec<LogLine>,
    pub(super) mailbox: String,
    pub(super) number: Option<i64>,
}

#[derive(Template)]
#[template(path = "outbox/views/mail_actions.html")]
pub(super) struct MailActions<'a> {
    t: &'a Text,
    parcel: &'a Parcel,
    may_write: bool,
}

impl<'a> MailPage<'a> {
    pub(super) fn actions(&self, may_write: bool) -> MailActions<'a> {
        MailActions {
            t: self.t,
            parcel: self.parcel,
            may_write,
        }
    }

    fn look(&self) -> Look {
        Look::of(self.parcel)
    }

    fn sentence(&self) -> String {
        sentence(self.t, self.parcel)
    }

    fn look_of(&self, one: &Recipient) -> Look {
        Look::of_recipient(one)
    }

    /// Why a recipient does not have it; empty where there is nothing to say.
    fn because(&self, one: &Recipient) -> String {
        let is_wanting = matches!(one.state, RecipientState::Refused | RecipientState::Waiting);
        if one.is_late() || (is_wanting && one.code.is_some()) {
            because(self.t, one)
        } else {
            String::new()
        }
    }

    fn icon(&self, line: &LogLine) -> &'static str {
        match line.step {
            Step::Written => "pencil",
            Step::NotSent | Step::Deferred => "clock",
            Step::Accepted => "circle-check",
            Step::Refused => "circle-alert",
            Step::Unknown => "triangle-alert",
            Step::Told => "mail",
            Step::Withdrawn => "undo-2",
            Step::Again => "rotate-cw",
        }
    }

    fn tone(&self, line: &LogLine) -> &'static str {
        match line.step {
            Step::Accepted => "good",
            Step::Refused => "bad",
            Step::NotSent | Step::Deferred | Step::Unknown => "warn",
            _ => "",
        }
    }

    fn title(&self, line: &LogLine) -> String {
        self.t.say(match line.step {
            Step::Written => "outbox-step-written",
            Step::NotSent => "outbox-step-not-sent",
            Step::Accepted => "outbox-step-accepted",
            Step::Deferred => "outbox-step-deferred",
            Step::Refused => "outbox-step-refused",
            Step::Unknown => "outbox-step-unknown",
            Step::Told => "outbox-step-told",
            Step::Withdrawn => "outbox-step-withdrawn",
            Step::Again => "outbox-step-again",
        })
    }

    /// Who did it, to whom, and what stood in the way: as much of it as there is.
    fn about(&self, line: &LogLine) -> String {
        let who = line
            .author
            .split_once(' ')
            .map_or("", |(_, name)| name)
            .to_owned();
        let why = line
            .trouble
            .as_deref()
            .map(|word| self.t.say(trouble::text(word)));
        let parts = [who, line.address.clone(), why.unwrap_or_default()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }

    /// The answer with its codes, to the letter.
    fn answer(&self, line: &LogLine) -> String {
        let code = line.code.map(|code| code.to_string()).unwrap_or_default();
        let parts = [
            code.as_str(),
            line.enhanced.as_deref().unwrap_or_default(),
            &line.said,
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }
}

impl MailActions<'_> {
    fn download(&self) -> String {
        format!("{ADDRESS}/{}/raw", self.parcel.mail.id)
    }

    fn may_withdraw(&self) -> bool {
        self.may_write && self.parcel.may_withdraw()
    }

    /// The word of the button that sends it again, where it can be.
    fn again(&self) -> Option<&'static str> {
        let mail = &self.parcel.mail;
        match mail.state {
            MailState::Failed | MailState::Unknown if self.may_write => Some("outbox-send-again"),
            MailState::Waiting if self.may_write && mail.attempts > 0 => Some("outbox-try-now"),
            _ => None,
        }
    }
}

/// A tab for each state.
pub(super) fn tabs(t: &Text, shown: Option<MailState>) -> Vec<Tab> {
    let tab = |text: &str, query: String, current| Tab {
        text: t.say(text),
        href: format!("{ADDRESS}{query}"),
        current,
        count: None,
    };
    let all = tab("outbox-state-all", String::new(), shown.is_none());
    let known = [
        (MailState::Waiting, "outbox-state-waiting"),
        (MailState::Sent, "outbox-state-sent"),
        (MailState::Failed, "outbox-state-failed"),
        (MailState::Unknown, "outbox-state-unknown"),
        (MailState::Withdrawn, "outbox-state-withdrawn"),
    ];
    let each = known
        .into_iter()
        .map(|(state, word)| tab(word, format!("?state={}", state.as_str()), shown == Some(state)));
    std::iter::once(all).chain(each).collect()
}
