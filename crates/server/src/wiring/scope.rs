//! What an archive of one workspace holds.

use kit::archive::Scope;
use kit::id::Uuid;

/// A workspace as an archive takes it from one installation to another. Its events get their positions anew there.
pub const fn workspace_scope(id: Uuid) -> Scope {
    Scope::Workspace {
        id,
        table: "workspaces",
        // Sealed with a key of this installation or counted in its positions; and no two installations tell the same
        // system of one workspace.
        without: &[
            "answers",
            "event_marks",
            "providers",
            "session_reaches",
            "webhooks",
            "webhook_stops",
            "webhook_secrets",
            "webhook_deliveries",
            "webhook_attempts",
            "api_inboxes",
            "api_conversations",
            "api_messages",
            "api_answers",
            "billing_connections",
            "billing_secrets",
            "billing_events",
            "billing_customers",
            "billing_products",
            "billing_objects",
            "mailbox_servers",
            "mailbox_keys",
            "mailbox_grants",
            "mail_providers",
            "mail_alarms",
            "agent_notices",
            "dkim_keys",
            "scheduled_replies",
            "mail_watches",
            "mail_fetches",
            "mailbox_plus",
            "mailbox_revocations",
            "usage_keys",
            "usage_seen",
            "usage_moves",
        ],
        blank: &[("events", "position")],
    }
}
