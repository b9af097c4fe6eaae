-- Notices within the product beside those by mail: in the bell, and shown by the browser. And whom a low rating is told.
alter table agent_notice_choices add column low boolean not null default false;
alter table agent_notice_choices add column failed boolean not null default false;
alter table agent_notice_choices add column bell text not null default 'assigned heard mentioned followed low failed';
alter table agent_notice_choices add column browser text not null default '';

alter table agent_notices add column is_mailed boolean not null default true;
alter table agent_notices add column is_shown boolean not null default false;
alter table agent_notices add column is_browsed boolean not null default false;
alter table agent_notices add column read_at bigint;
alter table agent_notices add column moved_at bigint not null default 0;

create index agent_notices_shown on agent_notices (workspace_id, agent_id, is_shown, id);
-- What the head of every page counts, however much of it was read.
create index agent_notices_unread on agent_notices (workspace_id, agent_id, is_shown, id) where read_at is null;
-- global: streams are told what moved in all workspaces
create index agent_notices_by_move on agent_notices (moved_at);

alter table survey_settings add column alerts text not null default 'assignee';
