-- When an address was said: what a name is called may be newer.
alter table usage_names add column emailed_at bigint not null default 0;

-- global: the sweep goes through all workspaces
create index usage_batches_by_age on usage_batches (received_at);
