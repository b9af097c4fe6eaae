-- Events that were taken out of the log and lie in the blob store as Parquet. A file has the events that came on one day by
-- UTC and are in usage_days by the days of one zone. `batches`: how many rows of the log it stands for. `measured`: for which
-- generation of definitions all of it was counted; `measuring` and `measured_rows`: for which one it is being counted, and how
-- far. `revision` grows whenever another blob takes the place of its own.
create table usage_files (
  workspace_id bytea not null,
  id bytea not null,
  day text not null,
  zone text,
  blob bytea not null,
  events bigint not null,
  bytes bigint not null,
  batches bigint not null,
  first_batch bytea not null,
  last_batch bytea not null,
  first_received_at bigint not null,
  last_received_at bigint not null,
  first_happened_at bigint not null,
  last_happened_at bigint not null,
  measured bigint not null,
  measuring bigint not null,
  measured_rows bigint not null,
  revision bigint not null,
  sealed_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces (id)
);

create index usage_files_by_measure on usage_files (workspace_id, measured, id);
create index usage_files_by_arrival on usage_files (workspace_id, last_received_at);
