-- What an agent has begun to fill in of a new ticket: the fields of the form, as JSON. One for each form that was shown.
create table ticket_beginnings (
  workspace_id bytea not null,
  agent_id bytea not null,
  form text not null,
  filled text not null,
  begun_at bigint not null,
  saved_at bigint not null,
  primary key (workspace_id, agent_id, form)
);

create index ticket_beginnings_by_save on ticket_beginnings (saved_at);

-- What a ticket was made from: a form that is sent twice, or a thing of another program that asks again, is one ticket.
create table ticket_sources (
  workspace_id bytea not null,
  source text not null,
  ticket_id bytea not null,
  primary key (workspace_id, source)
);

create index ticket_sources_of_ticket on ticket_sources (workspace_id, ticket_id);
