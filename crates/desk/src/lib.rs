//! The help desk: what customers ask for, and how a team answers.
//!
//! It stands on `core` and never on customer success; they meet in `core` by events, metrics and panels.

pub mod api_inboxes;
mod askers;
pub mod bulk;
pub mod counter;
pub mod demo;
pub mod dkim;
pub mod forms;
pub mod mailboxes;
pub mod mails;
pub mod notices;
pub mod numbers;
pub mod outbox;
pub mod own_views;
pub mod participants;
pub mod reopening;
pub mod replies;
pub mod sides;
pub mod statuses;
pub mod surveys;
pub mod tickets;
mod working;

use kit::db::Migration;

/// The history of this crate's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new(
        "desk_0001_tickets",
        include_str!("../migrations/desk_0001_tickets.sql"),
    ),
    Migration::new(
        "desk_0002_files",
        include_str!("../migrations/desk_0002_files.sql"),
    ),
    Migration::new(
        "desk_0003_drafts",
        include_str!("../migrations/desk_0003_drafts.sql"),
    ),
    Migration::new(
        "desk_0004_connections",
        include_str!("../migrations/desk_0004_connections.sql"),
    ),
    Migration::new(
        "desk_0005_followers",
        include_str!("../migrations/desk_0005_followers.sql"),
    ),
    Migration::new(
        "desk_0006_replies",
        include_str!("../migrations/desk_0006_replies.sql"),
    ),
    Migration::new(
        "desk_0007_own_views",
        include_str!("../migrations/desk_0007_own_views.sql"),
    ),
    Migration::new(
        "desk_0008_bulks",
        include_str!("../migrations/desk_0008_bulks.sql"),
    ),
    Migration::new(
        "desk_0010_mailboxes",
        include_str!("../migrations/desk_0010_mailboxes.sql"),
    ),
    Migration::new(
        "desk_0011_mails",
        include_str!("../migrations/desk_0011_mails.sql"),
    ),
    Migration::new(
        "desk_0020_outbox",
        include_str!("../migrations/desk_0020_outbox.sql"),
    ),
    Migration::new(
        "desk_0021_participants",
        include_str!("../migrations/desk_0021_participants.sql"),
    ),
    Migration::new(
        "desk_0025_surveys",
        include_str!("../migrations/desk_0025_surveys.sql"),
    ),
    Migration::new(
        "desk_0030_ticket_numbers",
        include_str!("../migrations/desk_0030_ticket_numbers.sql"),
    ),
    Migration::new(
        "desk_0035_recipients_folded",
        include_str!("../migrations/desk_0035_recipients_folded.sql"),
    ),
    Migration::new(
        "desk_0036_ticket_details",
        include_str!("../migrations/desk_0036_ticket_details.sql"),
    ),
    Migration::new(
        "desk_0037_ticket_statuses",
        include_str!("../migrations/desk_0037_ticket_statuses.sql"),
    ),
    Migration::new(
        "desk_0038_web_forms",
        include_str!("../migrations/desk_0038_web_forms.sql"),
    ),
    Migration::new(
        "desk_0039_web_form_stamps",
        include_str!("../migrations/desk_0039_web_form_stamps.sql"),
    ),
    Migration::new(
        "desk_0040_web_form_words",
        include_str!("../migrations/desk_0040_web_form_words.sql"),
    ),
    Migration::new(
        "desk_0041_reopening",
        include_str!("../migrations/desk_0041_reopening.sql"),
    ),
    Migration::new(
        "desk_0043_counter",
        include_str!("../migrations/desk_0043_counter.sql"),
    ),
    Migration::new(
        "desk_0048_dkim_keys",
        include_str!("../migrations/desk_0048_dkim_keys.sql"),
    ),
    Migration::new(
        "desk_0049_scheduled_replies",
        include_str!("../migrations/desk_0049_scheduled_replies.sql"),
    ),
    Migration::new(
        "desk_0050_scheduled_for",
        include_str!("../migrations/desk_0050_scheduled_for.sql"),
    ),
    Migration::new(
        "desk_0051_mail_providers",
        include_str!("../migrations/desk_0051_mail_providers.sql"),
    ),
    Migration::new(
        "desk_0052_mail_reconciliations",
        include_str!("../migrations/desk_0052_mail_reconciliations.sql"),
    ),
    Migration::new(
        "desk_0053_mail_alarms",
        include_str!("../migrations/desk_0053_mail_alarms.sql"),
    ),
    Migration::new(
        "desk_0054_old_mail",
        include_str!("../migrations/desk_0054_old_mail.sql"),
    ),
    Migration::new(
        "desk_0055_mail_image_senders",
        include_str!("../migrations/desk_0055_mail_image_senders.sql"),
    ),
    Migration::new(
        "desk_0056_formatted_words",
        include_str!("../migrations/desk_0056_formatted_words.sql"),
    ),
    Migration::new(
        "desk_0057_side_conversations",
        include_str!("../migrations/desk_0057_side_conversations.sql"),
    ),
    Migration::new(
        "desk_0058_mails_of_sides",
        include_str!("../migrations/desk_0058_mails_of_sides.sql"),
    ),
    Migration::new(
        "desk_0060_mail_troubles",
        include_str!("../migrations/desk_0060_mail_troubles.sql"),
    ),
    Migration::new(
        "desk_0061_suppression_reasons",
        include_str!("../migrations/desk_0061_suppression_reasons.sql"),
    ),
    Migration::new(
        "desk_0062_ticket_looks",
        include_str!("../migrations/desk_0062_ticket_looks.sql"),
    ),
    Migration::new(
        "desk_0065_sent_folders",
        include_str!("../migrations/desk_0065_sent_folders.sql"),
    ),
    Migration::new(
        "desk_0066_reply_addresses",
        include_str!("../migrations/desk_0066_reply_addresses.sql"),
    ),
    Migration::new(
        "desk_0067_notices",
        include_str!("../migrations/desk_0067_notices.sql"),
    ),
    Migration::new(
        "desk_0068_beginnings",
        include_str!("../migrations/desk_0068_beginnings.sql"),
    ),
    Migration::new(
        "desk_0069_taken_drafts",
        include_str!("../migrations/desk_0069_taken_drafts.sql"),
    ),
    Migration::new(
        "desk_0070_mail_shapes",
        include_str!("../migrations/desk_0070_mail_shapes.sql"),
    ),
    Migration::new(
        "desk_0071_extras_of_acts",
        include_str!("../migrations/desk_0071_extras_of_acts.sql"),
    ),
    Migration::new(
        "desk_0073_mail_replays",
        include_str!("../migrations/desk_0073_mail_replays.sql"),
    ),
    Migration::new(
        "desk_0074_deleted_mails",
        include_str!("../migrations/desk_0074_deleted_mails.sql"),
    ),
    Migration::new(
        "desk_0075_mail_fetches",
        include_str!("../migrations/desk_0075_mail_fetches.sql"),
    ),
    Migration::new(
        "desk_0076_api_inboxes",
        include_str!("../migrations/desk_0076_api_inboxes.sql"),
    ),
    Migration::new(
        "desk_0078_field_rules",
        include_str!("../migrations/desk_0078_field_rules.sql"),
    ),
    Migration::new(
        "desk_0079_answers_to_many",
        include_str!("../migrations/desk_0079_answers_to_many.sql"),
    ),
    Migration::new(
        "desk_0080_trash",
        include_str!("../migrations/desk_0080_trash.sql"),
    ),
    Migration::new("desk_0081_bell", include_str!("../migrations/desk_0081_bell.sql")),
    Migration::new(
        "desk_0082_old_mail_touched",
        include_str!("../migrations/desk_0082_old_mail_touched.sql"),
    ),
    Migration::new(
        "desk_0086_mailbox_rules",
        include_str!("../migrations/desk_0086_mailbox_rules.sql"),
    ),
];
