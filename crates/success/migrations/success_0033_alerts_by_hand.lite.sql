-- An alert comes from a version of a rule, or from what somebody told us.
create table alerts_anew (
  workspace_id blob not null,
  id blob not null,
  account_id blob not null,
  rule_id blob,
  version integer,
  way text not null,
  state text not null,
  severity text not null,
  -- Revenue in a month times the confidence of health: the same for all alerts of an account, so that they stand together.
  rank integer not null,
  mrr integer not null,
  confidence real not null,
  usual integer not null,
  -- What was found when it was opened, and what is found now.
  found text not null,
  finds text not null,
  opened_day text not null,
  opened_at integer not null,
  -- Since when the cause is gone.
  quiet_since text,
  taken_by blob,
  snoozed_until text,
  word text not null,
  words text not null,
  closed_at integer,
  closed_by text,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references accounts (workspace_id, id) on delete cascade,
  foreign key (workspace_id, rule_id) references warning_rules (workspace_id, id),
  foreign key (workspace_id, taken_by) references agents (workspace_id, id)
) strict;

insert into alerts_anew (workspace_id, id, account_id, rule_id, version, way, state, severity, rank, mrr, confidence, usual,
  found, finds, opened_day, opened_at, quiet_since, taken_by, snoozed_until, word, words, closed_at, closed_by)
select workspace_id, id, account_id, rule_id, version, way, state, severity, rank, mrr, confidence, usual,
  found, finds, opened_day, opened_at, quiet_since, taken_by, snoozed_until, word, words, closed_at, closed_by
from alerts;

drop table alerts;

alter table alerts_anew rename to alerts;

create unique index alerts_once on alerts (workspace_id, account_id, rule_id) where closed_at is null;
create index alerts_by_rank on alerts (workspace_id, state, rank, account_id, id);
create index alerts_by_end on alerts (workspace_id, closed_at, id) where closed_at is not null;
create index alerts_of_account on alerts (workspace_id, account_id, opened_at);
