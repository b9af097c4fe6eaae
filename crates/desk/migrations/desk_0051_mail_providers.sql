-- Systems at which mailboxes sign in by OAuth 2.0.
create table mail_providers (
  workspace_id bytea not null,
  id bytea not null,
  kind text not null,
  name text not null,
  client text not null,
  secret bytea,
  secret_until text,
  tenant text not null,
  authorize_at text not null,
  token_at text not null,
  scopes text not null,
  version bigint not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

-- The provider at which a mailbox signs in; none where it has passwords.
alter table mailboxes add column provider_id bytea;

-- That somebody signed a mailbox in. `turn` names who renews its token at the moment, and until when that counts.
create table mailbox_grants (
  workspace_id bytea not null,
  mailbox_id bytea not null,
  provider_id bytea not null,
  account text not null,
  refresh bytea not null,
  access bytea,
  access_until bigint not null,
  round bigint not null,
  turn text not null,
  turn_until bigint not null,
  renewed_at bigint not null,
  dies_at bigint,
  failing_since bigint,
  tries bigint not null,
  next_at bigint not null,
  trouble text not null,
  said text not null,
  ended_at bigint,
  granted_by text not null,
  granted_at bigint not null,
  primary key (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references mailboxes (workspace_id, id)
);
