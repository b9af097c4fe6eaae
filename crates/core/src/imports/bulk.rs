//! Taking many rows in one go: those that bring something new for sure. The others are taken one by one, and what comes
//! of a batch is the same as if all were.

use std::collections::{HashMap, HashSet};

use kit::db::{DbError, Tx};
use kit::id::Uuid;

use super::rows::{Plan, Row, Said};
use super::target::{Bulk, Refusal, Taken};
use super::{keys, taking};
use crate::actor::Actor;

/// What became of a row.
pub(super) type Outcome = (i64, Result<Taken, Refusal>);

/// Takes the rows of a batch, as many as possible in one go.
pub(super) fn take(
    tx: &mut Tx<'_>,
    actor: &Actor,
    plan: &Plan,
    rows: &[Row],
) -> Result<Vec<Outcome>, DbError> {
    let Some(bulk) = plan.target.bulk else {
        let one = |row| taking::row(tx, actor, plan, row);
        return rows.iter().map(one).collect();
    };
    let known = Known::of(tx, actor, plan, &bulk, rows)?;
    let mut batch = Batch {
        actor,
        plan,
        bulk,
        known,
        waiting: Vec::new(),
        same: Vec::new(),
        touched: HashSet::new(),
        outcomes: Vec::with_capacity(rows.len()),
    };
    for row in rows {
        batch.take(tx, row)?;
    }
    batch.flush(tx)?;
    keys::remember_all(tx, actor.workspace, plan.target.key, plan.import, &batch.same)?;
    Ok(batch.outcomes)
}

/// What was there when the batch began, and what rows before have brought since.
struct Known {
    /// Keys and likenesses.
    marks: HashSet<String>,
    /// What rows mean that say nothing new of it, by their keys.
    same: HashMap<String, Uuid>,
}

impl Known {
    fn of(tx: &mut Tx<'_>, actor: &Actor, plan: &Plan, bulk: &Bulk, rows: &[Row]) -> Result<Self, DbError> {
        let said = || rows.iter().filter_map(|row| row.said.as_ref().ok());
        let texts: Vec<&str> = said().map(|said| said.text.as_str()).collect();
        let seen = keys::seen(tx, actor.workspace, plan.target.key, &texts)?;
        let seen: HashMap<String, Uuid> = seen.into_iter().collect();
        let fresh = said().filter(|said| !seen.contains_key(&said.text));
        let likenesses: Vec<String> = fresh.filter_map(|said| said.likeness.clone()).collect();
        let alike = (bulk.taken)(tx, actor, &likenesses)?;
        let meant: Vec<(&Said, Uuid)> = said()
            .filter_map(|said| Some((said, *seen.get(&said.text)?)))
            .collect();
        let asked: Vec<_> = meant.iter().map(|(said, id)| (*id, &said.values)).collect();
        let answers = (bulk.is_known)(tx, actor, &asked)?;
        let same = meant.iter().zip(answers).filter(|(_, is_known)| *is_known);
        let same = same.map(|((said, id), _)| (said.text.clone(), *id)).collect();
        let marks = seen.into_keys().chain(alike.iter().map(|alike| mark(alike)));
        Ok(Self {
            marks: marks.collect(),
            same,
        })
    }

    fn has(&self, mark: &String) -> bool {
        self.marks.contains(mark)
    }
}

/// A likeness beside keys.
fn mark(likeness: &str) -> String {
    format!("like:{likeness}")
}

struct Batch<'b> {
    actor: &'b Actor,
    plan: &'b Plan,
    bulk: Bulk,
    known: Known,
    /// Rows that bring something new, until one comes that could mean what they bring.
    waiting: Vec<(i64, &'b Said)>,
    /// The keys of rows that said nothing new, what they mean, and their numbers.
    same: Vec<(&'b str, Uuid, i64)>,
    /// What rows that were taken one by one have meant.
    touched: HashSet<Uuid>,
    outcomes: Vec<Outcome>,
}

impl<'b> Batch<'b> {
    fn take(&mut self, tx: &mut Tx<'_>, row: &'b Row) -> Result<(), DbError> {
        let said = match &row.said {
            Ok(said) => said,
            Err(refusal) => {
                self.outcomes.push((row.number, Err(refusal.clone())));
                return Ok(());
            }
        };
        // Once only: the next row with this key has to look at what this one did.
        if let Some(subject) = self.known.same.remove(&said.text)
            && !self.touched.contains(&subject)
        {
            self.same.push((&said.text, subject, row.number));
            self.outcomes.push((row.number, Ok(Taken::Unchanged(subject))));
            return Ok(());
        }
        let likeness = said.likeness.as_deref().map(mark);
        let is_other =
            !self.known.has(&said.text) && likeness.as_ref().is_some_and(|mark| !self.known.has(mark));
        self.known.marks.insert(said.text.clone());
        self.known.marks.extend(likeness);
        if is_other && said.fits {
            self.waiting.push((row.number, said));
            return Ok(());
        }
        // It may mean what one of those that wait brings, or what one before has meant.
        self.flush(tx)?;
        let same = std::mem::take(&mut self.same);
        keys::remember_all(
            tx,
            self.actor.workspace,
            self.plan.target.key,
            self.plan.import,
            &same,
        )?;
        self.one(tx, row)
    }

    fn one(&mut self, tx: &mut Tx<'_>, row: &Row) -> Result<(), DbError> {
        let outcome = taking::row(tx, self.actor, self.plan, row)?;
        self.touched.extend(outcome.1.as_ref().ok().map(Taken::subject));
        self.outcomes.push(outcome);
        Ok(())
    }

    /// Takes the rows that wait.
    fn flush(&mut self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        match tx.attempt(|tx| self.add(tx, &waiting)) {
            Ok(outcomes) => {
                let numbers = waiting.iter().map(|(number, _)| *number);
                self.outcomes.extend(numbers.zip(outcomes));
                Ok(())
            }
            // A rule of the database itself: one by one it shows which row is at fault.
            Err(error) if taking::is_of_a_row(&error) => {
                for (number, said) in waiting {
                    let said = Ok(said.clone());
                    self.one(tx, &Row { number, said })?;
                }
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn add(&self, tx: &mut Tx<'_>, waiting: &[(i64, &Said)]) -> Result<Vec<Result<Taken, Refusal>>, DbError> {
        let values: Vec<_> = waiting.iter().map(|(_, said)| &said.values).collect();
        let outcomes = (self.bulk.add)(tx, self.actor, self.plan.import, &values)?;
        let brought = waiting
            .iter()
            .zip(&outcomes)
            .filter_map(|((number, said), outcome)| {
                let taken = outcome.as_ref().ok()?;
                Some((said.text.as_str(), taken.subject(), *number))
            });
        let brought: Vec<_> = brought.collect();
        let (workspace, target) = (self.actor.workspace, self.plan.target.key);
        keys::remember_all(tx, workspace, target, self.plan.import, &brought)?;
        Ok(outcomes)
    }
}
