-- What mails of a domain are signed with, and what the DNS said of it when it was last asked.
create table dkim_keys (
  workspace_id bytea not null,
  id bytea not null,
  domain text not null,
  selector text not null,
  algorithm text not null,
  record text not null,
  sealed bytea not null,
  made_by text not null,
  made_at bigint not null,
  verdict text,
  checked_at bigint,
  signing_since bigint,
  lost_at bigint,
  retired_by text,
  retired_at bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create unique index dkim_keys_by_name on dkim_keys (workspace_id, domain, selector);
