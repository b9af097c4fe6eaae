-- Mails that are thrown away keep their bytes for a while, so that it can be taken back; and what is held back is listed by its
-- cause.
alter table mails add column deleted_at bigint;

create index mails_by_cause on mails (workspace_id, state, cause, id);
create index mails_deleted on mails (deleted_at) where deleted_at is not null;
