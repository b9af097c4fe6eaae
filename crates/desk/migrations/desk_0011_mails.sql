-- Every mail that came, as it came. Raw bytes are blobs; what was understood can be made anew from them.
create table mails (
  workspace_id bytea not null,
  id bytea not null,
  mailbox_id bytea not null,
  folder text not null,
  validity bigint,
  uid bigint,
  blob_id bytea,
  size bigint not null,
  arrived_at bigint not null,
  stored_at bigint not null,
  envelope_from text not null,
  envelope_to text not null,
  peer text not null,
  hello text not null,
  message_id text not null,
  content_hash bytea,
  state text not null,
  cause text not null,
  trouble text not null,
  is_released boolean not null,
  sender text not null,
  sender_name text not null,
  subject text not null,
  nature text not null,
  evidence text not null,
  checks text not null,
  vouched text not null,
  reply_to text not null,
  people text not null,
  refs text not null,
  thread_index text not null,
  contact_id bytea,
  ticket_id bytea,
  ticket_message_id bytea,
  clue text not null,
  clue_text text not null,
  is_stranger boolean not null,
  read_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);

create unique index mails_by_uid on mails (workspace_id, mailbox_id, folder, validity, uid);
create index mails_by_mailbox on mails (workspace_id, mailbox_id, id);
create index mails_by_state on mails (workspace_id, state, id);
create index mails_to_read on mails (workspace_id, mailbox_id, state, id);
create index mails_by_message_id on mails (workspace_id, mailbox_id, message_id);
create index mails_by_blob on mails (workspace_id, mailbox_id, blob_id);
create index mails_by_sender on mails (workspace_id, sender, id);
create index mails_by_contact on mails (workspace_id, contact_id);
create index mails_by_ticket on mails (workspace_id, ticket_id, id);
create index mails_by_message on mails (workspace_id, ticket_message_id);

-- How far a folder was read (RFC 3501 2.3.1.1).
create table mail_cursors (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  folder text not null,
  validity bigint not null,
  last_uid bigint not null,
  primary key (workspace_id, mailbox_id, folder),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);

-- Who reads a mailbox, and how that goes. Whose beats stand still is gone.
create table mail_watches (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  holder text not null,
  beat bigint not null,
  tried_at bigint,
  succeeded_at bigint,
  trouble text not null,
  said text not null,
  waiting bigint not null,
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);

-- Senders about whom somebody has decided.
create table mail_senders (
  workspace_id bytea not null,
  address text not null,
  verdict text not null,
  decided_by text not null,
  decided_at bigint not null,
  primary key (workspace_id, address),
  foreign key (workspace_id) references workspaces (id)
);
