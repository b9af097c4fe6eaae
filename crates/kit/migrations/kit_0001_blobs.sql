create table blobs (
  workspace_id bytea not null,
  hash bytea not null,
  size bigint not null,
  media_type text not null,
  object text not null,
  created_at bigint not null,
  unused_since bigint,
  primary key (workspace_id, hash)
);

-- The sweep asks whether an object of any workspace has a row.
create unique index blobs_by_object on blobs (object);

create index blobs_by_unused_since on blobs (unused_since);

create table blob_references (
  workspace_id bytea not null,
  hash bytea not null,
  subject text not null,
  primary key (workspace_id, hash, subject),
  foreign key (workspace_id, hash) references blobs (workspace_id, hash)
);
