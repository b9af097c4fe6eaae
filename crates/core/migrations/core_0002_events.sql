create table events (
  workspace_id bytea not null,
  id bytea not null,
  position bigint,
  kind text not null,
  subject text not null,
  topics text not null,
  actor text not null,
  payload text not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

-- global: positions count through all workspaces, so that one cursor follows them
create unique index events_by_position on events (position);
create index events_without_position on events (id) where position is null;
create index events_by_workspace_position on events (workspace_id, position);
create index events_by_subject on events (workspace_id, subject, id);
