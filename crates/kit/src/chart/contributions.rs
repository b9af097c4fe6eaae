//! Contributions: what raised a score and what lowered it, the strongest first.

use super::figure::{Caption, Drawn, Numbers, Unit, framed};
use super::svg::{across, at, marked, put, word};
use crate::i18n::Text;

const ROW: f64 = 40.0;

/// What moved one number.
#[derive(Clone, Debug)]
pub struct Contributions {
    /// Title and sentence.
    pub caption: Caption,
    /// What the numbers are.
    pub unit: Unit,
    /// The parts, in the order they are shown.
    pub parts: Vec<Contribution>,
}

/// One part of what moved a number.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// What it is called.
    pub name: String,
    /// How much it raised the number; negative when it lowered it.
    pub by: f64,
}

impl Contributions {
    /// The chart as HTML.
    pub fn draw(&self, t: &Text) -> String {
        let most = self
            .parts
            .iter()
            .map(|part| part.by.abs())
            .fold(0.0, f64::max)
            .max(f64::MIN_POSITIVE);
        let height = self.parts.len() as f64 * ROW;
        let mut plot = String::new();
        for (index, part) in self.parts.iter().enumerate() {
            let y = index as f64 * ROW;
            let said = self.said(t, part);
            word(&mut plot, "0", y + 13.0, "start", &part.name);
            word(&mut plot, "100%", y + 13.0, "end", &said);
            let width = part.by.abs() / most * 0.5;
            let (x, kind) = if part.by < 0.0 {
                (0.5 - width, "fill-bad")
            } else {
                (0.5, "fill-good")
            };
            let shape = format!(
                r#"rect class="bar {kind}" x="{}" width="{}" y="{}" height="10""#,
                across(x),
                across(width),
                at(y + 19.0),
            );
            marked(&mut plot, &shape, "rect", &format!("{}: {said}", part.name));
            let (from, to) = (at(y + 17.0), at(y + 31.0));
            put!(
                plot,
                r#"<line class="zero" x1="50%" x2="50%" y1="{from}" y2="{to}"/>"#
            );
        }
        let rows = self
            .parts
            .iter()
            .map(|part| vec![part.name.clone(), self.said(t, part)])
            .collect();
        let numbers = Numbers {
            head: vec![String::new(), t.say("chart-value")],
            rows,
        };
        framed(t, &self.caption, &Drawn::new(plot, height, numbers))
    }

    fn said(&self, t: &Text, part: &Contribution) -> String {
        let sign = if part.by > 0.0 { "+" } else { "" };
        format!("{sign}{}", self.unit.written(t, part.by))
    }
}
