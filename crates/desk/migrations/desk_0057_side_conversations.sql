-- Conversations with others about a ticket, which its customer never sees. Tickets and mailboxes are named, not bound.
create table side_conversations (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  mailbox_id bytea not null,
  subject text not null,
  is_forward boolean not null,
  author text not null,
  opened_at bigint not null,
  touched_at bigint not null,
  is_answered boolean not null,
  closed_at bigint,
  primary key (workspace_id, id)
);

create index side_conversations_of_ticket on side_conversations (workspace_id, ticket_id, id);
create index side_conversations_by_touch on side_conversations (workspace_id, touched_at, id);

-- To whom the next message goes.
create table side_people (
  workspace_id bytea not null,
  side_id bytea not null,
  place bigint not null,
  name text not null,
  address text not null,
  address_folded text not null,
  primary key (workspace_id, side_id, place),
  foreign key (workspace_id, side_id) references side_conversations (workspace_id, id)
);

create index side_people_by_address on side_people (workspace_id, address_folded);

-- What was written in them, and that they were closed and reopened.
create table side_entries (
  workspace_id bytea not null,
  id bytea not null,
  side_id bytea not null,
  kind text not null,
  author text not null,
  sender text not null,
  sender_name text not null,
  body text not null,
  quoted text not null,
  is_automatic boolean not null,
  is_stranger boolean not null,
  written_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, side_id) references side_conversations (workspace_id, id)
);

create index side_entries_of_side on side_entries (workspace_id, side_id, id);
create index side_entries_by_sender on side_entries (workspace_id, sender);
