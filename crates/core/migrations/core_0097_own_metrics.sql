-- Metrics that people define: what they are called. What they count is kept by the feature that counts it.
create table own_metrics (
  workspace_id bytea not null,
  id bytea not null,
  title text not null,
  title_folded text not null,
  about text not null,
  unit text not null,
  version bigint not null,
  created_at bigint not null,
  created_by text not null,
  changed_at bigint not null,
  changed_by text not null,
  removed_at bigint,
  removed_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);
