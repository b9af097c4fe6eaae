alter table accounts add column kind text not null default 'company';
alter table accounts add column parent_id bytea;
alter table accounts add column family_id bytea;

create index accounts_of_family on accounts (workspace_id, family_id, id);

create table account_external_ids (
  workspace_id bytea not null,
  id bytea not null,
  account_id bytea not null,
  source text not null,
  value text not null,
  added_by text not null,
  added_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade,
  constraint account_external_ids_say_something check (source <> '' and value <> '')
);

create unique index account_external_ids_by_value on account_external_ids (workspace_id, source, value);
create index account_external_ids_of_account on account_external_ids (workspace_id, account_id, id);
