-- What a composer held that was sent: the same form sends once.
create table ticket_sendings (
  workspace_id bytea not null,
  id bytea not null,
  ticket_id bytea not null,
  message_id bytea not null,
  author text not null,
  sent_at bigint not null,
  primary key (workspace_id, id)
);

create index ticket_sendings_by_age on ticket_sendings (sent_at);

create table ticket_drafts (
  workspace_id bytea not null,
  ticket_id bytea not null,
  agent_id bytea not null,
  kind text not null,
  body text not null,
  begun_at bigint not null,
  saved_at bigint not null,
  discarded_at bigint,
  primary key (workspace_id, ticket_id, agent_id)
);

create index ticket_drafts_of_agent on ticket_drafts (workspace_id, agent_id, saved_at, ticket_id);
create index ticket_drafts_discarded on ticket_drafts (discarded_at);

-- Who has a ticket open, as long as their browser says so.
create table ticket_presences (
  workspace_id bytea not null,
  ticket_id bytea not null,
  agent_id bytea not null,
  state text not null,
  since bigint not null,
  moved_at bigint not null,
  beat_at bigint not null,
  primary key (workspace_id, ticket_id, agent_id)
);

create index ticket_presences_by_move on ticket_presences (moved_at);
create index ticket_presences_by_beat on ticket_presences (beat_at);
