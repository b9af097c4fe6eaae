create table tasks (
  workspace_id bytea not null,
  id bytea not null,
  title text not null,
  words text not null,
  account_id bytea,
  contact_id bytea,
  evidence text not null,
  agent_id bytea,
  team_id bytea,
  due text,
  -- Where it stands in a worklist: by its day, those without one last, within a day by its priority.
  place text not null,
  priority text not null,
  state text not null,
  origin text not null,
  version bigint not null,
  created_at bigint not null,
  created_by text not null,
  changed_at bigint not null,
  settled_at bigint,
  settled_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, agent_id) references agents (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);

create unique index tasks_in_order on tasks (workspace_id, state, place, id);
create unique index tasks_of_agent on tasks (workspace_id, agent_id, state, place, id);
create unique index tasks_of_team on tasks (workspace_id, team_id, state, place, id);
create unique index tasks_of_account on tasks (workspace_id, account_id, state, place, id);
create index tasks_of_contact on tasks (workspace_id, contact_id);
create unique index tasks_settled on tasks (workspace_id, state, settled_at, id);

create table task_changes (
  workspace_id bytea not null,
  id bytea not null,
  task_id bytea not null,
  field text not null,
  before text not null,
  after text not null,
  changed_by text not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, task_id) references tasks (workspace_id, id) on delete cascade
);

create index task_changes_of_task on task_changes (workspace_id, task_id, id);
