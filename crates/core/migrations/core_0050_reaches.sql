-- global: a reach leads from the session of one workspace to another workspace
create table session_reaches (
  workspace_id bytea not null,
  session_id bytea not null,
  other_workspace_id bytea not null,
  other_agent_id bytea not null,
  is_whole boolean not null,
  until bigint not null,
  primary key (workspace_id, session_id, other_workspace_id),
  foreign key (workspace_id, session_id) references sessions (workspace_id, id)
);

create index session_reaches_by_agent on session_reaches (other_workspace_id, other_agent_id);
