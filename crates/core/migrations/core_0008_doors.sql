alter table sessions add column browser text;
alter table sessions add column source text;
alter table sessions add column last_used_at bigint;

alter table sign_in_links add column purpose text not null default 'entry';

create table agent_passwords (
  workspace_id bytea not null,
  agent_id bytea not null,
  hash text not null,
  changed_at bigint not null,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create table authenticators (
  workspace_id bytea not null,
  agent_id bytea not null,
  key_sealed bytea not null,
  last_step bigint not null,
  created_at bigint not null,
  confirmed_at bigint,
  primary key (workspace_id, agent_id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create table recovery_codes (
  workspace_id bytea not null,
  agent_id bytea not null,
  code_hash bytea not null,
  created_at bigint not null,
  used_at bigint,
  primary key (workspace_id, agent_id, code_hash),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create table passkeys (
  workspace_id bytea not null,
  id bytea not null,
  agent_id bytea not null,
  name text not null,
  credential bytea not null,
  public_key bytea not null,
  uses bigint not null,
  created_at bigint not null,
  last_used_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id),
  constraint passkeys_have_a_name check (name <> '')
);

create unique index passkeys_by_credential on passkeys (workspace_id, agent_id, credential);
create index passkeys_by_bare_credential on passkeys (credential);

-- global: whoever stands between two steps at a door is in no workspace yet
create table door_steps (
  token_hash bytea not null,
  purpose text not null,
  payload text not null,
  expires_at bigint not null,
  primary key (token_hash)
);

create index door_steps_by_expiry on door_steps (expires_at);

-- global: whoever tries a door is in no workspace yet
create table door_tries (
  key_hash bytea not null,
  free_at bigint not null,
  primary key (key_hash)
);

create index door_tries_by_freedom on door_tries (free_at);
