-- What names are searched by: folded, and empty where that is what is written. Without a value nobody has looked yet.
alter table usage_names add column value_folded text;
alter table usage_names add column title_folded text;

create index usage_names_unfolded on usage_names (workspace_id, id) where value_folded is null;
