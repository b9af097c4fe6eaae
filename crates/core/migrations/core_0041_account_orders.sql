create index accounts_by_change on accounts (workspace_id, changed_at, id);
create index accounts_by_coming on accounts (workspace_id, created_at, id);
