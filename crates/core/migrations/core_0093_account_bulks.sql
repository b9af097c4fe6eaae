-- Acts on many accounts at once. Deeds are JSON: what is done to each, and with what. Traces are JSON: what each deed left, by
-- which it is taken back.
create table account_bulks (
  workspace_id bytea not null,
  id bytea not null,
  agent_id bytea,
  author text not null,
  back text not null,
  deeds text not null,
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

create table account_bulk_rows (
  workspace_id bytea not null,
  bulk_id bytea not null,
  place bigint not null,
  account_id bytea not null,
  state text not null,
  traces text not null,
  reason text not null,
  primary key (workspace_id, bulk_id, place),
  foreign key (workspace_id, bulk_id) references account_bulks (workspace_id, id)
);

create index account_bulk_rows_by_state on account_bulk_rows (workspace_id, bulk_id, state, place);
