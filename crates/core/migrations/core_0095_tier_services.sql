create table tier_services (
  workspace_id bytea not null,
  rung_id bytea not null,
  model text not null,
  channels text not null,
  cadence bigint,
  has_owner boolean not null,
  most bigint,
  version bigint not null,
  set_by text not null,
  set_at bigint not null,
  primary key (workspace_id, rung_id),
  foreign key (workspace_id, rung_id) references ladder_rungs (workspace_id, id)
);
