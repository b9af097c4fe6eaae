-- Work that waits, runs or is over. What has done its work goes away unless its kind keeps it for a while.
create table jobs (
  id bytea not null,
  workspace_id bytea,
  kind text not null,
  payload text not null,
  lane bigint not null,
  state text not null,
  run_at bigint not null,
  -- When the wait until run_at began. Null where run_at is an appointment, which no jump of the clock moves.
  waits_since bigint,
  attempts bigint not null default 0,
  -- How often its worker vanished. Not an attempt: the job may have been an innocent bystander.
  crashes bigint not null default 0,
  -- Grows with each claim, so that who held it before can do nothing to it any more.
  claims bigint not null default 0,
  owner bytea,
  dedup_key text,
  done bigint not null default 0,
  total bigint,
  note text,
  error text,
  cancel_asked boolean not null default false,
  created_at bigint not null,
  started_at bigint,
  finished_at bigint,
  forget_at bigint,
  primary key (id),
  constraint jobs_state_is_known check (state in ('ready', 'running', 'done', 'dead', 'cancelled'))
);
create index jobs_due on jobs (lane, run_at, kind) where state = 'ready';
create unique index jobs_waiting_once on jobs (kind, dedup_key) where state = 'ready' and dedup_key is not null;
create index jobs_running on jobs (owner, kind) where state = 'running';
create index jobs_over on jobs (state, id) where finished_at is not null;
create index jobs_to_forget on jobs (forget_at) where forget_at is not null;

-- The processes that run jobs. A node holds its jobs for as long as its beats go on.
create table nodes (
  id bytea not null,
  name text not null,
  roles text not null,
  beats bigint not null,
  started_at bigint not null,
  seen_at bigint not null,
  primary key (id)
);

-- When each schedule is due next.
create table schedules (
  name text not null,
  expression text not null,
  zone text not null,
  next_at bigint not null,
  -- The clock when next_at was reckoned; a clock that shows less has been set back.
  set_at bigint not null,
  last_at bigint,
  primary key (name)
);
