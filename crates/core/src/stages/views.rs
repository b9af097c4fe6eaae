//! What the template of stages takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::Choice;

use super::Span;
use crate::accounts::AccountId;
use crate::ladders::Rung;
use crate::touchpoints::Experience;

#[derive(Template)]
#[template(path = "stages/views/panel.html")]
pub(super) struct PanelView<'a> {
    pub(super) t: &'a Text,
    pub(super) account: AccountId,
    pub(super) spans: Vec<(Span, Experience)>,
    pub(super) stages: Vec<Rung>,
    pub(super) may_write: bool,
}

impl PanelView<'_> {
    fn choices(&self) -> Vec<Choice> {
        let now = self.spans.first().filter(|(span, _)| span.until.is_none());
        let now = now.map(|(span, _)| span.stage.id);
        let stages = self.stages.iter();
        stages
            .map(|stage| Choice::new(stage.id.to_string(), &stage.text.name).chosen_if(Some(stage.id) == now))
            .collect()
    }

    /// Who said so, and from when until when.
    fn facts(&self, span: &Span) -> String {
        let by = span.by.split_once(' ').map_or(span.by.as_str(), |(_, name)| name);
        let since = self.t.date(span.since);
        let days = match span.until {
            Some(until) => format!("{since} – {}", self.t.date(until)),
            None => self.t.say_with("stages-since", kit::args!(day = since.as_str())),
        };
        format!("{days} · {by}")
    }

    fn fared(&self, experience: &Experience) -> String {
        match experience.index {
            Some(index) => {
                let n = self.t.number(i64::try_from(experience.n).unwrap_or(0));
                let index = self.t.decimal(index, 1);
                let args = kit::args!(index = index.as_str(), n = n.as_str());
                self.t.say_with("stages-experience", args)
            }
            None => self.t.say("stages-experience-none"),
        }
    }
}
