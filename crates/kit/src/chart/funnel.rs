//! A funnel: how many come as far as each step, and what share of those before.

use super::figure::{Caption, Drawn, Numbers, Unit, framed};
use super::svg::{across, at, marked, word};
use crate::i18n::Text;

const ROW: f64 = 44.0;

/// Steps with ever fewer.
#[derive(Clone, Debug)]
pub struct Funnel {
    /// Title and sentence.
    pub caption: Caption,
    /// The steps from the first on.
    pub steps: Vec<Step>,
}

/// One step of a funnel.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it is called.
    pub name: String,
    /// How many came this far.
    pub count: i64,
}

impl Funnel {
    /// The chart as HTML.
    pub fn draw(&self, t: &Text) -> String {
        let most = self.steps.iter().map(|step| step.count).max().unwrap_or(0).max(1) as f64;
        let mut plot = String::new();
        for (index, step) in self.steps.iter().enumerate() {
            let y = index as f64 * ROW;
            let said = self.said(t, index);
            word(&mut plot, "0", y + 13.0, "start", &step.name);
            word(&mut plot, "100%", y + 13.0, "end", &said);
            plot.push_str(&format!(
                r#"<rect class="track" x="0" width="100%" y="{}" height="14"/>"#,
                at(y + 19.0)
            ));
            let width = across(step.count.max(0) as f64 / most);
            let shape = format!(
                r#"rect class="bar fill-1" x="0" width="{width}" y="{}" height="14""#,
                at(y + 19.0)
            );
            marked(&mut plot, &shape, "rect", &format!("{}: {said}", step.name));
        }
        let head = vec![String::new(), t.say("chart-count"), t.say("chart-of-before")];
        let row = |index: usize| {
            let share = self
                .share(index)
                .map_or_else(|| "—".to_owned(), |share| Unit::Percent(1).written(t, share));
            vec![
                self.steps[index].name.clone(),
                t.number(self.steps[index].count),
                share,
            ]
        };
        let numbers = Numbers {
            head,
            rows: (0..self.steps.len()).map(row).collect(),
        };
        let height = self.steps.len() as f64 * ROW - 8.0;
        framed(t, &self.caption, &Drawn::new(plot, height, numbers))
    }

    /// What share of the step before came this far; none for the first step or after an empty one.
    fn share(&self, index: usize) -> Option<f64> {
        let before = self.steps.get(index.checked_sub(1)?)?.count;
        (before > 0).then(|| self.steps[index].count as f64 / before as f64)
    }

    fn said(&self, t: &Text, index: usize) -> String {
        let count = t.number(self.steps[index].count);
        self.share(index).map_or(count.clone(), |share| {
            format!("{count} · {}", t.percent(share, 0))
        })
    }
}
