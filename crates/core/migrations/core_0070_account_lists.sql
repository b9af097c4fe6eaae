-- What account_worths says of a year, so that lists sorted by it walk an index; -1 where nothing was ever counted.
alter table accounts add column arr bigint not null default -1;

update accounts
set arr = coalesce((select w.arr from account_worths w where w.workspace_id = accounts.workspace_id and w.account_id = accounts.id), -1);

create index accounts_by_arr on accounts (workspace_id, arr, id);

create index account_tiers_by_rung on account_tiers (workspace_id, rung_id, account_id);

-- Where one account stands now. SQLite would take the indices by stage and by agent for that, and read all of the workspace.
create index account_stages_of_account on account_stages (workspace_id, account_id, until_at, rung_id);

create index account_owners_of_account on account_owners (workspace_id, account_id, until_at, agent_id);

create index account_worths_by_renewal on account_worths (workspace_id, renews, account_id);
