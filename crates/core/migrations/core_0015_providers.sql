create table providers (
  workspace_id bytea not null,
  id bytea not null,
  label text not null,
  issuer text not null,
  client text not null,
  secret bytea,
  domains text not null,
  role text,
  is_on boolean not null,
  version bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create table agent_identities (
  workspace_id bytea not null,
  issuer text not null,
  subject text not null,
  agent_id bytea not null,
  linked_at bigint not null,
  primary key (workspace_id, issuer, subject),
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create unique index agent_identities_by_agent on agent_identities (workspace_id, agent_id, issuer);
