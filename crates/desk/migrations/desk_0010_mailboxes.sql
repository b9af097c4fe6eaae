-- The team is named, not bound: a mailbox outlives it.
create table mailboxes (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  address text not null,
  sender text not null,
  team_id bytea,
  signature text not null,
  is_default boolean not null,
  incoming text not null,
  outgoing text not null,
  folders text not null,
  trusted text not null,
  version bigint not null,
  created_at bigint not null,
  archived_at bigint,
  archived_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create unique index mailboxes_by_address on mailboxes (workspace_id, address);
-- global: a receiver knows the recipient of a mail before it knows a workspace
create index mailboxes_by_recipient on mailboxes (address);

create table mailbox_servers (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  direction text not null,
  host text not null,
  port bigint not null,
  security text not null,
  login text not null,
  sealed bytea,
  primary key (workspace_id, mailbox_id, direction),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);

-- What reply addresses and identifiers of our mails are signed with, by the letter that names the key.
create table mailbox_keys (
  workspace_id bytea not null,
  letter text not null,
  sealed bytea not null,
  created_at bigint not null,
  primary key (workspace_id, letter),
  foreign key (workspace_id) references workspaces (id)
);
