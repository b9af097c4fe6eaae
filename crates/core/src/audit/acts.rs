//! What can be written down: one table of acts. A feature of administration adds its rows here.

use std::fmt;
use std::str::FromStr;

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident $word:literal $text:literal;)*) => {
        /// Something that was done to the administration of a workspace.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Act {
            $($(#[$doc])* $name,)*
        }

        impl Act {
            /// Every act, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word in the table and for programs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The key of its sentence.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

acts! {
    /// An agent was added.
    AgentAdded "agent.added" "audit-act-agent-added";
    /// An agent has another role.
    AgentRoleChanged "agent.role_changed" "audit-act-agent-role-changed";
    /// An agent may not sign in any more.
    AgentDeactivated "agent.deactivated" "audit-act-agent-deactivated";
    /// An agent was invited.
    AgentInvited "agent.invited" "audit-act-agent-invited";
    /// An invitation got a new link.
    InvitationRenewed "agent.invitation_renewed" "audit-act-invitation-renewed";
    /// An invitation was taken back.
    InvitationRevoked "agent.invitation_revoked" "audit-act-invitation-revoked";
    /// An invited agent came.
    AgentJoined "agent.joined" "audit-act-agent-joined";
    /// An agent changed their name, language or time zone.
    AgentChanged "agent.changed" "audit-act-agent-changed";
    /// An agent may sign in again.
    AgentReactivated "agent.reactivated" "audit-act-agent-reactivated";
    /// A team was added.
    TeamAdded "team.added" "audit-act-team-added";
    /// A team has another name or other members.
    TeamChanged "team.changed" "audit-act-team-changed";
    /// A team was archived.
    TeamArchived "team.archived" "audit-act-team-archived";
    /// An archived team was brought back.
    TeamRestored "team.restored" "audit-act-team-restored";
    /// A role was made.
    RoleAdded "role.added" "audit-act-role-added";
    /// A role has another name or other permissions.
    RoleChanged "role.changed" "audit-act-role-changed";
    /// A role was removed.
    RoleRemoved "role.removed" "audit-act-role-removed";
    /// Somebody's session was ended by them or by another.
    SessionEnded "session.ended" "audit-act-session-ended";
    /// An agent's password is another now.
    PasswordChanged "password.changed" "audit-act-password-changed";
    /// An agent is asked for an authenticator from now on.
    SecondStepOn "second_step.switched_on" "audit-act-second-step-on";
    /// An agent is not asked for an authenticator any more.
    SecondStepOff "second_step.switched_off" "audit-act-second-step-off";
    /// An agent came in with a recovery code.
    RecoveryCodeUsed "recovery_code.used" "audit-act-recovery-code-used";
    /// An agent has a new passkey.
    PasskeyAdded "passkey.added" "audit-act-passkey-added";
    /// A passkey opens nothing any more.
    PasskeyRemoved "passkey.removed" "audit-act-passkey-removed";
    /// A program got a token.
    TokenMade "token.made" "audit-act-token-made";
    /// The workspace's name, language or zone is another.
    WorkspaceChanged "workspace.changed" "audit-act-workspace-changed";
    /// A further workspace was opened.
    WorkspaceOpened "workspace.opened" "audit-act-workspace-opened";
    /// The workspace works at other times.
    CalendarChanged "calendar.changed" "audit-act-calendar-changed";
    /// Sample data was asked for.
    SamplesAsked "samples.asked" "audit-act-samples-asked";
    /// Sample data was removed.
    SamplesRemoved "samples.removed" "audit-act-samples-removed";
    /// A program's token was revoked.
    TokenRevoked "token.revoked" "audit-act-token-revoked";
    /// Another system is told of what happens.
    WebhookAdded "webhook.added" "audit-act-webhook-added";
    /// A webhook's name, address or kinds are others.
    WebhookChanged "webhook.changed" "audit-act-webhook-changed";
    /// A webhook is no more.
    WebhookRemoved "webhook.removed" "audit-act-webhook-removed";
    /// A webhook was switched off.
    WebhookStopped "webhook.stopped" "audit-act-webhook-stopped";
    /// A webhook was switched on again.
    WebhookStarted "webhook.started" "audit-act-webhook-started";
    /// A webhook has a new secret.
    WebhookSecretRotated "webhook.secret_rotated" "audit-act-webhook-secret-rotated";
    /// A mailbox was set up.
    MailboxAdded "mailbox.added" "audit-act-mailbox-added";
    /// A mailbox is set up another way.
    MailboxChanged "mailbox.changed" "audit-act-mailbox-changed";
    /// A mailbox was archived.
    MailboxArchived "mailbox.archived" "audit-act-mailbox-archived";
    /// An archived mailbox was brought back.
    MailboxRestored "mailbox.restored" "audit-act-mailbox-restored";
    /// A mailbox was signed in at its provider.
    MailboxSignedIn "mailbox.signed_in" "audit-act-mailbox-signed-in";
    /// A mailbox was signed out.
    MailboxSignedOut "mailbox.signed_out" "audit-act-mailbox-signed-out";
    /// A mail provider was set up.
    MailProviderAdded "mail_provider.added" "audit-act-mail-provider-added";
    /// A mail provider is set up another way.
    MailProviderChanged "mail_provider.changed" "audit-act-mail-provider-changed";
    /// A mail provider was removed.
    MailProviderRemoved "mail_provider.removed" "audit-act-mail-provider-removed";
    /// A key that signs mail was made.
    DkimKeyMade "dkim_key.made" "audit-act-dkim-key-made";
    /// The record of a key was seen: it signs.
    DkimKeySigns "dkim_key.signs" "audit-act-dkim-key-signs";
    /// The record of a key is not seen any more: it signs nothing.
    DkimKeyLost "dkim_key.lost" "audit-act-dkim-key-lost";
    /// A key was put out of use.
    DkimKeyRetired "dkim_key.retired" "audit-act-dkim-key-retired";
    /// A key is in use again.
    DkimKeyResumed "dkim_key.resumed" "audit-act-dkim-key-resumed";
    /// Answers go out another way.
    OutboxChanged "outbox.changed" "audit-act-outbox-changed";
    /// A shared reply or macro was added.
    ReplyAdded "saved_reply.added" "audit-act-reply-added";
    /// A shared reply or macro is another.
    ReplyChanged "saved_reply.changed" "audit-act-reply-changed";
    /// A shared reply or macro was removed.
    ReplyRemoved "saved_reply.removed" "audit-act-reply-removed";
    /// A removed reply or macro was brought back.
    ReplyRestored "saved_reply.restored" "audit-act-reply-restored";
    /// A status of tickets was added.
    TicketStatusAdded "ticket_status.added" "audit-act-ticket-status-added";
    /// A status of tickets is another.
    TicketStatusChanged "ticket_status.changed" "audit-act-ticket-status-changed";
    /// A status of tickets stands elsewhere.
    TicketStatusMoved "ticket_status.moved" "audit-act-ticket-status-moved";
    /// A status of tickets was archived.
    TicketStatusArchived "ticket_status.archived" "audit-act-ticket-status-archived";
    /// An archived status of tickets was brought back.
    TicketStatusRestored "ticket_status.restored" "audit-act-ticket-status-restored";
    /// A ticket that had lain in the trash was removed for good.
    TicketRemoved "ticket.removed" "audit-act-ticket-removed";
    /// For how long answers open tickets again is another.
    ReopeningChanged "ticket_reopening.changed" "audit-act-reopening-changed";
    /// A form on the web was added.
    WebFormAdded "web_form.added" "audit-act-web-form-added";
    /// A form on the web is another.
    WebFormChanged "web_form.changed" "audit-act-web-form-changed";
    /// A form on the web has another address.
    WebFormRenewed "web_form.renewed" "audit-act-web-form-renewed";
    /// A form on the web was closed.
    WebFormClosed "web_form.closed" "audit-act-web-form-closed";
    /// A closed form on the web was opened again.
    WebFormReopened "web_form.reopened" "audit-act-web-form-reopened";
    /// An inbox of a program of the company's own was set up.
    ApiInboxAdded "api_inbox.added" "audit-act-api-inbox-added";
    /// An API inbox is another.
    ApiInboxChanged "api_inbox.changed" "audit-act-api-inbox-changed";
    /// An API inbox was closed.
    ApiInboxClosed "api_inbox.closed" "audit-act-api-inbox-closed";
    /// A closed API inbox was opened again.
    ApiInboxReopened "api_inbox.reopened" "audit-act-api-inbox-reopened";
    /// A shared view of the inbox was added.
    ViewAdded "inbox_view.added" "audit-act-view-added";
    /// A shared view of the inbox is another.
    ViewChanged "inbox_view.changed" "audit-act-view-changed";
    /// A shared view of the inbox was removed.
    ViewRemoved "inbox_view.removed" "audit-act-view-removed";
    /// A removed view of the inbox was brought back.
    ViewRestored "inbox_view.restored" "audit-act-view-restored";
    /// A shared segment was added.
    SegmentAdded "segment.added" "audit-act-segment-added";
    /// A shared segment is another.
    SegmentChanged "segment.changed" "audit-act-segment-changed";
    /// A shared segment was removed.
    SegmentRemoved "segment.removed" "audit-act-segment-removed";
    /// A removed segment was brought back.
    SegmentRestored "segment.restored" "audit-act-segment-restored";
    /// Mail of a sender is held back, or let through, from now on.
    SenderTaught "mail_sender.taught" "audit-act-sender-taught";
    /// A person was erased.
    ContactErased "contact.erased" "audit-act-contact-erased";
    /// An identity provider was set up.
    ProviderAdded "provider.added" "audit-act-provider-added";
    /// An identity provider is set up another way.
    ProviderChanged "provider.changed" "audit-act-provider-changed";
    /// An identity provider was removed.
    ProviderRemoved "provider.removed" "audit-act-provider-removed";
    /// A provider knows an agent from now on.
    IdentityLinked "agent.linked" "audit-act-identity-linked";
    /// No provider knows an agent any more.
    IdentitiesUnlinked "agent.unlinked" "audit-act-identities-unlinked";
    /// A file was imported.
    ImportStarted "import.started" "audit-act-import-started";
    /// An import was taken back.
    ImportUndone "import.undone" "audit-act-import-undone";
    /// A tag came into the vocabulary.
    TagAdded "tag.added" "audit-act-tag-added";
    /// A tag has another name or colour.
    TagChanged "tag.changed" "audit-act-tag-changed";
    /// A tag was merged into another.
    TagMerged "tag.merged" "audit-act-tag-merged";
    /// A field was added.
    FieldAdded "field.added" "audit-act-field-added";
    /// A field is another.
    FieldChanged "field.changed" "audit-act-field-changed";
    /// A field stands elsewhere among the others.
    FieldMoved "field.moved" "audit-act-field-moved";
    /// It is said anew which tickets have a field.
    FieldRuleChanged "field.rule_changed" "audit-act-field-rule-changed";
    /// A field was archived.
    FieldArchived "field.archived" "audit-act-field-archived";
    /// A field was brought back.
    FieldRestored "field.restored" "audit-act-field-restored";
    /// A stage or a tier was added.
    RungAdded "rung.added" "audit-act-rung-added";
    /// A stage or a tier is another.
    RungChanged "rung.changed" "audit-act-rung-changed";
    /// A stage or a tier stands elsewhere.
    RungMoved "rung.moved" "audit-act-rung-moved";
    /// A stage or a tier was archived.
    RungArchived "rung.archived" "audit-act-rung-archived";
    /// A stage or a tier was brought back.
    RungRestored "rung.restored" "audit-act-rung-restored";
    /// What a tier gives is another.
    TierServiceChanged "tier.service_changed" "audit-act-tier-service-changed";
    /// Rules of assignment or a capacity are others.
    AssignmentChanged "assignment.changed" "audit-act-assignment-changed";
    /// A scorecard of health was added, changed or removed.
    ScorecardsChanged "scorecards.changed" "audit-act-scorecards-changed";
    /// A metric that people define was added, changed or removed.
    OwnMetricsChanged "own_metrics.changed" "audit-act-own-metrics-changed";
    /// A rule of early warning was added, changed, switched or removed.
    WarningRulesChanged "warning_rules.changed" "audit-act-warning-rules-changed";
    /// A playbook was added, changed, published, paused or removed.
    PlaybooksChanged "playbooks.changed" "audit-act-playbooks-changed";
    /// What customers are asked after a ticket was solved is another.
    SurveysChanged "surveys.changed" "audit-act-surveys-changed";
    /// A place of the counter was set up, is another, was archived or brought back, or its board has another key.
    CounterChanged "counter.changed" "audit-act-counter-changed";
    /// A billing system was connected.
    BillingConnected "billing.connected" "audit-act-billing-connected";
    /// A connection with a billing system is another.
    BillingChanged "billing.changed" "audit-act-billing-changed";
    /// A connection with a billing system has another signing secret.
    BillingSecretAdded "billing.secret_added" "audit-act-billing-secret-added";
    /// A connection with a billing system was ended.
    BillingEnded "billing.ended" "audit-act-billing-ended";
    /// Margin, discount rate or horizon of value were changed.
    ValueChanged "value.changed" "audit-act-value-changed";
    /// Events of usage are kept for another number of days.
    UsageKeepingChanged "usage_keeping.changed" "audit-act-usage-keeping-changed";
    /// Other events of usage count than before.
    UsageCountsChanged "usage_counts.changed" "audit-act-usage-counts-changed";
    /// A source of usage was set up.
    UsageSourceAdded "usage_source.added" "audit-act-usage-source-added";
    /// A source of usage has another name.
    UsageSourceChanged "usage_source.changed" "audit-act-usage-source-changed";
    /// A source of usage has a new write key.
    UsageKeyRotated "usage_source.key_rotated" "audit-act-usage-key-rotated";
    /// Nothing is taken from a source of usage any more.
    UsageSourceStopped "usage_source.stopped" "audit-act-usage-source-stopped";
    /// A source of usage is listened to again.
    UsageSourceStarted "usage_source.started" "audit-act-usage-source-started";
    /// Somebody chose the account of an id of usage, or made what it stands for.
    UsageNameSettled "usage_name.settled" "audit-act-usage-name-settled";
    /// The choice of an account for an id of usage was taken back.
    UsageNameUnsettled "usage_name.unsettled" "audit-act-usage-name-unsettled";
    /// An id of usage is left without an account.
    UsageNameLeft "usage_name.left" "audit-act-usage-name-left";
    /// An id of usage waits for its account again.
    UsageNameMinded "usage_name.minded" "audit-act-usage-name-minded";
    /// Two ids of usage, or one and a contact, belong together no more.
    UsageLinkEnded "usage_link.ended" "audit-act-usage-link-ended";
    /// They belong together again.
    UsageLinkRestored "usage_link.restored" "audit-act-usage-link-restored";
    /// Events of the past began to be taken from a file.
    UsageBackfillStarted "usage_backfill.started" "audit-act-usage-backfill-started";
    /// Something was taken out of the workspace as a file.
    Exported "export.made" "audit-act-export-made";
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no act.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an act: {0}")]
pub struct UnknownAct(pub String);

impl FromStr for Act {
    type Err = UnknownAct;
    fn from_str(word: &str) -> Result<Self, UnknownAct> {
        let mut all = Self::ALL.iter().copied();
        all.find(|act| act.as_str() == word)
            .ok_or_else(|| UnknownAct(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::i18n::Text;

    #[test]
    fn every_act_has_a_word_and_a_sentence_of_its_own() {
        let t = Text::default();
        for act in Act::ALL {
            assert_eq!(act.as_str().parse(), Ok(*act));
            assert_ne!(t.say(act.text()), act.text());
        }
        assert!("agent.eaten".parse::<Act>().is_err());
    }
}
