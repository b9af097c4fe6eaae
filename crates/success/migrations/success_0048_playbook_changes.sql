-- What a step changed: the field, and what stood in it before and after, so that it can be taken back.
alter table playbook_steps add column field text not null default '';
alter table playbook_steps add column value_before text not null default '';
alter table playbook_steps add column value_after text not null default '';
