create table agent_tables (
  workspace_id bytea not null,
  agent_id bytea not null,
  name text not null,
  arrangement text not null,
  primary key (workspace_id, agent_id, name),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create index accounts_by_change on accounts (workspace_id, changed_at, id);
create index accounts_by_arrival on accounts (workspace_id, created_at, id);
