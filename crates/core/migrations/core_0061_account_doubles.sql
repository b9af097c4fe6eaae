create table account_marks (
  workspace_id bytea not null,
  account_id bytea not null,
  kind text not null,
  value text not null,
  primary key (workspace_id, account_id, kind, value),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade
);

create index account_marks_by_value on account_marks (workspace_id, kind, value, account_id);

create table account_doubles (
  workspace_id bytea not null,
  one_id bytea not null,
  other_id bytea not null,
  strength bigint not null,
  reasons text not null,
  found_at bigint not null,
  primary key (workspace_id, one_id, other_id),
  foreign key (workspace_id, one_id) references accounts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, other_id) references accounts (workspace_id, id) on delete cascade
);

create index account_doubles_by_strength on account_doubles (workspace_id, strength, one_id, other_id);
create index account_doubles_of_other on account_doubles (workspace_id, other_id);

create table account_distinctions (
  workspace_id bytea not null,
  one_id bytea not null,
  other_id bytea not null,
  said_by text not null,
  said_at bigint not null,
  primary key (workspace_id, one_id, other_id),
  foreign key (workspace_id, one_id) references accounts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, other_id) references accounts (workspace_id, id) on delete cascade
);

create index account_distinctions_of_other on account_distinctions (workspace_id, other_id);
