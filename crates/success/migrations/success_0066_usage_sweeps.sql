-- The workspaces whose events were taken away once because they were too old: of the others everything is there that ever came.
create table usage_sweeps (
  workspace_id bytea not null,
  first_at bigint not null,
  primary key (workspace_id),
  foreign key (workspace_id) references workspaces (id)
);

-- Unless somebody said otherwise, nothing is old enough yet.
insert into usage_sweeps (workspace_id, first_at)
select workspace_id, set_at
from usage_keeping;
