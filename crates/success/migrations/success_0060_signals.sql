-- What somebody told whoever looks after an account: the alert that came of it, and what it was said of.
create table alert_signals (
  workspace_id bytea not null,
  id bytea not null,
  alert_id bytea not null,
  account_id bytea not null,
  kind text not null,
  words text not null,
  -- The ticket in which it was heard, as it is written; empty for none.
  ticket text not null,
  contact_id bytea,
  told_by text not null,
  agent_id bytea,
  told_at bigint not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, agent_id) references agents (workspace_id, id)
);

create unique index alert_signals_of_alert on alert_signals (workspace_id, alert_id);
create index alert_signals_of_ticket on alert_signals (workspace_id, ticket, id) where ticket <> '';
create index alert_signals_of_account on alert_signals (workspace_id, account_id, id);
create index alert_signals_of_contact on alert_signals (workspace_id, contact_id) where contact_id is not null;
create index alert_signals_of_agent on alert_signals (workspace_id, agent_id, id);
