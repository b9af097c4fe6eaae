-- Rows of the log that can't be read: when that was seen last, and how many of their events could be. They are tried again.
alter table usage_batches add column unread_at bigint;
alter table usage_batches add column unread_found bigint not null default 0;

create index usage_batches_unread on usage_batches (workspace_id, id) where unread_at is not null;
