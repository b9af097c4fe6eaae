-- How an agent wants days, times and numbers written; null: as their language does.
alter table agents add column formats text;
