create table fields (
  workspace_id bytea not null,
  id bytea not null,
  noun text not null,
  key text not null,
  kind text not null,
  label text not null,
  hint text not null,
  is_required boolean not null,
  place bigint not null,
  version bigint not null,
  created_at bigint not null,
  archived_at bigint,
  archived_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint fields_have_a_label check (label <> '' and key <> '')
);

create unique index fields_by_key on fields (workspace_id, noun, key);

create table field_choices (
  workspace_id bytea not null,
  field_id bytea not null,
  place bigint not null,
  label text not null,
  primary key (workspace_id, field_id, place),
  foreign key (workspace_id, field_id) references fields (workspace_id, id)
);

create table field_values (
  workspace_id bytea not null,
  subject_id bytea not null,
  field_id bytea not null,
  place bigint not null,
  words text,
  number double precision,
  day text,
  flag boolean,
  primary key (workspace_id, subject_id, field_id, place),
  foreign key (workspace_id, field_id) references fields (workspace_id, id),
  constraint field_values_say_something check (words is not null or number is not null or day is not null or flag is not null)
);

create index field_values_by_words on field_values (workspace_id, field_id, words, subject_id);
