create table ledger_mixed (
  workspace_id bytea not null,
  account_id bytea not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id)
);

insert into ledger_mixed (workspace_id, account_id)
select workspace_id, account_id
from ledger_movements
group by workspace_id, account_id
having min(currency) <> max(currency);
