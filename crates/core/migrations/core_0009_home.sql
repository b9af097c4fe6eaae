create table checklist_dismissals (
  workspace_id bytea not null,
  agent_id bytea not null,
  dismissed_at bigint not null,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create table agent_looks (
  workspace_id bytea not null,
  agent_id bytea not null,
  look text not null,
  changed_at bigint not null,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);
