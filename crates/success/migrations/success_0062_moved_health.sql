-- Which accounts moved since a day, of all.
create index health_days_by_day on health_days (workspace_id, day, account_id);
