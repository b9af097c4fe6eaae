//! What the templates of mails take.

use std::collections::HashMap;

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::Tab;

use super::large::{Wish, can_be_wanted};
use super::reconciling::{FolderFound, Phase, Reconciliation};
use super::replaying::{Phase as Turn, Replay};
use super::rhythm::Rhythm;
use super::watching::Watch;
use super::web::ADDRESS;
use super::{Cause, Mail, State};
use crate::mailboxes::{Incoming, Mailbox, MailboxId};
use crate::tickets::Ticket;

/// A mark as a badge shows it.
pub(super) struct Mark {
    tone: &'static str,
    icon: &'static str,
    word: String,
}

/// How a mailbox does.
pub(super) struct Health {
    pub(super) mailbox: Mailbox,
    pub(super) watch: Option<Watch>,
    pub(super) counts: HashMap<State, i64>,
    /// How many are held back because they are too large.
    pub(super) large: i64,
    /// Whether it was not read for long.
    pub(super) is_silent: bool,
    /// How mail comes that another server hands over.
    pub(super) rhythm: Rhythm,
    /// What is wrong with its sign-in, or will be soon: words.
    pub(super) warnings: Vec<&'static str>,
    /// When the newest mail arrived at its server, and when it was stored.
    pub(super) last: Option<(Timestamp, Timestamp)>,
    /// Since when the oldest waits that nobody has read.
    pub(super) waiting_since: Option<Timestamp>,
    /// How it compared with its server.
    pub(super) reconciliation: Option<Reconciliation>,
    /// How far reading its stored mail again is.
    pub(super) replay: Option<Replay>,
}

impl Health {
    fn count(&self, state: State) -> i64 {
        self.counts.get(&state).copied().unwrap_or_default()
    }

    fn mark(&self, t: &Text) -> Mark {
        let (tone, icon, word) = match (&self.watch, self.mailbox.incoming) {
            (Some(watch), Incoming::Imap) if !watch.trouble.is_empty() => {
                ("bad", "circle-alert", "mails-health-trouble")
            }
            (_, Incoming::Imap) if self.is_silent => ("bad", "circle-alert", "mails-health-silent"),
            (Some(watch), Incoming::Imap) if watch.succeeded_at.is_some() => {
                ("good", "circle-check", "mails-health-good")
            }
            (_, Incoming::Imap) => ("", "clock", "mails-health-new"),
            (_, Incoming::Handed) if self.rhythm.is_quiet => ("bad", "circle-alert", "mails-health-quiet"),
            (_, Incoming::Handed) if self.rhythm.last.is_none() => ("", "clock", "mails-health-nothing"),
            (_, Incoming::Handed) => ("good", "circle-check", "mails-health-handed"),
            (_, Incoming::None) => ("", "ban", "mails-health-none"),
        };
        Mark {
            tone,
            icon,
            word: t.say(word),
        }
    }

    /// What is wrong, in plain words.
    fn trouble(&self, t: &Text) -> Option<String> {
        let watch = self.watch.as_ref().filter(|watch| !watch.trouble.is_empty())?;
        if watch.trouble == "secret" {
            return Some(t.say("mailboxes-failure-secret"));
        }
        Some(t.say(&format!("mailboxes-problem-{}", watch.trouble.replace('_', "-"))))
    }

    /// That no mail came for much longer than is usual, in words.
    fn quiet(&self, t: &Text) -> Option<String> {
        let name = self.mailbox.name.as_str();
        let said = || t.say_with("mails-alarm-quiet", kit::args!(name = name));
        self.rhythm.is_quiet.then(said)
    }

    /// Whether other servers hand its mail over.
    fn is_handed(&self) -> bool {
        self.mailbox.incoming == Incoming::Handed
    }

    /// What is wrong with its sign-in, in words.
    fn warned(&self, t: &Text) -> Vec<String> {
        let name = self.mailbox.name.as_str();
        let said = |word: &&str| {
            let key = format!("mails-alarm-{}", word.replace('_', "-"));
            t.say_with(&key, kit::args!(name = name))
        };
        self.warnings.iter().map(said).collect()
    }

    /// How long the newest mail took from its server to here, and how long the oldest has been waiting since.
    fn lag(&self, t: &Text) -> String {
        let took = self
            .last
            .map(|(arrived, stored)| t.span(seconds(stored.since(arrived))));
        let took = took.unwrap_or_else(|| "–".to_owned());
        match self.waiting_since {
            Some(since) => {
                let waits = t.span(seconds(t.now().since(since)));
                t.say_with(
                    "mails-lag-waiting",
                    kit::args!(took = took.as_str(), waits = waits.as_str()),
                )
            }
            None => took,
        }
    }

    /// The folders of what was sent that are read, as its server names them.
    fn sent(&self) -> Option<String> {
        let folders = self.mailbox.all_folders();
        let sent: Vec<&str> = folders.filter(|folder| self.mailbox.is_sent(folder)).collect();
        (!sent.is_empty()).then(|| sent.join(", "))
    }

    /// Whether it can be compared with its server now.
    fn is_comparable(&self) -> bool {
        let is_open = self
            .reconciliation
            .as_ref()
            .is_some_and(|one| one.phase.is_open());
        self.mailbox.is_open() && self.mailbox.incoming == Incoming::Imap && !is_open
    }

    /// How it compared, in one sentence, with a tone and an icon.
    fn compared(&self, t: &Text) -> Option<Mark> {
        let one = self.reconciliation.as_ref()?;
        let (fetched, missing) = one.progress();
        let (tone, icon, word) = match (one.phase, missing) {
            (Phase::Waiting | Phase::Running, _) => ("info", "clock", t.say("mails-reconcile-running")),
            (Phase::Failed, _) => ("bad", "circle-alert", self.uncompared(t, &one.trouble)),
            (Phase::Done, 0) => ("good", "circle-check", t.say("mails-reconcile-good")),
            (Phase::Done, _) => (
                "good",
                "circle-check",
                t.count("mails-reconcile-fetched", fetched),
            ),
        };
        Some(Mark { tone, icon, word })
    }

    fn uncompared(&self, t: &Text, trouble: &str) -> String {
        let why = match trouble {
            "secret" => t.say("mailboxes-failure-secret"),
            trouble => t.say(&format!("mailboxes-problem-{}", trouble.replace('_', "-"))),
        };
        t.say_with("mails-reconcile-failed", kit::args!(why = why.as_str()))
    }

    /// What was found in a folder, in words.
    fn found(&self, t: &Text, folder: &FolderFound) -> String {
        if !folder.is_there {
            return t.say("mails-reconcile-no-folder");
        }
        let parts = [
            ("mails-reconcile-on-server", folder.on_server),
            ("mails-reconcile-known", folder.known),
            ("mails-reconcile-renumbered", folder.renumbered),
            ("mails-reconcile-moved", folder.moved),
            ("mails-reconcile-older", folder.older),
            ("mails-reconcile-missing", folder.missing),
            ("mails-reconcile-gone", folder.gone),
        ];
        let said = parts
            .into_iter()
            .filter(|(key, count)| *count > 0 || *key == "mails-reconcile-on-server");
        said.map(|(key, count)| t.count(key, count))
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// How reading its stored mail again goes, in one sentence, with a tone and an icon.
    fn replayed(&self, t: &Text) -> Option<Mark> {
        let one = self.replay.as_ref()?;
        let (tone, icon, key) = match one.phase {
            Turn::Waiting | Turn::Running => ("info", "clock", "mails-replay-running"),
            Turn::Paused => ("warn", "hourglass", "mails-replay-paused"),
            Turn::Done => ("good", "circle-check", "mails-replay-done"),
            Turn::Cancelled => ("", "ban", "mails-replay-cancelled"),
        };
        Some(Mark {
            tone,
            icon,
            word: t.say(key),
        })
    }

    /// Whether its mail is being read again or waits paused.
    fn is_replayed(&self) -> bool {
        self.replay.as_ref().is_some_and(|one| one.phase.is_open())
    }

    /// How many mails wait to be read, here and on the server.
    fn backlog(&self) -> i64 {
        self.count(State::Stored) + self.watch.as_ref().map_or(0, |watch| watch.waiting)
    }
}

#[derive(Template)]
#[template(path = "mails/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) health: Vec<Health>,
    pub(super) tabs: Vec<Tab>,
    /// What is held back, by cause.
    pub(super) causes: Vec<Tab>,
    pub(super) mails: Vec<Mail>,
    pub(super) next: Option<String>,
    pub(super) may_compare: bool,
    pub(super) may_open: bool,
}

fn seconds(span: std::time::Duration) -> i64 {
    i64::try_from(span.as_secs()).unwrap_or(i64::MAX)
}

impl ListPage<'_> {
    fn mark(&self, mail: &Mail) -> Mark {
        mark(self.t, mail)
    }

    fn mailbox(&self, id: &MailboxId) -> &str {
        let found = self.health.iter().find(|health| health.mailbox.id == *id);
        found.map_or("", |health| health.mailbox.name.as_str())
    }

    fn subject(&self, mail: &Mail) -> String {
        subject(self.t, mail)
    }

    /// Whether somebody has to decide about it.
    fn is_held(&self, mail: &Mail) -> bool {
        mail.state == State::Suspended
    }

    /// Whether it was too large and could be fetched all the same.
    fn can_be_wanted(&self, mail: &Mail) -> bool {
        can_be_wanted(mail)
    }

    fn shows_held(&self) -> bool {
        self.mails.iter().any(|mail| self.is_held(mail))
    }
}

fn mark(t: &Text, mail: &Mail) -> Mark {
    match mail.cause.filter(|_| mail.state == State::Suspended) {
        Some(cause) => Mark {
            tone: cause.tone(),
            icon: cause.icon(),
            word: t.say(&cause.text()),
        },
        None => Mark {
            tone: mail.state.tone(),
            icon: mail.state.icon(),
            word: t.say(&mail.state.text()),
        },
    }
}

pub(super) fn subject(t: &Text, mail: &Mail) -> String {
    if mail.reading.subject.trim().is_empty() {
        t.say("mails-no-subject")
    } else {
        mail.reading.subject.clone()
    }
}

/// One tab for all and one for each state.
pub(super) fn tabs(t: &Text, shown: Option<State>, health: &[Health]) -> Vec<Tab> {
    let all = Tab {
        text: t.say("mails-all"),
        href: ADDRESS.to_owned(),
        current: shown.is_none(),
        count: None,
    };
    let each = State::ALL.iter().map(|state| {
        let count = health.iter().map(|health| health.count(*state)).sum();
        Tab {
            text: t.say(&state.text()),
            href: format!("{ADDRESS}?state={}", state.as_str()),
            current: shown == Some(*state),
            count: matches!(state, State::Stored | State::Suspended | State::Failed).then_some(count),
        }
    });
    std::iter::once(all).chain(each).collect()
}

#[derive(Template)]
#[template(path = "mails/views/mail.html")]
pub(super) struct MailPage<'a> {
    pub(super) t: &'a Text,
    pub(super) mail: &'a Mail,
    pub(super) mailbox: &'a Mailbox,
    pub(super) ticket: Option<&'a Ticket>,
    pub(super) may_decide: bool,
    /// That somebody wants it although it is too large.
    pub(super) wish: Option<&'a Wish>,
    pub(super) images: Images,
    /// What was odd about it, in sentences.
    pub(super) odd: Vec<String>,
}

/// Images of other hosts in a mail.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Images {
    /// Whether somebody asked to see them.
    pub(super) are_shown: bool,
    /// Whether somebody said so of all mail of its sender.
    pub(super) are_ever: bool,
    /// Whether that can be said: the mail shows whose it is.
    pub(super) can_be_ever: bool,
    /// How many can be shown.
    pub(super) waiting: i64,
    /// How many only tell their owner who reads.
    pub(super) telling: i64,
}

impl MailPage<'_> {
    fn can_be_wanted(&self) -> bool {
        can_be_wanted(self.mail)
    }

    /// Whether letting its sender through from now on would do: it shows that it is theirs, or that is what it is held back for.
    fn can_be_taught(&self) -> bool {
        self.mail.reading.is_confirmed() || self.mail.cause == Some(Cause::Unverified)
    }

    fn mark(&self) -> Mark {
        mark(self.t, self.mail)
    }

    /// What happened to it and why.
    fn why(&self) -> String {
        let (t, mail) = (self.t, self.mail);
        match (mail.state, mail.cause) {
            (State::Suspended, Some(cause)) => {
                t.say(&format!("mails-cause-{}-why", cause.as_str().replace('_', "-")))
            }
            (State::Placed, _) if mail.clue.is_empty() => t.say("mails-why-first"),
            (State::Placed, _) => t.say(&format!("mails-clue-{}", mail.clue.replace('_', "-"))),
            _ => t.say(&format!("mails-state-{}-why", mail.state.as_str())),
        }
    }

    fn nature(&self) -> String {
        if self.mail.reading.nature.is_empty() {
            return "–".to_owned();
        }
        let key = format!("mails-nature-{}", self.mail.reading.nature.replace('_', "-"));
        self.t.say(&key)
    }

    fn identity(&self) -> Mark {
        let (tone, icon, word) = match self.mail.reading.identity.as_str() {
            "authenticated" => ("good", "shield-check", "mails-identity-authenticated"),
            "denied" => ("bad", "triangle-alert", "mails-identity-denied"),
            _ => ("", "circle", "mails-identity-unknown"),
        };
        Mark {
            tone,
            icon,
            word: self.t.say(word),
        }
    }

    fn sender(&self) -> String {
        let reading = &self.mail.reading;
        if reading.sender_name.is_empty() {
            reading.sender.clone()
        } else {
            format!("{} <{}>", reading.sender_name, reading.sender)
        }
    }

    fn size(&self) -> String {
        let kilobytes = (self.mail.arrival.size + 1_023) / 1_024;
        let size = self.t.number(kilobytes);
        self.t
            .say_with("mails-kilobytes", kit::args!(size = size.as_str()))
    }
}
