create table assignment_rule_removals (
  workspace_id bytea not null,
  rule_id bytea not null,
  removed_by text not null,
  removed_at bigint not null,
  primary key (workspace_id, rule_id),
  foreign key (workspace_id, rule_id) references assignment_rules (workspace_id, id)
);

-- What a rule said before the change that made this version.
create table assignment_rule_changes (
  workspace_id bytea not null,
  rule_id bytea not null,
  version bigint not null,
  name text not null,
  conditions text not null,
  agent_id bytea,
  team_id bytea,
  method text not null,
  changed_by text not null,
  changed_at bigint not null,
  primary key (workspace_id, rule_id, version),
  foreign key (workspace_id, rule_id) references assignment_rules (workspace_id, id)
);
