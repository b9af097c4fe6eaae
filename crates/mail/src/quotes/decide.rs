//! The engine: a kind for each row.
//!
//! From the top: what begins an old mail that goes on to the end (a block of header fields, a marker, an attribution
//! without `>` below it) cuts. In what stands above the cut, rows with signs are quotations, and where they stand
//! among the rows without decides what they are for: behind everything they are history, with answers on both sides
//! they are context.

use super::Kind;
use super::attribution;
use super::headers;
use super::markers;
use super::rows::{Mark, Row};
use super::signatures::{self, End};
use std::ops::Range;

/// Rows that are looked at; a longer text is new from there on.
const MOST_ROWS: usize = 5_000;

/// One kind for each row, and whether anything is new beyond an old mail that is passed on.
pub(super) fn kinds(rows: &[Row]) -> (Vec<Kind>, bool) {
    let looked_at = &rows[..rows.len().min(MOST_ROWS)];
    let mut kinds = divided(looked_at);
    kinds.resize(rows.len(), Kind::New);
    let is_new = |at: &usize| kinds[*at] == Kind::New && !rows[*at].is_empty();
    if !(0..rows.len()).any(|at| is_new(&at)) {
        return (vec![Kind::New; rows.len()], false);
    }
    let mut new = (0..rows.len()).filter(is_new);
    let first = new.find(|at| !markers::is_divider(&rows[*at].raw));
    let has_new = first.is_some_and(|at| !is_passed_on(rows, &kinds, at));
    (kinds, has_new)
}

/// Whether the first row that counts as new is that of an old mail, above which nobody wrote anything.
fn is_passed_on(rows: &[Row], kinds: &[Kind], first: usize) -> bool {
    let above = (0..first).rev().find(|at| !rows[*at].is_empty());
    begins_old_mail(rows, first) || above.is_some_and(|at| kinds[at] == Kind::Attribution)
}

/// What a row is before its surroundings are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Empty,
    Own,
    Quoted,
    Attribution,
}

fn divided(rows: &[Row]) -> Vec<Kind> {
    let (classes, cut) = classes(rows);
    let mut kinds = vec![Kind::Quoted; rows.len()];
    stretches(rows, &classes, cut, &mut kinds);
    quotations(&classes[..cut], &mut kinds[..cut], rows);
    for (at, class) in classes.iter().enumerate() {
        if *class == Class::Attribution {
            kinds[at] = Kind::Attribution;
        }
    }
    empties_follow(&classes[..cut], &mut kinds[..cut]);
    kinds
}

/// Classes of all rows up to the cut, and where the cut is.
fn classes(rows: &[Row]) -> (Vec<Class>, usize) {
    let mut classes: Vec<Class> = Vec::with_capacity(rows.len());
    let mut has_own = false;
    let mut at = 0;
    while at < rows.len() {
        let row = &rows[at];
        if row.is_empty() {
            classes.push(if row.is_quoted() {
                Class::Quoted
            } else {
                Class::Empty
            });
            at += 1;
            continue;
        }
        if let Some(length) = attributed(&rows[at..]) {
            let is_quote_next = rows[at + length..]
                .iter()
                .find(|row| !row.is_empty())
                .is_some_and(Row::is_quoted);
            if has_own && !is_quote_next {
                classes.extend(vec![Class::Attribution; length]);
                return (filled_up(classes, rows.len()), at);
            }
            classes.extend(vec![Class::Attribution; length]);
            at += length;
            continue;
        }
        if row.is_quoted() {
            classes.push(Class::Quoted);
            at += 1;
            continue;
        }
        if begins_old_mail(rows, at) {
            if has_own {
                let start = above_divider(rows, at, &classes);
                return (filled_up(classes, rows.len()), start);
            }
            // Nothing of one's own above: a forwarded mail, whose header cuts nothing.
            let length = forwarded_header(&rows[at..]);
            let header = rows[at..at + length].iter();
            classes.extend(header.map(|row| if row.is_empty() { Class::Empty } else { Class::Own }));
            at += length;
            continue;
        }
        has_own |= !markers::is_divider(&row.raw) && row.mark != Some(Mark::Signature);
        classes.push(Class::Own);
        at += 1;
    }
    let cut = rows.len();
    (classes, cut)
}

/// Rows of a marked attribution, or one by its words.
fn attributed(rows: &[Row]) -> Option<usize> {
    let marked = rows
        .iter()
        .take_while(|row| row.mark == Some(Mark::Attribution) && !row.is_quoted())
        .count();
    if marked > 0 {
        return Some(marked);
    }
    attribution::length(rows)
}

fn filled_up(mut classes: Vec<Class>, length: usize) -> Vec<Class> {
    classes.resize(length, Class::Quoted);
    classes
}

fn begins_old_mail(rows: &[Row], at: usize) -> bool {
    let row = &rows[at];
    let is_announced = row.is_after_rule
        || rows[..at]
            .iter()
            .rev()
            .find(|row| !row.is_empty())
            .is_some_and(|above| markers::is_divider(&above.raw) && above.raw.chars().count() >= 5);
    row.mark == Some(Mark::QuotedFromHere)
        || markers::is_original(&row.raw)
        || markers::is_above(&row.raw)
        || headers::begins(&rows[at..], is_announced)
}

/// How many rows the marker and the header of a forwarded mail take.
fn forwarded_header(rows: &[Row]) -> usize {
    let others = rows[1..].iter().take_while(|row| {
        !row.is_quoted()
            && (row.is_empty() || headers::label(&row.text).is_some() || markers::is_original(&row.raw))
    });
    1 + others.count()
}

/// The line of signs above an old mail belongs to it.
fn above_divider(rows: &[Row], at: usize, classes: &[Class]) -> usize {
    let mut start = at;
    for above in (0..at).rev() {
        if rows[above].is_empty() {
            continue;
        }
        if markers::is_divider(&rows[above].raw) && classes[above] == Class::Own {
            start = above;
            continue;
        }
        break;
    }
    start
}

/// Divides each stretch of one's own rows into text, signature and footer.
fn stretches(rows: &[Row], classes: &[Class], cut: usize, kinds: &mut [Kind]) {
    let mut at = 0;
    while at < cut {
        if classes[at] != Class::Own {
            at += 1;
            continue;
        }
        let end = (at..cut)
            .find(|row| matches!(classes[*row], Class::Quoted | Class::Attribution))
            .unwrap_or(cut);
        let is_last = !classes[end..cut].contains(&Class::Own);
        stretch(rows, at..end, is_last, kinds);
        at = end;
    }
}

fn stretch(rows: &[Row], range: Range<usize>, is_last: bool, kinds: &mut [Kind]) {
    kinds[range.clone()].fill(Kind::New);
    let own = &rows[range.clone()];
    let mut length = own.len();
    let marked = own.iter().position(|row| row.mark == Some(Mark::Signature));
    if let Some(marked) = marked {
        for (at, row) in own.iter().enumerate().skip(marked) {
            let is_inside = row.mark == Some(Mark::Signature) || row.is_empty();
            if is_inside {
                kinds[range.start + at] = Kind::Signature;
            }
        }
        length = marked;
    }
    let is_end = is_last || marked.is_some();
    // A footer may stand below a signature, and a signature above a footer: look twice.
    for _ in 0..2 {
        match signatures::end(&own[..length], is_end) {
            Some(End::Signature(at)) => {
                kinds[range.start + at..range.start + length].fill(Kind::Signature);
                length = at;
            }
            Some(End::Footer(at)) => {
                kinds[range.start + at..range.start + length].fill(Kind::Footer);
                length = at;
            }
            None => break,
        }
    }
}

/// Quotations with answers on both sides, or several among answers, are context; all others are history.
fn quotations(classes: &[Class], kinds: &mut [Kind], rows: &[Row]) {
    let runs = runs(classes);
    let is_new = |kinds: &[Kind], mut range: Range<usize>| {
        range.any(|at| classes[at] == Class::Own && kinds[at] == Kind::New && !rows[at].is_empty())
    };
    let Some(last_run) = runs.last().cloned() else {
        return;
    };
    let tail = last_run.end..classes.len();
    let has_above = is_new(kinds, 0..last_run.start);
    if has_above && is_new(kinds, tail.clone()) && signatures::is_name_only(&rows[tail.clone()]) {
        for at in tail {
            if kinds[at] == Kind::New {
                kinds[at] = Kind::Signature;
            }
        }
    }
    let among = runs
        .iter()
        .filter(|run| is_new(kinds, run.end..classes.len()))
        .count();
    for run in &runs {
        let has_below = is_new(kinds, run.end..classes.len());
        let has_above = is_new(kinds, 0..run.start);
        let is_context = has_below && (has_above || among > 1);
        kinds[run.clone()].fill(if is_context { Kind::Context } else { Kind::Quoted });
    }
}

/// Stretches of quoted rows; empty rows and attributions between them don't divide.
fn runs(classes: &[Class]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, class) in classes.iter().enumerate() {
        if *class != Class::Quoted {
            continue;
        }
        match runs.last_mut() {
            Some(last) if !classes[last.end..at].contains(&Class::Own) => last.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// An empty row is of the kind of the row above it, but ends what is new only together with what follows.
fn empties_follow(classes: &[Class], kinds: &mut [Kind]) {
    for at in 0..classes.len() {
        if classes[at] == Class::Empty && kinds[at] == Kind::Quoted {
            let above = kinds[..at].last().copied().unwrap_or(Kind::New);
            kinds[at] = match above {
                Kind::Attribution => match classes[at..].iter().position(|class| *class != Class::Empty) {
                    Some(next) if kinds[at + next] == Kind::Context => Kind::Context,
                    _ => Kind::Quoted,
                },
                other => other,
            };
        }
    }
}
