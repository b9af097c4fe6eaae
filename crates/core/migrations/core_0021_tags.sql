create table tags (
  workspace_id bytea not null,
  id bytea not null,
  name text not null,
  name_folded text not null,
  colour text not null,
  version bigint not null,
  created_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id),
  constraint tags_have_a_name check (name <> '')
);

create unique index tags_by_name on tags (workspace_id, name_folded);

create table tag_uses (
  workspace_id bytea not null,
  noun text not null,
  subject_id bytea not null,
  tag_id bytea not null,
  tagged_by text not null,
  tagged_at bigint not null,
  primary key (workspace_id, noun, subject_id, tag_id),
  foreign key (workspace_id, tag_id) references tags (workspace_id, id)
);

create index tag_uses_by_tag on tag_uses (workspace_id, tag_id, noun, subject_id);
