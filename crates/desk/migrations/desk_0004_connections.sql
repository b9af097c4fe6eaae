-- What joins two tickets: one merged into another, cut out of it, below it, a duplicate of it, or related to it. A row that
-- has ended says when and by whom; none is ever rewritten but by its end.
create table ticket_connections (
  workspace_id bytea not null,
  id bytea not null,
  kind text not null,
  ticket_id bytea not null,
  other_id bytea not null,
  message_id bytea,
  status text not null,
  snoozed_until bigint,
  author text not null,
  made_at bigint not null,
  ended_by text,
  ended_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, ticket_id) references tickets (workspace_id, id),
  foreign key (workspace_id, other_id) references tickets (workspace_id, id)
);

create index ticket_connections_from on ticket_connections (workspace_id, ticket_id, id);
create index ticket_connections_to on ticket_connections (workspace_id, other_id, id);
