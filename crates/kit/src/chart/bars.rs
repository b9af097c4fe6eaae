//! Bars: how much in each place, side by side or on top of each other; below zero downwards.

use super::figure::{Axis, Caption, Drawn, FOOT, HEIGHT, Legend, Numbers, Series, Unit, bar, framed, top};
use super::scale::labelled;
use super::svg::{across, classed, linked};
use crate::i18n::Text;

/// How several series share a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stacking {
    /// Next to each other.
    Beside,
    /// On top of each other: the whole is their sum.
    Stacked,
}

/// Bars over places.
#[derive(Clone, Debug)]
pub struct Bars {
    /// Title and sentence.
    pub caption: Caption,
    /// What the numbers are.
    pub unit: Unit,
    /// The places along.
    pub places: Vec<String>,
    /// One colour each, six at most.
    pub series: Vec<Series>,
    /// How the series share a place.
    pub stacking: Stacking,
    /// What is behind the bars of each place; nothing for bars that are no links.
    pub links: Vec<String>,
}

/// One piece of a bar: where, of which series, and from which value to which.
struct Piece {
    place: usize,
    series: usize,
    from: f64,
    to: f64,
}

impl Bars {
    /// The chart as HTML.
    pub fn draw(&self, t: &Text) -> String {
        let pieces: Vec<Piece> = (0..self.places.len())
            .flat_map(|place| self.pieces(place))
            .collect();
        let ends = pieces.iter().flat_map(|piece| [piece.from, piece.to]);
        let axis = Axis::over(t, &self.unit, ends, true);
        let mut plot = axis.lines();
        for piece in &pieces {
            let heights = (top(&axis.scale, piece.from), top(&axis.scale, piece.to));
            let class = format!("bar fill-{}", piece.series % 6 + 1);
            let tip = self.tip(t, piece);
            linked(&mut plot, self.links.get(piece.place), &tip, |plot| {
                bar(plot, &class, self.place(piece), heights, &tip);
            });
        }
        let count = self.places.len() as f64;
        for (index, class) in labelled(self.places.len()) {
            let x = across((index as f64 + 0.5) / count);
            classed(
                &mut plot,
                class,
                (&x, HEIGHT + 18.0),
                "middle",
                &self.places[index],
            );
        }
        let numbers = Numbers::of_series(t, &self.unit, &self.places, &self.series);
        let legend = Legend::Fills(self.series.iter().map(|series| series.name.clone()).collect());
        let drawn = Drawn::new(plot, HEIGHT + FOOT, numbers)
            .left(axis.left())
            .legend(legend);
        framed(t, &self.caption, &drawn)
    }

    fn pieces(&self, place: usize) -> Vec<Piece> {
        let (mut above, mut below) = (0.0, 0.0);
        let mut pieces = Vec::new();
        for (series, row) in self.series.iter().enumerate() {
            let Some(value) = row.values.get(place).copied().flatten() else {
                continue;
            };
            let base = if value < 0.0 { &mut below } else { &mut above };
            let from = if self.stacking == Stacking::Stacked {
                *base
            } else {
                0.0
            };
            *base += value;
            pieces.push(Piece {
                place,
                series,
                from,
                to: from + value,
            });
        }
        pieces
    }

    /// Left edge and width of a piece as shares of the drawing.
    fn place(&self, piece: &Piece) -> (f64, f64) {
        let slot = 1.0 / self.places.len() as f64;
        let (columns, column) = match self.stacking {
            Stacking::Beside => (self.series.len() as f64, piece.series as f64),
            Stacking::Stacked => (1.0, 0.0),
        };
        let width = slot * 0.72 / columns;
        (slot * (piece.place as f64 + 0.14) + width * column, width)
    }

    fn tip(&self, t: &Text, piece: &Piece) -> String {
        let (place, series) = (&self.places[piece.place], &self.series[piece.series].name);
        format!(
            "{place} · {series}: {}",
            self.unit.written(t, piece.to - piece.from)
        )
    }
}
