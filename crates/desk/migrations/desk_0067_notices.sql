-- Of what agents want to be told by mail, and what they were told: who answers such a mail answers in its ticket.
create table agent_notice_choices (
  workspace_id bytea not null,
  agent_id bytea not null,
  assigned boolean not null,
  heard boolean not null,
  mentioned boolean not null,
  followed boolean not null,
  version bigint not null,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create table agent_notices (
  workspace_id bytea not null,
  id bytea not null,
  agent_id bytea not null,
  ticket_id bytea not null,
  message_id bytea,
  reason text not null,
  is_internal boolean not null,
  made_at bigint not null,
  expires_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create index agent_notices_of_ticket on agent_notices (workspace_id, agent_id, ticket_id, made_at);
