-- Back-tests of early warning: what was asked, and what came of it.
create table alert_tests (
  workspace_id bytea not null,
  id bytea not null,
  horizon bigint not null,
  reach bigint not null,
  asked_at bigint not null,
  report text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);
