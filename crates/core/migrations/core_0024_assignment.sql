create table account_owners (
  workspace_id bytea not null,
  account_id bytea not null,
  number bigint not null,
  agent_id bytea not null,
  why text not null,
  set_by text not null,
  since_at bigint not null,
  until_at bigint,
  primary key (workspace_id, account_id, number),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create index account_owners_now on account_owners (workspace_id, agent_id, until_at, account_id);

create table assignment_rules (
  workspace_id bytea not null,
  id bytea not null,
  place bigint not null,
  name text not null,
  conditions text not null,
  agent_id bytea,
  team_id bytea,
  method text not null,
  last_agent_id bytea,
  version bigint not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint assignment_rules_have_a_name check (name <> '')
);

create table agent_capacities (
  workspace_id bytea not null,
  agent_id bytea not null,
  accounts bigint,
  mrr bigint,
  away_until text,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);
