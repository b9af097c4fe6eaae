create table contacts (
  workspace_id bytea not null,
  id bytea not null,
  root_id bytea not null,
  name text not null,
  name_folded text not null,
  language text,
  time_zone text,
  note text not null,
  version bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  foreign key (workspace_id, root_id) references contacts (workspace_id, id),
  constraint contacts_have_a_name check (name <> '')
);

create unique index contacts_by_name on contacts (workspace_id, name_folded, id);
create index contacts_by_root on contacts (workspace_id, root_id);

create table contact_merges (
  workspace_id bytea not null,
  contact_id bytea not null,
  into_id bytea not null,
  merged_by text not null,
  merged_at bigint not null,
  primary key (workspace_id, contact_id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id),
  foreign key (workspace_id, into_id) references contacts (workspace_id, id)
);

create index contact_merges_by_into on contact_merges (workspace_id, into_id);

create table contact_identities (
  workspace_id bytea not null,
  id bytea not null,
  contact_id bytea not null,
  kind text not null,
  realm text not null,
  value text not null,
  value_folded text not null,
  verified_by text,
  verified_at bigint,
  created_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id)
);

create unique index contact_identities_by_value on contact_identities (workspace_id, kind, realm, value_folded);
create index contact_identities_by_contact on contact_identities (workspace_id, contact_id);

create table memberships (
  workspace_id bytea not null,
  id bytea not null,
  contact_id bytea not null,
  account_id bytea not null,
  title text not null,
  is_champion boolean not null,
  is_decision_maker boolean not null,
  is_user boolean not null,
  is_billing boolean not null,
  since_day text,
  until_day text,
  created_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id)
);

create index memberships_by_contact on memberships (workspace_id, contact_id);
create index memberships_by_account on memberships (workspace_id, account_id);

create table contact_erasures (
  workspace_id bytea not null,
  contact_id bytea not null,
  erased_by text not null,
  erased_at bigint not null,
  proof text not null,
  primary key (workspace_id, contact_id),
  foreign key (workspace_id) references workspaces (id)
);
