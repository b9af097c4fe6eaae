create table custom_roles (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  name_folded text not null,
  permissions text not null,
  version bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint custom_roles_have_a_name check (name <> '')
);

create unique index custom_roles_by_name on custom_roles (workspace_id, name_folded);

create table agent_roles (
  workspace_id bytea not null,
  agent_id bytea not null,
  role_id bytea not null,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id),
  foreign key (workspace_id, role_id) references custom_roles (workspace_id, id)
);

create index agent_roles_by_role on agent_roles (workspace_id, role_id);

alter table agents add column is_machine boolean not null default false;
alter table agents add column locale text;
alter table agents add column zone text;

create table teams (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  name_folded text not null,
  version bigint not null,
  created_at bigint not null,
  archived_at bigint,
  archived_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint teams_have_a_name check (name <> '')
);

create unique index teams_by_name on teams (workspace_id, name_folded);

create table team_members (
  workspace_id bytea not null,
  team_id bytea not null,
  agent_id bytea not null,
  primary key (workspace_id, team_id, agent_id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create index team_members_by_agent on team_members (workspace_id, agent_id);

create table invitations (
  workspace_id bytea not null,
  id bytea not null,
  email text not null,
  email_folded text not null,
  name text not null,
  role text not null,
  teams text not null,
  token_hash bytea not null,
  invited_by text not null,
  created_at bigint not null,
  expires_at bigint not null,
  accepted_at bigint,
  revoked_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create index invitations_by_email on invitations (workspace_id, email_folded);

-- global: an invitation is looked up before its workspace is known
create unique index invitations_by_token on invitations (token_hash);

create table tokens (
  workspace_id bytea not null,
  session_id bytea not null,
  scopes text not null,
  made_by text not null,
  primary key (workspace_id, session_id),
  foreign key (workspace_id, session_id) references sessions (workspace_id, id)
);
