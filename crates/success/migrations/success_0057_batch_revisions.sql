-- Grows whenever events are taken out of a batch: what was counted of it before is not stored then.
alter table usage_batches add column revision bigint not null default 0;
