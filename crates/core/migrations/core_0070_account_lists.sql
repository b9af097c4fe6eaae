-- What account_worths says of a year, so that lists sorted by it walk an index; -1 where nothing was ever counted.
alter table accounts add column arr bigint not null default -1;

update accounts
set arr = coalesce((select w.arr from account_worths w where w.workspace_id = accounts.workspace_id and w.account_id = accounts.id), -1);

create index accounts_by_arr on accounts (workspace_id, arr, id);

create index account_tiers_by_rung on account_tiers (workspace_id, rung_id, account_id);

create index account_worths_by_renewal on account_worths (workspace_id, renews, account_id);
