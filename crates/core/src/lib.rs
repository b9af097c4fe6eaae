//! What both halves of Tandem share: workspaces, agents, permissions, doors, events, accounts.
//!
//! Desk and success stand on this crate and never on each other: they meet here by events, metrics and panels.

pub mod accounts;
pub mod actor;
pub mod agents;
pub mod arrangements;
pub mod assignment;
pub mod audit;
pub mod billing;
pub mod bridge;
pub mod calendars;
pub mod checklist;
pub mod contacts;
pub mod correspondence;
pub mod currencies;
pub mod demo;
pub mod doors;
pub mod events;
pub mod fields;
pub mod home;
pub mod imports;
pub mod invitations;
pub mod invoices;
pub mod ladders;
pub mod ledger;
pub mod live;
pub mod looks;
pub mod metrics;
pub mod nouns;
pub mod orders;
pub mod panels;
pub mod permissions;
pub mod products;
pub mod retention;
pub mod roles;
pub mod samples;
pub mod search;
pub mod segments;
mod settings;
pub mod setup;
pub mod sheets;
pub mod stages;
pub mod subscriptions;
pub mod tags;
pub mod tallies;
pub mod teams;
pub mod tiers;
pub mod tokens;
pub mod touchpoints;
pub mod value;
pub mod webhooks;
pub mod work;
pub mod workspaces;
pub mod worth;

use kit::db::Migration;

/// The history of this crate's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new(
        "core_0001_people",
        include_str!("../migrations/core_0001_people.sql"),
    ),
    Migration::new(
        "core_0002_events",
        include_str!("../migrations/core_0002_events.sql"),
    ),
    Migration::new(
        "core_0003_accounts",
        include_str!("../migrations/core_0003_accounts.sql"),
    ),
    Migration::new(
        "core_0004_audit",
        include_str!("../migrations/core_0004_audit.sql"),
    ),
    Migration::twin(
        "core_0005_audit_guard",
        include_str!("../migrations/core_0005_audit_guard.lite.sql"),
        include_str!("../migrations/core_0005_audit_guard.pg.sql"),
    ),
    Migration::new(
        "core_0006_calendars",
        include_str!("../migrations/core_0006_calendars.sql"),
    ),
    Migration::new(
        "core_0007_setup",
        include_str!("../migrations/core_0007_setup.sql"),
    ),
    Migration::new(
        "core_0008_doors",
        include_str!("../migrations/core_0008_doors.sql"),
    ),
    Migration::new("core_0009_home", include_str!("../migrations/core_0009_home.sql")),
    Migration::new(
        "core_0010_people",
        include_str!("../migrations/core_0010_people.sql"),
    ),
    Migration::new(
        "core_0011_webhooks",
        include_str!("../migrations/core_0011_webhooks.sql"),
    ),
    Migration::new(
        "core_0012_event_marks",
        include_str!("../migrations/core_0012_event_marks.sql"),
    ),
    Migration::new(
        "core_0013_contacts",
        include_str!("../migrations/core_0013_contacts.sql"),
    ),
    Migration::new(
        "core_0014_touchpoints",
        include_str!("../migrations/core_0014_touchpoints.sql"),
    ),
    Migration::new(
        "core_0015_providers",
        include_str!("../migrations/core_0015_providers.sql"),
    ),
    Migration::new(
        "core_0016_arrangements",
        include_str!("../migrations/core_0016_arrangements.sql"),
    ),
    Migration::new(
        "core_0017_imports",
        include_str!("../migrations/core_0017_imports.sql"),
    ),
    Migration::new(
        "core_0018_money",
        include_str!("../migrations/core_0018_money.sql"),
    ),
    Migration::new(
        "core_0019_ledger",
        include_str!("../migrations/core_0019_ledger.sql"),
    ),
    Migration::new(
        "core_0020_families",
        include_str!("../migrations/core_0020_families.sql"),
    ),
    Migration::new("core_0021_tags", include_str!("../migrations/core_0021_tags.sql")),
    Migration::new(
        "core_0022_fields",
        include_str!("../migrations/core_0022_fields.sql"),
    ),
    Migration::new(
        "core_0023_ladders",
        include_str!("../migrations/core_0023_ladders.sql"),
    ),
    Migration::new(
        "core_0024_assignment",
        include_str!("../migrations/core_0024_assignment.sql"),
    ),
    Migration::new(
        "core_0030_orders",
        include_str!("../migrations/core_0030_orders.sql"),
    ),
    Migration::new(
        "core_0031_invoices",
        include_str!("../migrations/core_0031_invoices.sql"),
    ),
    Migration::new(
        "core_0032_value",
        include_str!("../migrations/core_0032_value.sql"),
    ),
    Migration::new(
        "core_0033_billing",
        include_str!("../migrations/core_0033_billing.sql"),
    ),
    Migration::new(
        "core_0040_import_writing",
        include_str!("../migrations/core_0040_import_writing.sql"),
    ),
    Migration::new(
        "core_0050_reaches",
        include_str!("../migrations/core_0050_reaches.sql"),
    ),
    Migration::new(
        "core_0060_account_merges",
        include_str!("../migrations/core_0060_account_merges.sql"),
    ),
    Migration::new(
        "core_0061_account_doubles",
        include_str!("../migrations/core_0061_account_doubles.sql"),
    ),
    Migration::new(
        "core_0070_account_lists",
        include_str!("../migrations/core_0070_account_lists.sql"),
    ),
    Migration::new(
        "core_0071_rule_history",
        include_str!("../migrations/core_0071_rule_history.sql"),
    ),
    Migration::new(
        "core_0090_metrics",
        include_str!("../migrations/core_0090_metrics.sql"),
    ),
    Migration::new(
        "core_0091_segments",
        include_str!("../migrations/core_0091_segments.sql"),
    ),
    Migration::new(
        "core_0093_account_bulks",
        include_str!("../migrations/core_0093_account_bulks.sql"),
    ),
    Migration::new(
        "core_0094_contact_doubles",
        include_str!("../migrations/core_0094_contact_doubles.sql"),
    ),
    Migration::new(
        "core_0095_tier_services",
        include_str!("../migrations/core_0095_tier_services.sql"),
    ),
    Migration::new(
        "core_0096_events_by_kind",
        include_str!("../migrations/core_0096_events_by_kind.sql"),
    ),
    Migration::new(
        "core_0097_own_metrics",
        include_str!("../migrations/core_0097_own_metrics.sql"),
    ),
    Migration::new(
        "core_0098_days_and_waits",
        include_str!("../migrations/core_0098_days_and_waits.sql"),
    ),
    Migration::new(
        "core_0099_mixed_accounts",
        include_str!("../migrations/core_0099_mixed_accounts.sql"),
    ),
    Migration::new(
        "core_0100_agent_formats",
        include_str!("../migrations/core_0100_agent_formats.sql"),
    ),
    Migration::new(
        "core_0101_touchpoints_with_words",
        include_str!("../migrations/core_0101_touchpoints_with_words.sql"),
    ),
    Migration::new(
        "core_0102_session_ends",
        include_str!("../migrations/core_0102_session_ends.sql"),
    ),
    Migration::new(
        "core_0103_reach_ends",
        include_str!("../migrations/core_0103_reach_ends.sql"),
    ),
    Migration::new(
        "core_0104_orders_of_lists",
        include_str!("../migrations/core_0104_orders_of_lists.sql"),
    ),
];
