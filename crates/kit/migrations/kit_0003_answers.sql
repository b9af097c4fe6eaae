create table answers (
  workspace_id bytea not null,
  sender_id bytea not null,
  key text not null,
  fingerprint bytea not null,
  status bigint not null,
  location text,
  has_tag boolean not null,
  answer bytea not null,
  created_at bigint not null,
  primary key (workspace_id, sender_id, key)
);

-- global: the sweep goes through all workspaces
create index answers_by_age on answers (created_at);
