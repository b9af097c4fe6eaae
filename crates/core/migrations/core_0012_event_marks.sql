create table event_marks (
  workspace_id bytea not null,
  position bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);
