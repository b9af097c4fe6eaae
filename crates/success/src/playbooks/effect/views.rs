//! What the template of the effect takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::Tab;

use super::{Arm, Effect, Verdict};

#[derive(Template)]
#[template(path = "playbooks/effect/views/effect.html")]
pub(super) struct EffectPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) effect: &'a Effect,
    /// What is to be reached, in words.
    pub(super) goal: String,
}

impl EffectPage<'_> {
    /// Whether there is nobody to compare: where it leaves nobody alone, and where nobody came yet.
    fn is_empty(&self) -> Option<(&'static str, &'static str)> {
        match self.effect.verdict {
            Verdict::NoHoldout => Some(("playbooks-effect-no-holdout", "playbooks-effect-no-holdout-text")),
            Verdict::Nobody => Some(("playbooks-effect-nobody", "playbooks-effect-nobody-text")),
            _ => None,
        }
    }

    fn count(&self, count: &u64) -> String {
        self.t.number(i64::try_from(*count).unwrap_or(i64::MAX))
    }

    fn points(&self, share: f64) -> String {
        self.t.decimal(share * 100.0, 1)
    }

    /// Tone, icon and sentence of what may be said.
    fn verdict(&self) -> (&'static str, &'static str, String) {
        let apart = self.effect.difference;
        let args = || {
            let (by, low, high) = apart.map_or((0.0, 0.0, 0.0), |one| (one.apart, one.low, one.high));
            kit::args!(
                by = self.points(by.abs()),
                low = self.points(low),
                high = self.points(high)
            )
        };
        match self.effect.verdict {
            Verdict::Better => (
                "good",
                "trending-up",
                self.t.say_with("playbooks-effect-better", args()),
            ),
            Verdict::Worse => (
                "bad",
                "trending-down",
                self.t.say_with("playbooks-effect-worse", args()),
            ),
            Verdict::Unclear => (
                "info",
                "info",
                self.t.say_with("playbooks-effect-unclear", args()),
            ),
            _ => {
                let args = kit::args!(
                    n = self.count(&self.effect.left_alone.n),
                    begun = self.count(&self.effect.begun.n)
                );
                (
                    "info",
                    "hourglass",
                    self.t.say_with("playbooks-effect-too-few", args),
                )
            }
        }
    }

    fn needed(&self) -> String {
        let args = kit::args!(
            needed = self.count(&self.effect.needed),
            n = self.count(&self.effect.left_alone.n)
        );
        self.t.say_with("playbooks-effect-needed", args)
    }

    fn sides(&self) -> [(&'static str, &Arm); 2] {
        [
            ("playbooks-effect-begun", &self.effect.begun),
            ("playbooks-effect-left-alone", &self.effect.left_alone),
        ]
    }

    fn share(&self, arm: &Arm) -> String {
        arm.share()
            .map_or_else(|| "–".to_owned(), |share| self.t.percent(share, 0))
    }

    fn interval(&self, arm: &Arm) -> String {
        match arm.n {
            0 => "–".to_owned(),
            _ => format!("{} – {}", self.t.percent(arm.low, 0), self.t.percent(arm.high, 0)),
        }
    }

    /// What else is to be known before anybody believes it.
    fn remarks(&self) -> Vec<String> {
        let effect = self.effect;
        let counted = |key: &str, count: u64| {
            (count > 0).then(|| self.t.count(key, i64::try_from(count).unwrap_or(i64::MAX)))
        };
        let all = [
            counted(
                "playbooks-effect-early",
                effect.begun.early + effect.left_alone.early,
            ),
            counted(
                "playbooks-effect-unknown",
                effect.begun.unknown + effect.left_alone.unknown,
            ),
            counted("playbooks-effect-crossed", effect.crossed),
            counted("playbooks-effect-by-hand", effect.by_hand),
            counted("playbooks-effect-uncontrolled", effect.uncontrolled),
            effect
                .is_goal_later
                .then(|| self.t.say("playbooks-effect-goal-later")),
            effect.is_early().then(|| self.t.say("playbooks-effect-looks")),
            effect.until.map(|day| {
                let day = self.t.day(day);
                self.t.say_with("playbooks-effect-cut", kit::args!(day = day))
            }),
        ];
        all.into_iter().flatten().collect()
    }
}
