-- The side conversation that a mail belongs to, in place of its ticket's own; and where the answers of ours go, if not to its
-- mailbox.
alter table mails add column side_id bytea;
alter table outgoing_mails add column side_id bytea;
alter table outgoing_mails add column reply_to text;

create index mails_of_side on mails (workspace_id, side_id, id);
create index outgoing_mails_of_side on outgoing_mails (workspace_id, side_id, id);
