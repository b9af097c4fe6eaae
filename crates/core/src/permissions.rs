//! Who may do what: one table of permissions and the roles that have them.
//!
//! A route names the permission it needs in the URL map, a verb asks for it again, and the live stream asks for it per
//! event. The readable matrix in `docs/permissions.md` is made from this table.

mod set;

use std::fmt;
use std::str::FromStr;

use crate::roles::RoleId;

pub use set::PermissionSet;

/// A role of an agent: one of the six, or one of the workspace's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Settings, people, everything.
    Admin,
    /// Queue, service levels, reports of support.
    SupportLead,
    /// The inbox.
    SupportAgent,
    /// Portfolio, retention, forecast.
    SuccessLead,
    /// A book of accounts.
    SuccessManager,
    /// Problems and requests; reads everything, changes little.
    ProductManager,
    /// One that the workspace made; what it allows is read with the agent.
    Custom(RoleId),
}

impl Role {
    /// The six, the most trusted first.
    pub const ALL: [Self; 6] = [
        Self::Admin,
        Self::SupportLead,
        Self::SupportAgent,
        Self::SuccessLead,
        Self::SuccessManager,
        Self::ProductManager,
    ];

    /// The word in tables; for URLs and the API a role of the workspace's own is its id (`to_string`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::SupportLead => "support_lead",
            Self::SupportAgent => "support_agent",
            Self::SuccessLead => "success_lead",
            Self::SuccessManager => "success_manager",
            Self::ProductManager => "product_manager",
            Self::Custom(_) => "custom",
        }
    }

    /// What it may do when it is one of the six.
    pub fn permissions(self) -> PermissionSet {
        let all = Permission::ALL.iter().copied();
        all.filter(|permission| permission.is_of(self)).collect()
    }

    /// The key of its name in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Admin => "role-admin",
            Self::SupportLead => "role-support-lead",
            Self::SupportAgent => "role-support-agent",
            Self::SuccessLead => "role-success-lead",
            Self::SuccessManager => "role-success-manager",
            Self::ProductManager => "role-product-manager",
            Self::Custom(_) => "role-custom",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Custom(id) => id.fmt(f),
            built_in => f.write_str(built_in.as_str()),
        }
    }
}

/// A word that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a role: {0}; one of admin, support_lead, support_agent, success_lead, success_manager, product_manager"
)]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(word: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == word)
            .or_else(|| word.parse().ok().map(Self::Custom))
            .ok_or_else(|| UnknownRole(word.to_owned()))
    }
}

use Role::{Admin, ProductManager, SuccessLead, SuccessManager, SupportAgent, SupportLead};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident $word:literal [$($role:ident)*];)*) => {
        /// Something that may be done or seen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Permission {
            $($(#[$doc])* $name,)*
        }

        impl Permission {
            /// Every permission, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in tables and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The roles that have it.
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Self::$name => &[$($role),*],)* }
            }
        }
    };
}

permissions! {
    /// See accounts and what happened to them.
    AccountsRead "accounts.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// See tickets and what is written in them.
    TicketsRead "tickets.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Open tickets, write in them and change them.
    TicketsWrite "tickets.write" [Admin SupportLead SupportAgent SuccessLead SuccessManager];
    /// Put tickets into the trash, and take them out of it.
    TicketsDelete "tickets.delete" [Admin SupportLead];
    /// Set up the inbox for everybody: shared replies, macros and views, statuses, forms, questions after solving.
    InboxWrite "inbox.write" [Admin SupportLead SuccessLead];
    /// See who waits at the counter, and its numbers.
    CounterRead "counter.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Take people in at the counter, call and serve them.
    CounterWrite "counter.write" [Admin SupportLead SupportAgent SuccessLead SuccessManager];
    /// See at which addresses the workspace is written to, what came there and what became of it.
    MailboxesRead "mailboxes.read" [Admin SupportLead];
    /// Set mailboxes up: servers, passwords, signatures.
    MailboxesWrite "mailboxes.write" [Admin];
    /// Release and block mails that were held back, read failed ones again.
    MailsWrite "mails.write" [Admin SupportLead];
    /// Add accounts and change them.
    AccountsWrite "accounts.write" [Admin SupportLead SupportAgent SuccessLead SuccessManager];
    /// Close accounts and open them again.
    AccountsClose "accounts.close" [Admin SupportLead SuccessLead SuccessManager];
    /// Set up what is known of accounts, contacts and tickets: tags, fields, stages, tiers, who gets whom.
    ShapeWrite "shape.write" [Admin SupportLead SuccessLead];
    /// Write segments of accounts that everybody shares.
    SegmentsWrite "segments.write" [Admin SupportLead SuccessLead];
    /// See contacts: the people at accounts, what they are known by, where they are.
    ContactsRead "contacts.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Add contacts, change and merge them.
    ContactsWrite "contacts.write" [Admin SupportLead SupportAgent SuccessLead SuccessManager];
    /// Erase people who ask for it.
    ContactsErase "contacts.erase" [Admin];
    /// Bring files in, and take back what they brought.
    ImportsWrite "imports.write" [Admin SupportLead SuccessLead];
    /// See products, subscriptions, orders, invoices and what they bring.
    MoneyRead "money.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Add subscriptions, orders and invoices, change, renew and end them, note payments.
    MoneyWrite "money.write" [Admin SuccessLead SuccessManager];
    /// Keep the list of products, the reporting currency and the exchange rates.
    MoneyKeep "money.keep" [Admin SuccessLead];
    /// See what people at accounts do in the company's product.
    UsageRead "usage.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Set up where usage comes from, say whose it is, send rejected events again.
    UsageWrite "usage.write" [Admin SuccessLead ProductManager];
    /// See early warnings and chances of accounts, and what became of them.
    AlertsRead "alerts.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Work on alerts: take, snooze and dismiss them, say what came of them.
    AlertsWrite "alerts.write" [Admin SupportLead SupportAgent SuccessLead SuccessManager];
    /// Tell whoever looks after an account what one heard: a risk, a wish for more, a reference, praise.
    SignalsWrite "signals.write" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// See tasks, and which playbooks run where.
    TasksRead "tasks.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Add tasks, hand them on, do them; start and stop playbooks for an account.
    TasksWrite "tasks.write" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Write playbooks: what starts them, their steps, whom they leave alone.
    PlaybooksWrite "playbooks.write" [Admin SuccessLead];
    /// See the numbers of support and what they rest on.
    ReportsRead "reports.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// See who works in the workspace.
    AgentsRead "agents.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Add agents, change their roles, end their sessions.
    AgentsWrite "agents.write" [Admin];
    /// Add teams, change who is in them, archive them.
    TeamsWrite "teams.write" [Admin SupportLead SuccessLead];
    /// Make roles of the workspace's own, change and remove them.
    RolesWrite "roles.write" [Admin];
    /// Make tokens with which programs act in one's own name.
    TokensOwn "tokens.own" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// See and revoke everybody's tokens; make agents for machines.
    TokensWrite "tokens.write" [Admin];
    /// Set up the systems by which agents come in.
    ProvidersWrite "providers.write" [Admin];
    /// See who changed what in the settings, and from where.
    AuditRead "audit.read" [Admin];
    /// See the workspace's name, language, time zone and working hours.
    WorkspaceRead "workspace.read" [Admin SupportLead SupportAgent SuccessLead SuccessManager ProductManager];
    /// Change the workspace's name, language, time zone and working hours; load and remove sample data.
    WorkspaceWrite "workspace.write" [Admin];
    /// Open further workspaces of the installation, as their first administrator.
    WorkspaceOpen "workspace.open" [Admin];
    /// See which other systems are told of what happens, and what became of it.
    WebhooksRead "webhooks.read" [Admin];
    /// Set webhooks up, change them, send deliveries again.
    WebhooksWrite "webhooks.write" [Admin];
    /// See the workspace's background work: progress, failures, what waits.
    WorkRead "work.read" [Admin SupportLead SuccessLead];
    /// Retry, cancel and discard background work.
    WorkWrite "work.write" [Admin];
}

/// A word that names no permission.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a permission: {0}")]
pub struct UnknownPermission(pub String);

impl FromStr for Permission {
    type Err = UnknownPermission;
    fn from_str(word: &str) -> Result<Self, UnknownPermission> {
        let mut all = Self::ALL.iter().copied();
        all.find(|permission| permission.as_str() == word)
            .ok_or_else(|| UnknownPermission(word.to_owned()))
    }
}

impl Permission {
    /// The key of its name in the reader's language.
    pub fn text(self) -> String {
        format!("permission-{}", self.as_str().replace('.', "-"))
    }

    /// The key of the sentence that says what it allows.
    pub fn hint(self) -> String {
        format!("permission-{}-hint", self.as_str().replace('.', "-"))
    }

    /// What it is about: the first part of its word.
    pub fn group(self) -> &'static str {
        self.as_str().split_once('.').map_or("", |(group, _)| group)
    }

    /// Whether `role` has this permission.
    pub fn is_of(self, role: Role) -> bool {
        self.roles().contains(&role)
    }
}

/// The permission matrix as a document: one line a permission, one column a role.
pub fn matrix() -> String {
    let mut out = String::from("| permission |");
    for role in Role::ALL {
        out.push_str(&format!(" {role} |"));
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(Role::ALL.len()));
    for permission in Permission::ALL {
        out.push_str(&format!("\n| {} |", permission.as_str()));
        for role in Role::ALL {
            out.push_str(if permission.is_of(role) {
                " yes |"
            } else {
                " – |"
            });
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_is_named_and_described_in_every_language() {
        use kit::i18n::{Locale, Text};
        let words = Permission::ALL.iter().flat_map(|permission| {
            [
                permission.text(),
                permission.hint(),
                format!("permission-group-{}", permission.group()),
            ]
        });
        for key in words {
            for locale in Locale::all() {
                let t = Text::new(
                    locale,
                    Text::default().zone().clone(),
                    kit::clock::Timestamp::default(),
                );
                assert_ne!(t.say(&key), key, "{locale:?}");
            }
        }
    }

    #[test]
    fn admins_have_every_permission() {
        assert!(Permission::ALL.iter().all(|permission| permission.is_of(Admin)));
    }

    #[test]
    fn words_and_roles_are_two_forms_of_one() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("owner".parse::<Role>().is_err());
    }

    #[test]
    fn the_matrix_has_a_line_for_each_permission() {
        assert_eq!(matrix().lines().count(), Permission::ALL.len() + 2);
    }
}
