-- Tickets, messages, contacts and mailboxes are named, not bound: what was sent outlives them.
create table outgoing_mails (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  message_id bytea not null,
  contact_id bytea,
  mailbox_id bytea not null,
  identifier text not null,
  from_address text not null,
  from_name text not null,
  subject text not null,
  in_reply_to text,
  reference_ids text not null,
  thread_topic text,
  thread_index text,
  body text not null,
  state text not null,
  attempts bigint not null,
  due_at bigint not null,
  written_by text not null,
  written_at bigint not null,
  settled_at bigint,
  handed_by bytea,
  handed_at bigint,
  trouble text,
  raw_hash bytea,
  primary key (workspace_id, id)
);

create unique index outgoing_mails_of_message on outgoing_mails (workspace_id, message_id);
create unique index outgoing_mails_by_identifier on outgoing_mails (workspace_id, identifier);
create index outgoing_mails_by_state on outgoing_mails (workspace_id, state, id);
create index outgoing_mails_of_ticket on outgoing_mails (workspace_id, ticket_id, id);
create index outgoing_mails_of_contact on outgoing_mails (workspace_id, contact_id, id);

create table outgoing_recipients (
  workspace_id bytea not null,
  mail_id bytea not null,
  place bigint not null,
  name text not null,
  address text not null,
  is_copy boolean not null,
  state text not null,
  code bigint,
  enhanced text,
  said text not null,
  primary key (workspace_id, mail_id, place),
  foreign key (workspace_id, mail_id) references outgoing_mails (workspace_id, id)
);

create table outgoing_steps (
  workspace_id bytea not null,
  mail_id bytea not null,
  id bytea not null,
  step text not null,
  author text not null,
  address text not null,
  code bigint,
  enhanced text,
  said text not null,
  trouble text,
  happened_at bigint not null,
  primary key (workspace_id, mail_id, id),
  foreign key (workspace_id, mail_id) references outgoing_mails (workspace_id, id)
);

create table outbox_settings (
  workspace_id bytea not null,
  undo_seconds bigint not null,
  quotes_history boolean not null,
  version bigint not null,
  primary key (workspace_id)
);

-- An address that refused for good: nothing is sent there until somebody lifts it.
create table suppressed_addresses (
  workspace_id bytea not null,
  address_folded text not null,
  address text not null,
  mail_id bytea,
  enhanced text,
  said text not null,
  suppressed_at bigint not null,
  primary key (workspace_id, address_folded)
);
