//! Customer success: acting before anything comes in.
//!
//! It stands on `core` and never on the help desk; they meet in `core` by events, metrics and panels.

pub mod alerts;
pub mod book;
pub mod demo;
pub mod health;
pub mod playbooks;
pub mod sample_segments;
pub mod standing;
pub mod tasks;
pub mod usage;

use kit::db::Migration;

/// The history of this crate's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new(
        "success_0001_sources",
        include_str!("../migrations/success_0001_sources.sql"),
    ),
    Migration::new(
        "success_0002_usage_log",
        include_str!("../migrations/success_0002_usage_log.sql"),
    ),
    Migration::new(
        "success_0003_usage_days",
        include_str!("../migrations/success_0003_usage_days.sql"),
    ),
    Migration::new(
        "success_0004_usage_following",
        include_str!("../migrations/success_0004_usage_following.sql"),
    ),
    Migration::new(
        "success_0020_health",
        include_str!("../migrations/success_0020_health.sql"),
    ),
    Migration::new(
        "success_0030_alerts",
        include_str!("../migrations/success_0030_alerts.sql"),
    ),
    Migration::new(
        "success_0031_alert_tests",
        include_str!("../migrations/success_0031_alert_tests.sql"),
    ),
    Migration::new(
        "success_0032_alert_digests",
        include_str!("../migrations/success_0032_alert_digests.sql"),
    ),
    Migration::twin(
        "success_0033_alerts_by_hand",
        include_str!("../migrations/success_0033_alerts_by_hand.lite.sql"),
        include_str!("../migrations/success_0033_alerts_by_hand.pg.sql"),
    ),
    Migration::new(
        "success_0040_tasks",
        include_str!("../migrations/success_0040_tasks.sql"),
    ),
    Migration::new(
        "success_0045_playbooks",
        include_str!("../migrations/success_0045_playbooks.sql"),
    ),
    Migration::new(
        "success_0046_playbook_mails",
        include_str!("../migrations/success_0046_playbook_mails.sql"),
    ),
    Migration::new(
        "success_0047_playbook_dates",
        include_str!("../migrations/success_0047_playbook_dates.sql"),
    ),
    Migration::new(
        "success_0048_playbook_changes",
        include_str!("../migrations/success_0048_playbook_changes.sql"),
    ),
    Migration::new(
        "success_0049_usage_edges",
        include_str!("../migrations/success_0049_usage_edges.sql"),
    ),
    Migration::new(
        "success_0054_own_metrics",
        include_str!("../migrations/success_0054_own_metrics.sql"),
    ),
    Migration::new(
        "success_0055_usage_keeping",
        include_str!("../migrations/success_0055_usage_keeping.sql"),
    ),
    Migration::new(
        "success_0056_folded_zones",
        include_str!("../migrations/success_0056_folded_zones.sql"),
    ),
    Migration::new(
        "success_0057_batch_revisions",
        include_str!("../migrations/success_0057_batch_revisions.sql"),
    ),
    Migration::new(
        "success_0060_signals",
        include_str!("../migrations/success_0060_signals.sql"),
    ),
    Migration::new(
        "success_0061_visits",
        include_str!("../migrations/success_0061_visits.sql"),
    ),
    Migration::new(
        "success_0062_moved_health",
        include_str!("../migrations/success_0062_moved_health.sql"),
    ),
    Migration::new(
        "success_0063_usage_files",
        include_str!("../migrations/success_0063_usage_files.sql"),
    ),
    Migration::new(
        "success_0065_usage_backfills",
        include_str!("../migrations/success_0065_usage_backfills.sql"),
    ),
    Migration::new(
        "success_0066_usage_sweeps",
        include_str!("../migrations/success_0066_usage_sweeps.sql"),
    ),
    Migration::new(
        "success_0067_usage_adoption",
        include_str!("../migrations/success_0067_usage_adoption.sql"),
    ),
    Migration::new(
        "success_0068_usage_counts",
        include_str!("../migrations/success_0068_usage_counts.sql"),
    ),
    Migration::new(
        "success_0069_usage_identity",
        include_str!("../migrations/success_0069_usage_identity.sql"),
    ),
    Migration::new(
        "success_0070_courses_of_health",
        include_str!("../migrations/success_0070_courses_of_health.sql"),
    ),
    Migration::new(
        "success_0071_unread_batches",
        include_str!("../migrations/success_0071_unread_batches.sql"),
    ),
    Migration::new(
        "success_0072_usage_again",
        include_str!("../migrations/success_0072_usage_again.sql"),
    ),
    Migration::new(
        "success_0073_usage_spelling",
        include_str!("../migrations/success_0073_usage_spelling.sql"),
    ),
    Migration::new(
        "success_0074_usage_shifts",
        include_str!("../migrations/success_0074_usage_shifts.sql"),
    ),
];
