-- What contacts are told apart by, pairs that may be one person, and those of which somebody said that they are not.
create table contact_marks (
  workspace_id bytea not null,
  contact_id bytea not null,
  kind text not null,
  value text not null,
  primary key (workspace_id, contact_id, kind, value),
  foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
);

create index contact_marks_by_value on contact_marks (workspace_id, kind, value, contact_id);

create table contact_doubles (
  workspace_id bytea not null,
  one_id bytea not null,
  other_id bytea not null,
  strength bigint not null,
  reasons text not null,
  found_at bigint not null,
  primary key (workspace_id, one_id, other_id),
  foreign key (workspace_id, one_id) references contacts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, other_id) references contacts (workspace_id, id) on delete cascade
);

create index contact_doubles_by_strength on contact_doubles (workspace_id, strength, one_id, other_id);
create index contact_doubles_of_other on contact_doubles (workspace_id, other_id);

create table contact_distinctions (
  workspace_id bytea not null,
  one_id bytea not null,
  other_id bytea not null,
  said_by text not null,
  said_at bigint not null,
  primary key (workspace_id, one_id, other_id),
  foreign key (workspace_id, one_id) references contacts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, other_id) references contacts (workspace_id, id) on delete cascade
);

create index contact_distinctions_of_other on contact_distinctions (workspace_id, other_id);
