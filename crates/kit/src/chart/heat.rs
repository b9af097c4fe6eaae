//! Heat maps: a grid in five depths of one colour, every cell with its number. Cohorts are a heat map of shares.

use super::figure::{Caption, Drawn, Numbers, Unit, bar, framed};
use super::svg::{across, at, linked, put, word};
use crate::i18n::Text;

const CELL: f64 = 26.0;
const HEAD: f64 = 20.0;

/// A grid of values, such as weekday by hour.
#[derive(Clone, Debug)]
pub struct HeatMap {
    /// Title and sentence.
    pub caption: Caption,
    /// What the numbers are.
    pub unit: Unit,
    /// Names across.
    pub columns: Vec<String>,
    /// Names down, each with a value for every column; a gap where nothing was measured.
    pub rows: Vec<(String, Vec<Option<f64>>)>,
    /// The value of the deepest colour; the greatest one without.
    pub most: Option<f64>,
    /// Whether each cell shows its number; without, only the pointed-at one and the table do.
    pub written: bool,
    /// What is behind each cell, row by row; nothing for cells that are no links.
    pub links: Vec<Vec<String>>,
}

/// What share of each month's new customers is still there after so many months.
#[derive(Clone, Debug)]
pub struct Cohorts {
    /// Title and sentence.
    pub caption: Caption,
    /// Each cohort: its name, how many it began with, and the share left after 0, 1, 2 … periods.
    pub rows: Vec<(String, i64, Vec<f64>)>,
    /// What is behind each cell, row by row; nothing for cells that are no links.
    pub links: Vec<Vec<String>>,
}

impl HeatMap {
    /// The chart as HTML.
    pub fn draw(&self, t: &Text) -> String {
        let values = self
            .rows
            .iter()
            .flat_map(|(_, values)| values.iter().flatten().copied());
        let most = self.most.unwrap_or_else(|| values.fold(0.0, f64::max));
        let slot = 1.0 / self.columns.len().max(1) as f64;
        let mut plot = String::new();
        for (index, name) in self.columns.iter().enumerate() {
            if self.columns.len() <= 12 || index.is_multiple_of(3) {
                word(
                    &mut plot,
                    &across(slot * (index as f64 + 0.5)),
                    12.0,
                    "middle",
                    name,
                );
            }
        }
        for line in 0..self.rows.len() {
            self.row(&mut plot, t, line, most);
        }
        let height = HEAD + self.rows.len() as f64 * CELL;
        let row = |(line, (name, _)): (usize, &(String, _))| (HEAD + line as f64 * CELL + 17.0, name.clone());
        let left = self.rows.iter().enumerate().map(row).collect();
        let numbers = self.numbers(t);
        framed(
            t,
            &self.caption,
            &Drawn::new(plot, height, numbers).left(left).wide(),
        )
    }

    fn row(&self, plot: &mut String, t: &Text, line: usize, most: f64) {
        let (name, values) = &self.rows[line];
        let slot = 1.0 / self.columns.len().max(1) as f64;
        let y = HEAD + line as f64 * CELL;
        for (index, (value, column)) in values.iter().zip(&self.columns).enumerate() {
            let Some(value) = *value else { continue };
            let (said, depth, x) = (
                self.unit.written(t, value),
                depth(value, most),
                slot * index as f64,
            );
            let (class, tip) = (
                format!("cell depth-{depth}"),
                format!("{name} · {column}: {said}"),
            );
            let href = self.links.get(line).and_then(|links| links.get(index));
            linked(plot, href, &tip, |plot| {
                bar(plot, &class, (x, slot), (y, y + CELL), &tip);
            });
            if self.written {
                let (middle, y) = (across(x + slot / 2.0), at(y + 17.0));
                put!(
                    plot,
                    r#"<text class="cell-word on-{depth}" x="{middle}" y="{y}">{said}</text>"#
                );
            }
        }
    }

    fn numbers(&self, t: &Text) -> Numbers {
        let head = std::iter::once(String::new())
            .chain(self.columns.iter().cloned())
            .collect();
        let row = |(name, values): &(String, Vec<Option<f64>>)| {
            let cells = (0..self.columns.len())
                .map(|i| self.unit.written_or_gap(t, values.get(i).copied().flatten()));
            std::iter::once(name.clone()).chain(cells).collect()
        };
        Numbers {
            head,
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

impl Cohorts {
    /// The chart as HTML.
    pub fn draw(&self, t: &Text) -> String {
        let longest = self
            .rows
            .iter()
            .map(|(_, _, shares)| shares.len())
            .max()
            .unwrap_or(0);
        let row = |(name, began, shares): &(String, i64, Vec<f64>)| {
            (
                format!("{name} · {}", t.number(began)),
                shares.iter().copied().map(Some).collect(),
            )
        };
        HeatMap {
            caption: self.caption.clone(),
            unit: Unit::Percent(0),
            columns: (0..longest).map(|month| t.number(month)).collect(),
            rows: self.rows.iter().map(row).collect(),
            most: Some(1.0),
            written: longest <= 13,
            links: self.links.clone(),
        }
        .draw(t)
    }
}

/// One of five depths, 1 the palest; 0 for nothing at all.
fn depth(value: f64, most: f64) -> u8 {
    let share = if most > 0.0 { value / most } else { 0.0 };
    match share {
        _ if share <= 0.0 => 0,
        _ if share <= 0.2 => 1,
        _ if share <= 0.4 => 2,
        _ if share <= 0.6 => 3,
        _ if share <= 0.8 => 4,
        _ => 5,
    }
}
