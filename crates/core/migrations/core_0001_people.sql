-- global: a workspace stands in no other
create table workspaces (
  id bytea not null,
  name text not null,
  locale text not null,
  zone text not null,
  created_at bigint not null,
  primary key (id),
  constraint workspaces_have_a_name check (name <> '')
);

create table agents (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  email text not null,
  email_folded text not null,
  role text not null,
  is_active boolean not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint agents_have_a_name check (name <> '')
);

create unique index agents_by_email on agents (workspace_id, email_folded);

create table sign_in_links (
  workspace_id bytea not null,
  id bytea not null,
  agent_id bytea,
  token_hash bytea not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

-- global: a link is looked up before its workspace is known
create unique index sign_in_links_by_token on sign_in_links (token_hash);

create table sessions (
  workspace_id bytea not null,
  id bytea not null,
  agent_id bytea not null,
  kind text not null,
  name text not null,
  token_hash bytea not null,
  created_at bigint not null,
  expires_at bigint,
  ended_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

-- global: a token is looked up before its workspace is known
create unique index sessions_by_token on sessions (token_hash);
create index sessions_by_agent on sessions (workspace_id, agent_id, id);
