-- Agents and teams are named, not bound: what they have written outlives them.
create table saved_replies (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  folder text not null,
  sort_key text not null,
  body text not null,
  is_note boolean not null,
  audience text not null,
  owner_id bytea,
  team_id bytea,
  uses bigint not null,
  used_at bigint,
  version bigint not null,
  created_at bigint not null,
  created_by text not null,
  removed_at bigint,
  removed_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create index saved_replies_in_order on saved_replies (workspace_id, sort_key, id);

-- What a macro changes, as words: `me`, `nobody` and `none` are found out when it is used.
create table saved_reply_changes (
  workspace_id bytea not null,
  reply_id bytea not null,
  field text not null,
  value text not null,
  primary key (workspace_id, reply_id, field),
  foreign key (workspace_id, reply_id) references saved_replies (workspace_id, id)
);
