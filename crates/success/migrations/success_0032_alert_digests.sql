create table alert_digests (
  workspace_id bytea not null,
  agent_id bytea not null,
  is_off boolean not null,
  made_day text not null,
  told_until bigint,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);
