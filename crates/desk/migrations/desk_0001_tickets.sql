create table ticket_numbers (
  workspace_id bytea not null,
  last bigint not null,
  primary key (workspace_id)
);

-- Accounts, contacts, agents and teams are named, not bound: a ticket outlives them.
create table tickets (
  workspace_id bytea not null,
  id bytea not null,
  number bigint not null,
  account_id bytea,
  contact_id bytea,
  subject text not null,
  status text not null,
  priority text not null,
  kind text not null,
  channel text not null,
  agent_id bytea,
  team_id bytea,
  snoozed_until bigint,
  shelf text not null,
  preview text not null,
  is_ours boolean not null,
  replies bigint not null,
  reopenings bigint not null,
  opened_at bigint not null,
  touched_at bigint not null,
  replied_at bigint,
  first_solved_at bigint,
  solved_at bigint,
  last_public bytea,
  version bigint not null,
  primary key (workspace_id, id)
);

create unique index tickets_by_number on tickets (workspace_id, number);
create index tickets_by_touch on tickets (workspace_id, touched_at, id);
create index tickets_by_shelf on tickets (workspace_id, shelf, touched_at, id);
create index tickets_by_agent on tickets (workspace_id, shelf, agent_id, touched_at, id);
create index tickets_by_team on tickets (workspace_id, shelf, team_id, touched_at, id);
create index tickets_by_account on tickets (workspace_id, account_id, touched_at, id);
create index tickets_by_contact on tickets (workspace_id, contact_id, touched_at, id);
create index tickets_asleep on tickets (snoozed_until);

create table ticket_messages (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  kind text not null,
  author text not null,
  contact_id bytea,
  body text not null,
  written_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id)
);

create index ticket_messages_of_ticket on ticket_messages (workspace_id, ticket_id, id);
create index ticket_messages_of_contact on ticket_messages (workspace_id, contact_id, id);

create table ticket_changes (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  field text not null,
  before_value text not null,
  after_value text not null,
  author text not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id)
);

create index ticket_changes_of_ticket on ticket_changes (workspace_id, ticket_id, id);
