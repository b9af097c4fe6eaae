//! Collecting the best documents of each kind, from a place onwards, and counting all.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentReader};

use super::schema::{DATE, KIND, TIE};

/// Where a document stands among all that were found: a list goes on after it, whatever came or went meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    // In the order of comparing; the best is the smallest.
    worth: i64,
    age: i64,
    tie: u64,
}

impl Place {
    fn new(score: Score, date: i64, tie: u64) -> Self {
        Self {
            // Scores are sums of whole numbers.
            worth: -(score as i64),
            age: date.saturating_neg(),
            tie,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{:x}", -self.worth, self.age, self.tie)
    }
}

/// A text that is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a place in a list of results")]
pub struct PlaceError;

impl FromStr for Place {
    type Err = PlaceError;
    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or(PlaceError);
        let worth: i64 = next()?.parse().map_err(|_| PlaceError)?;
        let age = next()?.parse().map_err(|_| PlaceError)?;
        let tie = u64::from_str_radix(next()?, 16).map_err(|_| PlaceError)?;
        let worth = worth.checked_neg().ok_or(PlaceError)?;
        Ok(Self { worth, age, tie })
    }
}

/// The best of one kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Heap {
    /// How many there are of the kind, before the place too.
    pub(super) count: usize,
    /// The best after the place, the very best first.
    pub(super) best: Vec<(Place, DocAddress)>,
}

impl Heap {
    fn add(&mut self, place: Place, address: DocAddress, each: usize) {
        let at = self.best.partition_point(|(other, _)| *other < place);
        if at < each {
            self.best.truncate(each - 1);
            self.best.insert(at, (place, address));
        }
    }
}

/// Collects the best `each` of every kind that stand after `after`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    pub(super) each: usize,
    pub(super) after: Option<Place>,
}

/// The part of [`Best`] in one segment.
pub(super) struct SegmentBest {
    best: Best,
    segment: u32,
    kinds: Option<StrColumn>,
    dates: Column<i64>,
    ties: Column<u64>,
    heaps: Vec<Heap>,
}

impl Collector for Best {
    type Fruit = BTreeMap<String, Heap>;
    type Child = SegmentBest;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<SegmentBest> {
        let columns = reader.fast_fields();
        Ok(SegmentBest {
            best: *self,
            segment,
            kinds: columns.str(KIND)?,
            dates: columns.i64(DATE)?,
            ties: columns.u64(TIE)?,
            heaps: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let mut all = BTreeMap::<String, Heap>::new();
        for (kind, heap) in fruits.into_iter().flatten() {
            let whole = all.entry(kind).or_default();
            whole.count += heap.count;
            for (place, address) in heap.best {
                whole.add(place, address, self.each);
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentBest {
    type Fruit = BTreeMap<String, Heap>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let kind = self.kinds.as_ref().and_then(|kinds| kinds.term_ords(doc).next());
        let kind = usize::try_from(kind.unwrap_or_default()).expect("there are few kinds");
        if self.heaps.len() <= kind {
            self.heaps.resize_with(kind + 1, Heap::default);
        }
        let heap = &mut self.heaps[kind];
        heap.count += 1;
        let (date, tie) = (self.dates.first(doc), self.ties.first(doc));
        let place = Place::new(score, date.unwrap_or_default(), tie.unwrap_or_default());
        if self.best.after.is_none_or(|after| after < place) {
            heap.add(place, DocAddress::new(self.segment, doc), self.best.each);
        }
    }

    fn harvest(self) -> Self::Fruit {
        let heaps = self
            .heaps
            .into_iter()
            .enumerate()
            .filter(|(_, heap)| heap.count > 0);
        let named = heaps.map(|(ord, heap)| {
            let mut kind = String::new();
            if let Some(kinds) = &self.kinds {
                // A name that can't be read leaves its documents without a group, not the reader without an answer.
                let _ = kinds.ord_to_str(ord as u64, &mut kind);
            }
            (kind, heap)
        });
        named.collect()
    }
}
