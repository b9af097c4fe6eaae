-- Inboxes that a program of the company's own brings messages to and takes answers from. The way back is a line of webhooks
-- (core), named and not bound, like tickets, messages and contacts: what was brought outlives them.
create table api_inboxes (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  url text not null,
  line_id bytea not null,
  realm text not null,
  channel text not null,
  team_id bytea,
  version bigint not null,
  created_at bigint not null,
  created_by text not null,
  closed_at bigint,
  closed_by text,
  primary key (workspace_id, id),
  constraint api_inboxes_have_a_name check (name <> '')
);

-- What the other side calls a conversation, and the ticket in which it goes on.
create table api_conversations (
  workspace_id bytea not null,
  inbox_id bytea not null,
  name text not null,
  ticket_id bytea not null,
  begun_at bigint not null,
  primary key (workspace_id, inbox_id, name),
  foreign key (workspace_id, inbox_id) references api_inboxes (workspace_id, id)
);

create index api_conversations_of_ticket on api_conversations (workspace_id, ticket_id);

-- What came: each message of the other side once.
create table api_messages (
  workspace_id bytea not null,
  inbox_id bytea not null,
  name text not null,
  ticket_id bytea not null,
  message_id bytea not null,
  came_at bigint not null,
  primary key (workspace_id, inbox_id, name),
  foreign key (workspace_id, inbox_id) references api_inboxes (workspace_id, id)
);

create index api_messages_of_inbox on api_messages (workspace_id, inbox_id, came_at);

-- Answers on their way to the other side, one for each message of ours, and what it says became of them.
create table api_answers (
  workspace_id bytea not null,
  message_id bytea not null,
  inbox_id bytea not null,
  ticket_id bytea not null,
  conversation text not null,
  delivery_id bytea not null,
  state text not null,
  written_at bigint not null,
  settled_at bigint,
  arrived_at bigint,
  read_at bigint,
  refused_at bigint,
  refusal text not null,
  primary key (workspace_id, message_id),
  foreign key (workspace_id, inbox_id) references api_inboxes (workspace_id, id)
);

create index api_answers_of_inbox on api_answers (workspace_id, inbox_id, message_id);
create unique index api_answers_by_delivery on api_answers (workspace_id, delivery_id);
create index api_answers_of_ticket on api_answers (workspace_id, ticket_id);
