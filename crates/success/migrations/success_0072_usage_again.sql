-- How often an event that was taken came again.
alter table usage_seen add column again bigint not null default 0;
