-- The day of the workspace for which something was done last that is done once a day.
create table workspace_days (
  workspace_id bytea not null,
  name text not null,
  day text not null,
  primary key (workspace_id, name),
  foreign key (workspace_id) references workspaces (id)
);
