-- For how many days after its solving an answer opens a ticket again; nothing for ever.
create table ticket_reopening (
  workspace_id bytea not null,
  days bigint,
  version bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);
