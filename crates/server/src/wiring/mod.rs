//! What joins the features: the schema's histories, who listens to which event, and how every job is run.

use desk::tickets::marks::Marks;
use desk::{
    api_inboxes, bulk, counter, dkim, forms, mailboxes, mails, notices, numbers, outbox, own_views,
    participants, replies, sides, statuses, surveys, tickets,
};
use kit::db::Migration;
use kit::web::api::once;
use success::usage::{self, people, sources};
use success::{alerts, health, playbooks, tasks};
use tandem_core::accounts::merging::Parts;
use tandem_core::bridge::Bridge;
use tandem_core::contacts::erasing::Holdings;
use tandem_core::events::Wiring;
use tandem_core::live::Moves;
use tandem_core::metrics::Producers;
use tandem_core::nouns::Nouns;
use tandem_core::segments::{Suppliers, Uses};
use tandem_core::touchpoints::{Traces, kinds};
use tandem_core::{
    accounts, agents, assignment, billing, calendars, contacts, currencies, doors, fields, imports,
    invitations, invoices, ladders, ledger, metrics, orders, products, roles, samples, segments, setup,
    stages, subscriptions, tags, teams, tiers, touchpoints, value, webhooks, workspaces, worth,
};

mod finding;
mod jobs;
mod scope;
mod shown;

pub use finding::{sources, targets};
pub use jobs::jobs;
pub use scope::workspace_scope;
pub use shown::{columns, deeds, first_steps, panels};

/// Every table's history, in the order in which it is applied.
pub const MIGRATIONS: &[&[Migration]] = &[
    kit::jobs::MIGRATIONS,
    kit::blob::MIGRATIONS,
    once::MIGRATIONS,
    tandem_core::MIGRATIONS,
    desk::MIGRATIONS,
    success::MIGRATIONS,
];

/// What happens to accounts and contacts.
#[rustfmt::skip]
fn customers(wiring: Wiring) -> Wiring {
    wiring
        .on(&accounts::ADDED,      &[metrics::jobs::FOLLOW, accounts::jobs::ONE_MORE, touchpoints::jobs::FOLLOW, stages::jobs::BEGIN, tiers::jobs::FOLLOW, assignment::jobs::ASSIGN, accounts::doubles::jobs::LOOK, playbooks::jobs::HEAR, segments::jobs::FOLLOW])
        .on(&accounts::bulk::IMPORTED, &[metrics::jobs::FOLLOW, accounts::jobs::MANY_MORE, touchpoints::jobs::FOLLOW_ALL, stages::jobs::BEGIN_ALL, tiers::jobs::FOLLOW_MANY, assignment::jobs::ASSIGN_MANY, accounts::doubles::jobs::LOOK_MANY, segments::jobs::FOLLOW])
        .on(&accounts::CHANGED,    &[accounts::doubles::jobs::LOOK, segments::jobs::FOLLOW])
        .on(&accounts::MOVED,      &[accounts::doubles::jobs::LOOK, segments::jobs::FOLLOW])
        .on(&accounts::IDENTIFIED, &[accounts::doubles::jobs::LOOK, people::jobs::FOLLOW])
        .on(&accounts::nouns::TAGGED,    &[segments::jobs::FOLLOW])
        .on(&accounts::nouns::DESCRIBED, &[segments::jobs::FOLLOW])
        .on(&contacts::nouns::TAGGED,    &[])
        .on(&contacts::nouns::DESCRIBED, &[])
        .on(&tags::ADDED,          &[])
        .on(&tags::CHANGED,        &[])
        .on(&tags::MERGED,         &[numbers::jobs::ALL, own_views::jobs::TAGS])
        .on(&fields::ADDED,        &[])
        .on(&fields::CHANGED,      &[])
        .on(&ladders::CHANGED,     &[tiers::jobs::FOLLOW_ALL])
        .on(&stages::MOVED,        &[metrics::jobs::FOLLOW, health::jobs::FOLLOW, alerts::jobs::FOLLOW, playbooks::jobs::HEAR, segments::jobs::FOLLOW])
        .on(&stages::BEGUN,        &[metrics::jobs::FOLLOW, health::jobs::FOLLOW, segments::jobs::FOLLOW])
        .on(&tiers::service::CHANGED, &[tiers::service::jobs::REACH]).on(&tiers::service::REACHED, &[metrics::jobs::FOLLOW, assignment::jobs::ENTITLE, segments::jobs::FOLLOW])
        .on(&tiers::PLACED,        &[tiers::service::jobs::FOLLOW, health::jobs::FOLLOW, own_views::jobs::ACCOUNT, segments::jobs::FOLLOW])
        .on(&assignment::MOVED,    &[own_views::jobs::ACCOUNT, segments::jobs::FOLLOW])
        .on(&assignment::CHANGED,  &[assignment::jobs::AGAIN])
        .on(&tiers::MOVED,         &[tiers::service::jobs::FOLLOW, assignment::jobs::ENTITLE, health::jobs::FOLLOW, own_views::jobs::ACCOUNT, segments::jobs::FOLLOW])
        .on(&metrics::CHANGED,     &[health::jobs::FOLLOW, alerts::jobs::FOLLOW, segments::jobs::FOLLOW])
        .on(&worth::CHANGED,       &[metrics::jobs::FOLLOW, tiers::jobs::FOLLOW, segments::jobs::FOLLOW])
        .on(&accounts::merging::MERGED,   &[value::jobs::AGAIN, accounts::doubles::jobs::LOOK, own_views::jobs::ACCOUNT, segments::jobs::FOLLOW])
        .on(&accounts::merging::UNMERGED, &[metrics::jobs::FOLLOW, value::jobs::AGAIN, accounts::doubles::jobs::LOOK, own_views::jobs::ACCOUNT, segments::jobs::FOLLOW])
        .on(&accounts::doubles::JUDGED, &[]).on(&accounts::deeds::MOVED, &[]).on(&contacts::doubles::JUDGED, &[])
        .on(&segments::ADDED, &[]).on(&segments::EDITED, &[]).on(&segments::CHANGED, &[playbooks::runs::leaving::LEAVE]).on(&segments::COUNTING, &[])
        .on(&segments::REMOVED, &[playbooks::runs::leaving::LEAVE]).on(&segments::RESTORED, &[]).on(&segments::ENTERED, &[playbooks::jobs::HEAR]).on(&segments::LEFT, &[playbooks::jobs::HEAR])
        .on(&accounts::CLOSED,     &[health::jobs::FOLLOW, alerts::jobs::FOLLOW, accounts::jobs::ONE_LESS, touchpoints::jobs::FOLLOW, segments::jobs::FOLLOW])
        .on(&accounts::REOPENED,   &[health::jobs::FOLLOW, alerts::jobs::FOLLOW, accounts::jobs::ONE_MORE, touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR, segments::jobs::FOLLOW])
        .on(&touchpoints::ADDED,   &[metrics::jobs::FOLLOW])
        .on(&touchpoints::search::FORGOTTEN, &[])
        .on(&touchpoints::bulk::TRACED, &[metrics::jobs::FOLLOW])
        .on(&touchpoints::JUDGED,  &[metrics::jobs::FOLLOW])
        .on(&touchpoints::WITHDRAWN, &[metrics::jobs::FOLLOW])
        .on(&touchpoints::RESTORED, &[metrics::jobs::FOLLOW])
        .on(&contacts::ADDED,      &[metrics::jobs::FOLLOW, people::jobs::FOLLOW, contacts::doubles::jobs::LOOK])
        .on(&contacts::CHANGED,    &[metrics::jobs::FOLLOW, people::jobs::FOLLOW, contacts::doubles::jobs::LOOK])
        .on(&contacts::MERGED,     &[metrics::jobs::FOLLOW, people::jobs::FOLLOW, contacts::doubles::jobs::LOOK, own_views::jobs::CONTACT])
        .on(&contacts::UNMERGED,   &[metrics::jobs::FOLLOW, people::jobs::FOLLOW, contacts::doubles::jobs::LOOK, own_views::jobs::CONTACT])
        .on(&contacts::ERASED,     &[metrics::jobs::FOLLOW])
}

/// Every kind of event and those who react to it.
#[rustfmt::skip]
pub fn wiring() -> Wiring {
    success(desk(money(customers(Wiring::default()))))
        .on(&agents::ADDED,        &[])
        .on(&agents::ROLE_CHANGED, &[])
        .on(&agents::DEACTIVATED,  &[tasks::jobs::RELEASE, assignment::jobs::RELEASE])
        .on(&calendars::CHANGED,   &[numbers::jobs::ALL])
        .on(&imports::CHANGED,     &[])
        .on(&setup::FOUNDED,       &[health::jobs::FOUND])
        .on(&samples::ASKED,       &[])
        .on(&samples::REMOVED,     &[tickets::jobs::FORGET])
        .on(&workspaces::CHANGED,  &[numbers::jobs::ALL])
        .on(&agents::CHANGED,      &[])
        .on(&agents::REACTIVATED,  &[])
        .on(&invitations::CHANGED, &[])
        .on(&roles::ADDED,         &[])
        .on(&roles::CHANGED,       &[])
        .on(&roles::REMOVED,       &[])
        .on(&teams::ADDED,         &[])
        .on(&teams::CHANGED,       &[])
        .on(&teams::ARCHIVED,      &[])
        .on(&teams::RESTORED,      &[])
        .on(&doors::SIGNED_IN,     &[])
        .on(&doors::SIGNED_OUT,    &[])
        .on(&doors::passwords::CHANGED,      &[])
        .on(&doors::passkeys::ADDED,         &[])
        .on(&doors::passkeys::REMOVED,       &[])
        .on(&doors::providers::CHANGED,      &[])
        .on(&doors::providers::LINKED,       &[])
        .on(&doors::providers::UNLINKED,     &[])
        .on(&doors::factors::SWITCHED_ON,    &[])
        .on(&doors::factors::SWITCHED_OFF,   &[])
        .on(&doors::factors::RECOVERED,      &[])
        .on(&webhooks::ADDED,      &[])
        .on(&webhooks::CHANGED,    &[])
        .on(&webhooks::REMOVED,    &[])
        .on(&webhooks::STOPPED,    &[webhooks::warning::WARN])
        .on(&webhooks::STARTED,    &[])
        .on_every(&[webhooks::jobs::TELL])
}

/// What customers ask for.
#[rustfmt::skip]
fn desk(wiring: Wiring) -> Wiring {
    wiring
        .on(&tickets::OPENED,      &[metrics::jobs::FOLLOW, touchpoints::jobs::FOLLOW, outbox::WRITE, notices::TELL])
        .on(&tickets::HEARD,       &[tickets::scheduled::CANCEL, notices::TELL])
        .on(&tickets::REPLIED,     &[outbox::WRITE, api_inboxes::WRITE, notices::TELL])
        .on(&tickets::NOTED,       &[notices::TELL])
        .on(&tickets::CHANGED,     &[metrics::jobs::FOLLOW, notices::TELL])
        .on(&tickets::drafts::DRAFTED, &[]).on(&tickets::scheduled::SCHEDULED, &[]).on(&participants::CHANGED, &[])
        .on(&sides::SENT, &[]).on(&sides::CAME, &[]).on(&sides::CHANGED, &[]).on(&sides::FORGOTTEN, &[]).on(&sides::REWORDED, &[])
        .on(&tickets::SOLVED,      &[metrics::jobs::FOLLOW, touchpoints::jobs::FOLLOW, surveys::jobs::FOLLOW])
        .on(&tickets::REOPENED,    &[metrics::jobs::FOLLOW, touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR])
        .on(&tickets::followers::FOLLOWED, &[own_views::jobs::AROUND]).on(&tickets::followers::MENTIONED, &[notices::TELL]).on(&tickets::nouns::TAGGED, &[numbers::jobs::TICKET, own_views::jobs::AROUND])
        .on(&tickets::connections::CONNECTED, &[]).on(&tickets::connections::DISCONNECTED, &[])
        .on(&outbox::SENT, &[]).on(&outbox::FAILED, &[notices::TELL]).on(&outbox::LOST, &[]).on(&outbox::DEFERRED, &[]).on(&outbox::COMPLAINED, &[]).on(&outbox::WITHDRAWN, &[]).on(&outbox::AGAIN, &[])
        .on(&mailboxes::ADDED, &[]).on(&mailboxes::CHANGED, &[]).on(&mailboxes::ARCHIVED, &[]).on(&mailboxes::RESTORED, &[]).on(&dkim::CHANGED, &[])
        .on(&mailboxes::providers::CHANGED, &[]).on(&mailboxes::grants::CHANGED, &[]).on(&mails::reconciling::CHANGED, &[]).on(&mails::replaying::CHANGED, &[])
        .on(&mails::CAME, &[]).on(&mails::HELD, &[]).on(&mails::DECIDED, &[]).on(&mails::old::CHANGED, &[])
        .on(&surveys::ASKED, &[]).on(&surveys::ANSWERED, &[metrics::jobs::FOLLOW, touchpoints::jobs::FOLLOW, own_views::jobs::AROUND]).on(&surveys::LOW, &[notices::TELL]).on(&tickets::FORGOTTEN, &[own_views::jobs::TICKET]).on(&tickets::REWORDED, &[]).on(&tickets::bins::REMOVED, &[])
        .on(&bulk::MOVED, &[]).on(&own_views::ADDED, &[]).on(&own_views::CHANGED, &[]).on(&own_views::REMOVED, &[]).on(&own_views::RESTORED, &[]).on(&own_views::COUNTED, &[])
        .on(&api_inboxes::CHANGED, &[]).on(&api_inboxes::ANSWERED, &[]).on(&webhooks::lines::MOVED, &[api_inboxes::FOLLOW])
        .on(&statuses::CHANGED, &[]).on(&forms::CHANGED, &[]).on(&tickets::nouns::DESCRIBED, &[])
        .on(&replies::ADDED, &[]).on(&replies::CHANGED, &[]).on(&replies::REMOVED, &[]).on(&replies::RESTORED, &[])
        .on(&counter::CHANGED, &[]).on(&counter::ARRIVED, &[]).on(&counter::CALLED, &[]).on(&counter::SERVED, &[touchpoints::jobs::FOLLOW]).on(&counter::MISSED, &[]).on(&counter::MOVED, &[]).on(&counter::SEATED, &[])
}

/// What moves without being an event and is told to open pages: who has a ticket open, what somebody has read, and what comes
/// in from the product, of which there is too much for events.
pub static MOVES: [Moves; 4] = [
    tickets::presence::MOVES,
    tickets::unread::MOVES,
    notices::MOVES,
    usage::folding::MOVES,
];

/// What people at accounts do in the product, and how the accounts are.
#[rustfmt::skip]
fn success(wiring: Wiring) -> Wiring {
    wiring
        .on(&health::SCORED,     &[alerts::jobs::FOLLOW, segments::jobs::FOLLOW])
        .on(&health::BANDED,     &[touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR, segments::jobs::FOLLOW])
        .on(&health::OVERRIDDEN, &[segments::jobs::FOLLOW])
        .on(&health::SCORECARDS, &[health::jobs::FOLLOW_ALL])
        .on(&alerts::OPENED,     &[touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR])
        .on(&alerts::CHANGED,    &[])
        .on(&alerts::CLOSED,     &[playbooks::jobs::HEAR])
        .on(&alerts::quality::MOVED, &[])
        .on(&alerts::RULES,      &[alerts::jobs::FOLLOW_ALL])
        .on(&tasks::ADDED, &[]).on(&tasks::CHANGED, &[]).on(&tasks::DROPPED, &[playbooks::jobs::AWAITED])
        .on(&tasks::DONE,        &[touchpoints::jobs::FOLLOW, playbooks::jobs::AWAITED])
        .on(&playbooks::CHANGED, &[]).on(&playbooks::STARTED, &[touchpoints::jobs::FOLLOW]).on(&playbooks::STEP_REACHED, &[]).on(&playbooks::WEBHOOK_CALLED, &[])
        .on(&playbooks::FINISHED, &[touchpoints::jobs::FOLLOW]).on(&playbooks::STOPPED, &[touchpoints::jobs::FOLLOW]).on(&playbooks::RESUMED, &[])
        .on(&usage::own::CHANGED, &[]).on(&usage::keeping::CHANGED, &[]).on(&usage::lake::SEALED, &[]).on(&usage::backfill::CHANGED, &[])
        .on(&usage::counts::CHANGED, &[]).on(&usage::measures::history::MOVED, &[])
        .on(&sources::ADDED,       &[])
        .on(&sources::CHANGED,     &[])
        .on(&sources::STOPPED,     &[])
        .on(&sources::STARTED,     &[])
}

/// What accounts pay.
#[rustfmt::skip]
fn money(wiring: Wiring) -> Wiring {
    wiring
        .on(&currencies::CHANGED,  &[worth::jobs::FOLLOW_ALL])
        .on(&orders::ADDED,        &[touchpoints::jobs::FOLLOW])
        .on(&orders::CHANGED,      &[])
        .on(&orders::CANCELLED,    &[touchpoints::jobs::FOLLOW])
        .on(&orders::RESTORED,     &[])
        .on(&invoices::ADDED,      &[metrics::jobs::FOLLOW, touchpoints::jobs::FOLLOW])
        .on(&invoices::CHANGED,    &[metrics::jobs::FOLLOW])
        .on(&invoices::PAID,       &[metrics::jobs::FOLLOW, touchpoints::jobs::FOLLOW])
        .on(&invoices::OVERDUE,    &[metrics::jobs::FOLLOW, touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR])
        .on(&invoices::VOIDED,     &[metrics::jobs::FOLLOW, touchpoints::jobs::FOLLOW])
        .on(&invoices::RESTORED,   &[metrics::jobs::FOLLOW])
        .on(&billing::CHANGED,     &[])
        .on(&billing::RECEIVED,    &[])
        .on(&value::ASKED,         &[])
        .on(&value::ESTIMATED,     &[])
        .on(&value::CHANGED,       &[])
        .on(&products::ADDED,      &[])
        .on(&products::RENAMED,    &[])
        .on(&subscriptions::ADDED,     &[ledger::jobs::FOLLOW, worth::jobs::FOLLOW, touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR])
        .on(&subscriptions::CHANGED,   &[ledger::jobs::FOLLOW, worth::jobs::FOLLOW, touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR])
        .on(&subscriptions::ENDED,     &[ledger::jobs::FOLLOW, worth::jobs::FOLLOW, touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR])
        .on(&subscriptions::RESUMED,   &[ledger::jobs::FOLLOW, worth::jobs::FOLLOW, touchpoints::jobs::FOLLOW])
        .on(&subscriptions::REMOVED,   &[ledger::jobs::FOLLOW, worth::jobs::FOLLOW])
        .on(&subscriptions::RENEWED,   &[worth::jobs::FOLLOW, touchpoints::jobs::FOLLOW, playbooks::jobs::HEAR])
        .on(&subscriptions::UNRENEWED, &[worth::jobs::FOLLOW])
}

/// What refers to accounts, and what becomes of it when two are merged.
pub fn merges() -> Parts {
    Parts::new(&[
        &touchpoints::MERGES,
        &tickets::MERGES,
        &contacts::memberships::MERGES,
        &subscriptions::MERGES,
        &orders::MERGES,
        &invoices::MERGES,
        &billing::MERGES,
        &accounts::external_ids::MERGES,
        &imports::keys::MERGES,
        &tags::MERGES,
        &fields::MERGES,
        &stages::MERGES,
        &tiers::MERGES,
        &assignment::MERGES,
        &assignment::WAITS,
        &accounts::CLOSURES,
        &accounts::doubles::MERGES[0],
        &accounts::doubles::MERGES[1],
        &accounts::doubles::MERGES[2],
        &accounts::doubles::MERGES[3],
        &accounts::doubles::MERGES[4],
        &accounts::deeds::MERGES,
        &value::MERGES,
        &samples::MERGES,
        &ledger::MERGES[0],
        &ledger::MERGES[1],
        &worth::MERGES,
        // Before the numbers that are made of it.
        &people::MERGES,
        &people::shifting::MERGES,
        &usage::MERGES,
        &usage::adoption::MERGES[0],
        &usage::adoption::MERGES[1],
        &usage::adoption::MERGES[2],
        &usage::measures::history::MERGES,
        &metrics::MERGES[0],
        &metrics::MERGES[1],
        &health::MERGES[0],
        &health::MERGES[1],
        &health::MERGES[2],
        &alerts::MERGES[0],
        &alerts::MERGES[1],
        &alerts::MERGES[2],
        &alerts::MERGES[3],
        &tasks::MERGES,
        &playbooks::MERGES[0],
        &playbooks::MERGES[1],
        &playbooks::MERGES[2],
        &playbooks::MERGES[3],
        &playbooks::MERGES[4],
        // After everything that segments ask.
        &segments::MERGES,
    ])
}

/// What is kept of persons beside their records, and goes with them.
pub fn holdings() -> Holdings {
    Holdings::new(&[
        // Before those of tickets and mails, which say whose they are.
        &sides::HOLDS,
        // Before that of tickets too: what we sent from elsewhere is theirs by its ticket.
        &mails::HOLDS,
        // So is what went to them by a program.
        &api_inboxes::HOLDS,
        &tickets::HOLDS,
        &outbox::HOLDS,
        &people::personal::HOLDS,
        &tasks::HOLDS,
        &playbooks::HOLDS,
        &alerts::signals::HOLDS,
        &participants::HOLDS,
        &surveys::HOLDS,
        &counter::HOLDS,
    ])
}

/// What the two halves ask each other.
pub fn bridge() -> Bridge {
    Bridge {
        stand: Some(success::standing::standings),
        case: Some(tickets::case),
    }
}

/// What features say of messages in tickets.
pub fn marks() -> Marks {
    Marks::new(&[
        mails::marks::say,
        forms::marks::say,
        outbox::say,
        api_inboxes::marks::say,
        surveys::marks::say,
    ])
}

/// What stands with fields beside accounts and contacts.
pub fn nouns() -> Nouns {
    Nouns::new(vec![&tickets::nouns::NOUN])
}

/// What else segments of accounts can ask.
pub fn suppliers() -> Suppliers {
    Suppliers::new(&[&health::supply::SUPPLIER, &tiers::service::supply::SUPPLIER])
}

/// What uses segments.
pub fn segment_uses() -> Uses {
    Uses::new(&[playbooks::by_segment])
}

/// What uses metrics that people define.
pub fn metric_uses() -> metrics::own::Uses {
    metrics::own::Uses::new(&[
        health::scorecards::by_metric,
        alerts::rules::by_metric,
        segments::by_metric,
        playbooks::by_metric,
    ])
}

/// What events leave on the timelines.
pub fn traces() -> Traces {
    Traces::new(&[
        &kinds::ACCOUNT_ADDED,
        &kinds::ACCOUNTS_IMPORTED,
        &kinds::ACCOUNT_CLOSED,
        &kinds::ACCOUNT_REOPENED,
        &subscriptions::traces::SUBSCRIBED,
        &subscriptions::traces::PRICED,
        &subscriptions::traces::CANCELLED,
        &subscriptions::traces::WENT_ON,
        &subscriptions::traces::EXTENDED,
        &health::TRACE,
        &alerts::TRACE,
        &tasks::TRACE,
        &playbooks::TRACES[0],
        &playbooks::TRACES[1],
        &playbooks::TRACES[2],
        &tickets::traces::OPENED,
        &tickets::traces::SOLVED,
        &tickets::traces::REOPENED,
        &surveys::traces::ANSWERED,
        &counter::traces::SERVED,
        &orders::ORDERED,
        &orders::CALLED_OFF,
        &invoices::ISSUED_TRACE,
        &invoices::PAID_TRACE,
        &invoices::OVERDUE_TRACE,
        &invoices::VOIDED_TRACE,
    ])
}

/// Everything that finds numbers of accounts, in the order in which they are listed.
pub fn producers() -> Producers {
    Producers::new(&[
        &usage::measures::PRODUCER,
        &usage::first::PRODUCER,
        &usage::own::PRODUCER,
        &people::measures::PRODUCER,
        &touchpoints::measures::PRODUCER,
        &tiers::service::measures::PRODUCER,
        &contacts::memberships::measures::PRODUCER,
        &tickets::measures::PRODUCER,
        &surveys::measures::PRODUCER,
        &worth::measures::PRODUCER,
        &invoices::measures::PRODUCER,
        &stages::measures::PRODUCER,
    ])
}
