//! Keeping the mails of a file as they came, and finding out which of them are one conversation.

use std::collections::BTreeMap;

use axum::body::Bytes;
use kit::blob::{self, Stored};
use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{Errand, JobError};
use mail::stores::Boxed;
use tandem_core::workspaces::WorkspaceId;

use super::heads::{Head, Threads};
use super::jobs::{Step, Stopped};
use super::model::{Line, MailImport, MailImportError, MailImportState, Outcome, Phase};
use super::{MailImportId, blobs, record, rows, source, store};
use crate::mails::placing::actor;
use crate::mails::store as mail_rows;
use crate::mails::{Arrival, Mail, MailId, Reading, State};

/// Mails of one transaction.
const BATCH: usize = 50;
/// Bytes of one transaction.
const HEAVY: usize = 16 << 20;
/// Mails that one ticket gets in one transaction; a longer conversation goes on in the next.
const LONGEST: usize = 100;
/// Rows that are read or written at a time while sorting.
const PART: i64 = 1_000;

/// A mail on its way in: its bytes are in the store, unless they were too many.
#[derive(Clone)]
struct Kept {
    next: i64,
    size: i64,
    head: Head,
    object: Option<Stored>,
}

/// Keeps what is left of the file from where it is.
pub(super) async fn keep(
    errand: &Errand,
    workspace: WorkspaceId,
    import: &MailImport,
) -> Result<(), Stopped> {
    let (db, id, hash) = (errand.db(), import.id, import.file);
    let file = db
        .read(move |tx| match hash {
            Some(hash) => blob::find(tx, workspace.uuid(), hash),
            None => Ok(None),
        })
        .await?;
    let file = file.ok_or(MailImportError::Unknown)?;
    let from = u64::try_from(import.position).unwrap_or_default();
    let mut mails = source::mails(&blobs(db)?, &file, from)
        .await
        .map_err(MailImportError::from)?;
    let mut position = import.position;
    loop {
        errand.go_on().map_err(|_| Stopped::Asked)?;
        let (mut batch, mut weight, mut is_last) = (Vec::new(), 0, false);
        while batch.len() < BATCH && weight < HEAVY {
            let Some(mail) = mails.recv().await else {
                is_last = true;
                break;
            };
            let mail = mail.map_err(|error| Stopped::Job(JobError::retry(error.to_string())))?;
            weight += mail.raw.len();
            batch.push(stored(db, mail).await?);
        }
        let next = batch.last().map_or(position, |kept: &Kept| kept.next);
        let step = db.write(move |tx| commit(tx, workspace, (id, position), &batch, is_last));
        match step.await? {
            Step::GoOn(done, total) => errand.progress(done, total),
            Step::Stop => return Ok(()),
        }
        position = next;
    }
}

async fn stored(db: &Db, mail: Boxed) -> Result<Kept, MailImportError> {
    let head = Head::of(&mail.raw, db.clock().now());
    let length = mail.next.saturating_sub(mail.at);
    let object = if mail.is_cut {
        None
    } else {
        let bytes: Bytes = source::wired(&mail.raw);
        Some(blobs(db)?.put_bytes(bytes).await?)
    };
    let size = object.as_ref().map_or(length, |object| object.size);
    Ok(Kept {
        next: i64::try_from(mail.next).unwrap_or(i64::MAX),
        size: i64::try_from(size).unwrap_or(i64::MAX),
        head,
        object,
    })
}

/// Mails and the place after them, or nothing: whoever stands elsewhere has been overtaken.
fn commit(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, position): (MailImportId, i64),
    batch: &[Kept],
    is_last: bool,
) -> Result<Step, MailImportError> {
    let is_here = |import: &MailImport| {
        import.state == MailImportState::Running
            && import.phase == Phase::Keeping
            && import.position == position
    };
    let Some(mut import) = store::find(tx, workspace, id)?.filter(is_here) else {
        return Ok(Step::Stop);
    };
    for kept in batch {
        import.taken += 1;
        insert(tx, workspace, &mut import, kept)?;
        import.position = kept.next;
    }
    import.rate = rate(batch.len(), import.changed_at, tx.now(), import.rate);
    import.changed_at = tx.now();
    if is_last {
        import.phase = Phase::Sorting;
        import.position = import.size;
        // Each mail is kept by itself now: who is forgotten must not go on living in a file.
        if let Some(file) = import.file.take() {
            blob::unlink(tx, workspace.uuid(), file, &id.to_string())?;
        }
    }
    store::update(tx, workspace, &import)?;
    record(tx, &actor(workspace), &import)?;
    Ok(if is_last {
        Step::Stop
    } else {
        Step::GoOn(import.position, import.size)
    })
}

/// Mails in a second: as lately, or as before where no time has gone by.
pub(super) fn rate(count: usize, from: Timestamp, to: Timestamp, before: i64) -> i64 {
    let millis = i64::try_from(to.since(from).as_millis()).unwrap_or(i64::MAX);
    if millis == 0 {
        return before;
    }
    i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(1_000) / millis
}

fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: &mut MailImport,
    kept: &Kept,
) -> Result<(), MailImportError> {
    let at = believed(tx, workspace, import, &kept.head)?;
    let mut line = Line {
        number: import.taken,
        mail: None,
        size: kept.size,
        sent_at: at,
        outcome: Outcome::Waiting,
        reason: String::new(),
        sender: String::new(),
        subject: String::new(),
        ticket: None,
    };
    match &kept.object {
        Some(object) => line.mail = Some(insert_mail(tx, workspace, import, (kept, object, at))?),
        None => {
            line.outcome = Outcome::Refused;
            "too_large".clone_into(&mut line.reason);
            import.counts.add(Outcome::Refused);
        }
    }
    Ok(rows::store::insert_line(tx, workspace, import.id, &line)?)
}

/// When a mail was written, as far as that is believed: one that does not say, or says that it was written after the file
/// came, is as old as the one before it, so that nobody makes theirs the newest of a conversation.
fn believed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: &MailImport,
    head: &Head,
) -> Result<Timestamp, DbError> {
    if head.is_dated && head.at < import.created_at {
        return Ok(head.at);
    }
    let before = rows::store::sent_at(tx, workspace, (import.id, import.taken - 1))?;
    let first = import.found.first_at.map(Timestamp);
    Ok(before.or(first).unwrap_or(head.at).min(import.created_at))
}

fn insert_mail(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    import: &MailImport,
    (kept, object, at): (&Kept, &Stored, Timestamp),
) -> Result<MailId, MailImportError> {
    let head = &kept.head;
    // Mails of a ticket are in the order of their ids.
    let id: MailId = tx.as_of(at, |tx| tx.new_id());
    let blob = blob::add(tx, workspace.uuid(), object, "message/rfc822", &id.to_string())?;
    let mut mail = Mail::of(
        id,
        import.mailbox,
        Arrival {
            folder: import.id.to_string(),
            place: Some((0, import.taken)),
            blob: Some(blob),
            size: kept.size,
            arrived_at: at,
            stored_at: tx.now(),
            envelope_from: String::new(),
            envelope_to: Vec::new(),
            peer: String::new(),
            hello: String::new(),
            message_id: head.message_id.clone(),
        },
    );
    mail.state = State::Old;
    mail_rows::insert(tx, workspace, &mail)?;
    mail.reading = Reading {
        sender: head.sender.clone(),
        sender_name: head.name.clone(),
        subject: head.subject.clone(),
        references: head.references.join(" "),
        ..Reading::default()
    };
    mail_rows::update(tx, workspace, &mail)?;
    Ok(id)
}

/// Finds out which mails are one conversation. Doing it twice gives the same.
pub(super) async fn sort(errand: &Errand, workspace: WorkspaceId, id: MailImportId) -> Result<(), Stopped> {
    let db = errand.db();
    let (mut threads, mut mails, mut after) = (Threads::default(), Vec::new(), 0);
    loop {
        let ties = db
            .read(move |tx| rows::store::ties(tx, workspace, (id, after), PART))
            .await?;
        let Some(last) = ties.last() else { break };
        after = last.number;
        for tie in &ties {
            let references = tie.references.split_whitespace();
            threads.add(std::iter::once(tie.message_id.as_str()).chain(references));
            mails.push((tie.number, tie.sent_at));
        }
    }
    let sorted = sorted(threads, &mails);
    let part = usize::try_from(PART).unwrap_or(1);
    for batch in sorted.chunks(part) {
        errand.go_on().map_err(|_| Stopped::Asked)?;
        let batch = batch.to_vec();
        let is_here = db.write(move |tx| thread(tx, workspace, id, &batch)).await?;
        if !is_here {
            return Ok(());
        }
    }
    db.write(move |tx| sorted_out(tx, workspace, id)).await?;
    Ok(())
}

/// Numbers conversations by the moment of their first mail; a long one has several numbers, one after the other.
fn sorted(mut threads: Threads, mails: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut together: BTreeMap<usize, Vec<(i64, i64)>> = BTreeMap::new();
    for (at, (number, sent_at)) in mails.iter().enumerate() {
        together
            .entry(threads.root(at))
            .or_default()
            .push((*sent_at, *number));
    }
    let mut all: Vec<Vec<(i64, i64)>> = together.into_values().collect();
    for thread in &mut all {
        thread.sort_unstable();
    }
    all.sort_unstable_by_key(|thread| thread.first().copied());
    let parts = all.iter().flat_map(|thread| thread.chunks(LONGEST));
    let numbered = parts.zip(1..);
    numbered
        .flat_map(|(part, thread)| part.iter().map(move |(_, number)| (*number, thread)))
        .collect()
}

fn is_sorting(import: &MailImport) -> bool {
    import.state == MailImportState::Running && import.phase == Phase::Sorting
}

/// Says to which conversations mails belong, while they are sorted: who comes too late must not move what is being placed.
fn thread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailImportId,
    batch: &[(i64, i64)],
) -> Result<bool, DbError> {
    let is_here = store::find(tx, workspace, id)?.is_some_and(|import| is_sorting(&import));
    if is_here {
        rows::store::set_threads(tx, workspace, id, batch)?;
    }
    Ok(is_here)
}

fn sorted_out(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailImportId) -> Result<(), DbError> {
    let Some(mut import) = store::find(tx, workspace, id)?.filter(is_sorting) else {
        return Ok(());
    };
    import.phase = Phase::Placing;
    import.changed_at = tx.now();
    store::update(tx, workspace, &import)?;
    record(tx, &actor(workspace), &import)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversations_are_in_the_order_in_which_they_began_and_long_ones_in_parts() {
        let mut threads = Threads::default();
        threads.add(["late"]);
        threads.add(["answer", "early"]);
        threads.add(["early"]);
        let found = sorted(threads, &[(1, 900), (2, 300), (3, 100)]);
        assert_eq!(found, [(3, 1), (2, 1), (1, 2)]);
        let mut long = Threads::default();
        for _ in 0..=LONGEST {
            long.add(["one"]);
        }
        let mails: Vec<(i64, i64)> = (1..).zip(0..).take(LONGEST + 1).collect();
        let found = sorted(long, &mails);
        assert_eq!((found[LONGEST - 1].1, found[LONGEST].1), (1, 2));
    }

    #[test]
    fn a_rate_is_mails_in_a_second() {
        let at = |seconds: i64| Timestamp(seconds * 1_000_000);
        assert_eq!(rate(100, at(10), at(12), 7), 50);
        assert_eq!(rate(100, at(10), at(10), 7), 7);
    }
}
