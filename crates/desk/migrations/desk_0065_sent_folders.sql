-- The folder of what other programs of a mailbox sent, and since when it is read; which Message-ID a server gave a mail of ours
-- in place of its own.
alter table mailboxes add column sent_folder text not null default '';
alter table mailboxes add column sent_since bigint;
alter table outgoing_mails add column rewritten text;

create index outgoing_mails_rewritten on outgoing_mails (workspace_id, rewritten);
