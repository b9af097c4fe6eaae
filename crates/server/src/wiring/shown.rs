//! What features show in the places of others: panels, columns of the list of accounts, and what can be done to many of them.

use desk::{mailboxes, mails, outbox, sides, tickets};
use success::usage;
use success::{alerts, book, health, playbooks, tasks};
use tandem_core::accounts::columns::Columns;
use tandem_core::accounts::deeds::Deeds;
use tandem_core::checklist::Checklist;
use tandem_core::panels::{Panel, Panels, Place};
use tandem_core::{
    accounts, assignment, checklist, contacts, home, invoices, orders, segments, stages, subscriptions,
    tiers, touchpoints, value, webhooks, work,
};

/// What the account's page says, once more at the side of a ticket.
const fn beside_ticket(panel: &Panel) -> Panel {
    Panel {
        place: Place::Ticket,
        ..*panel
    }
}

const HEALTH_BESIDE_TICKET: Panel = beside_ticket(&health::panels::OF_ACCOUNT);
const ALERTS_BESIDE_TICKET: Panel = beside_ticket(&alerts::panels::OF_ACCOUNT);
const TASKS_BESIDE_TICKET: Panel = beside_ticket(&tasks::panels::OF_ACCOUNT);
const PEOPLE_BESIDE_TICKET: Panel = beside_ticket(&contacts::AT_ACCOUNT);
const TICKETS_BESIDE_TICKET: Panel = beside_ticket(&tickets::OF_ACCOUNT);
const SERVICE_BESIDE_TICKET: Panel = beside_ticket(&tiers::service::PANEL);
const SUBSCRIPTIONS_BESIDE_TICKET: Panel = beside_ticket(&subscriptions::PANEL);

/// What a new workspace still lacks, in the order in which it makes sense.
pub fn first_steps() -> Checklist {
    Checklist::new(&[
        &checklist::HOURS,
        &checklist::SAFE,
        &mailboxes::CONNECTED,
        &tickets::ANSWERED,
        &checklist::ACCOUNT,
        &checklist::AGENT,
        &usage::sources::CONNECTED,
    ])
}

/// Every panel of every place, in the order in which it is shown.
pub fn panels() -> Panels {
    Panels::new(&[
        &checklist::PANEL,
        &work::FAILED,
        &webhooks::warning::SWITCHED_OFF,
        &mails::alarm::TROUBLES,
        &health::panels::AT_HOME,
        &alerts::panels::AT_HOME,
        &book::panels::NEEDS,
        &book::panels::CHANGED,
        &book::panels::RENEWALS,
        &tasks::panels::AT_HOME,
        &accounts::SUMMARY,
        &tickets::MINE,
        &tickets::followers::PANEL,
        &sides::PANEL,
        &tickets::details::PANEL,
        &home::NEWEST,
        &alerts::signals::PANEL,
        &HEALTH_BESIDE_TICKET,
        &ALERTS_BESIDE_TICKET,
        &TASKS_BESIDE_TICKET,
        &TICKETS_BESIDE_TICKET,
        &PEOPLE_BESIDE_TICKET,
        &SERVICE_BESIDE_TICKET,
        &SUBSCRIPTIONS_BESIDE_TICKET,
        &health::panels::OF_ACCOUNT,
        &alerts::panels::OF_ACCOUNT,
        &tasks::panels::OF_ACCOUNT,
        &playbooks::account::PANEL,
        &assignment::PANEL,
        &tickets::OF_ACCOUNT,
        &tickets::OF_CONTACT,
        &outbox::PANEL,
        &contacts::AT_ACCOUNT,
        &tiers::PANEL,
        &tiers::service::PANEL,
        &stages::PANEL,
        &segments::account::PANEL,
        &accounts::nouns::FIELDS,
        &contacts::nouns::FIELDS,
        &accounts::family::PANEL,
        &accounts::external_ids::PANEL,
        &touchpoints::OF_ACCOUNT,
        &touchpoints::OF_CONTACT,
        &usage::account::PANEL,
        &usage::contact::PANEL,
        &usage::identity::PANEL,
        &subscriptions::PANEL,
        &orders::PANEL,
        &invoices::PANEL,
        &value::PANEL,
        &accounts::HISTORY,
    ])
}

/// What can be done to many accounts at once, in the order in which it is asked for.
pub fn deeds() -> Deeds {
    use accounts::deeds::own;
    Deeds::new(&[
        &own::OWNER,
        &own::STAGE,
        &own::TAG,
        &own::UNTAG,
        &own::TIER,
        &playbooks::deed::START,
        &own::STATE,
        &own::FIELD,
    ])
}

/// What features add to the list of accounts, in its order.
pub fn columns() -> Columns {
    Columns::new(&[
        &health::columns::SCORE,
        &health::columns::REASON,
        &touchpoints::column::LAST,
        &tiers::service::column::MODEL,
        &tiers::service::column::NEXT,
        &tickets::column::OPEN,
    ])
}
