//! Taking an import of old mail back: tickets that it made and nobody has touched since, its messages in others, its mails.

use kit::blob;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{Errand, Queue};
use tandem_core::events::{self, NewEvent};
use tandem_core::workspaces::WorkspaceId;

use super::jobs::{Step, Stopped};
use super::model::{MailImport, MailImportState};
use super::{CHANGED, LIST, MailImportId, Touched, record, rows, store};
use crate::mails::jobs::Read;
use crate::mails::placing::actor;
use crate::mails::store as mail_rows;
use crate::mails::{Mail, State};
use crate::tickets::past::letters;
use crate::tickets::{self, MessageId, TicketId};

/// Tickets of one transaction.
const BATCH: i64 = 20;
/// Mails of one transaction.
const MAILS: i64 = 200;
/// Mails of one ticket that are looked at.
const OF_TICKET: i64 = 5_000;

/// Takes back what is left of it.
pub(super) async fn take_back(
    errand: &Errand,
    workspace: WorkspaceId,
    id: MailImportId,
) -> Result<(), Stopped> {
    loop {
        errand.go_on().map_err(|_| Stopped::Asked)?;
        let step = errand
            .db()
            .write_in_turn(&tickets::turn(workspace), move |tx| batch(tx, workspace, id))
            .await?;
        match step {
            Step::GoOn(done, total) => errand.progress(done, total),
            Step::Stop => return Ok(()),
        }
    }
}

/// Takes back the next tickets; after the last one the mails that are in none.
fn batch(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailImportId) -> Result<Step, DbError> {
    let found = store::find(tx, workspace, id)?;
    let Some(mut import) = found.filter(|import| import.state == MailImportState::Undoing) else {
        return Ok(Step::Stop);
    };
    let tickets = rows::store::touched(tx, workspace, id, BATCH)?;
    let mut gone = Vec::new();
    for touched in &tickets {
        let is_back = ticket(tx, workspace, id, touched)?;
        if is_back {
            import.counts.taken_back += 1;
            gone.push(touched.ticket);
        } else {
            import.counts.left_alone += 1;
        }
        let outcome = if is_back { "back" } else { "left" };
        rows::store::set_taken(tx, workspace, (id, touched.ticket), outcome)?;
    }
    let is_over = tickets.is_empty() && !rest(tx, workspace, &mut import)?;
    if is_over {
        import.state = MailImportState::Undone;
        record(tx, &actor(workspace), &import)?;
    } else {
        // Who keeps something about a ticket, like the search, hears that it is gone.
        let event = NewEvent::of(&CHANGED, id).topic(LIST).topic(tickets::LIST);
        events::record(tx, &actor(workspace), event.subjects(gone))?;
    }
    import.changed_at = tx.now();
    store::update(tx, workspace, &import)?;
    let counts = import.counts;
    Ok(if is_over {
        Step::Stop
    } else {
        Step::GoOn(counts.taken_back + counts.left_alone, counts.opened)
    })
}

/// Takes a ticket away, or what the import has put into it; whether that could be done.
fn ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailImportId,
    touched: &Touched,
) -> Result<bool, DbError> {
    let mails = mail_rows::of_ticket(tx, workspace, touched.ticket, OF_TICKET)?;
    let folder = id.to_string();
    let (own, others): (Vec<Mail>, Vec<Mail>) =
        mails.into_iter().partition(|mail| mail.arrival.folder == folder);
    let Some(ticket) = tickets::with_id(tx, workspace, touched.ticket)? else {
        return Ok(true);
    };
    if touched.is_new {
        // The same mail that had come again is no work of anybody; that of another import rests on what this one made.
        let is_alone = others.iter().all(|mail| {
            mail.state == State::Repeated && !mail.arrival.folder.starts_with(MailImportId::PREFIX)
        });
        if !is_alone || !letters::is_untouched(tx, workspace, &ticket, touched.version)? {
            return Ok(false);
        }
        match tx.attempt(|tx| letters::take_away(tx, workspace, &ticket)) {
            Ok(()) => {}
            // Something has come to stand on it.
            Err(DbError::ForeignKey { .. }) => return Ok(false),
            Err(error) => return Err(error),
        }
    } else {
        let messages: Vec<MessageId> = own
            .iter()
            .filter(|mail| mail.state == State::Placed)
            .filter_map(|mail| mail.message)
            .collect();
        letters::take_out(tx, workspace, &ticket, (&messages, touched.touched_at))?;
    }
    for mail in own {
        forget(tx, workspace, &mail)?;
    }
    Ok(true)
}

/// Takes mails away that are in no ticket of ours; whether there were any.
fn rest(tx: &mut Tx<'_>, workspace: WorkspaceId, import: &mut MailImport) -> Result<bool, DbError> {
    if let Some(file) = import.file.take() {
        blob::unlink(tx, workspace.uuid(), file, &import.id.to_string())?;
    }
    let left: Vec<TicketId> = rows::store::left(tx, workspace, import.id, i64::MAX)?
        .iter()
        .map(|touched| touched.ticket)
        .collect();
    let mails = rows::store::kept(tx, workspace, import.id, (import.position, MAILS))?;
    for (number, mail) in &mails {
        import.position = *number;
        let stays = mail.ticket.is_some_and(|ticket| left.contains(&ticket));
        if !stays {
            forget(tx, workspace, mail)?;
        }
    }
    Ok(!mails.is_empty())
}

/// Takes a mail away. One that had come by itself and was put down as the same is read again: it is the only one now.
fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: &Mail) -> Result<(), DbError> {
    if let Some(raw) = mail.arrival.blob {
        blob::unlink(tx, workspace.uuid(), raw, &mail.id.to_string())?;
    }
    rows::store::delete_mail(tx, workspace, mail.id)?;
    if mail.state != State::Placed || mail.arrival.message_id.is_empty() {
        return Ok(());
    }
    let same = mail_rows::identified(tx, workspace, mail.mailbox, &mail.arrival.message_id)?;
    let waits = |other: &&Mail| {
        other.state == State::Repeated
            && other.reading.content == mail.reading.content
            && other.message == mail.message
            && !other.arrival.folder.starts_with(MailImportId::PREFIX)
    };
    if let Some(other) = same.iter().find(waits) {
        let mut again = other.clone();
        again.state = State::Stored;
        (again.ticket, again.message) = (None, None);
        mail_rows::update(tx, workspace, &again)?;
        let job = Read {
            mailbox: mail.mailbox,
        };
        let queue = Queue::new(&job).workspace(workspace);
        queue.key(format!("mails {}", mail.mailbox)).put(tx)?;
    }
    Ok(())
}
