//! A waterfall: from where something started, by which steps, to where it ended.

use super::figure::{Axis, Caption, Drawn, FOOT, HEIGHT, Numbers, Unit, bar, framed, top};
use super::svg::{across, at, linked, put, word};
use crate::i18n::Text;

/// Revenue from the start of a period to its end, and what moved it.
#[derive(Clone, Debug)]
pub struct Waterfall {
    /// Title and sentence.
    pub caption: Caption,
    /// What the numbers are.
    pub unit: Unit,
    /// The first bar.
    pub start: (String, f64),
    /// What was added and taken away, in order.
    pub changes: Vec<Change>,
    /// The name of the last bar; its height is the sum.
    pub end: String,
    /// What is behind each bar, from the first to the last; nothing for bars that are no links.
    pub links: Vec<String>,
}

/// One step of a waterfall.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it is called.
    pub name: String,
    /// How much it adds; negative when it takes away.
    pub by: f64,
}

struct Bar<'a> {
    name: &'a str,
    from: f64,
    to: f64,
    kind: &'static str,
    said: String,
}

impl Waterfall {
    /// The height of the last bar.
    pub fn total(&self) -> f64 {
        self.start.1 + self.changes.iter().map(|change| change.by).sum::<f64>()
    }

    /// The chart as HTML.
    pub fn draw(&self, t: &Text) -> String {
        let bars = self.bars(t);
        let axis = Axis::over(
            t,
            &self.unit,
            bars.iter().flat_map(|bar| [bar.from, bar.to]),
            true,
        );
        let mut plot = axis.lines();
        let slot = 1.0 / bars.len() as f64;
        for (index, step) in bars.iter().enumerate() {
            let heights = (top(&axis.scale, step.from), top(&axis.scale, step.to));
            let left = slot * (index as f64 + 0.16);
            let tip = format!("{}: {}", step.name, step.said);
            linked(&mut plot, self.links.get(index), &tip, |plot| {
                let class = format!("bar {}", step.kind);
                bar(plot, &class, (left, slot * 0.68), heights, &tip);
            });
            let middle = across(slot * (index as f64 + 0.5));
            word(
                &mut plot,
                &middle,
                heights.0.min(heights.1) - 4.0,
                "middle",
                &step.said,
            );
            word(&mut plot, &middle, HEIGHT + 18.0, "middle", step.name);
            if index + 1 < bars.len() {
                let (from, to, y) = (across(left + slot * 0.68), across(left + slot), at(heights.1));
                put!(
                    plot,
                    r#"<line class="link" x1="{from}" x2="{to}" y1="{y}" y2="{y}"/>"#
                );
            }
        }
        let rows = bars
            .iter()
            .map(|bar| vec![bar.name.to_owned(), bar.said.clone()])
            .collect();
        let numbers = Numbers {
            head: vec![String::new(), t.say("chart-value")],
            rows,
        };
        framed(
            t,
            &self.caption,
            &Drawn::new(plot, HEIGHT + FOOT, numbers).left(axis.left()).wide(),
        )
    }

    fn bars(&self, t: &Text) -> Vec<Bar<'_>> {
        let whole = |name, value| Bar {
            name,
            from: 0.0,
            to: value,
            kind: "fill-6",
            said: self.unit.written(t, value),
        };
        let mut bars = vec![whole(self.start.0.as_str(), self.start.1)];
        let mut level = self.start.1;
        for change in &self.changes {
            let (from, to) = (level, level + change.by);
            level = to;
            let (kind, sign) = if change.by < 0.0 {
                ("fill-bad", "")
            } else {
                ("fill-good", "+")
            };
            let said = format!("{sign}{}", self.unit.written(t, change.by));
            bars.push(Bar {
                name: &change.name,
                from,
                to,
                kind,
                said,
            });
        }
        bars.push(whole(&self.end, self.total()));
        bars
    }
}
