-- Acts on many tickets at once. Changes are JSON: fields and the values that each gets.
create table ticket_bulks (
  workspace_id bytea not null,
  id bytea not null,
  agent_id bytea,
  author text not null,
  view_name text not null,
  changes text not null,
  state text not null,
  total bigint not null,
  done bigint not null,
  changed bigint not null,
  refused bigint not null,
  created_at bigint not null,
  ended_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create table ticket_bulk_rows (
  workspace_id bytea not null,
  bulk_id bytea not null,
  place bigint not null,
  ticket_id bytea not null,
  state text not null,
  change_id bytea,
  reason text not null,
  primary key (workspace_id, bulk_id, place),
  foreign key (workspace_id, bulk_id) references ticket_bulks (workspace_id, id)
);

create index ticket_bulk_rows_by_state on ticket_bulk_rows (workspace_id, bulk_id, state, place);
