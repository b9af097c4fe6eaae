create table ticket_followers (
  workspace_id bytea not null,
  ticket_id bytea not null,
  agent_id bytea not null,
  since bigint not null,
  seen_at bigint not null,
  primary key (workspace_id, ticket_id, agent_id)
);

create index ticket_followers_of_agent on ticket_followers (workspace_id, agent_id, ticket_id);

create table ticket_mentions (
  workspace_id bytea not null,
  message_id bytea not null,
  agent_id bytea not null,
  ticket_id bytea not null,
  author text not null,
  mentioned_at bigint not null,
  seen_at bigint,
  primary key (workspace_id, message_id, agent_id)
);

create index ticket_mentions_of_agent on ticket_mentions (workspace_id, agent_id, message_id);
create index ticket_mentions_in_ticket on ticket_mentions (workspace_id, ticket_id, agent_id, message_id);
